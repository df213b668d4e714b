"""What the real editor sends: every one of its configs, exported and held against the contract.

The configs speak of cameras of 300 s and more. Nothing in the rules depends on how long a camera
stays on screen, so whole seconds are taken out between the times that a config names, in all its
cameras alike: what overlaps, overruns or lies before the start still does, by the same amount.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import ConfigInvalid, SourceMissing, SourceRefused
from tests.engine.harness import FAST, Exported, assert_exported, export
from tests.media.footage import Source, tiny

CONFIGS = Path(__file__).parents[1] / "fixtures" / "editor-configs"
RATES = {"11_no_project_settings_odd": {0: Fraction(60), 1: Fraction(25)}}
#: Between two named times stays less than this, whole multiples of the step being taken out.
LONGEST, STEP = Decimal(2), Decimal(1)
SHORTER = {"07_500_switches": (Decimal("0.2"), Decimal("0.1"))}
#: Cameras of 300 s all become as long as this, so that they are made only once.
LENGTH = Decimal(16)


def load(name: str) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((CONFIGS / f"{name}.json").read_text())
    return config


def shortened(name: str) -> dict[str, Any]:
    """The config with its times drawn together, the cameras' durations among them."""
    config = load(name)
    longest, step = SHORTER.get(name, (LONGEST, STEP))
    ends = [Decimal(repr(source["duration"])) for source in config["sources"]]
    knots = {Decimal(0), *ends}
    for segment in config["segments"]:
        knots |= {Decimal(repr(segment["startTime"])), Decimal(repr(segment["endTime"]))}
    times = sorted(knots)
    gone = [Decimal(0)]
    for before, after in pairwise(times):
        spare = after - before - longest
        steps = -(-spare // step) if spare > 0 and before >= 0 else Decimal(0)
        gone.append(gone[-1] + steps * step)
    if ends[0] == 300:
        place = times.index(ends[0])
        back = LENGTH - (times[place] - gone[place])
        gone = [much - back if n >= place else much for n, much in enumerate(gone)]

    def drawn(time: float) -> float:
        exact = Decimal(repr(time))
        return float(exact - gone[bisect_right(times, exact) - 1])

    for source in config["sources"]:
        source["duration"] = drawn(source["duration"])
    for segment in config["segments"]:
        segment["startTime"] = drawn(segment["startTime"])
        segment["endTime"] = drawn(segment["endTime"])
    return config


def cameras(name: str, config: dict[str, Any]) -> list[Source]:
    """A tiny camera for each file that the config names, as long as it believes."""
    files: dict[str, Source] = {}
    for index, entry in enumerate(config["sources"]):
        rate = RATES.get(name, {}).get(index, Fraction(30))
        made = tiny(index, Fraction(repr(entry["duration"])), rate)
        files.setdefault(entry["filePath"], Source(made.path, made.known, entry["filePath"]))
    return [files[entry["filePath"]] for entry in config["sources"]]


def run(
    name: str, folder: Path, change: Callable[[dict[str, Any]], None] = lambda _: None
) -> Exported:
    config = shortened(name)
    sources = cameras(name, config)
    change(config)
    return export(folder, config, sources, engine=replace(FAST, piece_seconds=8))


NAMES = sorted(path.stem for path in CONFIGS.glob("[01]*.json"))
#: Black parts, and segments of no frame: what the config asks of its cameras beyond their ends.
FILLED = {
    "02_positive_offset": (4,),
    "03_negative_offset": (0,),
    "04_negative_offset_whole_segment": (1,),
    "08_beyond_duration": (3, 4),
    "11_no_project_settings_odd": (),
}
SKIPPED = {"10_dup_names_and_micro_segments": (1,)}


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_config_completes_exactly(name: str, tmp_path: Path) -> None:
    exported = run(name, tmp_path)
    verdict = assert_exported(exported)
    assert verdict.frames
    assert exported.expected.filled == FILLED.get(name, ())
    if name != "07_500_switches":
        assert exported.expected.skipped == SKIPPED.get(name, ())
    suffix = ".webm" if name == "05_two_angles_webm" else ".mp4"
    assert exported.rendered.path.suffix == suffix


def test_an_absolute_path_inside_the_sources_folder_is_the_same_file(tmp_path: Path) -> None:
    def move(config: dict[str, Any]) -> None:
        for entry in config["sources"]:
            entry["filePath"] = str(tmp_path / "sources" / Path(entry["filePath"]).name)

    config = shortened("extra/x2_mediaBasePath")
    for entry in config["sources"]:
        entry["filePath"] = Path(entry["filePath"]).name
    sources = cameras("x2", config)
    move(config)
    assert_exported(export(tmp_path, config, sources))


def test_an_absolute_path_outside_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused):
        export(tmp_path, load("extra/x2_mediaBasePath"), [])


def test_a_camera_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = load("extra/x4_lost_asset")
    there = tiny(0, Fraction(LENGTH), Fraction(30))
    with pytest.raises(SourceMissing, match="media-1"):
        export(tmp_path, config, [Source(there.path, there.known, "cam0.mp4")])


def test_a_time_that_is_null_is_a_fault_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        export(tmp_path, load("extra/x3_nan_offset"), [])
    places = {fault.place for fault in caught.value.faults}
    assert places == {"segments[0].startTime", "segments[0].endTime"}


def test_a_config_that_is_null_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid):
        export(tmp_path, load("extra/x1_zero_duration"), [])
