"""How the web processes log: gunicorn's own lines, the access log, and ours, in one form."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from worker.logs import LogFormat, formatter_of

#: As gunicorn writes its own lines, and who says it.
_TEXT = "%(asctime)s [%(process)d] [%(levelname)s] %(name)s: %(message)s"
_TEXT_TIME = "[%Y-%m-%d %H:%M:%S %z]"


def log_config(log_format: LogFormat, secrets: Sequence[str]) -> dict[str, Any]:
    """What `logging.config.dictConfig` is to set up: the access log on stdout, the rest on stderr.

    Without the root logger's handler, what our own modules say below WARNING would be lost.
    """

    def lines() -> logging.Formatter:
        return formatter_of(log_format, secrets, logging.Formatter(_TEXT, _TEXT_TIME))

    def accesses() -> logging.Formatter:
        return formatter_of(log_format, secrets)

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lines}, "accesses": {"()": accesses}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            },
            "stdout": {
                "class": "logging.StreamHandler",
                "formatter": "accesses",
                "stream": "ext://sys.stdout",
            },
        },
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
            "gunicorn.access": {"handlers": ["stdout"], "propagate": False},
        },
    }
