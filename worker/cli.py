"""`celery -A worker exports ...`: the jobs for operators, through the same door as the web.

Exit codes: 0 done, 1 the job or the service said no, 2 the command line was wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import click
from celery.bin.base import CeleryCommand
from rich.console import Console
from rich.table import Table
from rich.text import Text

from config_schema.errors import ExportError
from config_schema.status import JobStatus
from worker.app import make_app
from worker.client import ExportClient
from worker.jobs.store import JobStore
from worker.jobs.sweep import Sweep
from worker.jobs.view import StatusView
from worker.settings import WorkerSettings

T = TypeVar("T")

_COLORS = {
    JobStatus.PENDING: "yellow",
    JobStatus.PROCESSING: "cyan",
    JobStatus.COMPLETED: "green",
    JobStatus.FAILED: "red",
    JobStatus.CANCELLED: "dim",
}
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="exports")
def exports() -> None:
    """List, retry and cancel exports, or sweep once."""


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
    table = Table("export", "status", "stage", "done", "created", "message", box=None)
    for view in page.exports:
        table.add_row(
            Text(view.job_id),
            Text(view.status.value, style=_COLORS[view.status]),
            view.stage.value,
            f"{view.progress:.0%}",
            f"{view.created_at.astimezone():%Y-%m-%d %H:%M:%S}",
            Text(view.message),
        )
    Console().print(table if page.exports else "There are no exports.")
    if page.next_cursor:
        Console().print(Text(f"more: --cursor {page.next_cursor}", style="dim"))


@exports.command(cls=CeleryCommand)
@click.argument("job_id")
@_JSON
def show(job_id: str, as_json: bool) -> None:
    """All that is known of one export."""
    _print(_answer(lambda client: client.status(job_id)), as_json)


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
@_JSON
def sweep(as_json: bool) -> None:
    """Go round once, as every worker does each second, and ring at once for what is not queued."""

    def once() -> dict[str, int]:
        settings = WorkerSettings()
        settings.volume.prepare()
        visitor = Sweep(JobStore(settings.volume.exports), make_app(settings), hostname="sweep")
        return dict(visitor.visit())

    done = _tried(once)
    if as_json:
        click.echo(json.dumps(done))
    else:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(done.items()) if count)
        click.echo(said or "Nothing to do.")


def _answer(ask: Callable[[ExportClient], T]) -> T:
    return _tried(lambda: ask(ExportClient(WorkerSettings())))


def _tried(do: Callable[[], T]) -> T:
    try:
        return do()
    except ExportError as error:
        _refuse(error)


def _refuse(error: ExportError) -> NoReturn:
    raise click.ClickException(f"{error} ({error.code})") from error


def _plain(view: StatusView) -> dict[str, Any]:
    return view.model_dump(mode="json", by_alias=True)


def _print(view: StatusView, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_plain(view), indent=2))
        return
    table = Table(box=None, show_header=False)
    for name, value in _plain(view).items():
        if value is None or value == []:
            continue
        style = _COLORS[view.status] if name == "status" else ""
        shown = "\n".join(value) if isinstance(value, list) else str(value)
        table.add_row(Text(name, style="dim"), Text(shown, style=style))
    Console().print(table)
