"""Helping with the pieces of a job that another process holds.

Who holds the job lays down an offer: its plan. A guest makes pieces of that plan that nobody
makes, with its own engine, in a folder of its own. It decides nothing: a piece that fails, kills
its maker or belies the plan is left to the holder, who counts and learns.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config_schema.errors import Cancelled, ExportError
from config_schema.status import Progress, Stage
from worker.ffmpeg.nursery import Nursery
from worker.ffmpeg.run import Crew, EngineSettings
from worker.plan.plan import Plan
from worker.render.claims import PieceClaims
from worker.render.job import RenderJob
from worker.render.making import OffGrid, PieceMaker, say_made
from worker.render.observer import Observer
from worker.render.planner import fingerprint
from worker.render.spec import read_answer, write_answer
from worker.render.work import Piece, WorkFolder, pieces_at_once


def lay_down(offer: Path, plan: Plan, pieces: Sequence[Piece]) -> None:
    """Offer the pieces to guests: first the plan, then the keys of those that are wanted."""
    for path, told, kind in (
        (_plan_path(offer), plan, Plan),
        (offer, tuple(piece.key for piece in pieces), tuple[str, ...]),
    ):
        temporary = path.with_suffix(".part")
        write_answer(temporary, told, kind)
        temporary.rename(path)


def _plan_path(offer: Path) -> Path:
    return offer.with_name("plan.json")


def help_out(job: RenderJob, engine: EngineSettings, observer: Observer, nursery: Nursery) -> int:
    """Make pieces of the job's offer until none is free or the observer has enough; how many."""
    assert job.offer is not None
    try:
        keys = set(read_answer(job.offer, tuple[str, ...]))
        plan = read_answer(_plan_path(job.offer), Plan)
    except FileNotFoundError:
        return 0
    for index, source in plan.footage.items():
        if fingerprint(job.sources[index]) != source.fingerprint:
            observer.log(f"cannot help: {source.name} is another file here")
            return 0
    fds = {index: source.fd for index, source in enumerate(job.sources)}
    folder = WorkFolder(job.work, job.pieces, plan, engine, fds)
    wanted = [piece for piece in folder.all() if piece.key in keys]
    crew = Crew(
        engine,
        is_cancelled=observer.is_cancelled,
        log=observer.log,
        keep_fds=job.keep_fds,
        nursery=nursery,
    )
    with PieceClaims(job.pieces, job.limits, as_guest=True) as claims:
        return _make(PieceMaker(crew, claims, wanted, pieces_at_once(plan)), job, observer)


def _make(maker: PieceMaker, job: RenderJob, observer: Observer) -> int:
    made = 0
    try:
        with maker:
            while True:
                is_wanted = job.offer is not None and job.offer.exists()
                piece = maker.step(may_start=is_wanted and not observer.is_turn_over())
                if piece is not None:
                    say_made(piece, job.name)
                    made += 1
                elif maker.is_idle:
                    return made
                observer.progress(Progress(stage=Stage.RENDERING, fraction=maker.share_done()))
    except OffGrid as lie:
        observer.log(f"cannot help: {lie} is not what the plan says")
    except Cancelled:
        raise
    except ExportError as error:
        observer.log(f"cannot help: {error.code}: {error}\n{error.detail}")
    return made
