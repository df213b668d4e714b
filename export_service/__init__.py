"""How one asks: HTTP in front of `worker.client`, and the command line.

Nothing is imported here until it is asked for, so that `export-service render` loads no Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apiflask import APIFlask

    from export_service.context import ExportDoor
    from export_service.settings import WebSettings


def create_app(settings: WebSettings | None = None, client: ExportDoor | None = None) -> APIFlask:
    """The web application; without arguments, the one that the environment's settings describe.

    Raises `SettingsInvalid` with one line when a setting is wrong.
    """
    from export_service.admission import let_pages_ask
    from export_service.application import assemble
    from export_service.context import Context, install
    from export_service.event_hub import EventHub
    from export_service.hand_over import HandOver
    from export_service.settings import WebSettings

    known = settings or WebSettings()
    if client is None:
        from worker.client import ExportClient

        client = ExportClient(known)
    app = assemble()
    let_pages_ask(app, known.origins)
    install(app, Context.around(known, client))
    app.wsgi_app = HandOver(app.wsgi_app, EventHub())  # type: ignore[method-assign]
    return app
