"""Pictures say themselves in which order they are shown, whatever a container claims."""

from __future__ import annotations

import pytest

from tests.worker.bitstream.cameras import RECIPES, Camera
from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream.errors import Damaged
from worker.bitstream.order import Order


def agreed(camera: Camera, numbers: list[int]) -> list[bool]:
    entry = camera.entry
    if not entry.pps:
        entry = entry.with_sets_of(camera.samples[0].data)
    order = Order(entry)
    samples = zip(camera.samples, numbers, strict=True)
    return [order.agrees(sample.data, number) for sample, number in samples]


def shown(camera: Camera) -> list[int]:
    return [sample.number for sample in camera.samples]


@pytest.mark.parametrize("name", RECIPES)
def test_recorded_pictures_agree_with_their_times(camera: CameraOf, name: str) -> None:
    made = camera(name)
    assert all(agreed(made, shown(made)))


@pytest.mark.parametrize("name", RECIPES)
def test_two_pictures_in_each_others_place_do_not(camera: CameraOf, name: str) -> None:
    made = camera(name)
    numbers = shown(made)
    for at in range(len(numbers) - 1):
        swapped = list(numbers)
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        assert not all(agreed(made, swapped)), at


@pytest.mark.parametrize("name", ["high", "open", "hevc", "hevc, open", "stream"])
def test_times_of_decoding_are_not_those_of_display(camera: CameraOf, name: str) -> None:
    made = camera(name)
    assert shown(made) != sorted(shown(made))
    assert not all(agreed(made, sorted(shown(made))))


def test_a_sample_without_a_slice_is_damaged(camera: CameraOf) -> None:
    for name in ("high", "hevc", "stream"):
        made = camera(name)
        order = Order(made.entry.with_sets_of(made.samples[0].data))
        for data in (b"", b"\0\0\0\1\x09", made.samples[0].data[:4]):
            with pytest.raises(Damaged):
                order.agrees(data, 0)


def test_a_slice_that_ends_in_its_header_is_damaged(camera: CameraOf) -> None:
    order = Order(camera("high").entry)
    # A key frame's: its first macroblock, its type and its parameter set, and half of what follows.
    for header in (b"", b"\xb8", b"\xb8\0"):
        cut = b"\x65" + header
        with pytest.raises(Damaged):
            order.agrees(len(cut).to_bytes(4, "big") + cut, 0)
