"""Assembling begins before the last pieces are there: it waits for them, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config_schema.errors import VerificationFailed
from tests.engine.harness import config_of, export
from tests.media.cameras import camera
from tests.media.settings import change_settings
from worker.render.assemble import assemble
from worker.render.spec import AssembleSpec, CopiedSound, MadePart, read_spec

CUTS = ((0, 0, 3.2), (1, 3.2, 7.533333), (0, 7.533333, 12.1))


def exported(folder: Path, codec: str) -> tuple[AssembleSpec, bytes]:
    """What an export told its assembling, to be done again elsewhere; and what it made of it."""
    sources = [camera(1, "high", 2), camera(2, "high", 1)]
    made = export(folder, config_of(sources, CUTS, codec=codec, fps=30), sources)
    spec = read_spec(folder / "work" / "assemble.spec", AssembleSpec)
    return replace(spec, path=folder / "again.mp4"), made.rendered.path.read_bytes()


def pieces_of(spec: AssembleSpec) -> tuple[list[Path], list[Path]]:
    """The pieces of picture and of sound, in the order in which they are wanted first."""
    pictures = dict.fromkeys(part.path for part in spec.parts if isinstance(part, MadePart))
    assert not isinstance(spec.sound, CopiedSound)
    return list(pictures), [sound.path for sound in spec.sound]


def test_a_piece_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, whole = exported(tmp_path, "h264")
    away: list[tuple[Path, Path]] = []
    waited = 0

    def until_it_comes(_: float) -> None:
        nonlocal waited
        waited += 1
        hidden, path = away.pop()
        hidden.rename(path)

    monkeypatch.setattr("worker.render.inputs.time.sleep", until_it_comes)
    pictures, sounds = pieces_of(spec)
    assert len(pictures) > 2
    assert len(sounds) > 2
    for missing in ([pictures[0]], [pictures[1]], [sounds[-1]], pictures[::-1], sounds[::-1]):
        away[:] = [(path.rename(path.with_suffix(".away")), path) for path in missing]
        waited = 0
        assert not assemble(spec, lambda _: None).refused
        assert spec.path.read_bytes() == whole
        # One that is there tells the way of coding, so that only what is due is waited for.
        assert (waited, away) == (len(missing), [])


def test_a_piece_that_is_coded_in_another_way_is_no_piece_of_it(tmp_path: Path) -> None:
    spec, _ = exported(tmp_path, "h264")
    change_settings(pieces_of(spec)[0][1])
    with pytest.raises(VerificationFailed):
        assemble(spec, lambda _: None)
