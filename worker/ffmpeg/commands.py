"""The argument lists of the encoders. Pure: numbers are formatted here, names come from tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from worker.plan.output import KEY_FRAME_SECONDS, OutputFormat
from worker.plan.sound import CHANNELS, SAMPLE_RATE

#: What every invocation begins with: no questions, no banner, progress as lines on stdout.
QUIET = ("-hide_banner", "-nostdin", "-v", "error", "-nostats", "-progress", "pipe:1")
PROGRESS_PERIOD = ("-stats_period", "0.2")

#: Bridges: no pictures out of order, so that a bridge is decoded in the order it is shown; no key
#: frames but the ones asked for; no information packets that speak of other parameter sets.
#: Tuned to the signal: a bridge stands between copied pictures and is to look like them, not nice.
#: Of what x264's quickest preset leaves out, the three that save the most bytes for their time.
BRIDGE_X264 = (
    *("-tune", "psnr", "-bf", "0", "-sc_threshold", "0"),
    *("-x264-params", "cabac=1:8x8dct=1:deblock=0,0"),
    *("-bsf:v", "filter_units=remove_types=6"),
)
BRIDGE_X265 = ":bframes=0:scenecut=0:info=0:repeat-headers=0"
BRIDGE_KEY_FRAME_FACTOR = 1000

#: FFmpeg's AAC coders differ more in what they search than in what is heard. With all switched off
#: that replaces the wave by something like it, the fast one at 192k stays as close to the wave as
#: the other at 256k (0.014 % of the power of a film's sound beside it, against 0.009 %, and on
#: tones that change nearer: 0.2 % in the worst tenth of a second, against 1.6 %), in half its time.
SOUND_OPTIONS = {
    "aac": (
        *("-b:a", "192k", "-aac_coder", "fast", "-aac_ms", "0"),
        *("-aac_tns", "0", "-aac_pns", "0", "-aac_is", "0"),
    ),
    "libopus": ("-b:a", "160k"),
}


def encode_picture(
    ffmpeg: str,
    output: OutputFormat,
    path: str,
    *,
    threads: int,
    preset: str | None = None,
    key_frames: Sequence[int] = (),
    key_frame_seconds: Fraction | None = None,
) -> tuple[str, ...]:
    """Encode raw pictures from standard input into a piece at `path`.

    Frames `key_frames` of it become key frames, beside the first and those that come at least
    every `key_frame_seconds`, where that is not as usual.
    """
    return (
        ffmpeg,
        *QUIET,
        *PROGRESS_PERIOD,
        *("-f", "rawvideo", "-pixel_format", output.pixel_format),
        *("-video_size", f"{output.width}x{output.height}"),
        *("-framerate", ratio(output.rate), "-i", "pipe:0"),
        *("-map", "0:v:0", "-fps_mode", "passthrough"),
        *picture_options(output, threads=threads, preset=preset, every=key_frame_seconds),
        *_forced(key_frames, output.rate),
        *_piece_muxer(output),
        *("-y", f"file:{path}"),
    )


def picture_options(
    output: OutputFormat,
    *,
    threads: int = 0,
    preset: str | None = None,
    every: Fraction | None = None,
) -> tuple[str, ...]:
    """The encoder and all that decides how the picture looks."""
    encoder = output.encoder
    quality: tuple[str, ...] = ("-crf", str(output.crf))
    speed: tuple[str, ...]
    if encoder.codec == "vp9":
        speed = ("-deadline", "good", "-cpu-used", preset or encoder.preset, "-row-mt", "1")
        quality = (*quality, "-b:v", "0")
    else:
        speed = ("-preset", preset or encoder.preset)
    if encoder.codec == "h265":
        params = "log-level=error:open-gop=0" + (BRIDGE_X265 if output.is_smart else "")
        speed = (*speed, "-x265-params", params, "-forced-idr", "1", "-tag:v", "hvc1")
    if output.is_smart and encoder.codec == "h264":
        speed = (*speed, *BRIDGE_X264)
    return (
        *("-c:v", encoder.library),
        *speed,
        *quality,
        *("-g", _key_frame_distance(output, every), "-pix_fmt", output.pixel_format),
        *(("-threads", str(threads)) if threads else ()),
        *colour_options(output),
    )


def _key_frame_distance(output: OutputFormat, every: Fraction | None) -> str:
    if every is not None:
        return str(max(1, int(every * output.rate)))
    # A bridge has the key frame it begins with and no other: it is over before one is due.
    seconds = KEY_FRAME_SECONDS * (BRIDGE_KEY_FRAME_FACTOR if output.is_smart else 1)
    return str(max(1, round(seconds * output.rate)))


def _forced(key_frames: Sequence[int], rate: Fraction) -> tuple[str, ...]:
    """Key frames at frame numbers, asked for a quarter of a frame early: times are rounded."""
    if not key_frames:
        return ()
    times = (f"{float((number - Fraction(1, 4)) / rate):.6f}" for number in key_frames)
    return ("-force_key_frames", ",".join(times))


def colour_options(output: OutputFormat) -> tuple[str, ...]:
    """How the samples mean colours, written into the stream.

    By a filter: FFmpeg 7 and later take the encoder's colour from the frames, not from options.
    """
    colour = output.colour
    said = [f"range={'full' if colour.full_range else 'limited'}"]
    said += [
        f"{name}={value}"
        for name, value in (
            ("color_primaries", colour.primaries),
            ("color_trc", colour.transfer),
            ("colorspace", colour.matrix),
        )
        if value
    ]
    shape = "" if output.sar == 1 else f",setsar={ratio(output.sar)}"
    return ("-vf", f"setparams={':'.join(said)}{shape}")


def encode_sound(ffmpeg: str, output: OutputFormat, path: str) -> tuple[str, ...]:
    """Encode 32-bit float stereo from standard input into a sound file at `path`."""
    codec = output.sound_codec
    return (
        ffmpeg,
        *QUIET,
        *PROGRESS_PERIOD,
        *("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS), "-i", "pipe:0"),
        *("-map", "0:a:0", "-c:a", codec, *SOUND_OPTIONS[codec]),
        # In mp4 the times are samples, also those of Opus: nothing is rounded on the way.
        *("-f", "mp4", "-y", f"file:{path}"),
    )


def _piece_muxer(output: OutputFormat) -> tuple[str, ...]:
    timescale = str(output.rate.numerator)
    if output.encoder.piece_suffix == ".mp4":
        return ("-video_track_timescale", timescale, "-f", "mp4")
    return ("-f", "webm")


def ratio(rate: Fraction) -> str:
    """A rate as FFmpeg reads it exactly.

    >>> ratio(Fraction(30000, 1001))
    '30000/1001'
    """
    return f"{rate.numerator}/{rate.denominator}"
