"""Hands the frames of one piece to an encoder, in programme order. Runs in a child process only."""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict

import av

from config_schema.errors import ExportError
from worker.plan.footage import Footage
from worker.plan.program import STAND_IN, Span
from worker.plan.times import FrameTimes
from worker.render.fit import Fitter, black_frame
from worker.render.raw_pipe import RawPipe
from worker.render.reader import OffGrid, PictureReader
from worker.render.spec import PictureFacts, PictureSpec, read_answer

#: Open decoders hold reference pictures: about 16 frames each. So many pixels of them are kept
#: open at once (a few 4K cameras); the one unused for longest is closed first.
OPEN_PIXELS = 48_000_000


class _OffGridSource(ExportError):
    """A source is not what its index says."""

    def __init__(self, source: int, detail: str) -> None:
        super().__init__(detail=detail)
        self.source = source


def feed_pictures(spec: PictureSpec) -> PictureFacts:
    """Write every frame of the spec's spans to standard output; what came of it."""
    try:
        return _Feed(spec).run()
    except _OffGridSource as off:
        return PictureFacts(0, {}, {}, {}, off_grid=off.source)


class _Feed:
    def __init__(self, spec: PictureSpec) -> None:
        self._spec = spec
        self._footage = read_answer(spec.footage, dict[int, Footage])
        self._output = spec.output
        self._readers: OrderedDict[int, PictureReader] = OrderedDict()
        self._fitters: dict[int, Fitter] = {}
        self._black = black_frame(spec.output)
        self._stand_ins: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._broken: Counter[int] = Counter()
        self._flawed: Counter[int] = Counter()
        self._shown: tuple[int, int] | None = None
        self._fitted = self._black

    def run(self) -> PictureFacts:
        written = 0
        pipe = RawPipe(sys.stdout.fileno())
        for span in self._spec.spans:
            for number in range(span.frames.start, span.frames.end):
                pipe.write(self._frame(span, number))
                written += 1
        for source in list(self._readers):
            self._close(source)
        return PictureFacts(
            written,
            dict(self._stand_ins),
            dict(self._lost),
            dict(self._broken),
            dict(self._flawed),
        )

    def _frame(self, span: Span, number: int) -> av.VideoFrame:
        """The programme frame `number`."""
        if span.source is None:
            return self._black
        times = self._footage[span.source].picture.times
        index = times.index_at(span.source_second(number, self._output.rate))
        # Up to 100 ms missing at an edge shows the first or last frame; more is planned as black.
        index = min(max(index, 0), times.count - 1)
        reader = self._reader(span.source)
        try:
            found = reader.frame(index)
        except OffGrid as error:
            raise _OffGridSource(span.source, str(error)) from error
        if found is None:
            self._lost[span.source] += 1
            return self._black
        got, frame = found
        is_astray = reader.is_astray(frame)
        if is_astray or frame.is_corrupt:
            if reader.clean is not None and self._stands_in(times, reader.clean[0], index):
                got, frame = reader.clean
            elif is_astray:
                self._lost[span.source] += 1
                return self._black
            else:
                self._flawed[span.source] += 1
        if got != index:
            if not self._stands_in(times, got, index):
                self._lost[span.source] += 1
                return self._black
            self._stand_ins[span.source] += 1
        if self._shown != (span.source, got):
            self._fitted = self._fitter(span.source).fit(frame)
            self._shown = (span.source, got)
        return self._fitted

    @staticmethod
    def _stands_in(times: FrameTimes, got: int, index: int) -> bool:
        """Whether frame `got` is so near before `index` that it may be shown for it."""
        return times.start_of(index) - times.start_of(got) <= STAND_IN

    def _reader(self, source: int) -> PictureReader:
        reader = self._readers.get(source)
        if reader is None:
            self._make_room(source)
            reader = PictureReader(
                self._spec.fds[source], self._footage[source], threads=self._spec.threads
            )
            self._readers[source] = reader
        self._readers.move_to_end(source)
        return reader

    def _fitter(self, source: int) -> Fitter:
        if source not in self._fitters:
            picture = self._footage[source].picture
            self._fitters[source] = Fitter(picture, self._output)
        return self._fitters[source]

    def _make_room(self, source: int) -> None:
        needed = self._pixels(source)
        while self._readers and needed + sum(map(self._pixels, self._readers)) > OPEN_PIXELS:
            self._close(next(iter(self._readers)))

    def _pixels(self, source: int) -> int:
        picture = self._footage[source].picture
        return picture.width * picture.height

    def _close(self, source: int) -> None:
        reader = self._readers.pop(source)
        self._broken[source] += reader.broken_packets
        if not self._broken[source]:
            del self._broken[source]
        reader.close()
