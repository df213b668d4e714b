"""Shows a person all exports: a live table on a terminal, plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import click
from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Column, Table
from rich.text import Text

from config_schema.words import clock
from export_service.watch import Look
from worker.client import COLOURS, StatusView

#: What the table takes of the terminal's height besides exports: its head, the line below it, and
#: the line where the cursor stands.
BESIDE_ROWS = 3
BAR_WIDTH = 16
LONGEST_ID = 36


class View(Protocol):
    """Something that shows looks."""

    def show(self, look: Look) -> None:
        """Show the newest look."""


def watch(looks: Iterable[Look], console: Console) -> None:
    """Show one look after the other until Ctrl-C; the last picture stays."""
    if not console.is_terminal:
        _show_all(looks, PlainLines())
        return
    with Live(console=console, auto_refresh=False, vertical_overflow="crop") as live:
        _show_all(looks, LiveTable(live))


def _show_all(looks: Iterable[Look], view: View) -> None:
    try:
        for look in looks:
            view.show(look)
    except KeyboardInterrupt:
        return


def rows_of(console: Console) -> int:
    """How many exports there is room for."""
    return console.height - BESIDE_ROWS if console.is_terminal else 10_000


class LiveTable:
    """A table that is drawn anew with every look."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def show(self, look: Look) -> None:
        """Draw it."""
        self._live.update(table_of(look), refresh=True)


class PlainLines:
    """A line for every export at first, and then whenever a new stage or a new tenth begins."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[object, ...]] = {}
        self._trouble = ""

    def show(self, look: Look) -> None:
        """Print what is new, the oldest first."""
        for view in reversed(look.exports):
            state = (view.attempt, word_of(view), view.priority, int(view.progress * 10))
            if self._said.get(view.job_id) != state:
                self._said[view.job_id] = state
                click.echo(line_of(view))
        if look.trouble and look.trouble != self._trouble:
            click.echo(look.trouble, err=True)
        self._trouble = look.trouble


def table_of(look: Look) -> Table:
    """The picture of one look: one line for each export, whatever its message is."""
    table = Table(
        Column("export", max_width=LONGEST_ID),
        Column("stage", min_width=9),
        Column("", width=BAR_WIDTH),
        Column("done", justify="right", min_width=4),
        Column("priority", min_width=8),
        Column("speed", justify="right", min_width=5),
        Column("left", justify="right", min_width=5),
        Column("message", ratio=1),
        box=None,
        pad_edge=False,
        expand=True,
        caption=_caption(look),
        caption_justify="left",
    )
    for column in table.columns:
        column.no_wrap, column.overflow = True, "ellipsis"
    for view in look.exports:
        colour = COLOURS[view.status]
        table.add_row(
            Text(view.job_id),
            Text(word_of(view), style=colour),
            ProgressBar(1.0, view.progress, BAR_WIDTH, complete_style=colour),
            f"{view.progress:.0%}",
            view.priority,
            "" if view.speed is None else f"{view.speed:.1f}×",
            "" if view.eta_seconds is None else clock(view.eta_seconds),
            Text(sentence_of(view)),
        )
    return table


def _caption(look: Look) -> Text:
    if look.trouble:
        return Text(f"{look.trouble} Trying again.", style="red")
    if not look.exports:
        return Text("There are no exports.")
    return Text("There are more than fit here." if look.has_more else "", style="dim")


def word_of(view: StatusView) -> str:
    """What is to be said of the export in one word: its stage, or how it ended."""
    return (view.status if view.status.is_final else view.stage).value


def sentence_of(view: StatusView) -> str:
    """Its message without line breaks."""
    return " ".join(view.message.split())


def line_of(view: StatusView) -> str:
    """The export on a line of its own."""
    return (
        f"{view.job_id}  {word_of(view)}  {view.progress:.0%}  {view.priority}  {sentence_of(view)}"
    )
