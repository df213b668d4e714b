"""`make chaos`: every way of breaking the service that is promised to do no harm, with controls."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from tests.chaos import acknowledged, cancels, full_disk, kills, recovery, two_hosts

SCRIPTS: dict[str, Callable[[Sequence[str]], int]] = {
    "kills": kills.main,
    "acknowledged": acknowledged.main,
    "recovery": recovery.main,
    "cancels": cancels.main,
    "two_hosts": two_hosts.main,
    "full_disk": full_disk.main,
}
_USAGE = f"""usage: make chaos                          all of it, about an hour and a half
       make chaos ARGS="NAME [options]"    one of: {", ".join(SCRIPTS)}
       make chaos ARGS="NAME --help"       what it does, and its options"""


def main(words: Sequence[str]) -> int:
    """Run the script that is named, with its options, or all."""
    # What was started is ended then too, as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    if words:
        if words[0] not in SCRIPTS:
            console.print(_USAGE, highlight=False, markup=False)
            return 2
        return SCRIPTS[words[0]](words[1:])
    wrong = []
    for name, script in SCRIPTS.items():
        console.rule(f"chaos: {name}", characters="=")
        if script(()):
            wrong.append(name)
    console.print(f"WRONG: {', '.join(wrong)}" if wrong else "everything is as it should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
