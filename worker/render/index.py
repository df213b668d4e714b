"""What lies near the cuts of each source: key frames, and the order of pictures around them.

Runs in a child process only. An hour of footage is not read for it: tables and a few packets
beside each cut tell all that the plan needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import av

from config_schema.errors import SourceChanged, SourceUnreadable
from worker.ffmpeg.media import MOVIE_TIMELINE
from worker.ffmpeg.sample_table import NoTable, SampleTable, read_sample_table
from worker.plan.footage import FieldOrder, Footage
from worker.plan.gops import CutWindow, GopSample
from worker.plan.smart import Wanted
from worker.render.key_samples import NotCopyable
from worker.render.packet_look import PacketLook
from worker.render.reader import OffGrid
from worker.render.spec import IndexAnswer, IndexSpec
from worker.render.table_look import TableLook

Report = Callable[[float], None]

#: A display range [start, end) of a source.
Range = tuple[int, int]

OPEN_GOPS = "no key frame inside its segments is a place to begin a copy at"
NOT_AS_INDEXED = "its pictures are not where its index says"


def look_near_cuts(spec: IndexSpec, report: Report) -> IndexAnswer:
    """The windows of all wanted ranges; `report` is told how many are answered, parts counted."""
    wanted = [want for want in spec.wanted if want is not None]
    reasons: dict[int, str] = {}
    off_grid: list[int] = []
    found: dict[Wanted, CutWindow] = {}
    answered = 0
    for source in dict.fromkeys(want.source for want in wanted):
        ranges = sorted({(want.start, want.end) for want in wanted if want.source == source})
        desk = _Desk(spec.fds[source], spec.footage[source], ranges, report, answered)
        try:
            windows = desk.answer()
        except NotCopyable as why:
            reasons[source] = str(why)
        except (OffGrid, SourceChanged):
            off_grid.append(source)
            reasons[source] = NOT_AS_INDEXED
        else:
            found |= {Wanted(source, *ends): window for ends, window in windows.items()}
        answered += sum(want.source == source for want in wanted)
        report(answered)
    answers = tuple(found.get(want) if want is not None else None for want in spec.wanted)
    return IndexAnswer(answers, reasons, tuple(off_grid))


class _Desk:
    """Where the questions about one source are answered."""

    def __init__(
        self, fd: int, footage: Footage, ranges: Sequence[Range], report: Report, answered: int
    ) -> None:
        self._fd = fd
        self._footage = footage
        self._ranges = ranges
        self._report = report
        self._done = float(answered)

    def answer(self) -> dict[Range, CutWindow]:
        """The windows of all ranges; raises NotCopyable, OffGrid or SourceUnreadable."""
        picture = self._footage.picture
        if not picture.times.is_constant:
            raise NotCopyable("its frame rate varies")
        if picture.fields != FieldOrder.PROGRESSIVE:
            raise NotCopyable("it is interlaced")
        try:
            table = self._table()
            windows = self._by_packets() if table is None else self._by_table(table)
        except (av.error.FFmpegError, OSError) as error:
            raise SourceUnreadable(
                f"{self._footage.name} cannot be read to its end.", detail=str(error)
            ) from error
        return windows

    def _table(self) -> SampleTable | None:
        if self._footage.container != MOVIE_TIMELINE:
            return None
        try:
            return read_sample_table(self._fd, self._footage.picture.track)
        except NoTable:
            return None

    def _by_table(self, table: SampleTable) -> dict[Range, CutWindow]:
        look = TableLook(self._fd, self._footage, table)
        windows: dict[Range, CutWindow] = {}
        for number, (start, end) in enumerate(self._ranges):
            windows[start, end] = look.window(start, end)
            if number % 64 == 63:
                self._move()
        return _unless_open(windows, look.refused)

    def _by_packets(self) -> dict[Range, CutWindow]:
        with closing(PacketLook(self._fd, self._footage, self._move)) as look:
            keys: dict[Range, GopSample | None] = {}
            windows: dict[Range, CutWindow] = {}
            for ends, is_end in _in_rising_order(self._ranges):
                if not is_end:
                    keys[ends] = look.key(*ends)
                    continue
                key = keys[ends]
                tail = look.tail(key, ends[1]) if key is not None else ()
                windows[ends] = CutWindow(key, tail)
                self._move()
            return _unless_open(windows, look.refused)

    def _move(self) -> None:
        """Say that it goes on: a little of what is left to the next whole number."""
        whole = int(self._done)
        self._done += (whole + 1 - self._done) / 100
        self._report(self._done)


def _in_rising_order(ranges: Sequence[Range]) -> Iterator[tuple[Range, bool]]:
    """Starts and ends of all ranges by where they lie: one way through a file serves them all."""
    points = [(start, False, (start, end)) for start, end in ranges]
    points += [(end - 1, True, (start, end)) for start, end in ranges]
    return ((ends, is_end) for _, is_end, ends in sorted(points))


def _unless_open(windows: dict[Range, CutWindow], refused: int) -> dict[Range, CutWindow]:
    """The windows, unless all are empty though there were key frames to choose from."""
    if refused and all(window.key is None for window in windows.values()):
        raise NotCopyable(OPEN_GOPS)
    return windows
