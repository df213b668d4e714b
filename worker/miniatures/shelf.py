"""Where miniatures lie, who wants them, and how far they are: told by the disk, as of exports.

proxies/             the house's; a tenant's are in `~tenant/` below it
  KEY.ask            the want; its time is when somebody last asked, and its age the interest
  KEY.lease, .lock   the claim of who makes it
  KEY.work/          what has been made so far, for whoever goes on
  KEY.tries          how many makers died of it
  KEY.fault          why it cannot be made
  KEY.mp4 .jpg ...   the file
  KEY.facts          what is known of it; written last, so it says that all is there
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from config_schema.errors import ExportError, MiniatureNotFound
from worker.jobs import disk
from worker.jobs.claim import look, this_host
from worker.media.volume import Volume
from worker.miniatures.wants import MiniatureView, Want, is_key

ASK, FACTS, FAULT, TRIES, WORK = ".ask", ".facts", ".fault", ".tries", ".work"
#: Who wants something asks again within so many seconds.
INTEREST_SECONDS = 30.0
#: What could not be made is tried again when it is asked for after so long.
FAULT_SECONDS = 60.0
_Facts = TypeAdapter(dict[str, Any])


class Fault(BaseModel):
    """Why something cannot be made: a code, and words for a person."""

    model_config = ConfigDict(frozen=True)

    code: str
    said: str

    @classmethod
    def of(cls, error: ExportError) -> Fault:
        """What an error says to the outside."""
        return cls(code=error.code, said=str(error))


class Place(NamedTuple):
    """A miniature's folder: its path, and a descriptor that is open for the length of a block."""

    path: Path
    fd: int


@dataclass(frozen=True)
class Shelf:
    """The miniatures of all tenants on one volume."""

    volume: Volume

    @contextmanager
    def place(self, tenant: str) -> Iterator[Place]:
        """The folder of a tenant's miniatures, made where it is not there yet."""
        path = self.volume.miniatures_of(tenant)
        path.mkdir(parents=True, exist_ok=True)
        with disk.opened(path) as fd:
            yield Place(path, fd)

    def ask(self, want: Want) -> MiniatureView:
        """Say that somebody wants this, and tell where it stands."""
        with self.place(want.tenant) as place:
            if not _touch(place.fd, want.key + ASK):
                temporary = f".{secrets.token_hex(8)}.tmp"
                disk.write_new(place.fd, temporary, want.model_dump_json().encode())
                os.rename(temporary, want.key + ASK, src_dir_fd=place.fd, dst_dir_fd=place.fd)
            if (_age(place.fd, want.key + FAULT) or 0) > FAULT_SECONDS:
                for name in (TRIES, FAULT):
                    disk.remove(place.fd, want.key + name)
            return _view(place.fd, want)

    def interest(self, want: Want) -> bool:
        """Whether somebody asked for it a short while ago."""
        with self.place(want.tenant) as place:
            return self.is_wanted(place, want)

    def want(self, tenant: str, key: str) -> Want:
        """What was asked for under this name; MiniatureNotFound where nothing was."""
        if not is_key(key):
            raise MiniatureNotFound
        try:
            with disk.opened(self.volume.miniatures_of(tenant)) as folder:
                return Want.model_validate_json(disk.read(folder, key + ASK))
        except (FileNotFoundError, ValidationError) as error:
            raise MiniatureNotFound from error

    def file(self, tenant: str, key: str) -> tuple[Want, Path]:
        """The want and its finished file; MiniatureNotFound where there is none (yet)."""
        want = self.want(tenant, key)
        with self.place(tenant) as place:
            if not want.kind.suffix or not disk.exists(place.fd, key + FACTS):
                raise MiniatureNotFound
            _touch(place.fd, key + ASK)
            return want, place.path / f"{key}{want.kind.suffix}"

    def is_wanted(self, place: Place, want: Want) -> bool:
        """Whether somebody asked for it a short while ago."""
        age = _age(place.fd, want.key + ASK)
        return age is not None and age < INTEREST_SECONDS

    def due(self, place: Place) -> list[Want]:
        """What is wanted now and neither there nor given up, in the order of their names."""
        found = []
        for name in sorted(names_in(place.fd)):
            key, dot, kind = name.partition(".")
            if dot + kind != ASK or _is_over(place.fd, key):
                continue
            if (_age(place.fd, name) or 0) < INTEREST_SECONDS:
                with suppress(OSError, ValidationError):
                    found.append(Want.model_validate_json(disk.read(place.fd, name)))
        return found


def names_in(folder: int | Path) -> list[str]:
    """What lies in a folder."""
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]


def is_over(place: Place, want: Want) -> bool:
    """Whether it is there, or given up."""
    return _is_over(place.fd, want.key)


def finish(place: Place, want: Want, facts: dict[str, Any], made: Path | None) -> None:
    """Give what was made its name, durably; from then on it is ready."""
    if made is not None:
        with disk.opened(made, os.O_RDONLY | os.O_CLOEXEC) as whole:
            os.fsync(whole)
        made.rename(place.path / f"{want.key}{want.kind.suffix}")
        os.fsync(place.fd)
    disk.replace(place.fd, want.key + FACTS, _Facts.dump_json(facts))
    forget_work(place, want)


def give_up(place: Place, want: Want, fault: Fault) -> None:
    """Keep why it cannot be made."""
    disk.replace(place.fd, want.key + FAULT, fault.model_dump_json().encode())
    forget_work(place, want)


def forget_work(place: Place, want: Want) -> None:
    """Remove what only its making needed."""
    for name in (WORK, TRIES):
        disk.remove(place.fd, want.key + name)


def count_try(place: Place, want: Want) -> int:
    """How many have begun it and not come to an orderly end, this one included."""
    try:
        tries = int(disk.read(place.fd, want.key + TRIES)) + 1
    except (FileNotFoundError, ValueError):
        tries = 1
    disk.replace(place.fd, want.key + TRIES, str(tries).encode())
    return tries


def _view(folder: int, want: Want) -> MiniatureView:
    told = MiniatureView(
        miniature_id=want.key, kind=want.kind, sources=want.sources, status="waiting"
    )
    with suppress(FileNotFoundError, ValidationError):
        facts = _Facts.validate_json(disk.read(folder, want.key + FACTS))
        return told.model_copy(update={"status": "ready", "progress": 1.0, "facts": facts})
    with suppress(FileNotFoundError, ValidationError):
        fault = Fault.model_validate_json(disk.read(folder, want.key + FAULT))
        said = {"status": "failed", "error": fault.said, "error_code": fault.code}
        return told.model_copy(update=said)
    lease = look(folder, want.key)
    if lease is None or not lease.is_fresh:
        return told
    return told.model_copy(update={"status": "making", "progress": min(max(lease.count, 0), 0.999)})


def _is_over(folder: int, key: str) -> bool:
    return disk.exists(folder, key + FACTS) or disk.exists(folder, key + FAULT)


def _touch(folder: int, name: str) -> bool:
    """Give a file that is there the time of now, by the volume's clock; whether it is there."""
    try:
        os.utime(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _age(folder: int, name: str) -> float | None:
    """How long ago, by the volume's own clock, or None where there is no such file."""
    try:
        touched = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return None
    return disk.clock(folder, f".clock@{this_host()}") - touched
