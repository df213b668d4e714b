"""What the programme is delivered as: the lead format, size, rate, codec, colour, quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from config_schema.timebase import exact, resolve_rate
from worker.plan.footage import Colour, FieldOrder, Footage

if TYPE_CHECKING:
    from config_schema.config import ExportConfig


@dataclass(frozen=True)
class Encoder:
    """A row of the catalogue: how one codec is encoded and which piece file holds it."""

    codec: str
    library: str
    preset: str
    crf: dict[str, int]
    ten_bit: bool
    piece_suffix: str


#: CRF by `output.quality`. "high" is visually transparent on camera footage at normal viewing
#: distance; each step of 3 to 6 is roughly half or double the bytes.
ENCODERS: dict[str, Encoder] = {
    "h264": Encoder(
        "h264",
        "libx264",
        "veryfast",
        {"low": 28, "medium": 24, "high": 20, "very_high": 16},
        ten_bit=False,
        piece_suffix=".mp4",
    ),
    "h265": Encoder(
        "h265",
        "libx265",
        "veryfast",
        {"low": 30, "medium": 26, "high": 22, "very_high": 18},
        ten_bit=True,
        piece_suffix=".mp4",
    ),
    "vp9": Encoder(
        "vp9",
        "libvpx-vp9",
        "6",
        {"low": 40, "medium": 35, "high": 29, "very_high": 22},
        ten_bit=False,
        piece_suffix=".webm",
    ),
}

#: Encoders of bridges, by probe name of the codec they must blend in with. Fast, since bridges are
#: all that smart rendering waits for, and at a quality that nobody sees: their bytes hardly count.
BRIDGES: dict[str, Encoder] = {
    "h264": Encoder("h264", "libx264", "ultrafast", {}, ten_bit=True, piece_suffix=".mp4"),
    "hevc": Encoder("h265", "libx265", "ultrafast", {}, ten_bit=True, piece_suffix=".mp4"),
    "vp9": Encoder("vp9", "libvpx-vp9", "7", {}, ten_bit=False, piece_suffix=".webm"),
}
#: What they give in decibels and bytes: docs/smart-rendering.md, held by a test.
BRIDGE_CRF = {"h264": 21, "h265": 17, "vp9": 16}
#: Pixel formats that the encoders of bridges take.
BRIDGE_PIXELS = {
    "h264": frozenset(
        f"yuv{chroma}p{depth}" for chroma in ("420", "422", "444") for depth in ("", "10le")
    ),
    "hevc": frozenset(
        f"yuv{chroma}p{depth}" for chroma in ("420", "422", "444") for depth in ("", "10le", "12le")
    ),
    "vp9": frozenset({"yuv420p"}),
}

#: Codecs whose coded pictures can be put together from several cameras, by container.
COPYABLE = {"mp4": ("h264", "hevc"), "webm": ("vp9",)}

#: Codecs of a lead format that an encoder of ours makes again, by probe name.
MATCHING_ENCODER = {"h264": "h264", "hevc": "h265"}

#: A key frame at least this often, so that players and editors can seek in the programme.
KEY_FRAME_SECONDS = 4


@dataclass(frozen=True)
class OutputFormat:
    """The delivered file: progressive; unless it is smart, square pixels and limited range.

    Where it `is_smart`, this is the lead format to the letter, coded pictures of the cameras are
    copied into it, and the encoder only makes the bridges. `width` and `height` are stored pixels;
    `sar` and `rotation` say how they are shown.
    """

    container: str  # "mp4" | "webm"
    width: int
    height: int
    rate: Fraction
    encoder: Encoder
    crf: int
    pixel_format: str
    colour: Colour
    has_sound: bool
    sar: Fraction = Fraction(1)
    rotation: int = 0
    is_smart: bool = False

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height in square pixels as a player shows them."""
        width = max(1, int(self.width * self.sar + Fraction(1, 2)))
        return (self.height, width) if self.rotation in (90, 270) else (width, self.height)

    @property
    def pixels_per_second(self) -> Fraction:
        """How much there is to encode in a second of programme."""
        return self.width * self.height * self.rate

    @property
    def sound_codec(self) -> str:
        """The encoder of the sound track."""
        return "libopus" if self.container == "webm" else "aac"


def lead_source(config: ExportConfig, footage: Mapping[int, Footage]) -> int:
    """The index of a source in the format that most of the programme's time has.

    Ties go to the format that comes first in the programme.
    """
    seconds: dict[object, Fraction] = {}
    first: dict[object, int] = {}
    for segment in config.segments:
        picture = footage[segment.source_index].picture
        key = (
            picture.codec,
            picture.width,
            picture.height,
            picture.sar,
            picture.rotation,
            picture.pixel_format,
            picture.times.rate,
        )
        length = exact(segment.end_time) - exact(segment.start_time)
        seconds[key] = seconds.get(key, Fraction(0)) + length
        first.setdefault(key, segment.source_index)
    # max() keeps the first of equals, and a dict keeps the order of the programme.
    return first[max(seconds, key=lambda key: seconds[key])]


def assumed_colour(picture_height: int, colour: Colour) -> Colour:
    """The colour with what the file leaves unsaid filled in as players assume it: HD or SD."""
    usual = "bt709" if picture_height >= 720 else "smpte170m"
    return replace(
        colour,
        matrix=colour.matrix or usual,
        primaries=colour.primaries or usual,
        transfer=colour.transfer or usual,
    )


def choose_output(
    config: ExportConfig, footage: Mapping[int, Footage]
) -> tuple[OutputFormat, tuple[str, ...]]:
    """The format of the delivered file, and warnings in words for a podcaster."""
    asked = config.output
    lead = footage[lead_source(config, footage)]
    picture = lead.picture
    warnings: list[str] = []
    lead_width, lead_height = picture.display_size
    is_webm = asked.format == "webm"
    if asked.codec == "copy":
        width, height, rate = lead_width, lead_height, picture.times.rate
        warnings += _ignored_by_copy(config, lead_width, lead_height, rate)
    else:
        width = asked.width or lead_width
        height = asked.height or lead_height
        rate = resolve_rate(asked.fps, picture.times.rate)
    if is_webm:
        encoder = ENCODERS["vp9"]
    elif asked.codec == "copy":
        encoder = ENCODERS[MATCHING_ENCODER.get(picture.codec, "h264")]
    else:
        encoder = ENCODERS[asked.codec]
    ten_bit = encoder.ten_bit and picture.depth > 8
    colour = assumed_colour(picture.height, picture.colour)
    made_even = (max(2, width // 2 * 2), max(2, height // 2 * 2))
    if made_even != (width, height):
        warnings.append(
            f"The picture size {width} x {height} is odd; "
            f"{made_even[0]} x {made_even[1]} is used, because video needs even sizes."
        )
    return OutputFormat(
        container=asked.format,
        width=made_even[0],
        height=made_even[1],
        rate=rate,
        encoder=encoder,
        crf=encoder.crf[asked.quality],
        pixel_format="yuv420p10le" if ten_bit else "yuv420p",
        colour=replace(colour, full_range=False),
        has_sound=asked.include_audio,
    ), tuple(warnings)


def smart_output(
    config: ExportConfig, footage: Mapping[int, Footage]
) -> tuple[OutputFormat | None, tuple[str, ...]]:
    """The lead format as an output to copy into, or None with the reason why that cannot be."""
    asked = config.output
    lead = footage[lead_source(config, footage)]
    picture = lead.picture
    pixels = picture.pixel_format.replace("yuvj", "yuv")
    reason = None
    if picture.codec not in COPYABLE[asked.format]:
        reason = f"{codec_name(picture.codec)} cannot be copied into {asked.format}"
    elif not picture.times.is_constant:
        reason = "the frame rate of most of the programme varies"
    elif picture.fields != FieldOrder.PROGRESSIVE:
        reason = "most of the programme is interlaced"
    elif pixels not in BRIDGE_PIXELS[picture.codec]:
        reason = f"pictures of {pixels} cannot be encoded to match"
    elif picture.width % 2 or picture.height % 2:
        reason = "the picture has an odd size"
    if reason is not None:
        return None, (f"The programme is converted, not copied: {reason}.",)
    encoder = BRIDGES[picture.codec]
    return OutputFormat(
        container=asked.format,
        width=picture.width,
        height=picture.height,
        rate=picture.times.rate,
        encoder=encoder,
        crf=BRIDGE_CRF[encoder.codec],
        pixel_format=pixels,
        colour=picture.colour,
        has_sound=asked.include_audio,
        sar=picture.sar,
        rotation=picture.rotation,
        is_smart=True,
    ), tuple(_ignored_by_copy(config, *picture.display_size, picture.times.rate))


def _ignored_by_copy(config: ExportConfig, width: int, height: int, rate: Fraction) -> list[str]:
    """Warnings for a size or rate that "copy" does not apply, because it keeps the picture."""
    asked = config.output
    warnings = []
    even = (width // 2 * 2, height // 2 * 2)
    if (asked.width or even[0], asked.height or even[1]) not in (even, (width, height)):
        warnings.append(
            f"The picture keeps the cameras' size {width} x {height}, not "
            f"{asked.width or width} x {asked.height or height}: "
            f'"copy" does not touch the picture.'
        )
    if resolve_rate(asked.fps, rate) != rate:
        warnings.append(
            f"The programme keeps the cameras' rate of {rate_name(rate)} frames per second, not "
            f'{asked.fps:g}: "copy" does not touch the picture.'
        )
    return warnings


def rate_name(rate: Fraction) -> str:
    """The rate as people write it.

    >>> rate_name(Fraction(30000, 1001)), rate_name(Fraction(25))
    ('29.97', '25')
    """
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")


def codec_name(codec: str) -> str:
    """The codec as people write it."""
    names = {"h264": "H.264", "hevc": "H.265", "vp9": "VP9", "vp8": "VP8", "av1": "AV1"}
    return names.get(codec, codec)
