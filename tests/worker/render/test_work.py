"""The work folder: a piece's name says all that decides its content, and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config_schema.errors import VerificationFailed
from tests.worker.plan.build import config_of, constant, footage
from worker.ffmpeg.run import Done, EngineSettings, Work
from worker.ffmpeg.start import Command
from worker.plan.plan import Plan, build_plan
from worker.render.spec import PictureFacts, write_answer
from worker.render.work import Piece, WorkFolder

ENGINE = EngineSettings("ffmpeg")
FDS = {0: 10, 1: 11}
CUTS = [(0, 0.0, 10.0), (1, 10.0, 20.0), (0, 20.0, 30.0), (1, 30.0, 40.0)]


def plan_of(cuts: Sequence[tuple[int, float, float]] = CUTS, **output: Any) -> Plan:
    sources = {n: footage(constant(3000), name=f"cam{n}.mp4") for n in range(2)}
    config = config_of(2, cuts, **{"codec": "h264", **output})
    return build_plan(config, sources, piece_seconds=10)


def names(folder: Path, plan: Plan, engine: EngineSettings = ENGINE) -> list[str]:
    """The files of the four pieces of picture, and last those of the four of sound."""
    folder.mkdir(exist_ok=True)
    work = WorkFolder(folder, folder, plan, engine, FDS)
    pieces = [work.picture(piece) for piece in plan.pieces]
    sounds = [work.sound(piece) for piece in plan.sound_pieces]
    return [piece.path.name for piece in (*pieces, *sounds)]


def test_the_same_plan_has_the_same_pieces(tmp_path: Path) -> None:
    assert names(tmp_path / "a", plan_of()) == names(tmp_path / "b", plan_of())
    assert len(set(names(tmp_path / "a", plan_of()))) == 8


def test_a_changed_segment_leaves_the_other_pieces_their_names(tmp_path: Path) -> None:
    before = names(tmp_path, plan_of())
    after = names(tmp_path, plan_of([CUTS[0], (1, 11.0, 21.0), *CUTS[2:]]))
    same = [a == b for a, b in zip(before, after, strict=True)]
    assert same[:4] == [True, False, True, True]
    # Its sound is heard at the end of the piece before it, and in the run-up of the one behind it.
    assert same[4:] == [False, False, False, True]


def test_a_piece_is_the_same_wherever_in_the_programme_it_stands(tmp_path: Path) -> None:
    before = names(tmp_path, plan_of())
    moved = names(tmp_path, plan_of([*CUTS[2:], *CUTS[:2]]))
    assert moved[:4] == [*before[2:4], *before[:2]]


@pytest.mark.parametrize(
    "change",
    [
        {"width": 640},
        {"fps": 25},
        {"codec": "h265"},
        {"quality": "low"},
        {"format": "webm"},
    ],
)
def test_what_changes_the_picture_changes_its_name(change: dict[str, Any], tmp_path: Path) -> None:
    before, after = names(tmp_path, plan_of()), names(tmp_path, plan_of(**change))
    assert not set(before[:4]) & set(after[:4])


def test_another_preset_makes_other_pieces_and_the_same_sound(tmp_path: Path) -> None:
    before = names(tmp_path, plan_of())
    after = names(tmp_path, plan_of(), replace(ENGINE, presets={"h264": "slow"}))
    assert not set(before[:4]) & set(after[:4])
    assert before[4:] == after[4:]


def test_another_file_under_the_same_name_makes_other_pieces(tmp_path: Path) -> None:
    plan = plan_of()
    changed = replace(plan.footage[1], fingerprint="another")
    after = names(tmp_path, replace(plan, footage={**plan.footage, 1: changed}))
    same = [a == b for a, b in zip(names(tmp_path, plan), after, strict=True)]
    assert same == [True, False, True, False, *4 * [False]]


def test_a_part_is_never_taken_for_finished(tmp_path: Path) -> None:
    plan = plan_of()
    work = WorkFolder(tmp_path, tmp_path, plan, ENGINE, FDS)
    piece = work.picture(plan.pieces[0])
    piece.part.write_bytes(b"half a piece")
    assert not piece.is_finished
    again = WorkFolder(tmp_path, tmp_path, plan, ENGINE, FDS).picture(plan.pieces[0])
    assert not again.is_finished


def made(folder: Path, frames: int, fed: int) -> Piece:
    """A piece of 30 frames of which so many were fed."""
    path = folder / "piece.mp4"
    work = Work("picture 0", Command(("true",)), "frame")
    piece = Piece("picture 0", path, folder / "part", work, 30, 1.0, frames=frames)
    piece.part.write_bytes(b"a piece")
    write_answer(piece.found_path, PictureFacts(fed, {}, {}, {}), PictureFacts)
    return piece


def test_a_piece_gets_its_name_when_all_its_frames_are_counted(tmp_path: Path) -> None:
    piece = made(tmp_path, 30, 30)
    piece.finish(Done(piece.work, 30.0))
    assert piece.is_finished
    assert not piece.part.exists()
    assert piece.facts().frames == 30


@pytest.mark.parametrize(("fed", "encoded"), [(29, 30), (30, 29), (31, 31), (0, 0)])
def test_a_piece_of_another_length_stays_unfinished(
    fed: int, encoded: float, tmp_path: Path
) -> None:
    piece = made(tmp_path, 30, fed)
    with pytest.raises(VerificationFailed) as caught:
        piece.finish(Done(piece.work, encoded))
    assert f"{fed} frames fed, {encoded:.0f} encoded, 30 planned" in caught.value.detail
    assert not piece.is_finished


@pytest.mark.parametrize("left", [b"", b'{"frames": 3', None], ids=["empty", "half", "gone"])
def test_a_piece_whose_findings_are_lost_is_made_again(left: bytes | None, tmp_path: Path) -> None:
    plan = plan_of()
    work = WorkFolder(tmp_path, tmp_path, plan, ENGINE, FDS)
    for piece in (work.picture(plan.pieces[0]), work.sound(plan.sound_pieces[0])):
        piece.path.write_bytes(b"a piece")
        if left is not None:
            piece.facts_path.write_bytes(left)
    again = WorkFolder(tmp_path, tmp_path, plan, ENGINE, FDS)
    assert not again.picture(plan.pieces[0]).is_finished
    assert not again.sound(plan.sound_pieces[0]).is_finished


def test_a_long_variable_source_is_told_once_not_in_every_piece(tmp_path: Path) -> None:
    rate = 30
    stamps = tuple(n * 33 + n % 7 for n in range(20_000))
    times = replace(constant(20_000, rate), tick=footage(constant(1)).picture.times.tick / 33)
    source = footage(replace(times, ticks=stamps))
    cuts = [(0, 10.0 * n, 10.0 * n + 9) for n in range(60)]
    plan = build_plan(config_of(1, cuts, codec="h264", fps=30), {0: source}, piece_seconds=5)
    assert len(plan.pieces) > 60
    names(tmp_path, plan)
    written = sum(path.stat().st_size for path in tmp_path.rglob("*"))
    assert written < 3 * len(json.dumps(stamps)) + 10_000 * len(plan.pieces)


def test_what_a_child_is_told_names_its_descriptors(tmp_path: Path) -> None:
    plan = plan_of()
    work = WorkFolder(tmp_path, tmp_path, plan, ENGINE, FDS)
    command = work.picture(plan.pieces[1]).work.feeder
    assert command is not None
    assert command.fds == (11,)
    assert os.fspath(tmp_path) in command.argv[-1]
