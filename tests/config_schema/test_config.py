"""Each rule of the export config: what passes, what is refused, where, and in which words."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from config_schema.config import (
    ExportConfig,
    OutputSpec,
    Segment,
    SourceRef,
    is_job_id,
    parse_config,
    same_job,
)
from config_schema.errors import BodyTooLarge, ConfigInvalid
from config_schema.limits import Limits
from tests.config_schema.bodies import (
    a_config,
    a_segment,
    a_source,
    accepted,
    an_output,
    as_body,
    faults_in,
    places_and_codes,
    refusal_of,
    without,
)

FULL = a_config(
    sources=[a_source("a.mp4", width=1920, height=1080, duration=60.5, fps=29.97, hasAudio=False)],
    segments=[a_segment(0, -2.5, 5.5, audioFromSource=False)],
    output=an_output(
        format="webm", width=1280, height=720, fps=23.976, codec="copy", includeAudio=False,
        quality="very_high",
    ),
    priority="low",
    callbackUrl="https://example.org/done?x=1",
    status="pending",
)  # fmt: skip


def test_every_field_reaches_the_config() -> None:
    config, warnings = accepted(FULL)
    assert warnings == ()
    assert config == ExportConfig(
        version=1,
        id="export-1",
        project_id="p",
        project_name="Episode 12",
        created_at=datetime(2026, 11, 22, 19, 41, 41, 256000, UTC),
        sources=(
            SourceRef(
                id="media-a.mp4", name="a.mp4", file_path="a.mp4", width=1920, height=1080,
                duration=60.5, fps=29.97, has_audio=False,
            ),
        ),
        segments=(
            Segment(source_index=0, start_time=-2.5, end_time=5.5, audio_from_source=False),
        ),
        output=OutputSpec(
            file_path="exports/export-1/output.mp4", format="webm", width=1280, height=720,
            fps=23.976, codec="copy", include_audio=False, quality="very_high",
        ),
        priority="low",
        callback_url="https://example.org/done?x=1",
        status="pending",
    )  # fmt: skip


def test_what_is_left_out_has_the_defaults_of_the_contract() -> None:
    config = accepted(a_config(output={})).config
    assert config.sources[0].has_audio is True
    assert config.segments[0].audio_from_source is True
    assert config.output == OutputSpec(
        file_path="", format="mp4", width=None, height=None, fps=None, codec="copy",
        include_audio=True, quality="high",
    )  # fmt: skip
    assert (config.priority, config.callback_url, config.status) == (None, None, None)


def test_null_in_an_optional_field_means_that_it_is_not_given() -> None:
    bare = a_config(sources=[a_source()], segments=[a_segment()], output=an_output())
    beliefs: dict[str, Any] = dict.fromkeys(("width", "height", "duration", "fps", "hasAudio"))
    asked = dict.fromkeys(("width", "height", "fps", "codec", "includeAudio", "quality", "format"))
    nulls = a_config(
        sources=[a_source(**beliefs)],
        segments=[a_segment(audioFromSource=None)],
        output={"filePath": an_output()["filePath"], **asked},
        priority=None,
        callbackUrl=None,
        status=None,
    )
    assert accepted(nulls) == accepted(bare)


def test_a_saved_config_reads_back_the_same() -> None:
    for config in (FULL, a_config()):
        parsed = accepted(config).config
        assert parse_config(parsed.model_dump_json(by_alias=True).encode()) == (parsed, ())


REQUIRED = [
    *((name,) for name in ("version", "id", "projectId", "projectName", "createdAt")),
    *((name,) for name in ("sources", "segments", "output")),
    *(("sources", 0, name) for name in ("id", "name", "filePath")),
    *(("segments", 1, name) for name in ("sourceIndex", "startTime", "endTime")),
]


def changed(location: tuple[Any, ...], value: Any) -> dict[str, Any]:
    config: dict[str, Any] = json.loads(json.dumps(a_config()))
    holder: Any = config
    for step in location[:-1]:
        holder = holder[step]
    holder[location[-1]] = value
    return config


def place_of(location: tuple[Any, ...]) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return steps.removeprefix(".")


@pytest.mark.parametrize("location", REQUIRED, ids=place_of)
def test_a_required_field_that_is_absent_or_null_is_missing(location: tuple[Any, ...]) -> None:
    config = changed(location, None)
    assert places_and_codes(config) == [(place_of(location), "missing")]
    holder: Any = config
    for step in location[:-1]:
        holder = holder[step]
    del holder[location[-1]]
    assert places_and_codes(config) == [(place_of(location), "missing")]


TEXT, NUMBER, FLAG, WHOLE = "x", 1.5, True, 1
WRONG: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = [
    (("version",), (2, 0, "1", TEXT, True, [], 1.5)),
    (("id",), (NUMBER, FLAG, [], {})),
    (("projectId",), (NUMBER, FLAG, [], {})),
    (("projectName",), (NUMBER, FLAG, [], {})),
    (("createdAt",), (1700000000, FLAG, [], {})),
    (("sources",), (TEXT, NUMBER, FLAG, {})),
    (("sources", 0), (TEXT, NUMBER, FLAG, [], None)),
    (("sources", 1, "name"), (NUMBER, FLAG, [], {})),
    (("sources", 1, "filePath"), (NUMBER, FLAG, [], {})),
    (("sources", 1, "width"), (NUMBER, "1920", FLAG, [], {}, -1, 1e300)),
    (("sources", 1, "duration"), ("300", FLAG, [], {}, -1)),
    (("sources", 1, "fps"), ("30", FLAG, [], {}, -1)),
    (("sources", 1, "hasAudio"), (0, 1, "true", [], {})),
    (("segments",), (TEXT, NUMBER, FLAG, {})),
    (("segments", 2), (TEXT, NUMBER, FLAG, [], None)),
    (("segments", 2, "sourceIndex"), (0.5, "0", FLAG, [], {}, -1, 2, 1e300)),
    (("segments", 2, "startTime"), ("28", FLAG, [], {}, -1e10)),
    (("segments", 2, "endTime"), ("45", FLAG, [], {}, 28, 27, 1e10)),
    (("segments", 2, "audioFromSource"), (0, 1, "false", [], {})),
    (("output",), (TEXT, NUMBER, FLAG, [])),
    (("output", "filePath"), (NUMBER, FLAG, [], {})),
    (("output", "format"), ("avi", "MP4", "", NUMBER, FLAG, [], {})),
    (("output", "width"), (1920.5, "1920", FLAG, [], {}, 0, -2, 15, 16_385, 1e300)),
    (("output", "height"), (1080.5, "1080", FLAG, [], {}, 0, -2, 15, 16_385)),
    (("output", "fps"), ("30", FLAG, [], {}, 0, -30, 0.5, 240.1, 1e300)),
    (("output", "codec"), ("h263", "H264", "", NUMBER, FLAG, [], {})),
    (("output", "includeAudio"), (0, 1, "true", [], {})),
    (("output", "quality"), ("best", "", NUMBER, FLAG, [], {})),
    (("priority",), ("urgent", "", NUMBER, FLAG, [], {})),
    (("callbackUrl",), (NUMBER, FLAG, [], {})),
    (("status",), (NUMBER, FLAG, [], {})),
]


@pytest.mark.parametrize(
    ("location", "value"),
    [(location, value) for location, values in WRONG for value in values],
    ids=lambda part: place_of(part) if isinstance(part, tuple) else repr(part),
)
def test_a_wrong_value_is_one_fault_at_its_place(location: tuple[Any, ...], value: Any) -> None:
    (fault,) = faults_in(changed(location, value))
    assert fault.place == place_of(location)
    assert fault.message.endswith(".")


@pytest.mark.parametrize(
    ("location", "value"),
    [
        (("version",), 1.0),
        (("sources", 0, "width"), 1920.0),
        (("sources", 0, "width"), 0),
        (("sources", 0, "width"), 100_000),
        (("sources", 0, "duration"), 0),
        (("sources", 0, "fps"), 1000),
        (("segments", 0, "sourceIndex"), 1.0),
        (("segments", 0, "startTime"), -100),
        (("segments", 0, "endTime"), 1e-9),
        (("output", "width"), 16),
        (("output", "width"), 16_384),
        (("output", "height"), 720.0),
        (("output", "fps"), 1),
        (("output", "fps"), 240),
        (("output", "filePath"), "../../../etc/passwd\0"),
        (("projectId",), ""),
        (("projectName",), 'Bob\'s "Show" / Ep. 1 – Ünïcode\n💥\0' + "x" * 300),
        (("sources", 0, "name"), ""),
        (("status",), "whatever"),
    ],
)
def test_a_value_at_the_edge_passes(location: tuple[Any, ...], value: Any) -> None:
    assert faults_in(changed(location, value)) == ()


@pytest.mark.parametrize("text", ["a", "Export-1.b_2", "7", "a" * 128, "a.b.c", "a."])
def test_an_id_that_can_name_a_folder_passes(text: str) -> None:
    assert is_job_id(text)
    assert accepted(a_config(id=text)).config.id == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        ".state",
        "-a",
        "_a",
        "a..b",
        "a/b",
        "a\\b",
        "a b",
        "a\n",
        "a\0",
        "é",
        "a" * 129,
        "../a",
        "１",
        "a%2e",
        "a:b",
    ],
)
def test_an_id_that_cannot_name_a_folder_is_refused(text: str) -> None:
    assert not is_job_id(text)
    assert places_and_codes(a_config(id=text)) == [("id", "bad_id")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T19:41:41.256Z", datetime(2026, 11, 22, 19, 41, 41, 256000, UTC)),
        ("2026-11-22T19:41:41Z", datetime(2026, 11, 22, 19, 41, 41, 0, UTC)),
        ("2026-11-22t19:41z", datetime(2026, 11, 22, 19, 41, 0, 0, UTC)),
        ("2026-11-22T21:41:41+02:00", datetime(2026, 11, 22, 19, 41, 41, 0, UTC)),
        ("2026-11-22T14:11:41-0530", datetime(2026, 11, 22, 19, 41, 41, 0, UTC)),
        ("2026-11-22T21:41:41,5+02", datetime(2026, 11, 22, 19, 41, 41, 500000, UTC)),
        ("2026-11-22T19:41:41.123456789Z", datetime(2026, 11, 22, 19, 41, 41, 123456, UTC)),
    ],
)
def test_a_creation_time_with_its_offset_is_that_moment(text: str, moment: datetime) -> None:
    assert accepted(a_config(createdAt=text)).config.created_at == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22T19:41:41",
        "2026-02-30T00:00:00Z",
        "1700000000",
        "2026-11-22T25:00:00Z",
        "2026-11-22T19:41:41+25:00",
        "2026-11-22 19:41:41Z",
        "2026-W01-1T00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "+275760-09-13T00:00:00.000Z",
        "2026-11-22T19:41:41Z\n",
        "２026-11-22T19:41:41Z",
    ],
)
def test_a_creation_time_without_offset_or_sense_is_refused(text: str) -> None:
    assert places_and_codes(a_config(createdAt=text)) == [("createdAt", "bad_time")]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org:8443/a?b=c#d",
        "https://[2001:db8::1]/",
        "HTTPS://a.b",
    ],
)
def test_an_https_callback_passes(url: str) -> None:
    assert accepted(a_config(callbackUrl=url)).config.callback_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://example.org",
        "https://",
        "https:example.org",
        "//example.org",
        "ftp://example.org",
        "https://exa mple.org",
        "https://example.org/\n",
        "\thttps://example.org",
        "https://[::1",
        "https://:443",
        "https://example.org:99999",
        "https://example.org:x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.org/" + "x" * 2048,
        "https://user:password@example.org",
        "https://example.org/straße",
        "https://münchen.example",
        "https://127.1/",
        "https://2130706433/",
        "https://[fe80::1%25eth0]/",
        "https://example..org/",
    ],
)
def test_any_other_callback_is_refused(url: str) -> None:
    assert places_and_codes(a_config(callbackUrl=url)) == [("callbackUrl", "bad_url")]


def test_an_http_callback_passes_where_an_operator_lets_it() -> None:
    config = a_config(callbackUrl="http://example.org")
    limits = Limits(http_callbacks=True)
    assert parse_config(json.dumps(config).encode(), limits).config.callback_url is not None


def test_the_path_rules_are_faults_of_the_config() -> None:
    sources = [a_source(), a_source(filePath="../a.mp4"), a_source(filePath="http://x/{y}.mp4")]
    assert places_and_codes(a_config(sources=sources)) == [
        ("sources[1].filePath", "parent_folder"),
        ("sources[2].filePath", "protocol_prefix"),
    ]


def test_lists_must_not_be_empty() -> None:
    assert places_and_codes(a_config(sources=[], segments=[])) == [
        ("sources", "too_few"),
        ("segments", "too_few"),
    ]
    assert ("segments[0].sourceIndex", "no_such_source") in places_and_codes(a_config(sources=[]))


def test_more_sources_than_allowed_are_one_fault() -> None:
    assert faults_in(a_config(sources=[a_source()] * 64)) == ()
    assert places_and_codes(a_config(sources=[a_source()] * 65)) == [("sources", "too_many")]


def test_more_segments_than_allowed_are_one_fault() -> None:
    assert faults_in(a_config(segments=[a_segment()] * 20_000)) == ()
    assert places_and_codes(a_config(segments=[a_segment()] * 20_001)) == [("segments", "too_many")]


def test_a_programme_of_a_day_passes_and_a_longer_one_does_not() -> None:
    halves = [a_segment(end=12 * 3600), a_segment(end=12 * 3600)]
    assert faults_in(a_config(segments=halves)) == ()
    (fault,) = faults_in(a_config(segments=[*halves, a_segment(end=3600)]))
    assert (fault.place, fault.code) == ("segments", "too_long")
    assert fault.message == (
        "The list of segments adds up to 25:00:00; at most 24:00:00 is possible."
    )


def test_an_installation_may_have_other_limits() -> None:
    small = Limits(sources=1, segments=2, program_seconds=20, side_pixels=640, fps=30)
    config = a_config(output=an_output(width=642, height=1000, fps=60))
    assert places_and_codes(config, small) == [
        ("sources", "too_many"),
        ("segments", "too_many"),
        ("segments", "too_long"),
        ("output.width", "too_large"),
        ("output.height", "too_large"),
        ("output.fps", "too_large"),
    ]


def test_a_body_above_the_limit_is_too_large() -> None:
    body = as_body(a_config())
    assert refusal_of(body, Limits(body_bytes=len(body))) is None
    refusal = refusal_of(body, Limits(body_bytes=len(body) - 1))
    assert isinstance(refusal, BodyTooLarge)


def test_all_faults_come_at_once_in_the_order_of_the_config() -> None:
    config = {
        "id": "../x",
        "output": {"fps": 0, "codec": "x", "width": 99_999},
        "segments": [a_segment(0, 5, 5), a_segment(7, None, 9), 3, a_segment(0, "a", True)],
        "sources": [a_source(filePath=""), {"name": 5}],
        "projectName": "x",
        "createdAt": "now",
        "version": 2,
        "priority": "x",
    }
    assert places_and_codes(config) == [
        ("version", "not_allowed"),
        ("id", "bad_id"),
        ("projectId", "missing"),
        ("createdAt", "bad_time"),
        ("sources[0].filePath", "empty_path"),
        ("sources[1].id", "missing"),
        ("sources[1].name", "wrong_type"),
        ("sources[1].filePath", "missing"),
        ("segments[0].endTime", "end_before_start"),
        ("segments[1].sourceIndex", "no_such_source"),
        ("segments[1].startTime", "missing"),
        ("segments[2]", "wrong_type"),
        ("segments[3].startTime", "wrong_type"),
        ("segments[3].endTime", "wrong_type"),
        ("output.width", "too_large"),
        ("output.fps", "too_small"),
        ("output.codec", "not_allowed"),
        ("priority", "not_allowed"),
    ]


def test_faults_of_the_json_stand_in_the_same_list() -> None:
    body = as_body(a_config(id="../x")).replace(b"12.5, ", b"NaN, ", 1)
    body = body.replace(b'"endTime": 28}', b'"endTime": 1e999, "note": [{"a b": -Infinity}]}')
    body = body.replace(b'"projectId": "p"', b'"projectId": "p", "projectId": "q"')
    refusal = refusal_of(body.replace(b"Episode", rb"\ud800"))
    assert refusal is not None
    assert [(fault.place, fault.code) for fault in refusal.faults] == [
        ("id", "bad_id"),
        ("projectId", "duplicate_key"),
        ("projectName", "broken_text"),
        ("segments[1].startTime", "not_finite"),
        ("segments[1].endTime", "too_large"),
        ('segments[1].note[0]["a b"]', "not_finite"),
    ]


def test_a_list_of_faults_ends_with_how_many_more_there_are() -> None:
    faults = faults_in(a_config(segments=[a_segment(9)] * 300))
    assert len(faults) == 201
    assert faults[199].place == "segments[199].sourceIndex"
    assert faults[200] == ("", "more_faults", "There are at least 100 more faults.")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            a_config(segments=[a_segment()] * 41 + [a_segment(0, 14, 12.5)]),
            "The end time of segment 42 (12.5 s) must be later than its start time (14 s).",
        ),
        (
            a_config(segments=[a_segment(3)]),
            "The source index of segment 1 is 3, but there are only the sources 0 to 1.",
        ),
        (
            a_config(segments=[a_segment(0, None, 5)]),
            (
                "The start time of segment 1 is missing: the editor sent nothing (null), so it "
                "could not work out where this cut is; check the sync of the camera."
            ),
        ),
        (
            a_config(segments=[a_segment(0.5)]),
            "The source index of segment 1 must be a whole number, not 0.5.",
        ),
        (
            a_config(output=an_output(fps="30")),
            'The frame rate of the output must be a number, not "30".',
        ),
        (
            a_config(output=an_output(fps=300)),
            "The frame rate of the output must be at most 240, not 300.",
        ),
        (
            a_config(output=an_output(width=8)),
            "The width of the output must be at least 16, not 8.",
        ),
        (
            a_config(output=an_output(format="avi")),
            'The format of the output must be "mp4" or "webm", not "avi".',
        ),
        (a_config(version=2), "The version must be 1, not 2."),
        (
            a_config(sources=[a_source(filePath="")]),
            "The file path of source 1 is empty; give the name of the file.",
        ),
        (a_config(output=[1]), "The output must be a group of fields, not a list."),
        (without(a_config(), "id"), "The export id is missing."),
        (None, "The export config is empty (null): the editor found nothing to export."),
        ([], "The export config must be a group of fields (a JSON object)."),
    ],
)
def test_a_fault_speaks_to_a_person(config: Any, message: str) -> None:
    assert message in [fault.message for fault in faults_in(config)]


def test_the_error_names_the_first_fault_and_how_many_more() -> None:
    with pytest.raises(ConfigInvalid, match=r"^id: The export id must .* \(and 1 more\)$"):
        parse_config(as_body(a_config(id="..", version=3)).replace(b'"version": 3', b'"version": 1')
                     .replace(b'"projectName": "Episode 12", ', b""))  # fmt: skip


def test_unknown_fields_are_accepted_and_named() -> None:
    segments = [a_segment(color="red"), a_segment(), a_segment(color="blue")]
    config = a_config(
        segments=segments, output=an_output(bitrate=5), sources=[{**a_source(), "a\nb": 1}],
        zoom={"fps": 3}, project_name="other",
    )  # fmt: skip
    parsed = accepted(config)
    assert parsed.config.project_name == "Episode 12"
    assert parsed.warnings == (
        "The field zoom is not known here and is ignored.",
        "The field project_name is not known here and is ignored.",
        "The field output.bitrate is not known here and is ignored.",
        'The field sources[0]["a\\nb"] is not known here and is ignored.',
        "The field segments[0].color (and 1 more like it) is not known here and is ignored.",
    )


def test_unknown_fields_do_not_fill_the_answer() -> None:
    warnings = accepted(a_config(**{f"x{n}": n for n in range(1000)})).warnings
    assert len(warnings) == 51
    assert warnings[50] == "950 more fields are not known here and are ignored."


def test_odd_sizes_become_even_with_a_warning() -> None:
    parsed = accepted(a_config(output=an_output(width=1081, height=721.0)))
    assert (parsed.config.output.width, parsed.config.output.height) == (1080, 720)
    assert parsed.warnings == (
        "The output's width of 1081 pixels is odd, which video cannot have: it becomes 1080.",
        "The output's height of 721 pixels is odd, which video cannot have: it becomes 720.",
    )


@pytest.mark.parametrize(
    ("form", "codec", "is_contradiction"),
    [
        ("webm", "h264", True),
        ("webm", "h265", True),
        ("webm", "copy", False),
        ("mp4", "h264", False),
    ],
)
def test_a_webm_with_another_codec_is_a_warning(
    form: str, codec: str, is_contradiction: bool
) -> None:
    warnings = accepted(a_config(output=an_output(format=form, codec=codec))).warnings
    expected = f'A webm file holds VP9 and Opus; the codec "{codec}" is ignored.'
    assert warnings == ((expected,) if is_contradiction else ())


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"createdAt": "2027-01-01T00:00:00Z"}, True),
        ({"status": "completed"}, True),
        ({"unknown": 1}, True),
        ({"priority": None}, True),
        ({"output": an_output(codec="copy", quality="high", includeAudio=True)}, True),
        ({"sources": [a_source("cam0.mp4", hasAudio=True), a_source("cam1.mp4")]}, True),
        ({"priority": "high"}, False),
        ({"projectName": "x"}, False),
        ({"output": an_output(codec="h264")}, False),
        ({"segments": [a_segment(0, 0, 12.5)]}, False),
    ],
)
def test_two_configs_are_one_job_when_they_ask_for_the_same(
    changes: dict[str, Any], is_same: bool
) -> None:
    assert same_job(accepted(a_config()).config, accepted(a_config(**changes)).config) is is_same


def test_twenty_thousand_segments_are_read_in_well_under_a_second() -> None:
    starts = [index * 1.033333 for index in range(20_000)]
    segments = [a_segment(0, start, start + 0.7, audioFromSource=True) for start in starts]
    body = as_body(a_config(segments=segments))
    began = time.process_time()
    assert len(parse_config(body).config.segments) == 20_000
    assert time.process_time() - began < 1
