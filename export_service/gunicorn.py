"""How gunicorn serves the app, for `gunicorn -c python:export_service.gunicorn`.

    gunicorn -c python:export_service.gunicorn 'export_service:create_app()'

Each name below is one of gunicorn's settings; command line options win over them.
"""

from __future__ import annotations

from typing import Any

from config_schema.errors import SettingsInvalid
from export_service.die_with_parent import bind_to
from export_service.guard import is_loopback
from export_service.requests import ID_HEADER, LOGGED_PATH
from export_service.settings import WebSettings
from export_service.web_log import log_config

try:
    _settings = WebSettings()
except SettingsInvalid as error:
    raise SystemExit(f"export-service: {error}") from error

bind = f"{_settings.http_host}:{_settings.http_port}"
wsgi_app = "export_service:create_app()"
proc_name = "export-service"

# Threads, because a request that comes in slowly waits for the network nearly all its time (a
# download takes none, nor does who watches an export); two processes, so that one that is busy
# with a config of 16 MiB does not make everybody wait.
worker_class = "export_service.web_worker.WebWorker"
workers = _settings.http_workers
threads = _settings.http_threads
# All of a process: requests, downloads, and what is kept open for the next request.
worker_connections = 4096

# A process that has not come back to its loop for so long is replaced; a long download does not
# count, it has a thread of its own.
timeout = 60
# What is under way when the service stops may end; a download that is cut off can be resumed.
graceful_timeout = 10
keepalive = 15

# The longest address that gunicorn reads: what is too long for us is refused in our words.
limit_request_line = 8190

# The default is a socket in the home folder, which read-only containers do not have.
control_socket_disable = True

accesslog = "-"
logconfig_dict = log_config(_settings.log_format, _settings.secrets)
# Never the query or the headers: what they hold is the client's.
access_log_format = f"%(h)s %(m)s %({{{LOGGED_PATH}}}e)s %(s)s %(B)s %(M)sms %({{{ID_HEADER}}}o)s"


def on_starting(server: Any) -> None:
    """Refuse to serve strangers who need not say who they are."""
    hosts = [address[0] for address in server.cfg.address if isinstance(address, tuple)]
    exposed = [host for host in hosts if not is_loopback(host)]
    if exposed and _settings.guard.is_open:
        if not _settings.answer_anyone:
            raise SystemExit(
                f"export-service: on {exposed[0]} everybody who reaches the port could do "
                "everything; set EXPORT_API_KEYS (`export-service keys new`), or "
                "EXPORT_ANSWER_ANYONE=1 where something else keeps strangers out"
            )
        server.log.warning("WITHOUT KEYS: whoever reaches %s may do everything", exposed[0])


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's hook
    """Let no web process outlive its master: it would keep the port for seconds."""
    bind_to(server.pid)
