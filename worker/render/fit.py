"""Making a decoded frame into one of the programme: size, shape, colour. Child processes only."""

from __future__ import annotations

from fractions import Fraction

import av

from worker.plan.footage import Colour, Picture
from worker.plan.output import OutputFormat, assumed_colour

#: What the scale filter calls the matrices that it knows.
SCALE_MATRICES = {
    "bt709": "bt709",
    "smpte170m": "smpte170m",
    "bt470bg": "bt470bg",
    "fcc": "fcc",
    "smpte240m": "smpte240m",
    "bt2020nc": "bt2020nc",
    "bt2020c": "bt2020c",
}
TURNS = {90: ("transpose=clock",), 180: ("hflip", "vflip"), 270: ("transpose=cclock",)}


def fitted(picture: Picture, output: OutputFormat) -> tuple[int, int, int, int]:
    """Where the picture lies in the output: x, y, width, height, aspect kept, all even.

    Even, because 4:2:0 colour has half the positions.
    """
    width, height = picture.display_size
    out_width, out_height = output.display_size
    scale = min(Fraction(out_width, width), Fraction(out_height, height))
    fit_width = min(out_width, _even(width * scale))
    fit_height = min(out_height, _even(height * scale))
    x = (out_width - fit_width) // 4 * 2
    y = (out_height - fit_height) // 4 * 2
    return x, y, fit_width, fit_height


def _even(length: Fraction) -> int:
    return max(2, int(length / 2 + Fraction(1, 2)) * 2)


class Fitter:
    """Fits the frames of one source into the output format."""

    def __init__(self, picture: Picture, output: OutputFormat) -> None:
        self._picture = picture
        self._output = output
        self._graph: av.filter.Graph | None = None
        self._shape: tuple[object, ...] = ()

    def fit(self, frame: av.VideoFrame) -> av.VideoFrame:
        """The frame as the programme shows it."""
        if self._is_fitting(frame):
            return frame
        shape = (frame.width, frame.height, frame.format.name)
        if self._graph is None or shape != self._shape:
            # A stream may change its size on the way; the new one is fitted anew.
            self._graph, self._shape = self._build(frame), shape
        frame.time_base = Fraction(1, 1000)
        frame.pts = 0
        self._graph.push(frame)
        made = self._graph.pull()
        assert isinstance(made, av.VideoFrame)
        return made

    def _is_fitting(self, frame: av.VideoFrame) -> bool:
        picture, output = self._picture, self._output
        colour = assumed_colour(picture.height, picture.colour)
        wanted = assumed_colour(output.height, output.colour)
        return (
            (frame.width, frame.height) == (output.width, output.height)
            and frame.format.name == output.pixel_format
            and (picture.sar, picture.rotation) == (output.sar, output.rotation)
            and colour.full_range == wanted.full_range
            and colour.matrix == wanted.matrix
        )

    def _build(self, frame: av.VideoFrame) -> av.filter.Graph:
        output = self._output
        colour = assumed_colour(self._picture.height, self._picture.colour)
        x, y, width, height = fitted(self._picture, output)
        graph = av.filter.Graph()
        nodes = [
            graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=Fraction(1, 1000),
            )
        ]
        nodes += _turned(graph, self._picture.rotation)
        nodes.append(graph.add("scale", _scale(width, height, colour, output, frame)))
        nodes.append(graph.add("format", output.pixel_format))
        shown = output.display_size
        if (width, height) != shown:
            nodes.append(graph.add("pad", f"{shown[0]}:{shown[1]}:{x}:{y}:black"))
        # A smart output is stored as its cameras store it: turned, and with their pixels' shape.
        nodes += _turned(graph, -output.rotation % 360)
        if output.sar != 1:
            nodes.append(graph.add("scale", f"w={output.width}:h={output.height}:flags=bicubic"))
        nodes.append(graph.add("setsar", "1"))
        nodes.append(graph.add("buffersink"))
        graph.link_nodes(*nodes).configure()
        return graph


def _turned(graph: av.filter.Graph, degrees: int) -> list[av.filter.context.FilterContext]:
    """Filters that turn the picture clockwise."""
    nodes = []
    for turn in TURNS.get(degrees, ()):
        name, _, arguments = turn.partition("=")
        nodes.append(graph.add(name, arguments) if arguments else graph.add(name))
    return nodes


def _scale(
    width: int, height: int, colour: Colour, output: OutputFormat, frame: av.VideoFrame
) -> str:
    parts = [f"w={width}", f"h={height}", "flags=bicubic+accurate_rnd+full_chroma_int"]
    is_rgb = frame.format.is_rgb
    if not is_rgb and colour.matrix in SCALE_MATRICES:
        parts.append(f"in_color_matrix={SCALE_MATRICES[colour.matrix]}")
    if not is_rgb:
        parts.append(f"in_range={'full' if colour.full_range else 'limited'}")
    wanted = assumed_colour(output.height, output.colour)
    parts.append(f"out_color_matrix={SCALE_MATRICES.get(wanted.matrix, 'bt709')}")
    parts.append(f"out_range={'full' if wanted.full_range else 'limited'}")
    return ":".join(parts)


def black_frame(output: OutputFormat) -> av.VideoFrame:
    """A black picture in the output format."""
    frame = av.VideoFrame(output.width, output.height, output.pixel_format)
    depth = frame.format.components[0].bits
    darkest = 0 if output.colour.full_range else 16
    for index, plane in enumerate(frame.planes):
        level = (darkest if index == 0 else 128) << (depth - 8)
        sample = level.to_bytes(1 if depth == 8 else 2, "little")
        plane.update(sample * (plane.buffer_size // len(sample)))
    return frame
