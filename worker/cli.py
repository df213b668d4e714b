"""`celery -A worker exports ...`: the jobs for operators, through the same door as the web.

Exit codes: 0 done, 1 the job or the service said no, 2 the command line was wrong.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, TypeVar, get_args

import click
from celery.bin.base import CeleryCommand
from rich.console import Console
from rich.table import Table
from rich.text import Text

from config_schema.errors import ExportError, JobNotFound, NotOver
from config_schema.status import JobStatus, Priority
from worker.app import make_app
from worker.desk import Desk
from worker.jobs.store import JobStore
from worker.jobs.sweep import Sweep
from worker.jobs.view import COLOURS, StatusView
from worker.settings import WorkerSettings
from worker.uploads.tidying import TIDY_SECONDS, tidy

T = TypeVar("T")

_FOLLOW_SECONDS = 0.5
_ALL = click.option("--all", "every", is_flag=True, help="Every export, also those to come.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="exports")
def exports() -> None:
    """List, steer, retry, cancel and purge exports, read their logs, or sweep once."""


@exports.command(name="list", cls=CeleryCommand)
@click.option("--status", type=click.Choice([status.value for status in JobStatus]))
@click.option("--project", "project_id", help="Only the exports of this project id.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", help="The nextCursor of the page before.")
@_JSON
def list_exports(
    status: str | None, project_id: str | None, limit: int, cursor: str | None, as_json: bool
) -> None:
    """The exports, newest first."""
    page = _answer(lambda client: client.list(status, project_id, limit, cursor))
    if as_json:
        found = [_plain(view) for view in page.exports]
        click.echo(json.dumps({"exports": found, "nextCursor": page.next_cursor}, indent=2))
        return
    if page.exports:
        _show_list(page.exports)
    else:
        click.echo("There are no exports.")
    if page.next_cursor:
        Console().print(Text(f"more: --cursor {page.next_cursor}", style="dim"))


def _show_list(views: tuple[StatusView, ...], *, err: bool = False) -> None:
    table = Table("export", "status", "stage", "done", "created", "message", box=None)
    for view in views:
        table.add_row(
            Text(view.job_id),
            Text(view.status.value, style=COLOURS[view.status]),
            view.stage.value,
            f"{view.progress:.0%}",
            f"{view.created_at.astimezone():%Y-%m-%d %H:%M:%S}",
            Text(view.message),
        )
    Console(stderr=err).print(table)


def _require_one(job_id: str | None, every: bool) -> None:
    if (job_id is None) is not every:
        raise click.UsageError("Name one export, or say --all.")


def _say_desk(sentence: str, as_json: bool, *, is_paused: bool) -> None:
    click.echo(json.dumps({"paused": is_paused}) if as_json else sentence)


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@_JSON
def show(job_id: str, as_json: bool) -> None:
    """All that is known of one export."""
    view, untold = _answer(lambda client: (client.status(job_id), client.untold(job_id)))
    _print(view, as_json, {"webhook": [delivery.standing() for delivery in untold]})


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@click.option("--follow", is_flag=True, help="Go on until the export is over, or Ctrl-C.")
def log(job_id: str, follow: bool) -> None:
    """What was done for an export, and every complaint of FFmpeg."""
    _answer(lambda desk: _print_log(desk, job_id, follow))


def _print_log(desk: Desk, job_id: str, follow: bool) -> None:
    with desk.log(job_id) as lines:
        while True:
            text, is_over = lines.news()
            click.echo(text, nl=False)
            if is_over or not follow:
                return
            time.sleep(_FOLLOW_SECONDS)


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@_JSON
def retry(job_id: str, as_json: bool) -> None:
    """Start the next run of a failed or cancelled export."""
    _print(_answer(lambda client: client.retry(job_id)), as_json)


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@_JSON
def cancel(job_id: str, as_json: bool) -> None:
    """End an export and remove its files."""
    _print(_answer(lambda client: client.cancel(job_id)), as_json)


@exports.command(cls=CeleryCommand)
@click.argument("job_id", required=False)
@_ALL
@_JSON
def pause(job_id: str | None, every: bool, as_json: bool) -> None:
    """Let an export rest, with its finished pieces, until it is resumed; --all: the whole desk."""
    _require_one(job_id, every)
    if job_id is not None:
        _print(_answer(lambda client: client.pause(job_id)), as_json)
        return
    _answer(lambda client: client.pause_all())
    _say_desk("All exports rest until `exports resume --all`.", as_json, is_paused=True)


@exports.command(cls=CeleryCommand)
@click.argument("job_id", required=False)
@_ALL
@_JSON
def resume(job_id: str | None, every: bool, as_json: bool) -> None:
    """Let a paused export go on; --all: the whole desk, but what was paused by its own id."""
    _require_one(job_id, every)
    if job_id is not None:
        _print(_answer(lambda client: client.resume(job_id)), as_json)
        return
    _answer(lambda client: client.resume_all())
    _say_desk("The exports go on.", as_json, is_paused=False)


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@click.argument("priority", type=click.Choice(get_args(Priority)))
@_JSON
def priority(job_id: str, priority: Priority, as_json: bool) -> None:
    """Have an export served earlier or later."""
    _print(_answer(lambda client: client.prioritize(job_id, priority)), as_json)


@exports.command(cls=CeleryCommand)
@click.argument("job_id", required=False)
@click.option(
    "--days",
    type=click.FloatRange(0, 36_500),
    help="All that are over for so long; default: EXPORT_KEEP_DAYS.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_JSON
def purge(job_id: str | None, days: float | None, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Remove exports that are over, with their files and all that is known of them."""
    if job_id is not None and days is not None:
        raise click.UsageError("Name one export or say --days, not both.")
    chosen = _to_purge(job_id, days)
    if not dry_run and chosen and not yes:
        _show_list(chosen, err=True)
        click.confirm("Remove these for good?", abort=True, err=True)
    gone = chosen if dry_run else _answer(lambda client: _purged(client, chosen, days or 0))
    if as_json:
        found = [_plain(view) for view in gone]
        click.echo(json.dumps({"dryRun": dry_run, "purged": found}, indent=2))
    elif not gone:
        click.echo("Nothing to purge.")
    else:
        _show_list(gone)
        click.echo(f"{len(gone)} would be purged." if dry_run else f"{len(gone)} purged.")


def _to_purge(job_id: str | None, days: float | None) -> tuple[StatusView, ...]:
    if job_id is not None:
        view = _answer(lambda client: client.status(job_id))
        if not view.status.is_final:
            _refuse(NotOver())
        return (view,)
    keep = days if days is not None else _tried(lambda: WorkerSettings().keep_days)
    if days is None and not keep:
        raise click.UsageError("Say --days N: EXPORT_KEEP_DAYS keeps every export.")
    return _answer(lambda client: client.over_for(keep))


def _purged(client: Desk, chosen: tuple[StatusView, ...], days: float) -> tuple[StatusView, ...]:
    gone = []
    for view in chosen:
        # One may have been retried or removed while the question was on the screen.
        with suppress(NotOver, JobNotFound):
            gone.append(client.purge(view.job_id, days))
    return tuple(gone)


@exports.command(cls=CeleryCommand)
@_JSON
def sweep(as_json: bool) -> None:
    """Go round once, as every worker does each second, and ring at once for what is not queued."""

    def once() -> dict[str, int]:
        settings = WorkerSettings()
        settings.volume.prepare()
        visitor = Sweep(
            JobStore(settings.volume.exports),
            make_app(settings),
            hostname="sweep",
            keep_days=settings.keep_days,
            quotas=settings.quotas,
        )
        visitor.also("uploads", TIDY_SECONDS, lambda: tidy(settings.uploads))
        return dict(visitor.visit())

    done = _tried(once)
    if as_json:
        click.echo(json.dumps(done))
    else:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(done.items()) if count)
        click.echo(said or "Nothing to do.")


def _answer(ask: Callable[[Desk], T]) -> T:
    return _tried(lambda: ask(Desk(WorkerSettings())))


def _tried(do: Callable[[], T]) -> T:
    try:
        return do()
    except ExportError as error:
        _refuse(error)


def _refuse(error: ExportError) -> NoReturn:
    raise click.ClickException(f"{error} ({error.code})") from error


def _plain(view: StatusView) -> dict[str, Any]:
    return view.model_dump(mode="json", by_alias=True)


def _print(view: StatusView, as_json: bool, more: dict[str, Any] | None = None) -> None:
    known = _plain(view) | (more or {})
    if as_json:
        click.echo(json.dumps(known, indent=2))
        return
    table = Table(box=None, show_header=False)
    for name, value in known.items():
        if value is None or value == []:
            continue
        style = COLOURS[view.status] if name == "status" else ""
        shown = "\n".join(value) if isinstance(value, list) else str(value)
        table.add_row(Text(name, style="dim"), Text(shown, style=style))
    Console().print(table)
