"""Runs the real supervisor over parts of the test's own: `python -m ... MEDIA LINE...`.

Each LINE is `name=python code`; the process prints its log on stderr like `export-service up`.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from export_service.stack import Supervisor
from export_service.stack_log import StackLog
from export_service.stack_parts import Part


def main() -> None:
    folder, *lines = sys.argv[1:]
    log = StackLog(sys.stderr, width=8)
    supervisor = Supervisor(Path(folder), log)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, supervisor.request_stop)
    for line in lines:
        name, code = line.split("=", 1)
        supervisor.start(Part(name, (sys.executable, "-c", code), "cyan"))
    while not supervisor.is_stopping():
        supervisor.turn()
    supervisor.end()
    log.close()
    if supervisor.failure:
        sys.exit(supervisor.failure)


if __name__ == "__main__":
    main()
