"""The folders of the volume, and whether it takes a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from config_schema.errors import VolumeUnavailable
from worker.media.volume import Volume


def test_the_folders_are_made_once_and_again(tmp_path: Path) -> None:
    volume = Volume(tmp_path / "media")
    volume.prepare()
    volume.prepare()
    assert volume.sources.is_dir()
    assert volume.exports.is_dir()


def test_whether_it_can_be_written_is_tried_and_leaves_nothing(tmp_path: Path) -> None:
    volume = Volume(tmp_path)
    assert volume.is_writable()
    assert list(volume.exports.iterdir()) == []


def test_a_volume_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file")
    volume = Volume(tmp_path / "media")
    assert not volume.is_writable()
    with pytest.raises(VolumeUnavailable, match="cannot be written"):
        volume.prepare()
