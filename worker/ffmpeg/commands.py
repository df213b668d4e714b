"""The argument lists of the encoders. Pure: numbers are formatted here, names come from tables."""

from __future__ import annotations

from fractions import Fraction

from worker.plan.output import KEY_FRAME_SECONDS, OutputFormat
from worker.plan.sound import CHANNELS, SAMPLE_RATE

#: What every invocation begins with: no questions, no banner, progress as lines on stdout.
QUIET = ("-hide_banner", "-nostdin", "-v", "error", "-nostats", "-progress", "pipe:1")
PROGRESS_PERIOD = ("-stats_period", "0.2")

SOUND_BITRATE = {"aac": "192k", "libopus": "160k"}


def encode_picture(
    ffmpeg: str, output: OutputFormat, path: str, *, threads: int, preset: str | None = None
) -> tuple[str, ...]:
    """Encode raw pictures from standard input into a piece at `path`."""
    return (
        ffmpeg,
        *QUIET,
        *PROGRESS_PERIOD,
        *("-f", "rawvideo", "-pixel_format", output.pixel_format),
        *("-video_size", f"{output.width}x{output.height}"),
        *("-framerate", ratio(output.rate), "-i", "pipe:0"),
        *("-map", "0:v:0", "-fps_mode", "passthrough"),
        *picture_options(output, threads=threads, preset=preset),
        *_piece_muxer(output),
        *("-y", f"file:{path}"),
    )


def picture_options(
    output: OutputFormat, *, threads: int = 0, preset: str | None = None
) -> tuple[str, ...]:
    """The encoder and all that decides how the picture looks."""
    encoder = output.encoder
    key_frames = str(max(1, round(KEY_FRAME_SECONDS * output.rate)))
    quality: tuple[str, ...] = ("-crf", str(output.crf))
    speed: tuple[str, ...]
    if encoder.codec == "vp9":
        speed = ("-deadline", "good", "-cpu-used", preset or encoder.preset, "-row-mt", "1")
        quality = (*quality, "-b:v", "0")
    else:
        speed = ("-preset", preset or encoder.preset)
    if encoder.codec == "h265":
        speed = (*speed, "-x265-params", "log-level=error:open-gop=0", "-tag:v", "hvc1")
    return (
        *("-c:v", encoder.library),
        *speed,
        *quality,
        *("-g", key_frames, "-pix_fmt", output.pixel_format),
        *(("-threads", str(threads)) if threads else ()),
        *colour_options(output),
    )


def colour_options(output: OutputFormat) -> tuple[str, ...]:
    """How the samples mean colours, written into the stream.

    By a filter: FFmpeg 7 and later take the encoder's colour from the frames, not from options.
    """
    colour = output.colour
    said = (
        f"range=limited:color_primaries={colour.primaries}"
        f":color_trc={colour.transfer}:colorspace={colour.matrix}"
    )
    return ("-vf", f"setparams={said}")


def encode_sound(ffmpeg: str, output: OutputFormat, path: str) -> tuple[str, ...]:
    """Encode 32-bit float stereo from standard input into a sound file at `path`."""
    codec = output.sound_codec
    return (
        ffmpeg,
        *QUIET,
        *PROGRESS_PERIOD,
        *("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS), "-i", "pipe:0"),
        *("-map", "0:a:0", "-c:a", codec, "-b:a", SOUND_BITRATE[codec]),
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
