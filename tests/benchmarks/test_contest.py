"""Ways are compared fairly: what they cost, how wrong they are, and what none can do without."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks import footage as footage_module
from benchmarks import rivals
from benchmarks.contest import Contest, Way, hold
from benchmarks.footage import Form, footage
from benchmarks.meter import VERBS, Cost, Meter, measure
from benchmarks.peers import one_camera
from benchmarks.place import Cameras, programme
from benchmarks.rivals import Task
from benchmarks.smart import STAGES, least_work, stage_grid, task_of, verdicts
from benchmarks.truth import Truth, compare, find, read_codes, read_lags
from benchmarks.unavoidable import bridges_of, command, plan_of, prepare
from export_service.coded_media import CameraSpec, Code, tone
from tests.media.oracle import Expected, expect
from worker.render import child

TINY = Form("tiny", 192, 108, gop_seconds=1, megabits=0.4, unit_seconds=4, noise=0)
#: What children do before anything is rendered: looking at sources, planning without making.
OF_NO_RENDER = {"facts", "preview", "still", "peaks", "hearing", "align"}
RIGHT = Truth(frames=100, due=100, wrong=0, worst_lag_ms=0.1, unheard=0)


def contest_of(truth: Truth = RIGHT, peak: int = 10**8) -> Contest:
    seconds: dict[str, tuple[float, ...]] = {"smart": (11, 11), "naive": (6, 6), "cp": (1, 2)}
    seconds |= {"one": (9, 7), "free": (8, 8), "plain": (66,)}
    costs = {
        name: [Cost(one, one, peak_bytes=peak, peak_of="verify") for one in some]
        for name, some in seconds.items()
    }
    return Contest(costs=costs, truths={"smart": truth})


def test_the_least_work_is_the_quicker_way_of_each_run_and_a_copy() -> None:
    assert least_work(contest_of()) == [9, 9]


def test_a_quick_programme_with_a_wrong_frame_misses_its_target() -> None:
    assert all(row.is_met for row in verdicts(contest_of(), "x", with_targets=True))
    wrong = Truth(frames=100, due=100, wrong=1, worst_lag_ms=0.1, unheard=0)
    late = Truth(frames=100, due=100, wrong=0, worst_lag_ms=1.5, unheard=0)
    for truth in (wrong, late):
        missed = [r for r in verdicts(contest_of(truth), "x", with_targets=True) if not r.is_met]
        assert "wrong frames" in missed[-1].what
    greedy = verdicts(contest_of(peak=500_000_000), "x", with_targets=True)
    assert [row.is_met for row in greedy][-1] is False


def test_what_is_not_a_stage_is_told_as_well() -> None:
    told = {"planning": 1.0, "rendering": 5.0, "sound": 4.0, "assembling": 1.0, "verifying": 1.0}
    cost = Cost(10, 12, cpu_of={"pictures": 3.0, "picture encoder": 4.0, "sound": 1.0})
    grid = stage_grid([cost], [{"totals": {"stageSeconds": told}}], "")
    lines = {line[0].split(":")[0]: line[1:3] for line in grid.lines}
    assert lines["bridges"] == ("5.0", "7.0")
    assert lines["all else"] == ("2.0", "4.0")


def test_every_child_of_the_engine_is_of_some_stage() -> None:
    staged = {kind for kinds in STAGES.values() for kind in kinds}
    assert set(child._VERBS) - OF_NO_RENDER == VERBS
    assert staged == VERBS | {"picture encoder", "sound encoder"}


def test_a_way_that_fails_says_why_and_is_not_run_again(tmp_path: Path) -> None:
    runs = itertools.count()

    def fail(meter: Meter, _: Task) -> None:
        next(runs)
        meter.run([sys.executable, "-c", "raise SystemExit('it cannot')"])

    task = Task({}, tmp_path, tmp_path)
    contest = hold(task, [Way("bad", "bad tool", fail)], 3, _silence())
    assert next(runs) == 1
    (line,) = contest.grid("").lines
    assert line[0].startswith("bad tool: python")
    assert line[0].endswith("it cannot")


def _silence() -> Expected:
    return Expected(Fraction(30), 2, 2, (), (), (), (), include_audio=False, known=())


def test_processor_time_and_memory_of_children_are_counted() -> None:
    child = "b = bytearray(150_000_000)\nfor n in range(6_000_000): pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measure(lambda meter: meter.run([sys.executable, "-c", parent]))
    assert cost.cpu_seconds >= 0.1
    assert cost.seconds >= 0.1
    assert 150e6 < cost.peak_bytes < 300e6
    assert cost.sum_bytes > 1e6


def test_a_child_of_somebody_else_is_neither_counted_nor_waited_for() -> None:
    busy = "while True: pass"
    with subprocess.Popen([sys.executable, "-c", busy]) as other:
        cost = measure(lambda meter: meter.run([sys.executable, "-c", "pass"]))
        assert other.poll() is None
        other.kill()
    assert cost.cpu_seconds < 1


def test_processor_time_of_orphans_is_counted() -> None:
    child = (
        "import time\nuntil = time.process_time() + 0.4\nwhile time.process_time() < until: pass"
    )
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    # Something else runs on, so that the orphan is seen and ends in time.
    wait = "import time; time.sleep(1.5)"
    cost = measure(
        lambda meter: meter.run_all([[sys.executable, "-c", text] for text in (parent, wait)])
    )
    assert 0.4 <= cost.cpu_seconds < 1


def test_sound_is_found_where_it_is_and_not_where_it_is_not() -> None:
    wanted = tone(1, 48000, 14400).astype(np.float64)
    heard = (np.concatenate([np.zeros(5000), tone(1, 0, 96000)]) * 32767).astype(np.int16)
    place, match = find(heard, wanted, 48000, 9600)
    assert (place, match > 0.99) == (53000, True)
    assert find(heard, tone(2, 48000, 14400).astype(np.float64), 48000, 9600)[1] < 0.4
    assert find(heard[:100], wanted, 48000, 9600)[1] == 0


def test_lags_follow_a_sound_that_drifts_away() -> None:
    known = footage_module.Footage(Cameras(Path(), ("a", "b", "c"), CameraSpec(1, 1)), TINY, 8)
    expected = expect(programme(known.cameras, Fraction(6), 2), known.known)
    track = expected.sound()[:, 0]
    starts = [round(part.start * 1600) for part in expected.parts] + [len(track)]
    pieces = [track[a:b] for a, b in itertools.pairwise(starts)]
    gap = np.zeros(7000, dtype=np.float32)
    late = np.concatenate([pieces[0], gap, pieces[1], gap, pieces[2]])
    assert read_lags((late * 32767).astype(np.int16), expected) == [0, 7000, 14000]


def test_parts_of_one_camera_leave_something_out_between_them() -> None:
    cameras = Cameras(Path(), ("a", "b", "c"), CameraSpec(1, 1))
    segments = one_camera(cameras, 60, 5)["segments"]
    assert {segment["sourceIndex"] for segment in segments} == {0}
    kept = [segment["endTime"] - segment["startTime"] for segment in segments]
    assert sum(kept) == pytest.approx(60)
    for before, after in itertools.pairwise(segments):
        assert after["startTime"] - before["endTime"] == pytest.approx(5, abs=1e-5)


def test_the_unavoidable_work_is_the_bridges_frames_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footage_module, "CACHE", tmp_path)
    with footage(TINY, 9) as media:
        config = programme(media.cameras, Fraction(17, 2), 3, codec="copy", width=192, height=108)
        with task_of(media, config) as (task, expected):
            plan = plan_of(task)
            bridges = bridges_of(plan)
            least = prepare(plan, task, 2)
            least.run(Meter(), 1)
            for core, share in enumerate(least.shares):
                path = task.folder / "bridges.mp4"
                Meter().run(command(least.output, share, path, 0))
                due = [
                    Code(bridge.source + 1, number % TINY.unit_frames)
                    for bridge in bridges[core::2]
                    for number in range(bridge.start, bridge.end)
                ]
                assert read_codes(path) == due
                path.unlink()
            rivals.smart(Meter(), task)
            report = json.loads((task.folder / "report.json").read_text())
            frames = sum(bridge.end - bridge.start for bridge in bridges)
            assert report["totals"]["convertedFrames"] == frames > 0
            truth = compare(task.output("smart"), expected)
            assert (truth.wrong, truth.extra, truth.unheard) == (0, 0, 0)
            assert truth.worst_lag_ms < 1
            rivals.naive(Meter(), task)
            assert compare(task.output("naive"), expected).wrong > 0
    assert not list((tmp_path / "tiny-12" / "sources").iterdir())
