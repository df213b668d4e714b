"""A kill between any two system calls leaves no job or a whole one, and nothing is in the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from config_schema.errors import Cancelled, InternalFault, JobNotFound
from config_schema.status import MOVES, JobStatus
from tests.worker.jobs.crash import Killed, killed_at, steps_of, survives
from tests.worker.jobs.samples import complete, files, make, record_of, save
from worker.jobs import housekeeping
from worker.jobs.claim import lock_name
from worker.jobs.folder import RUN
from worker.jobs.housekeeping import Housekeeper
from worker.jobs.store import JobStore, JobTaken

Setting = Callable[[JobStore], None]


def _nothing(_: JobStore) -> None:
    return


def _pending(store: JobStore) -> None:
    make(store)


def _completed(store: JobStore) -> None:
    make(store)
    complete(store, "a")
    (store.exports / "a" / "work" / "1").mkdir(parents=True)
    (store.exports / "a" / "work" / "1" / "piece").write_bytes(b"piece")


def _buried(store: JobStore) -> None:
    make(store)
    store.cancel("a")


def _cancel(store: JobStore) -> None:
    store.cancel("a")


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_STALE_NEW_SECONDS", 0.0)


def keep_house(store: JobStore) -> None:
    """What the sweep does to the folders."""
    keeper = Housekeeper(store)
    keeper.begin_round()
    keeper.tidy()
    keeper.bury(list(store.records()), list(store.buried_records()))
    keeper.tidy()


def each_kill(tmp_path: Path, setting: Setting, work: Setting) -> list[JobStore]:
    """The stores as kills at every step of the work leave them, the last one unharmed."""

    def prepared(name: str) -> JobStore:
        store = JobStore(tmp_path / name)
        store.exports.mkdir()
        setting(store)
        return store

    whole = prepared("whole")
    steps = steps_of(lambda: work(whole))
    assert steps > 3
    left = []
    for step in range(steps):
        store = prepared(str(step))
        assert not survives(lambda store=store: work(store), step)  # type: ignore[misc]
        left.append(JobStore(store.exports))
    return [*left, whole]


def status_of(store: JobStore) -> str:
    try:
        return store.record("a").status.value
    except JobNotFound:
        return "none"


@pytest.mark.parametrize("setting", [_nothing, _buried])
def test_a_killed_create_leaves_no_job_or_a_whole_one(tmp_path: Path, setting: Setting) -> None:
    before = "none" if setting is _nothing else "cancelled"
    seen = []
    for store in each_kill(tmp_path, setting, _pending):
        seen.append(status_of(store))
        keep_house(store)
        assert status_of(store) == seen[-1]
        with suppress(JobTaken):
            make(store)
        assert status_of(store) == "pending"
        assert files(store) == {"a/config.json", "a/state.json", f"a/{lock_name(RUN)}", "a/gate"}
    # Once it is there it stays there.
    assert seen == sorted(seen, key=[before, "pending"].index)
    assert seen[0] == before
    assert seen[-1] == "pending"


def test_a_killed_save_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    def start(store: JobStore) -> None:
        save(store, "a", status=JobStatus.PROCESSING)

    seen = []
    for store in each_kill(tmp_path, _pending, start):
        seen.append(status_of(store))
        start(store)
        assert status_of(store) == "processing"
        assert files(store) == {"a/config.json", "a/state.json", f"a/{lock_name(RUN)}", "a/gate"}
    assert seen == sorted(seen)
    assert set(seen) == {"pending", "processing"}


@pytest.mark.parametrize("setting", [_pending, _completed])
def test_a_killed_cancel_is_done_or_not_begun_and_the_sweep_ends_it(
    tmp_path: Path, setting: Setting
) -> None:
    before = "pending" if setting is _pending else "completed"
    seen = []
    for store in each_kill(tmp_path, setting, _cancel):
        seen.append(status_of(store))
        keep_house(store)
        assert status_of(store) == seen[-1]
        if seen[-1] == "cancelled":
            assert files(store) == {".state/a.json"}
            make(store)
            assert status_of(store) == "pending"
    assert seen == sorted(seen, key=[before, "cancelled"].index)
    assert set(seen) == {before, "cancelled"}


class StoreMachine(RuleBasedStateMachine):
    """Any sequence of verbs, each perhaps killed half way, against a plain dictionary."""

    ids = st.sampled_from(["a", "b"])
    steps = st.one_of(st.none(), st.integers(0, 40))

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.base = Path(tempfile.mkdtemp())
        self.store = JobStore(self.base / "exports")
        self.store.exports.mkdir()
        # What each job may be: several states after a kill, until somebody looks.
        self.model: dict[str, set[str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "base"):
            shutil.rmtree(self.base)

    def attempt(self, job_id: str, step: int | None, work: Callable[[], object], to: str) -> None:
        before = self.look(job_id)
        try:
            with killed_at(step):
                work()
        except Killed:
            self.store = JobStore(self.store.exports)
            self.model[job_id] = {before, to}
        else:
            self.model[job_id] = {to}

    def look(self, job_id: str) -> str:
        try:
            seen = self.store.record(job_id).status.value
        except JobNotFound:
            seen = "none"
        assert seen in self.model.get(job_id, {"none"})
        self.model[job_id] = {seen}
        return seen

    @rule(job_id=ids, step=steps)
    def create(self, job_id: str, step: int | None) -> None:
        taken = self.look(job_id) not in ("none", "cancelled")
        with suppress(JobTaken):
            self.attempt(job_id, step, lambda: make(self.store, job_id), "pending")
            # Taken by a folder whose cancellation was only flagged: bury it, as POST does.
            assert not taken or step is not None
            return
        if not taken:
            keep_house(self.store)

    @rule(job_id=ids, step=steps, to=st.sampled_from(JobStatus))
    def save(self, job_id: str, step: int | None, to: JobStatus) -> None:
        before = self.look(job_id)
        if to is JobStatus.CANCELLED or before == "none":
            return
        legal = to.value == before or to in MOVES[JobStatus(before)]
        try:
            self.attempt(job_id, step, lambda: save(self.store, job_id, status=to), to.value)
        except (InternalFault, Cancelled, JobNotFound):
            assert not legal or before == "cancelled"

    @rule(job_id=ids, step=steps)
    def cancel(self, job_id: str, step: int | None) -> None:
        before = self.look(job_id)
        try:
            self.attempt(job_id, step, lambda: self.store.cancel(job_id), "cancelled")
        except JobNotFound:
            assert before == "none"

    @rule(step=steps)
    def sweep(self, step: int | None) -> None:
        with suppress(Killed), killed_at(step):
            keep_house(self.store)
        self.store = JobStore(self.store.exports)

    @invariant()
    def every_job_is_what_it_may_be_and_listed_so(self) -> None:
        if not hasattr(self, "store"):
            return
        for job_id in ("a", "b"):
            self.look(job_id)
        alive = {r.job_id: r.status.value for r in self.store.records()}
        for job_id, status in alive.items():
            assert self.model[job_id] == {status}


StoreMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestStoreMachine = StoreMachine.TestCase


def test_a_kill_is_simulated_faithfully(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    assert not survives(lambda: store.create(record_of(), b"{}"), 3)
    # Tidying up did not happen either.
    assert [name for name in store.names() if name.startswith(".new-")]


def test_files_are_durable_before_their_name_and_the_name_before_the_answer(
    tmp_path: Path,
) -> None:
    """What a kill cannot show, for the page cache outlives processes: the order of the fsyncs."""
    store = JobStore(tmp_path)
    with killed_at(None) as created:
        make(store)
    before, after = created[: created.index("rename")], created[created.index("rename") :]
    # The config, the state, the two locks' folder; then the parent.
    assert before.count("fsync") >= 3
    assert before[-1] == "fsync"
    assert after[1] == "fsync"
    with killed_at(None) as saved:
        save(store, "a", status=JobStatus.PROCESSING)
    assert [call for call in saved if call in ("fsync", "rename")] == ["fsync", "rename", "fsync"]
    with killed_at(None) as cancelled:
        store.cancel("a")
    durable = [call for call in cancelled if call in ("fsync", "rename")]
    # The flag and its folder; the tally; the tombstone; the folder's leaving.
    replaced = ["fsync", "rename", "fsync"]
    assert durable == ["fsync", "fsync", *replaced, *replaced, "rename", "fsync"]
