"""Whether the programme's sound can be a source's own packets, copied, and why not.

Nothing is cut inside one coded packet of sound, so cuts need encoding. But where one camera's
sound runs through the whole programme there is no cut, and an edit list trims its two ends to the
sample. That holds for every codec of the picture: what copying delivers is the 48 kHz stereo AAC
that encoding would deliver, only without a second loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from worker.plan.footage import Footage, Sound
from worker.plan.sound import CHANNELS, SAMPLE_RATE, SoundRun

#: Samples that a packet of AAC-LC decodes to.
PACKET_SAMPLES = 1024
#: What the end may fall short by, as the contract allows for any cut.
TOLERANCE = Fraction(1, 1000)

COPIED = "one source's sound runs through the whole programme"
CUT = "it is put together from several places"
SILENT = "the programme is silent"
BEYOND = "the programme begins before its source's sound, or ends after it"


@dataclass(frozen=True)
class SoundChoice:
    """The run whose packets are copied as the whole sound, or None, and the reason in words."""

    copied: SoundRun | None
    reason: str


def choose_sound(
    runs: Sequence[SoundRun], footage: Mapping[int, Footage], container: str, refused: str = ""
) -> SoundChoice:
    """How the sound of these runs gets into the container.

    `refused` tells why an earlier attempt to copy it failed.
    """
    reason = refused or _against(runs, footage, container)
    return SoundChoice(None, reason) if reason else SoundChoice(runs[0], COPIED)


def _against(runs: Sequence[SoundRun], footage: Mapping[int, Footage], container: str) -> str:
    """Why the sound has to be encoded; "" where it can be copied."""
    if not any(run.source is not None for run in runs):
        return SILENT
    if container != "mp4":
        return f"sound is encoded for {container}"
    if len(runs) > 1:
        return CUT
    run = runs[0]
    assert run.source is not None
    sound = footage[run.source].sound
    assert sound is not None
    form = (sound.codec, sound.profile, sound.rate, sound.channels)
    if form != ("aac", "LC", SAMPLE_RATE, CHANNELS):
        return f"the sound of {footage[run.source].name} is {form_name(sound)}, not {_WANTED}"
    end = run.second + Fraction(run.end - run.start, SAMPLE_RATE)
    return BEYOND if run.second < sound.start or end > sound.end + TOLERANCE else ""


_WANTED = "48 kHz stereo AAC-LC"


def form_name(sound: Sound) -> str:
    """The way of coding as people write it.

    >>> form_name(Sound(1, "aac", 44100, 1, Fraction(0), Fraction(1), "LC"))
    '44.1 kHz mono AAC-LC'
    """
    channels = {1: "mono", 2: "stereo"}.get(sound.channels, f"{sound.channels}-channel")
    codec = sound.codec.upper().replace("_", " ")
    profile = sound.profile.removeprefix(f"{codec}-")
    if sound.codec == "aac" and profile:
        codec = f"HE-{codec}" if profile.startswith("HE-") else f"{codec}-{profile}"
    return f"{sound.rate / 1000:g} kHz {channels} {codec}"
