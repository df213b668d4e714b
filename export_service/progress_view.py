"""Shows a person how far an export is: a live bar on a terminal, plain lines everywhere else."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

COLUMNS = ("{task.fields[stage]:<10}", "{task.percentage:>5.1f} %", "{task.fields[facts]}")


def facts(fps: float | None, eta_seconds: float | None) -> str:
    """What stands beside the bar.

    >>> facts(118.4, 73), facts(None, None)
    ('118 fps, 1:13 left', '')
    """
    parts = []
    if fps is not None:
        parts.append(f"{fps:.0f} fps")
    if eta_seconds is not None:
        minutes, seconds = divmod(round(eta_seconds), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return ", ".join(parts)


class ProgressView:
    """A bar with stage, percent, frames a second and the time that is left."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        stage, percent, beside = COLUMNS
        self._bar = Progress(
            TextColumn(stage),
            BarColumn(bar_width=40),
            TextColumn(percent),
            TextColumn(beside),
            console=self._console,
        )
        self._task: TaskID = self._bar.add_task("", total=1.0, stage="", facts="")
        self._last_line = ("", -1)

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it stands."""
        if self._console.is_terminal:
            self._bar.stop()

    def show(
        self, stage: str, fraction: float, fps: float | None = None, eta: float | None = None
    ) -> None:
        """Draw the bar anew, or print a line where a new stage or a new tenth begins."""
        beside = facts(fps, eta)
        if self._console.is_terminal:
            self._bar.update(self._task, completed=fraction, stage=stage, facts=beside)
            return
        line = (stage, int(fraction * 10))
        if line != self._last_line:
            self._last_line = line
            text = f"{stage:<10} {fraction * 100:5.1f} %  {beside}".rstrip()
            self._console.print(text, highlight=False, markup=False)
