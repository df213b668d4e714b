"""What a sample is, read from its slices and not from the container."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.worker.bitstream.conftest import CameraOf
from worker.bitstream.kinds import PictureKind, picture_kind
from worker.bitstream.nal import join_prefixed

IDR, CRA, BLA = PictureKind.IDR, PictureKind.CRA, PictureKind.BLA
RECOVERY, OTHER = PictureKind.RECOVERY, PictureKind.OTHER


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("high", {IDR: 3, OTHER: 21}),
        ("fields", {IDR: 3, OTHER: 21}),
        ("open", {IDR: 1, RECOVERY: 2, OTHER: 21}),
        ("all key", {IDR: 24}),
        ("stream", {IDR: 3, OTHER: 21}),
        ("hevc", {IDR: 3, OTHER: 21}),
        ("hevc, open", {IDR: 1, CRA: 2, OTHER: 21}),
        ("hevc, stream", {IDR: 3, OTHER: 21}),
    ],
)
def test_recorded_pictures_are_what_their_encoder_made(
    camera: CameraOf, name: str, expected: dict[PictureKind, int]
) -> None:
    made = camera(name)
    found = Counter(
        picture_kind(made.codec, each.data, made.entry.length_size) for each in made.samples
    )
    assert found == expected


@pytest.mark.parametrize(
    ("nals", "kind"),
    [
        ([b"\x20\x01\xaf"], BLA),
        ([b"\x24\x01\xaf"], BLA),
        ([b"\x4e\x01\x06\x01\x80\x80", b"\x02\x01\xd0"], RECOVERY),
        ([b"\x02\x01\xd0", b"\x26\x01\xaf"], OTHER),
        ([b"\x46\x01\x50"], OTHER),
        ([], OTHER),
    ],
)
def test_hevc_pictures_are_what_their_first_slice_says(
    nals: list[bytes], kind: PictureKind
) -> None:
    assert picture_kind("hevc", join_prefixed(nals), 4) is kind


def test_a_message_after_the_slices_recovers_nothing() -> None:
    sample = join_prefixed([b"\x41\x9a\x80", b"\x06\x06\x01\x80\x80"])
    assert picture_kind("h264", sample, 4) is OTHER
