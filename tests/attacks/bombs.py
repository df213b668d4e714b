"""Small files that claim to be huge."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import av

from tests.attacks.hostile import ffmpeg

SIDE = 16_000
STREAMS = 200
SAMPLES = 100_000_000


def many_pixels(path: Path) -> None:
    """One picture of 256 million pixels in 140 kB."""
    black_still(path, SIDE, depth=1, colours=GREY)


def many_bytes(path: Path) -> None:
    """One picture that is not too large, of 390 MB."""
    black_still(path, 8_000, depth=16, colours=RGB)


GREY, RGB = 0, 2


def black_still(path: Path, side: int, depth: int, colours: int) -> None:
    """A film of one black picture."""
    packer = zlib.compressobj(1)
    row = bytes(side * depth * (3 if colours == RGB else 1) // 8 + 1)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    still = path.with_suffix(".png")
    still.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, depth, colours, 0, 0, 0))
        + _chunk(b"IDAT", packed)
        + _chunk(b"IEND", b"")
    )
    ffmpeg("-i", str(still), "-c", "copy", f"file:{path}")
    still.unlink()


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def growing_pixels(path: Path) -> None:
    """A film whose pictures become huge after the first."""
    small, huge = path.with_suffix(".small.mov"), path.with_suffix(".huge.mov")
    ffmpeg("-f", "lavfi", "-i", "color=s=64x64:r=25:d=1", "-c:v", "png", f"file:{small}")
    many_pixels(huge)
    with (
        av.open(str(small)) as first,
        av.open(str(huge)) as second,
        av.open(str(path), "w") as made,
    ):
        track = made.add_stream_from_template(first.streams.video[0])
        packets = [packet for packet in first.demux(video=0) if packet.pts is not None]
        for packet in packets:
            packet.stream = track
            made.mux(packet)
        after = 2 * packets[-1].pts - packets[-2].pts  # type: ignore[operator]
        for packet in second.demux(video=0):
            if packet.pts is None:
                continue
            packet.time_base = packets[0].time_base
            packet.pts = packet.dts = after
            packet.stream = track
            made.mux(packet)
    small.unlink()
    huge.unlink()


def many_streams(path: Path) -> None:
    """Two hundred pictures at once."""
    with av.open(str(path), "w") as made:
        tracks = [made.add_stream("mjpeg", rate=25) for _ in range(STREAMS)]
        for track in tracks:
            track.width = track.height = 16
            track.pix_fmt = "yuvj420p"
        for track in tracks:
            for _ in range(2):
                made.mux(track.encode(av.VideoFrame(16, 16, "yuvj420p")))
            made.mux(track.encode(None))


def plain(path: Path) -> bytearray:
    """A second of 25 frames, to be changed."""
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc=s=64x64:r=25:d=1", "-c:v", "libx264"),
        *("-pix_fmt", "yuv420p", "-video_track_timescale", "25", "-bf", "0", f"file:{path}"),
    )
    return bytearray(path.read_bytes())


def many_samples(path: Path) -> None:
    """An index that says that there are a hundred million pictures of one byte."""
    data = plain(path)
    stts, stsz, stsc = (data.index(kind) for kind in (b"stts", b"stsz", b"stsc"))
    data[stts + 12 : stts + 20] = struct.pack(">II", SAMPLES, 1)
    data[stsz + 8 : stsz + 16] = struct.pack(">II", 1, SAMPLES)
    data[stsc + 16 : stsc + 20] = struct.pack(">I", SAMPLES)
    path.write_bytes(data)


def long_steps(path: Path) -> None:
    """Each frame is shown for a year and more."""
    data = plain(path)
    stts = data.index(b"stts")
    data[stts + 16 : stts + 20] = struct.pack(">I", (1 << 31) - 1)
    path.write_bytes(data)


def fast_clock(path: Path) -> None:
    """A million frames a second."""
    data = plain(path)
    mdhd = data.index(b"mdhd")
    data[mdhd + 16 : mdhd + 20] = struct.pack(">I", 1_000_000)
    path.write_bytes(data)
