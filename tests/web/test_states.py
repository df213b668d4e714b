"""The editor's states through the published client: accepted, and the programme that they mean."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import Any

import pytest

from config_schema.config import parse_config
from tests.web.client import NoNode, build, generate, states
from tests.web.meaning import Camera, clip_of, decimal, meaning
from tests.web.programme import planned

REFUSED = {
    "x1_zero_duration": "multicam.clips[0].duration",
    "x3_nan_offset": "multicam.clips[0].angles[0].syncOffset",
    "x4_lost_asset": "multicam.clips[0].angles[1].mediaId",
}
STATES = states()
MADE = [name for name in STATES if name not in REFUSED]
#: The same clip, all cameras of it begun earlier or later by fractions of a frame and more.
MOVED = [Fraction("-2.5"), Fraction("-0.017"), Fraction("0.1"), Fraction("33.333333")]


def moved(state: dict[str, Any], by: Fraction) -> dict[str, Any]:
    """The state with every other camera's sync offset changed."""
    other = copy.deepcopy(state)
    for angle in clip_of(other)["angles"][::2]:
        angle["syncOffset"] = float(decimal(angle["syncOffset"]) + by)
    return other


CASES = STATES | {
    f"{name} moved by {float(by)}": moved(STATES[name], by)
    for name in ("01_basic_3cam", "10_dup_names_and_micro_segments")
    for by in MOVED
}
CASES["07_500_switches moved"] = moved(STATES["07_500_switches"], MOVED[0])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the client makes of every case; Node.js is run once."""
    try:
        program = build()
    except NoNode as missing:
        # Without a network, or behind a registry that has no npm packages, Python is all there is.
        pytest.skip(f"web/client is NOT tested here: {missing}")
    return generate(program, tmp_path_factory.mktemp("states"), CASES)


def cameras_of(state: dict[str, Any]) -> list[Camera]:
    """Cameras that are just what the editor believes, or 300 s at 30."""
    assets = {asset["id"]: asset for asset in state["assets"]}
    cameras = []
    for angle in clip_of(state)["angles"]:
        asset = assets[angle["mediaId"]]
        rate = Fraction(asset.get("fps") or 30)
        cameras.append(Camera(rate, int(decimal(asset.get("duration") or 300) * rate)))
    return cameras


@pytest.mark.parametrize("name", [*MADE, *(case for case in CASES if case not in STATES)])
def test_a_state_is_accepted_and_its_programme_is_what_it_means(
    name: str, made: dict[str, Any]
) -> None:
    state = CASES[name]
    parsed = parse_config(json.dumps(made[name]["config"]).encode())
    assert not parsed.warnings
    cameras = cameras_of(state)
    rate, seen = planned(parsed.config, cameras)
    assert rate == (60 if name.startswith("11_") else 30)
    assert seen == meaning(state, cameras, rate)
    assert len(seen) == pytest.approx(
        float(max(decimal(clip_of(state)["duration"]), decimal(last_switch(state))) * rate), abs=1
    )


def last_switch(state: dict[str, Any]) -> float:
    time: float = clip_of(state)["switchPoints"][-1]["time"]
    return time


def test_another_offset_would_be_noticed(made: dict[str, Any]) -> None:
    name = "01_basic_3cam"
    config = parse_config(json.dumps(made[name]["config"]).encode()).config
    cameras = cameras_of(STATES[name])
    rate, seen = planned(config, cameras)
    assert seen == meaning(STATES[name], cameras, rate)
    assert seen != meaning(moved(STATES[name], Fraction(1, 30)), cameras, rate)


@pytest.mark.parametrize("name", REFUSED)
def test_a_state_that_cannot_be_exported_is_refused_with_its_place(
    name: str, made: dict[str, Any]
) -> None:
    assert [fault["place"] for fault in made[name]["faults"]] == [REFUSED[name]]
