"""What a failure leaves behind: a sentence for people, words for operators, a pause on disk."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime, timedelta

import pytest

from config_schema.errors import Blame, ExportError
from config_schema.status import JobStatus
from tests.worker.fakes import FakeRendered, PlainBoard
from tests.worker.jobs.samples import make
from tests.worker.jobs.test_run import make_due, tries_of
from worker.ffmpeg.diagnosis import diagnose
from worker.jobs.progress import Reporter
from worker.jobs.run import Outcome, Workload, run_job
from worker.jobs.store import JobStore
from worker.jobs.view import view_of

WORDS = "[libx264 @ 0x55d0] /srv/hidden/cam1.mp4: malformed NAL at 0xfeed"


def family(root: type[ExportError]) -> list[type[ExportError]]:
    return [root] + [deep for child in root.__subclasses__() for deep in family(child)]


def fail_with(store: JobStore, error: Exception, board: PlainBoard | None = None) -> Outcome:
    def failing(workload: Workload, reporter: Reporter) -> FakeRendered:
        raise error

    return run_job("a", store, failing, board or PlainBoard())


def log_of(store: JobStore) -> str:
    return "".join(path.read_text() for path in (store.exports / "a").glob("job.log*"))


@pytest.mark.parametrize("kind", family(ExportError), ids=lambda kind: kind.__name__)
def test_every_error_says_whose_it_is_and_whether_trying_again_can_help(
    kind: type[ExportError],
) -> None:
    assert kind.code == kind.code.lower()
    assert kind.code.replace("_", "").isalpha()
    assert kind.blame in Blame.__args__  # type: ignore[attr-defined]
    assert kind.retryable in (True, False)
    assert (kind.__doc__ or "").strip().endswith(".")


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in family(ExportError) if "code" in vars(kind)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("exits", "words"),
    [
        ((1,), WORDS),
        ((0, 187), WORDS),
        ((255,), WORDS),
        ((-signal.SIGSEGV,), WORDS),
        ((1,), f"{WORDS}\nCannot allocate memory"),
        ((1,), f"{WORDS}\nNo space left on device"),
        ((1,), f'{WORDS}\nverdict: {{"code": "source_unreadable", "message": "Camera 1 is bad."}}'),
    ],
)
def test_the_words_of_ffmpeg_are_for_the_operator_and_nobody_else(
    store: JobStore, exits: tuple[int, ...], words: str
) -> None:
    make(store)
    board = PlainBoard()
    outcome = fail_with(store, diagnose("picture 3", exits, words), board)
    while outcome is Outcome.AGAIN and store.record("a").stage != "waiting":
        make_due(store)
        outcome = fail_with(store, diagnose("picture 3", exits, words), board)
    assert WORDS in log_of(store)
    for told in (
        view_of(store.record("a")).model_dump_json(),
        *(repr(notice) for _, notice in board.pinned),
    ):
        for secret in ("libx264", "hidden", "0xfeed", "picture 3"):
            assert secret not in told
    if store.record("a").status is JobStatus.FAILED:
        assert (store.record("a").error or "").endswith(".")


def test_however_much_ffmpeg_says_the_log_stays_small(store: JobStore) -> None:
    make(store)
    for _ in range(5):
        with store.open("a") as folder:
            folder.log(WORDS * 10_000)
    fail_with(store, diagnose("sound", (1,), "\n".join([WORDS] * 20_000)))
    logs = list((store.exports / "a").glob("job.log*"))
    assert len(logs) == 2
    assert sum(path.stat().st_size for path in logs) <= 4 * 512 * 1024
    assert store.record("a").status is JobStatus.FAILED


def test_the_pause_before_the_next_try_is_on_disk_and_grows(store: JobStore) -> None:
    make(store)
    for pause in (2, 8):
        before = datetime.now(UTC)
        assert fail_with(store, diagnose("picture 1", (-signal.SIGSEGV,), "")) is Outcome.AGAIN
        after = datetime.now(UTC)
        written = json.loads((store.exports / "a" / "tries.json").read_text())
        next_at = datetime.fromisoformat(written["next_at"])
        assert before <= next_at - timedelta(seconds=pause) <= after
        # Another process, another worker: what counts is what is written.
        again = JobStore(store.exports)
        assert not tries_of(again).is_due(next_at - timedelta(milliseconds=1))
        assert tries_of(again).is_due(next_at)
        make_due(store)
    assert fail_with(store, diagnose("picture 1", (-signal.SIGSEGV,), "")) is Outcome.FAILED
    assert not (store.exports / "a" / "tries.json").exists()
