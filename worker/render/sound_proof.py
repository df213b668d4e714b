"""The proof that copied sound is its source's, and that joined sound decodes across its joins.

Runs in a child process only. Copied are the same packets, heard at the same time: looked at where
they begin, where they end, and at places spread over the programme; what is looked at is also
decoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer

from worker.ffmpeg.media import packets_of
from worker.plan.sound import SAMPLE_RATE
from worker.plan.sound_copy import PACKET_SAMPLES, TOLERANCE
from worker.render.sound_copy import SoundNotCopyable, SoundPackets
from worker.render.spec import CopiedSound

#: So many places are looked at,
PLACES = 12
#: so many packets at each.
PACKETS = 4
#: Places begin this much early in the programme, so that its own packets are met in order.
RUN_UP_SAMPLES = 4 * PACKET_SAMPLES


def sound_fault(path: Path, sound: CopiedSound, samples: int) -> str:
    """What is wrong with the copied sound of the programme at `path`; "" when nothing is."""
    source = SoundPackets(sound.fd, sound.footage)
    # A level that captures nothing would find nothing wrong.
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.open(str(path)) as programme:
            for place in _places(samples):
                second = sound.second + Fraction(place, SAMPLE_RATE)
                due = [
                    (place + position, packet)
                    for position, packet in islice(source.packets(second), PACKETS)
                    if place + position < samples
                ]
                if fault := _fault_at(programme, due):
                    return fault
    except SoundNotCopyable as refused:
        return str(refused)
    finally:
        av.logging.set_level(None)
        source.close()
    return ""


def join_fault(path: Path, joins: Sequence[int]) -> str:
    """What a decoder that comes from before a join complains of; "" where it does of none."""
    # A level that captures nothing would find nothing wrong.
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.open(str(path)) as programme:
            for join in joins:
                if fault := _fault_across(programme, join):
                    return f"at sample {join}: {fault}"
    finally:
        av.logging.set_level(None)
    return ""


def _fault_across(programme: InputContainer, join: int) -> str:
    track = programme.streams.audio[0]
    tick = Fraction(track.time_base or 1) * SAMPLE_RATE
    first, past = join - RUN_UP_SAMPLES, join + RUN_UP_SAMPLES
    programme.seek(int(first / tick), stream=track, backward=True)
    track.codec_context.flush_buffers()
    decoded = 0
    with av.logging.Capture(local=False) as complaints:
        for packet in packets_of(programme, track):
            if packet.pts is None or packet.pts * tick < first - PACKET_SAMPLES:
                continue
            if packet.pts * tick >= past:
                break
            try:
                decoded += sum(frame.samples for frame in track.codec_context.decode(packet))
            except av.error.FFmpegError as error:
                return str(error)
    if complaints:
        return f"a decoder complains: {complaints[0][2]}"
    return "" if decoded else "nothing is heard"


def _places(samples: int) -> Iterator[int]:
    """From the first packet to the last ones."""
    last = max(0, samples - (PACKETS - 1) * PACKET_SAMPLES)
    return iter(dict.fromkeys(last * n // (PLACES - 1) for n in range(PLACES)))


def _fault_at(programme: InputContainer, due: list[tuple[int, bytes]]) -> str:
    """What is wrong with the packets due at these positions."""
    track = programme.streams.audio[0]
    tick = Fraction(track.time_base or 1) * SAMPLE_RATE
    programme.seek(int((due[0][0] - RUN_UP_SAMPLES) / tick), stream=track, backward=True)
    track.codec_context.flush_buffers()
    waiting = list(due)
    with av.logging.Capture(local=False) as complaints:
        for packet in packets_of(programme, track):
            if packet.pts is None or packet.pts * tick < waiting[0][0] - TOLERANCE * SAMPLE_RATE:
                continue
            position, coded = waiting.pop(0)
            if abs(packet.pts * tick - position) > TOLERANCE * SAMPLE_RATE:
                return f"a packet due at sample {position} is heard at {packet.pts * tick}"
            if bytes(packet) != coded:
                return f"the packet at sample {position} is not the source's"
            try:
                track.codec_context.decode(packet)
            except av.error.FFmpegError as error:
                return f"the packet at sample {position} cannot be decoded: {error}"
            if not waiting:
                break
    if waiting:
        return f"the packet at sample {waiting[0][0]} is missing"
    return f"a decoder complains: {complaints[0][2]}" if complaints else ""
