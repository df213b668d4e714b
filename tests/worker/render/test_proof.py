"""The proof goes red: on another picture, a damaged one, a missing one; and on nothing else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.engine.harness import FAST, Watcher, config_of, export, render
from tests.media.cameras import camera
from tests.media.footage import Source, place
from tests.media.oracle import expect
from tests.media.settings import change_settings
from tests.media.verify import assert_exact
from worker.jobs.piece_cache import FOLDER, PieceCache
from worker.render.evidence import Coded, Evidence
from worker.render.looks import JOIN_FRAMES, Check, Look
from worker.render.proof import Prover, known_marks, prove
from worker.render.spec import (
    CopiedPart,
    MadePart,
    ProofSpec,
    read_answer,
    read_spec,
    write_answer,
)

CUTS = ((0, 0, 3.2), (1, 3.2, 7.533333), (0, 7.533333, 12.1))


@contextlib.contextmanager
def proof_of(folder: Path, sources: list[Source]) -> Iterator[ProofSpec]:
    """What a render asked of its proof, the file still there."""
    export(folder, config_of(sources, CUTS, codec="copy", fps=30), sources)
    spec = read_spec(folder / "work" / "prove 0.spec", ProofSpec)
    fds = {index: os.open(source.path, os.O_RDONLY) for index, source in enumerate(sources)}
    yield replace(spec, fds=fds, share=(0, 1))
    for fd in fds.values():
        os.close(fd)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProofSpec]:
    sources = [camera(1, "high", 2), camera(2, "main", 1)]
    with proof_of(tmp_path_factory.mktemp("proof"), sources) as spec:
        yield spec


@pytest.fixture
def programme(rendered: ProofSpec, tmp_path: Path) -> Path:
    """A copy of the file that may be spoilt."""
    path = tmp_path / rendered.path.name
    path.write_bytes(rendered.path.read_bytes())
    return path


def faulty(spec: ProofSpec) -> tuple[int, ...]:
    return prove(spec, lambda _: None).faulty


@pytest.fixture(scope="module")
def known(rendered: ProofSpec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marks of all that holds in the file."""
    path = tmp_path_factory.mktemp("known") / "known.json"
    write_answer(path, prove(rendered, lambda _: None).held, tuple[str, ...])
    return path


@pytest.fixture
def decodes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would be decoded is wrong."""
    monkeypatch.setattr(Prover, "_is_right", lambda *_: False)


def test_a_good_file_has_no_faulty_part(rendered: ProofSpec) -> None:
    assert {type(part) for part in rendered.parts} == {CopiedPart, MadePart}
    assert faulty(rendered) == ()


def test_a_look_that_begins_shortly_before_a_key_frame_misses_no_picture(tmp_path: Path) -> None:
    """In open groups some pictures come after a key frame, are shown before it, and need more."""
    with proof_of(tmp_path, [camera(1, "hevc open", 0.5), camera(2, "hevc", 1)]) as spec:
        with av.open(str(spec.path)) as media:
            track = media.streams.video[0]
            tick, rate = track.time_base, track.average_rate
            assert tick is not None
            assert rate is not None
            keys = [p.pts * tick * rate for p in media.demux(track) if p.is_keyframe and p.pts]
        prover = Prover(spec)
        for key in keys[:12]:
            for earlier in range(4):
                frame = round(key) - earlier + JOIN_FRAMES
                assert prover.holds(Check(Look.ACROSS, frame, spec.parts[:1])), frame
        prover.close()


def test_a_run_that_begins_a_frame_beside_its_own_is_faulty(rendered: ProofSpec) -> None:
    for number, part in enumerate(rendered.parts):
        if isinstance(part, CopiedPart):
            parts = list(rendered.parts)
            parts[number] = replace(part, first=part.first + 1)
            assert part.start in faulty(replace(rendered, parts=tuple(parts)))


@pytest.mark.parametrize("is_known", [False, True])
def test_pictures_that_do_not_decode_at_a_join_are_faulty(
    rendered: ProofSpec, programme: Path, known: Path, is_known: bool
) -> None:
    spec = replace(rendered, path=programme, known=known if is_known else None)
    for part in rendered.parts:
        whole = programme.read_bytes()
        _spoil(programme, part.start)
        assert part.start in faulty(spec), part
        programme.write_bytes(whole)


@pytest.mark.usefixtures("decodes_nothing")
def test_what_was_seen_to_hold_is_not_decoded_again(
    rendered: ProofSpec, known: Path, programme: Path
) -> None:
    everything = {part.start for part in rendered.parts}
    assert set(faulty(rendered)) == everything
    assert faulty(replace(rendered, known=known)) == ()
    assert faulty(replace(rendered, path=programme, known=known)) == ()
    again = prove(replace(rendered, known=known), lambda _: None)
    assert again.held == read_answer(known, tuple[str, ...])


def test_the_next_export_of_nearly_the_same_edit_is_told_what_held(tmp_path: Path) -> None:
    sources = [camera(1, "high", 2), camera(2, "main", 1)]
    cache = PieceCache(tmp_path, 10**9)
    place(tmp_path / "sources", *sources)
    known: list[set[str]] = []
    for last in (12.1, 11.1):
        config = config_of(sources, (*CUTS[:2], (0, 7.533333, last)), codec="copy", fps=30)
        rendered = render(tmp_path, config, FAST, Watcher(), cache=cache)
        assert_exact(rendered.path, expect(config, [source.known for source in sources]))
        known.append(set(known_marks(tmp_path / "work" / "known.json")))
        (marks,) = (tmp_path / FOLDER).glob("*.marks")
        known.append(set(known_marks(marks)))
    nothing, first, told, second = known
    assert (nothing, told) == (set(), first)
    assert len(first & second) > len(second - first) > 0


@pytest.mark.usefixtures("decodes_nothing")
def test_pixels_of_another_source_were_not_seen(rendered: ProofSpec, known: Path) -> None:
    other = replace(rendered.footage[1], fingerprint="another")
    spec = replace(rendered, known=known, footage={**rendered.footage, 1: other})
    of_it = {p.start for p in rendered.parts if isinstance(p, CopiedPart) and p.source == 1}
    assert set(faulty(spec)) == of_it


@pytest.mark.usefixtures("decodes_nothing")
def test_pictures_under_other_decoder_settings_were_not_seen(
    rendered: ProofSpec, known: Path, programme: Path
) -> None:
    change_settings(programme)
    spec = replace(rendered, path=programme, known=known)
    assert set(faulty(spec)) == {part.start for part in rendered.parts}


def test_where_a_player_may_begin_is_part_of_what_was_seen(rendered: ProofSpec) -> None:
    with av.open(str(rendered.path)) as media:
        evidence = Evidence(media, Fraction(30))
        (begins,) = evidence.beginning(0)
        seen = evidence.mark("start", 0, [begins])
        assert seen == evidence.mark("start", 7, [Coded(7, begins.packet)])
        begins.packet.is_keyframe = False
        assert seen != evidence.mark("start", 0, [begins])


@pytest.mark.usefixtures("decodes_nothing")
@pytest.mark.parametrize("damage", [b"", b"{", b"[1]"])
def test_damaged_marks_are_none(rendered: ProofSpec, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(damage)
    spec = replace(rendered, known=path)
    assert set(faulty(spec)) == {part.start for part in rendered.parts}


def _spoil(path: Path, frame: int) -> None:
    """Overwrite the inside of the coded picture shown as number `frame`."""
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        tick, rate = track.time_base, track.average_rate
        assert tick is not None
        assert rate is not None
        packet = next(
            p
            for p in media.demux(track)
            if p.pts is not None and round(p.pts * tick * rate) == frame
        )
        position, size = packet.pos, packet.size
    assert position is not None
    with path.open("r+b") as file:
        file.seek(position + size // 4)
        file.write(bytes(255 - n % 7 for n in range(size // 2)))
