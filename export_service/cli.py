"""The command line: the stack, the engine alone, and a look at the jobs.

The only module of the package that reaches the renderer, and only inside `render`. What a command
needs is imported when it runs, so that `--help` is quick and `up` loads no engine.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from config_schema.errors import (
    Cancelled,
    ConfigInvalid,
    ExportError,
    Fault,
    InternalFault,
    RenderFault,
    RequestRefused,
    ServiceFault,
    SourceFault,
)
from config_schema.status import Progress

if TYPE_CHECKING:
    from export_service.progress_view import ProgressView
    from worker.client import StatusView
    from worker.media.resolve import OpenSource
    from worker.settings import WorkerSettings

EXIT_FAILED, EXIT_BAD_CONFIG, EXIT_INTERRUPTED = 1, 2, 130

PORT = click.IntRange(0, 65535)
FILE = click.Path(dir_okay=False, path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


def _media(*, required: bool) -> Callable[[Command], Command]:
    return click.option(
        "--media",
        type=click.Path(path_type=Path, file_okay=False),
        required=required,
        help="The media folder; camera files lie in its sources/ folder.",
    )


MEDIA = _media(required=True)


class FriendlyGroup(click.Group):
    """Commands whose known failures end with one clear line, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; translate our errors into a line and an exit code."""
        try:
            return super().invoke(ctx)
        except ConfigInvalid as error:
            for fault in error.faults:
                click.echo(f"{fault.place or 'config'}: {fault.message}", err=True)
            sys.exit(EXIT_BAD_CONFIG)
        except Cancelled:
            click.echo("export-service: cancelled, nothing is left behind", err=True)
            sys.exit(EXIT_INTERRUPTED)
        except ExportError as error:
            _fail(error)


def _fail(error: ExportError) -> NoReturn:
    if error.detail and isinstance(error, RenderFault | InternalFault):
        # There is no other log here.
        click.echo(error.detail, err=True)
    click.echo(f"export-service: {error}", err=True)
    sys.exit(EXIT_BAD_CONFIG if isinstance(error, RequestRefused) else EXIT_FAILED)


def _settings(media: Path) -> WorkerSettings:
    from worker.settings import WorkerSettings

    return WorkerSettings(media_base_path=media)


@click.group(
    cls=FriendlyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="multicam-export-service")
def main() -> None:
    """Make multicam programmes from camera originals, frame-exact."""


@main.command()
@MEDIA
@click.option("--port", type=PORT, required=True, help="Where HTTP is answered; 0: a free port.")
@click.option("--flower-port", type=PORT, help="Where Flower is; default: 5555, or a free port.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
def up(media: Path, port: int, flower_port: int | None, workers: int) -> None:
    """Run broker, workers, web and Flower on loopback until Ctrl-C.

    Prints one line `ready http://127.0.0.1:PORT` on stdout when exports can be asked for; the log
    of all parts goes to stderr. With REDIS_URL set, that server is used and no broker is started.
    Whatever was started ends with this command, however it ends.
    """
    from export_service.settings import WebSettings
    from export_service.stack import run_stack

    settings = _settings(media)
    WebSettings()
    own_broker = "redis_url" not in settings.model_fields_set
    redis_url = None if own_broker else settings.redis_url
    run_stack(
        settings.media_base_path,
        port,
        flower_port,
        workers,
        redis_url,
        log_as_json=settings.log_format == "json",
    )


@main.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-media"),
    show_default=True,
    help="Where cameras and programme are put.",
)
def demo(folder: Path) -> None:
    """Export a synthetic multicam programme through the real stack and check every frame."""
    from export_service.demo import run_demo

    if not run_demo(folder):
        sys.exit(EXIT_FAILED)


@main.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=FILE, required=True, help="The file to make.")
@MEDIA
@click.option("--report", type=FILE, help="A file for the proof, as JSON.")
def render(config: Path, output: Path, media: Path, report: Path | None) -> None:
    """Render CONFIG with the engine alone: no broker, no server.

    The output appears only when it is whole and verified. Exits with 0 when it is made, 2 when the
    config has faults (all are listed), 1 when rendering failed, and 130 after Ctrl-C, which ends
    FFmpeg and leaves nothing behind.
    """
    from config_schema.config import parse_config
    from export_service.progress_view import ProgressView
    from worker.render.export import render_export
    from worker.render.job import RenderJob

    settings = _settings(media)
    standing = settings.standing()
    if not standing.is_whole:
        click.echo(f"warning: {standing.said}", err=True)
    parsed = parse_config(config.read_bytes(), settings.limits)
    warnings = list(parsed.warnings)
    with (
        _opened(parsed.config.sources, settings) as sources,
        _work_folder(output) as (work, lock_fd),
        ProgressView() as view,
    ):
        pieces = work / "pieces"
        pieces.mkdir(exist_ok=True)
        job = RenderJob(parsed.config, sources, work, pieces, (lock_fd,))
        rendered = render_export(job, settings.engine(), TerminalObserver(view))
        if report is not None:
            report.write_text(rendered.report.model_dump_json(by_alias=True, indent=2) + "\n")
        rendered.path.replace(output)
        warnings += [text for text in rendered.warnings if text not in warnings]
    for text in warnings:
        click.echo(f"warning: {text}", err=True)
    click.echo(output)


class TerminalObserver:
    """Shows the render's progress, and cancels it on Ctrl-C or SIGTERM."""

    def __init__(self, view: ProgressView) -> None:
        self._view = view
        self._cancelled = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._cancel)

    def progress(self, progress: Progress) -> None:
        """Draw the bar."""
        self._view.show(progress.stage, progress.fraction, progress.fps, progress.eta_seconds)

    def is_cancelled(self) -> bool:
        """Whether a person pressed Ctrl-C."""
        return self._cancelled

    def is_turn_over(self) -> bool:
        """Nobody else waits here."""
        return False

    def log(self, line: str) -> None:
        """Commands and such are for the service's log; a person here wants the bar."""

    def _cancel(self, _number: int, _frame: FrameType | None) -> None:
        self._cancelled = True


@contextlib.contextmanager
def _opened(references: Any, settings: WorkerSettings) -> Iterator[tuple[OpenSource, ...]]:
    """The config's sources, held open; one that cannot be opened is a fault of the config."""
    from worker.media.resolve import open_source

    opened: list[OpenSource] = []
    faults: list[Fault] = []
    try:
        for index, source in enumerate(references):
            try:
                opened.append(open_source(source.file_path, source.name, settings.roots_of("")))
            except SourceFault as error:
                faults.append(Fault(f"sources[{index}].filePath", error.code, str(error)))
        if faults:
            raise ConfigInvalid(tuple(faults))
        yield tuple(opened)
    finally:
        for one in opened:
            os.close(one.fd)


@contextlib.contextmanager
def _work_folder(output: Path) -> Iterator[tuple[Path, int]]:
    """A folder beside the output, for one render at a time, and gone at the end.

    It has a fixed name: what a killed render left is found by the next one, used, and removed.
    """
    work = output.parent / f".{output.name}.rendering"
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise ServiceFault(f"{output.parent} cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServiceFault(f"{output} is being rendered already") from None
        try:
            yield work, lock
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        os.close(lock)


@main.command()
@click.argument("job_id", required=False)
@_media(required=False)
@click.option("--watch", is_flag=True, help="A live table of all exports, until Ctrl-C.")
@click.option("--url", help="With --watch: where the service is, such as http://127.0.0.1:8000.")
@click.option("--json", "as_json", is_flag=True, help="The whole state as JSON.")
def status(
    job_id: str | None, media: Path | None, watch: bool, url: str | None, as_json: bool
) -> None:
    """Show how far the export JOB_ID is, or watch all of them.

    `status JOB_ID --media DIR` looks at the media folder and needs no service; it exits with 0
    also when the export failed, and with 2 when there is none.

    `status --watch` asks the service about twice a second and shows those that are being made
    first, then the newest, as many as the terminal is high. Where stdout is no terminal, it prints
    a line whenever an export enters a stage or a tenth of its way. The service is looked for at
    --url; else with --media where the stack on that folder answers; else on this machine, at
    EXPORT_HTTP_PORT (8000).
    """
    if watch:
        if job_id is not None or as_json:
            raise click.UsageError("--watch shows all exports as a table: no JOB_ID, no --json.")
        _watch(url or _url_of_service(media))
        return
    if job_id is None or media is None or url is not None:
        raise click.UsageError("Say JOB_ID and --media DIR, or --watch.")
    from worker.client import ExportClient

    found = ExportClient(_settings(media)).status(job_id)
    click.echo(found.model_dump_json(by_alias=True, indent=2) if as_json else _sentence(found))


def _url_of_service(media: Path | None) -> str:
    from export_service.settings import WebSettings
    from export_service.stack_parts import HOST, STATE_FOLDER
    from export_service.stack_place import url_of_stack

    if media is None:
        return f"http://{HOST}:{WebSettings().http_port}"
    found = url_of_stack(media / STATE_FOLDER)
    if found is None:
        raise ServiceFault(f"No stack runs on {media}; say --url for a service elsewhere.")
    return found


def _watch(url: str) -> None:
    import httpx
    from rich.console import Console

    from export_service.watch import Watcher
    from export_service.watch_view import rows_of, watch

    # Ends as Ctrl-C does: a terminal gets its cursor back.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console()
    try:
        key = os.environ.get("EXPORT_API_KEY")
        headers = {"X-API-Key": key} if key else {}
        with httpx.Client(base_url=url, headers=headers, timeout=10, trust_env=False) as http:
            watch(Watcher(http, lambda: rows_of(console)).looks(), console)
    except httpx.InvalidURL as error:
        raise click.UsageError(f"--url: {error}") from error


def _sentence(found: StatusView) -> str:
    parts = [f"{found.job_id}: {found.status}", f"{found.progress:.0%}"]
    if found.status == "processing":
        parts.append(str(found.stage))
    if found.error:
        parts.append(found.error)
    return ", ".join(parts)


@main.command()
@click.argument("job_id")
@MEDIA
@click.option("--all", "whole", is_flag=True, help="Every segment, however many there are.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
def report(job_id: str, media: Path, whole: bool, as_json: bool) -> None:
    """Show the proof of the completed export JOB_ID: what was copied, what was not, and why."""
    from config_schema.report import Report
    from export_service.report_view import print_report
    from worker.client import ExportClient

    found = ExportClient(_settings(media)).report(job_id)
    if as_json:
        click.echo(found)
        return
    print_report(Report.model_validate_json(found), whole=whole)


@main.group()
def keys() -> None:
    """Make API keys and secrets."""


@keys.command("new")
@click.argument("name")
@click.option("--tenant", default="", help="Whose exports and sources it opens; default: no one's.")
def new_api_key(name: str, tenant: str) -> None:
    """Make an API key called NAME, which the log will show.

    The key goes to stdout and is shown this once; the entry for EXPORT_API_KEYS, by which the
    service knows it, to stderr.
    """
    from export_service.api_keys import known_as, new_key

    key = new_key()
    try:
        entry = known_as(name, tenant, key)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo("The key, for whoever is to use it:", err=True)
    click.echo(key)
    click.echo(f"For EXPORT_API_KEYS, or a line of EXPORT_API_KEYS_FILE:\n{entry}", err=True)


@keys.command("secret")
def new_secret() -> None:
    """Make a secret, for EXPORT_SIGNING_KEYS or EXPORT_JWT_SECRET."""
    import secrets

    click.echo(secrets.token_urlsafe(48))


if __name__ == "__main__":
    main()
