"""Kills a piece of work between any two of its system calls, without a process to kill."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

_CALLS = ("mkdir", "open", "write", "fsync", "rename", "unlink", "rmdir")


class Killed(BaseException):
    """The process is dead; nothing it would have done to tidy up happens either."""


@contextmanager
def killed_at(step: int | None, also: Sequence[tuple[Any, str]] = ()) -> Iterator[list[str]]:
    """Let the first `step` system calls happen and none after them; yields what happened.

    `also` are further functions that count as one call each, by where they are and their names.
    """
    happened: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in (*((os, name) for name in _CALLS), *also):
            patch.setattr(owner, name, _limited(getattr(owner, name), name, step, happened))
        yield happened


def survives(work: Callable[[], object], step: int) -> bool:
    """Whether the work came to its end before the kill at this step."""
    with killed_at(step):
        try:
            work()
        except Killed:
            return False
    return True


def steps_of(work: Callable[[], object]) -> int:
    """How many system calls the work makes."""
    with killed_at(None) as happened:
        work()
    return len(happened)


def _limited(
    real: Callable[..., Any], name: str, step: int | None, happened: list[str]
) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if step is not None and len(happened) >= step:
            raise Killed(name)
        happened.append(name)
        return real(*args, **kwargs)

    return call
