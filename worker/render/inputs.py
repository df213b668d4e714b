"""What a programme is put together from: pieces that were made, and cameras copied from.

Runs in a child process only.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import av
from av.container import InputContainer

from config_schema.errors import SourceChanged, VerificationFailed
from worker.bitstream.entry import Codec, Entry, from_extradata
from worker.bitstream.errors import BitstreamError
from worker.bitstream.joins import begin_run, idr_pic_id
from worker.bitstream.kinds import PictureKind, picture_kind
from worker.bitstream.merge import Merged, merge
from worker.bitstream.order import Order
from worker.bitstream.rewrite import Rewrite, rewrite_sample
from worker.plan.gops import SampleKind
from worker.render.samples import SampleReader
from worker.render.spec import AssembleSpec, CopiedPart, MadePart

Numbered = Iterator[tuple[int, "av.Packet[Any]"]]

#: Codecs whose decoder settings lie in parameter sets that must not collide, as entries name them.
WITH_PARAMETER_SETS: dict[str, Codec] = {"h264": "h264", "h265": "hevc"}

#: Pictures that decoding may begin with, whatever stood before.
CLEAN = (PictureKind.IDR, PictureKind.BLA, PictureKind.CRA)

#: How often it is looked whether a piece is there.
_LOOK_SECONDS = 0.02

#: Shown by its times or by its own count a picture would be two different ones.
OUT_OF_ORDER = "its times contradict the order that its pictures say they have"


class CopyRefused(Exception):
    """A source turns out not to be copyable; the plan converts it, for `reason`."""

    def __init__(self, source: int, reason: str) -> None:
        super().__init__(reason)
        self.source = source
        self.reason = reason


def awaited(piece: Path) -> Path:
    """The piece, once it is there: the last ones may still be made, and get their names when they
    are whole. Who makes them ends whoever waits for them in vain.
    """
    while not piece.exists():
        time.sleep(_LOOK_SECONDS)
    return piece


class Inputs:
    """The files of an assembly; pictures of each part in decoding order.

    Pieces are opened when it is their turn. All are made by one recipe, so one's header is
    everyone's.
    """

    def __init__(self, spec: AssembleSpec) -> None:
        self._spec = spec
        self._rate = spec.output.rate
        self._sources = {
            index: SampleReader(fd, spec.footage[index]) for index, fd in spec.fds.items()
        }
        self._passes: dict[Path, Numbered] = {}
        self._opened: dict[Path, InputContainer] = {}
        streams = [reader.stream for reader in self._sources.values()]
        self._header: bytes | None = None
        made = [part.path for part in spec.parts if isinstance(part, MadePart)]
        if made:
            first = self._piece(next((path for path in made if path.exists()), made[0]))
            streams.append(first.streams.video[0])
        #: A camera's track in front: it carries how the picture is turned.
        self.template = streams[0]
        self.reordering = max(stream.codec_context.reorder_depth for stream in streams)
        self._last = b""
        self._rewrites: dict[int | None, Rewrite] = {}
        self._merged = self._merge()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._sources.values():
            reader.close()
        for container in self._opened.values():
            container.close()

    @property
    def extradata(self) -> bytes | None:
        """The decoder settings for all parts, where one file's own are not enough."""
        return self._merged.extradata if self._merged is not None else None

    @property
    def bytes_expected(self) -> int:
        """About how large the programme becomes."""
        made = copied = 0
        for part in self._spec.parts:
            if isinstance(part, MadePart):
                # What is still being made is little beside what is there.
                made += part.path.stat().st_size if part.offset == 0 and part.path.exists() else 0
            else:
                footage = self._spec.footage[part.source]
                size = self._sources[part.source].size
                copied += size * part.frames // footage.picture.times.count
        return made + copied

    def pictures(self, part: MadePart | CopiedPart) -> Numbered:
        """The part's pictures in decoding order, numbered from 0 as they are shown."""
        if isinstance(part, CopiedPart):
            return self._copied(part)
        return self._made(part)

    def _copied(self, part: CopiedPart) -> Numbered:
        reader = self._sources[part.source]
        bla = part.kind == SampleKind.CRA
        order = Order(self._rewrites[part.source].entry) if self._merged is not None else None
        joins = True
        for number, packet in self._trusting(part.source, reader.run(part.first, part.frames)):
            sample = bytes(packet)
            if order is not None:
                _hold_against_itself(part.source, order, sample, number)
            made = self._fitting(part.source, packet, sample, joins=joins, bla=bla and joins)
            yield number - part.first, made
            joins = False

    @staticmethod
    def _trusting(source: int, run: Numbered) -> Numbered:
        """The run, as long as the file holds what its index says."""
        try:
            yield from run
        except SourceChanged as error:
            raise CopyRefused(source, f"its index is wrong ({error.detail})") from error

    def _made(self, part: MadePart) -> Numbered:
        # Parts of one piece come in its order, so one pass over the file serves them all.
        if part.offset == 0:
            self._passes[part.path] = _numbered(self._piece(part.path), self._rate)
        joins = True
        for number, packet in self._passes[part.path]:
            yield number - part.offset, self._fitting(None, packet, bytes(packet), joins=joins)
            joins = False

    def _piece(self, path: Path) -> InputContainer:
        if path not in self._opened:
            self._opened[path] = av.open(str(awaited(path)))
        header = self._opened[path].streams.video[0].codec_context.extradata or b""
        if self._header is None:
            self._header = header
        if header != self._header:
            raise VerificationFailed(detail=f"{path}: another way of coding")
        return self._opened[path]

    def _merge(self) -> Merged | None:
        """The parameter sets of all files in one sample entry; None where one file's are enough."""
        codec = WITH_PARAMETER_SETS.get(self._spec.output.encoder.codec)
        if codec is None or not self._sources:
            return None
        # Each camera is a way of coding, and all that was made is one, under None.
        weights: Counter[int | None] = Counter()
        for part in self._spec.parts:
            weights[part.source if isinstance(part, CopiedPart) else None] += part.frames
        if None in weights:
            # Bridges are needed whatever else is refused.
            weights[None] += self._spec.frames
        groups = list(weights)
        entries = [self._entry(codec, source) for source in groups]
        try:
            merged = merge(entries, list(weights.values()))
        except BitstreamError as error:
            refused = groups[error.index or 0]
            if refused is None:
                raise VerificationFailed(detail=f"bridges: {error}") from error
            raise CopyRefused(refused, str(error)) from error
        self._rewrites = dict(zip(groups, merged.rewrites, strict=True))
        return merged

    def _entry(self, codec: Codec, source: int | None) -> Entry:
        reader = None if source is None else self._sources[source]
        header = self._header if reader is None else reader.stream.codec_context.extradata
        try:
            entry = from_extradata(codec, header or b"")
            if reader is not None and not (entry.sps and entry.pps):
                entry = entry.with_sets_of(reader.first_sample())
        except BitstreamError as error:
            if source is None:
                raise VerificationFailed(detail=str(error)) from error
            raise CopyRefused(source, str(error)) from error
        return entry

    def _fitting(
        self,
        key: int | None,
        packet: av.Packet[Any],
        before: bytes,
        *,
        joins: bool,
        bla: bool = False,
    ) -> av.Packet[Any]:
        """The packet, whose bytes are `before`, as it stands in the programme; `joins` says that it
        is a part's first.
        """
        if self._merged is None:
            return packet
        try:
            after = self._rewritten(key, before, joins=joins, bla=bla)
            is_key = packet.is_keyframe and (joins or self._is_key(key, before))
        except BitstreamError as error:
            if key is None:
                raise VerificationFailed(detail=str(error)) from error
            raise CopyRefused(key, str(error)) from error
        self._last = after
        made: av.Packet[Any] = packet if after is before else av.Packet(after)
        made.is_keyframe = is_key
        return made

    def _rewritten(self, key: int | None, sample: bytes, *, joins: bool, bla: bool) -> bytes:
        assert self._merged is not None
        entry = self._merged.entry
        after = rewrite_sample(sample, self._rewrites[key], bla=bla)
        if not joins:
            return after
        return begin_run(after, entry, after_idr=idr_pic_id(self._last, entry))

    def _is_key(self, key: int | None, sample: bytes) -> bool:
        """Whether a player may begin here: what a container marks may be no clean beginning."""
        entry = self._rewrites[key].entry
        return picture_kind(entry.codec, sample, entry.length_size) in CLEAN


def _hold_against_itself(source: int, order: Order, sample: bytes, number: int) -> None:
    """Refuse the source where a picture says that its place is another than `number`."""
    try:
        agrees = order.agrees(sample, number)
    except BitstreamError as error:
        raise CopyRefused(source, str(error)) from error
    if not agrees:
        raise CopyRefused(source, OUT_OF_ORDER)


def _numbered(piece: InputContainer, rate: Fraction) -> Numbered:
    """A piece's packets from the first on, each with the number of its frame."""
    track = piece.streams.video[0]
    up, down = (Fraction(track.time_base or 1) * rate).as_integer_ratio()
    first: int | None = None
    piece.seek(-(1 << 40))
    for packet in piece.demux(track):
        if packet.pts is None:
            continue
        if first is None:
            # A closed piece begins with its key frame, which is also shown first.
            first = packet.pts
        yield (2 * (packet.pts - first) * up + down) // (2 * down), packet
