"""The argument lists that FFmpeg is given, as text that can be pasted into a shell.

After a change that is meant: `WRITE_GOLDEN=1 pytest tests/worker/ffmpeg/test_commands.py`, then
read the difference.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.media.decode import FFMPEG
from tests.worker.golden import assert_golden
from tests.worker.plan.build import config_of, constant, footage
from worker.ffmpeg.commands import colour_options, encode_picture, encode_sound, ratio
from worker.ffmpeg.facts import MATRICES, PRIMARIES, TRANSFERS
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.ffmpeg.sandbox.walls import Keeping
from worker.ffmpeg.start import Command
from worker.plan.footage import Colour
from worker.plan.output import OutputFormat, choose_output

GOLDEN = Path(__file__).parent / "golden"


def output(**asked: Any) -> OutputFormat:
    source = footage(constant(100, Fraction(30000, 1001)), depth=10, pixel_format="yuv420p10le")
    return choose_output(config_of(1, [(0, 0, 1)], **asked), {0: source})[0]


FORMS = {
    "h264": output(codec="h264"),
    "h265": output(codec="h265", quality="low", fps=25),
    "webm": output(format="webm", quality="very_high", width=640, height=360),
}


PRESETS = {"h264": "slow", "h265": "medium", "webm": "4"}


@pytest.mark.parametrize("name", FORMS)
def test_the_commands_are_the_golden_ones(name: str) -> None:
    form = FORMS[name]
    commands = [
        encode_picture("ffmpeg", form, "/work/a piece.part", threads=0),
        encode_picture(
            "ffmpeg", form, "/work/p.part", threads=3, preset=PRESETS[name], key_frames=(7, 100)
        ),
        encode_sound("ffmpeg", form, "/work/s.part"),
    ]
    text = "\n".join(shlex.join(command).replace(" -", " \\\n  -") + "\n" for command in commands)
    assert_golden(GOLDEN / f"{name}.txt", text)


def test_a_path_is_never_taken_for_an_option_or_a_protocol() -> None:
    for path in ("-i", "concat:a", "pipe:1", "a b'c"):
        assert encode_picture("ffmpeg", FORMS["h264"], path, threads=0)[-1] == f"file:{path}"
        assert encode_sound("ffmpeg", FORMS["h264"], path)[-1] == f"file:{path}"


def test_rates_are_exact() -> None:
    assert ratio(Fraction(24000, 1001)) == "24000/1001"
    assert ratio(Fraction(25)) == "25/1"


@pytest.mark.parametrize(
    "colour",
    [
        *(Colour(name, "bt709", "bt709") for name in MATRICES.values()),
        *(Colour("bt709", name, "bt709") for name in PRIMARIES.values()),
        *(Colour("bt709", "bt709", name) for name in TRANSFERS.values()),
    ],
    ids=lambda colour: f"{colour.matrix} {colour.primaries} {colour.transfer}",
)
def test_ffmpeg_knows_every_colour_that_a_probe_can_find(colour: Colour) -> None:
    form = replace(FORMS["h264"], colour=colour, width=16, height=16, pixel_format="yuv420p")
    source = ("-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", "16x16", "-i")
    argv = (FFMPEG, "-v", "error", *source, "file:/dev/null", *colour_options(form))
    # Without a picture nothing is encoded, but the filter reads its arguments.
    work = Work("colours", Command((*argv, "-f", "null", "-")), "frame")
    with Crew(
        EngineSettings(FFMPEG, keeping=Keeping(nice=0)), is_cancelled=lambda: False, log=print
    ) as crew:
        crew.run(work)
