"""Proof by decoding: the joins hold, and copied pictures are their source's to the pixel.

Runs in a child process only. Where it looks is decided in `looks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer

from worker.render.evidence import Coded, Evidence
from worker.render.looks import JOIN_FRAMES, Check, Look, Part, checks_of, share_of
from worker.render.reader import OffGrid, PictureReader
from worker.render.spec import CopiedPart, ProofAnswer, ProofSpec, read_answer

#: Frames of a copied part that are compared with their source.
MIDDLE_FRAMES = 3

Report = Callable[[float], None]


def prove(spec: ProofSpec, report: Report) -> ProofAnswer:
    """The parts that do not hold, and the marks of what does; `report` is told the places looked
    at.
    """
    faulty: set[int] = set()
    prover = Prover(spec)
    try:
        for done, check in enumerate(share_of(checks_of(spec.parts), *spec.share), 1):
            if not prover.holds(check):
                faulty.update(part.start for part in check.parts)
            report(done)
    finally:
        prover.close()
    return ProofAnswer(tuple(sorted(faulty)), tuple(prover.held))


def known_marks(path: Path) -> frozenset[str]:
    """The marks that lie in a file; none where it is damaged."""
    try:
        return frozenset(read_answer(path, tuple[str, ...]))
    except ValueError:
        return frozenset()


class Prover:
    """Looks at the places of one finished file; `held` are the marks of what held."""

    def __init__(self, spec: ProofSpec) -> None:
        self._spec = spec
        self._known = frozenset() if spec.known is None else known_marks(spec.known)
        self.held: list[str] = []
        self._sources: dict[int, PictureReader] = {}
        self._stack = ExitStack()
        container = self._open(spec.path)
        self._context = container.streams.video[0].codec_context
        # Pixels are not looked at across a join, so what smooths them is left out.
        self._context.options = {"skip_loop_filter": "all"}
        self._evidence = Evidence(container, spec.programme.picture.times.rate)
        self._whole: av.VideoCodecContext | None = None

    def close(self) -> None:
        """Give every file back."""
        for reader in self._sources.values():
            reader.close()
        self._stack.close()

    def holds(self, check: Check) -> bool:
        """Whether what is there is what was planned, decoded without a complaint; or is to the byte
        what was seen to be.
        """
        first, last = self._range(check)
        coded = (
            self._evidence.beginning(first)
            if check.look == Look.START
            else self._evidence.around(first, last)
        )
        mark = self._evidence.mark((check.look, last - first, self._due(check)), first, coded)
        if mark not in self._known and not self._is_right(check, coded):
            return False
        self.held.append(mark)
        return True

    def _range(self, check: Check) -> tuple[int, int]:
        """The programme frames that are looked at: from the first to before the last."""
        part = check.parts[0]
        if check.look == Look.START:
            return check.frame, check.frame + 1
        if check.look == Look.MIDDLE:
            return check.frame, min(check.frame + MIDDLE_FRAMES, part.start + part.frames)
        frames = self._spec.programme.picture.times.count
        return max(0, check.frame - JOIN_FRAMES), min(frames, check.frame + JOIN_FRAMES)

    def _due(self, check: Check) -> object:
        """What the pictures are compared with, if they are."""
        part = check.parts[0]
        if check.look != Look.MIDDLE or not isinstance(part, CopiedPart):
            return None
        source = self._spec.footage[part.source]
        second = source.picture.times.start_of(part.first + check.frame - part.start)
        return source.fingerprint, source.picture.stream, str(source.zero + second)

    def _is_right(self, check: Check, coded: Sequence[Coded]) -> bool:
        try:
            with _hearing() as complaints:
                is_due = self._is_due(check, coded)
        except (av.error.FFmpegError, OffGrid):
            return False
        # Inside a run its source may be damaged, and is to be delivered as it is.
        return is_due and (check.look == Look.MIDDLE or not complaints)

    def _is_due(self, check: Check, coded: Sequence[Coded]) -> bool:
        first, last = self._range(check)
        if check.look == Look.START:
            return self._begins(coded)
        if check.look == Look.MIDDLE:
            return self._is_its_source(check.parts[0], coded, first, last)
        missing = set(range(first, last))
        for number, _ in self._decoded(self._context, coded, first):
            missing.discard(number)
            if not missing:
                break
        return not missing

    def _begins(self, coded: Sequence[Coded]) -> bool:
        """Whether a decoder that has seen nothing else makes a whole picture of a part's first,
        alone: with what it holds back for it, three are decoded for each of hundreds of parts.
        """
        if not coded or not coded[0].packet.is_keyframe:
            return False
        frames = list(self._decoded(self._context, coded, coded[0].number))
        return len(frames) == 1

    def _is_its_source(self, part: Part, coded: Sequence[Coded], first: int, last: int) -> bool:
        """Whether frames [first, last) of a copied part have their source's very pixels."""
        assert isinstance(part, CopiedPart)
        if self._whole is None:
            self._whole = self._open(self._spec.path).streams.video[0].codec_context
        source = self._source(part.source)
        left = set(range(first, last))
        for number, shown in self._decoded(self._whole, coded, first, is_strict=False):
            if number not in left:
                continue
            wanted = part.first + number - part.start
            found = source.frame(wanted)
            if found is None or found[0] != wanted or not _same(found[1], shown):
                return False
            left.remove(number)
            if not left:
                break
        return not left

    def _decoded(
        self,
        context: av.VideoCodecContext,
        coded: Sequence[Coded],
        first: int,
        *,
        is_strict: bool = True,
    ) -> Iterator[tuple[int, av.VideoFrame]]:
        """Whole pictures by their number; before `first` only those that others need.

        Where it `is_strict` a picture that does not decode raises; else it is passed over: what
        lies inside a copied run is what it is in its source.
        """
        context.flush_buffers()
        for number, packet in coded:
            context.skip_frame = "NONREF" if number < first else "DEFAULT"
            with suppress(*() if is_strict else (av.error.FFmpegError,)):
                yield from self._numbered(context.decode(packet))
        yield from self._numbered(context.decode(None))

    def _numbered(self, frames: Sequence[av.VideoFrame]) -> Iterator[tuple[int, av.VideoFrame]]:
        return ((self._evidence.number(frame), frame) for frame in frames if not frame.is_corrupt)

    def _open(self, path: Path) -> InputContainer:
        container = self._stack.enter_context(av.open(str(path)))
        container.streams.video[0].codec_context.thread_count = 1
        return container

    def _source(self, index: int) -> PictureReader:
        if index not in self._sources:
            spec = self._spec
            self._sources[index] = PictureReader(spec.fds[index], spec.footage[index], threads=1)
        return self._sources[index]


@contextmanager
def _hearing() -> Iterator[list[tuple[int, str, str]]]:
    """What a decoder complains of meanwhile."""
    # A level that captures nothing would find nothing wrong.
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.logging.Capture(local=False) as complaints:
            yield complaints
    finally:
        av.logging.set_level(None)


def _same(source: av.VideoFrame, delivered: av.VideoFrame) -> bool:
    planes = zip(_planes(source), _planes(delivered), strict=True)
    return all(np.array_equal(a, b) for a, b in planes)


def _planes(frame: av.VideoFrame) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """The visible bytes of each plane."""
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        wide = frame.format.components[0].bits > 8
        yield rows[: plane.height, : plane.width * (2 if wide else 1)]
