"""FFmpeg, twice, and GStreamer decode every frame of a programme, and say nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from export_service.coded_media import Luma
from tests.media.reference import draw
from tests.players.decoders import DECODERS, decode
from tests.players.judge import order_faults
from tests.players.programmes import ORDERS, Programme


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("name", ORDERS)
def test_every_frame_comes_and_no_message(
    name: str, decoder: str, programme: Callable[[str], Programme]
) -> None:
    due = programme(name)
    codes, said = decode(DECODERS[decoder](due.path), due.expected)
    assert not list(order_faults(codes, due.expected))
    assert not said


@pytest.mark.parametrize("decoder", DECODERS)
def test_a_wrong_and_a_missing_frame_are_found(
    decoder: str, tmp_path: Path, programme: Callable[[str], Programme]
) -> None:
    due = programme("H.264").expected

    def bend(pictures: list[Luma]) -> list[Luma]:
        return [*pictures[:7], pictures[9], *pictures[8:-1]]

    codes, _ = decode(DECODERS[decoder](draw(due, tmp_path / "bent.mp4", frames=bend)), due)
    assert list(order_faults(codes, due)) == [
        f"{len(due.frames) - 1} frames where {len(due.frames)} are due",
        f"frame 7 shows {due.frames[9]}, not {due.frames[7]}",
    ]


@pytest.mark.parametrize("decoder", DECODERS)
def test_damage_is_not_passed_over_in_silence(
    decoder: str, tmp_path: Path, programme: Callable[[str], Programme]
) -> None:
    due = programme("H.264")
    data = bytearray(due.path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 4000):
        data[at] ^= 0x55
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    codes, said = decode(DECODERS[decoder](damaged), due.expected)
    assert said or list(order_faults(codes, due.expected))
