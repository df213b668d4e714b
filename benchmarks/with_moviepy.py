"""A programme by MoviePy, as its documentation shows it: run by the Python that MoviePy is in."""

import json
import sys


def main(cuts: str, output: str, fps: str) -> None:
    """Make `output` from a file of JSON: [camera, start second, end second] each."""
    from moviepy import VideoFileClip, concatenate_videoclips  # type: ignore[import-not-found]

    with open(cuts, encoding="utf-8") as file:  # noqa: PTH123 - its Python may be any
        wanted = json.load(file)
    cameras = {name: VideoFileClip(name) for name in {name for name, _, _ in wanted}}
    clips = [cameras[name].subclipped(start, end) for name, start, end in wanted]
    concatenate_videoclips(clips).write_videofile(
        output,
        fps=float(fps),
        codec="libx264",
        preset="veryfast",
        ffmpeg_params=["-crf", "20"],
        audio_codec="aac",
        audio_fps=48000,
        audio_bitrate="256k",
        logger=None,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
