"""`celery -A worker exports ...` for operators."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from celery.utils.nodenames import gethostname
from click.testing import CliRunner, Result

from config_schema.status import JobStatus
from tests.worker.house import ROOT, House, config_of, until
from tests.worker.jobs.samples import complete, save
from worker.cli import exports
from worker.jobs.outbox import Outbox

Run = Callable[..., Result]


@pytest.fixture
def run(house: House) -> Run:
    def run_it(*words: str) -> Result:
        return CliRunner().invoke(exports, words, env={**house.environment, "COLUMNS": "200"})

    return run_it


def test_the_jobs_are_listed(house: House, run: Run) -> None:
    assert "There are no exports." in run("list").output
    house.client.submit(config_of("a"))
    house.client.submit(config_of("b"))
    complete(house.store, "a")
    shown = run("list").output
    assert shown.index("b ") < shown.index("a ")
    assert "The export is ready to download." in shown
    page = json.loads(run("list", "--json", "--limit", "1").output)
    assert [view["jobId"] for view in page["exports"]] == ["b"]
    rest = json.loads(run("list", "--json", "--cursor", page["nextCursor"]).output)
    assert [view["jobId"] for view in rest["exports"]] == ["a"]
    only = json.loads(run("list", "--json", "--status", "completed").output)
    assert [view["status"] for view in only["exports"]] == ["completed"]


def test_one_job_is_shown_cancelled_and_retried(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    assert "Waiting in the queue, position 1." in run("show", "a").output
    assert json.loads(run("cancel", "a", "--json").output)["status"] == "cancelled"
    assert json.loads(run("retry", "a", "--json").output)["attempt"] == 2


def test_what_is_still_to_be_told_is_shown_without_the_address(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    save(house.store, "a", callback_url="https://example.org/canary")
    house.client.cancel("a")
    shown = run("show", "a").output
    assert "export.cancelled: to be sent" in shown
    assert "canary" not in shown
    outbox = Outbox(house.store.exports)
    (name,) = outbox.names()
    with outbox.claimed(name) as parcel:
        assert parcel is not None
        delivery = parcel.read()
        assert delivery is not None
        parcel.keep(delivery.failed("answered 500", delivery.born))
    (told,) = json.loads(run("show", "a", "--json").output)["webhook"]
    assert told.startswith("export.cancelled: 1 in vain, the last one: answered 500; next at ")


def test_an_export_is_paused_and_resumed(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    assert "Paused by the operator." in run("pause", "a").output
    assert "paused" in run("list").output
    resumed = json.loads(run("resume", "a", "--json").output)
    assert (resumed["status"], resumed["stage"]) == ("pending", "queued")


def test_the_whole_desk_is_paused_and_resumed(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    assert run("pause", "--all").output == "All exports rest until `exports resume --all`.\n"
    assert json.loads(run("show", "a", "--json").output)["stage"] == "paused"
    assert json.loads(run("resume", "--all", "--json").output) == {"paused": False}
    assert json.loads(run("show", "a", "--json").output)["stage"] == "queued"


def test_an_export_is_served_earlier(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    house.client.submit(config_of("b"))
    assert json.loads(run("priority", "b", "high", "--json").output)["queuePosition"] == 1
    assert "position 2" in run("show", "a").output


def test_a_purge_lists_asks_and_removes(house: House, run: Run) -> None:
    for name in ("done", "waits"):
        house.client.submit(config_of(name))
    complete(house.store, "done")
    listed = run("purge", "--days", "0", "--dry-run")
    assert (listed.exit_code, "1 would be purged." in listed.output) == (0, True)
    assert house.status("done") == "completed"
    # Nobody answers the question.
    asked = run("purge", "--days", "0")
    assert (asked.exit_code, "Remove these for good?" in asked.output) == (1, True)
    assert house.status("done") == "completed"
    gone = json.loads(run("purge", "--days", "0", "--yes", "--json").output)
    assert ([view["jobId"] for view in gone["purged"]], gone["dryRun"]) == (["done"], False)
    assert run("purge", "--days", "0").output == "Nothing to purge.\n"
    assert run("show", "done").exit_code == 1
    assert house.status("waits") == "pending"


def test_one_export_is_purged_by_its_id(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    refused = run("purge", "a", "--yes")
    assert (refused.exit_code, "(not_over)" in refused.output) == (1, True)
    house.client.cancel("a")
    assert "1 purged." in run("purge", "a", "--yes").output
    assert run("purge", "a", "--yes").exit_code == 1


def test_what_is_kept_for_ever_is_not_purged_by_accident(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    complete(house.store, "a")
    refused = run("purge", "--yes")
    assert (refused.exit_code, "--days" in refused.output) == (2, True)
    kept = CliRunner().invoke(
        exports, ["purge", "--yes"], env={**house.environment, "EXPORT_KEEP_DAYS": "1"}
    )
    assert kept.output == "Nothing to purge.\n"
    assert house.status("a") == "completed"


def test_the_log_of_an_export_is_printed(house: House, run: Run) -> None:
    house.client.submit(config_of("a"))
    assert run("log", "a").output == ""
    with house.store.open("a") as folder:
        folder.log("run probe: Käse")
        folder.log("run sound")
    first, second = run("log", "a").output.splitlines()
    assert first.endswith(" run probe: Käse")
    assert second.endswith(" run sound")
    house.client.cancel("a")
    gone = run("log", "a")
    assert (gone.exit_code, "is gone with its files. (not_found)" in gone.output) == (1, True)


def test_a_log_is_followed_until_the_export_is_over(house: House) -> None:
    house.client.submit(config_of("a"))
    with house.store.open("a") as folder:
        folder.log("begins")
        words = ("-m", "celery", "-A", "worker", "exports", "log", "a", "--follow")
        follower = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=house.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert follower.stdout is not None
            assert follower.stdout.readline().endswith(" begins\n")
            folder.log("goes on")
            assert follower.stdout.readline().endswith(" goes on\n")
            folder.log("ends")
            complete(house.store, "a")
            rest, _ = follower.communicate(timeout=60)
        finally:
            follower.kill()
            follower.communicate()
    assert (follower.returncode, rest.splitlines()[0].split(" ")[1:]) == (0, ["ends"])


@pytest.mark.parametrize("verb", ["show", "log", "cancel", "retry", "pause", "resume", "purge"])
def test_what_cannot_be_done_is_said_with_exit_code_one(run: Run, verb: str) -> None:
    refused = run(verb, "nobody")
    assert refused.exit_code == 1
    assert "There is no export with this id. (not_found)" in refused.output


def test_a_wrong_command_line_is_exit_code_two(run: Run) -> None:
    assert run("list", "--status", "lost").exit_code == 2
    assert run("fly").exit_code == 2
    assert run("pause").exit_code == 2
    assert run("resume", "a", "--all").exit_code == 2
    assert run("priority", "a", "urgent").exit_code == 2
    assert run("purge", "a", "--days", "1").exit_code == 2
    assert run("purge", "--days", "-1").exit_code == 2


def test_a_wrong_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(exports, ["list"], env={"EXPORT_THREADS": "many"})
    assert refused.exit_code == 1
    assert "EXPORT_THREADS" in refused.output


def test_a_sweep_rings_for_what_no_queue_knows(house: House, run: Run) -> None:
    assert run("sweep").output == "Nothing to do.\n"
    house.client.submit(config_of("a"))
    with house.redis() as redis:
        redis.flushdb()
    assert json.loads(run("sweep", "--json").output)["rung"] == 1
    assert run("sweep").output == "Nothing to do.\n"
    with house.redis() as redis:
        assert redis.llen("exports:3") == 1
    assert house.client.workers_alive() == 0


def test_a_sweep_without_a_broker_says_what_it_could_not_do(lonely_house: House) -> None:
    lonely_house.client.submit(config_of("a"))
    refused = CliRunner().invoke(exports, ["sweep"], env=lonely_house.environment)
    assert refused.exit_code == 1
    assert "ring" in refused.output


def python(house: House, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**house.environment, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_celery_itself_knows_the_command(house: House) -> None:
    house.client.submit(config_of("a"))
    listed = python(house, "-m", "celery", "-A", "worker", "exports", "list", "--json")
    assert [view["jobId"] for view in json.loads(listed.stdout)["exports"]] == ["a"]


def test_celery_result_says_in_one_line_how_a_job_ended(house: House, run: Run) -> None:
    for name in ("whole", "broken", "unwanted"):
        house.client.submit(config_of(name))
    complete(house.store, "whole")
    save(house.store, "broken", status=JobStatus.FAILED, error="It hangs.", error_code="stalled")
    house.client.cancel("unwanted")
    # Tells Celery what the disk says.
    run("sweep")
    ends = {
        "broken": "Error: It hangs. (stalled)\n",
        "unwanted": "Error: The export was cancelled.\n",
        "nobody": "Error: There is no export with this id. (not_found)\n",
    }
    for name, line in ends.items():
        told = python(house, "-m", "celery", "-A", "worker", "result", name)
        assert (told.returncode, told.stdout, told.stderr) == (1, "", line)
    told = python(house, "-m", "celery", "-A", "worker", "result", "whole")
    assert (told.returncode, told.stderr) == (0, "")
    assert "'jobId': 'whole', " in told.stdout
    assert "'percent': 100.0" in told.stdout


def test_celery_inspect_shows_what_is_being_made(house: House) -> None:
    house.start_worker("tests.worker.fakeworker")
    house.client.submit(config_of("a", "until=go"))
    until(lambda: house.status("a") == "processing")
    worker = f"w0@{gethostname()}"
    # With a destination it ends as soon as that one has answered.
    inspect = ("inspect", "active", "--json", "--timeout", "60", "--destination", worker)
    told = python(house, "-m", "celery", "-A", "worker", *inspect)
    [active] = json.loads(told.stdout)[worker]
    assert (active["id"], active["name"], active["args"]) == ("a", "export", ["a"])


def test_a_wrong_setting_stops_celery_with_one_line(house: House) -> None:
    wrong = python(house, "-c", "import worker; worker.celery", EXPORT_THREADS="many")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("error: EXPORT_THREADS: ")
    assert wrong.stderr.count("\n") == 1
