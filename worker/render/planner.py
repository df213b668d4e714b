"""From opened sources to a plan: the probe, the index near the cuts, and what was learnt since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config_schema.config import ExportConfig
from config_schema.errors import ConfigInvalid, Fault
from worker.ffmpeg.run import Crew, EngineSettings, Work
from worker.media.resolve import OpenSource
from worker.plan.footage import Footage
from worker.plan.gops import CutWindow
from worker.plan.plan import Draft, Plan, build_plan, draft_smart, finish_smart
from worker.render.spec import IndexAnswer, IndexSpec, ProbeSpec, read_answer, write_spec
from worker.render.work import child

Report = Callable[[float], None]

#: How the time of planning is shared out where there is an index to ask.
PROBE_SHARE = 0.6


@dataclass
class Lessons:
    """What earlier rounds of a render have taught about its sources.

    `scan`: their index is not the truth, every packet is read. `refused`: they cannot be copied,
    and why. `distrusted`: segments whose copied pictures did not hold when they were read back.
    `sound_refused`: why the sound cannot be copied, where that was tried.
    """

    scan: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)
    distrusted: set[int] = field(default_factory=set)
    sound_refused: str = ""

    def distrust(self, plan: Plan, faulty: Sequence[int]) -> bool:
        """Take the copied parts at or beside programme frames `faulty` for bad; whether any was
        trusted until now.
        """
        before = len(self.distrusted)
        starts = set(faulty)
        self.distrusted |= {
            span.segment
            for span in plan.program.spans
            if span.copied is not None and span.frames.start in starts
        }
        return len(self.distrusted) > before


class Planner:
    """Plans one export, asking children about its sources."""

    def __init__(
        self,
        config: ExportConfig,
        sources: Sequence[OpenSource],
        work: Path,
        engine: EngineSettings,
    ) -> None:
        self._config = config
        self._sources = sources
        self._work = work
        self._engine = engine

    def plan(self, crew: Crew, lessons: Lessons, report: Report) -> Plan:
        """The plan, with all that was learnt; `report` is told the share that is done."""
        footage = self._probe(crew, lessons, report)
        why: tuple[str, ...] = ()
        if self._config.output.codec == "copy":
            believed = set(lessons.scan)
            smart = self._smart(crew, footage, lessons, report)
            if lessons.scan != believed:
                return self.plan(crew, lessons, report)
            if isinstance(smart, Plan):
                return _not_empty(smart)
            why = smart
        seconds = self._engine.piece_seconds
        return _not_empty(
            build_plan(
                self._config,
                footage,
                piece_seconds=seconds,
                why_not_copied=why,
                sound_refused=lessons.sound_refused,
            )
        )

    def _smart(
        self, crew: Crew, footage: dict[int, Footage], lessons: Lessons, report: Report
    ) -> Plan | tuple[str, ...]:
        draft = draft_smart(self._config, footage)
        if not isinstance(draft, Draft):
            return draft
        answer = self._index(crew, draft, report)
        lessons.scan |= set(answer.off_grid)
        windows: list[CutWindow | None] = [
            None if span.segment in lessons.distrusted else window
            for span, window in zip(draft.program.spans, answer.windows, strict=True)
        ]
        return finish_smart(
            draft,
            {**answer.reasons, **lessons.refused},
            windows,
            piece_seconds=self._engine.piece_seconds,
            sound_refused=lessons.sound_refused,
        )

    def _probe(self, crew: Crew, lessons: Lessons, report: Report) -> dict[int, Footage]:
        used = sorted({segment.source_index for segment in self._config.segments})
        spec, answer = self._work / "probe.spec", self._work / "probe.json"
        told = tuple(
            (index, source.fd, source.name, fingerprint(source))
            for index, source in ((index, self._sources[index]) for index in used)
        )
        write_spec(spec, ProbeSpec(told, tuple(lessons.scan)))
        fds = tuple(self._sources[index].fd for index in used)
        whole = sum(self._sources[index].size for index in used) or 1
        crew.run(
            Work("probe", child("probe", spec, answer, fds), "done"),
            lambda done: report(PROBE_SHARE * done / whole),
        )
        return read_answer(answer, dict[int, Footage])

    def _index(self, crew: Crew, draft: Draft, report: Report) -> IndexAnswer:
        spec, answer = self._work / "index.spec", self._work / "index.json"
        sources = sorted({want.source for want in draft.wanted if want is not None})
        fds = {index: self._sources[index].fd for index in sources}
        footage = {index: draft.footage[index] for index in sources}
        write_spec(spec, IndexSpec(fds, footage, draft.wanted))
        whole = len(draft.wanted) or 1
        crew.run(
            Work("index", child("index", spec, answer, tuple(fds.values())), "done"),
            lambda done: report(PROBE_SHARE + (1 - PROBE_SHARE) * done / whole),
        )
        return read_answer(answer, IndexAnswer)


def _not_empty(plan: Plan) -> Plan:
    if plan.program.frames == 0:
        raise ConfigInvalid(
            (Fault("segments", "empty_programme", "The whole programme is shorter than a frame."),)
        )
    return plan


def fingerprint(source: OpenSource) -> str:
    """What identifies the content without reading it, the same on every host that has the volume:
    each host numbers its devices in its own way.
    """
    return f"{source.inode}:{source.size}:{source.mtime_ns}"
