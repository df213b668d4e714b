"""The client that everybody uses, over a network that breaks; `make uploads` sends a gigabyte."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.uploads.journey import SEND, NoClient, node, travel
from tests.uploads.web import Web, serving

SIZE = 20_000_000


@pytest.fixture(scope="module")
def client() -> str:
    try:
        return node()
    except NoClient as reason:
        # Without a network, or behind a registry that has no npm packages, Python is all there is.
        pytest.skip(f"uploads by tus-js-client are NOT tested here: {reason}")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving(tmp_path_factory.mktemp("uploads") / "media") as web:
        yield web


def send(client: str, web: Web, file: Path, name: str, **options: object) -> subprocess.Popen[str]:
    command = [client, str(SEND), web.endpoint, str(file), name, json.dumps(options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_file_that_is_broken_off_ten_times_comes_out_byte_for_byte(
    client: str, web: Web, tmp_path: Path
) -> None:
    journey = travel(web, tmp_path, SIZE, 10)
    assert len(journey.cuts) == 10
    assert journey.came_sha256 == journey.sent_sha256
    # The control: the client saw every one of them.
    assert len([line for line in journey.said if "retry" in line]) >= 10
    assert "done" in journey.said[-1]
    assert {path.name for path in web.sources.iterdir()} == {"wide.mp4"}


@pytest.mark.parametrize(
    "options",
    [
        {"chunkSize": 100_000},
        {"uploadDataDuringCreation": True},
        {"piped": True, "uploadLengthDeferred": True, "chunkSize": 300_000},
        {"overridePatchMethod": True},
    ],
    ids=str,
)
def test_the_clients_ways_of_sending_all_work(
    client: str, web: Web, tmp_path: Path, options: dict[str, object]
) -> None:
    name = f"{'-'.join(options)}.mp4"
    file = tmp_path / "sent.mp4"
    file.write_bytes(bytes(range(256)) * 4000)
    sending = send(client, web, file, name, **options)
    said, _ = sending.communicate(timeout=60)
    assert sending.returncode == 0, said
    assert (web.sources / name).read_bytes() == file.read_bytes()


def test_the_client_shows_a_person_why_it_was_refused(
    client: str, web: Web, tmp_path: Path
) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"notes")
    sending = send(client, web, file, "notes.txt")
    said, _ = sending.communicate(timeout=60)
    assert sending.returncode == 1
    refusal = json.loads(json.loads(said.splitlines()[-1])["error"])
    assert refusal["code"] == "invalid_upload"
    assert "must end with" in refusal["error"]
