"""Listening: one port of this machine, for as long as the command runs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from tearline.errors import InputError
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.door import HOST, Door
from tearline.web.incident_app import incident_door
from tearline.web.incident_desk import IncidentDesk

LAST_PORT: Final = 65_535


def serve(desk: Desk, port: int, tell: Callable[[str], None]) -> None:
    """Serve one case until somebody interrupts.

    Args:
        port: 0: any that is free.
        tell: Called with the address once it answers.
    Raises:
        InputError: Nobody can listen there.
    """
    _serve(lambda found: door(desk, found), port, tell)


def serve_incident(incident: IncidentDesk, desk: Desk | None, port: int, tell: Callable[[str], None]) -> None:
    """Serve one incident, and its case beside it, until somebody interrupts. As :func:`serve`."""
    _serve(lambda found: incident_door(incident, desk, found), port, tell)


def _serve(door_at: Callable[[int], Door], port: int, tell: Callable[[str], None]) -> None:
    with listening(port) as listener:
        entrance = door_at(listener.getsockname()[1])
        config = uvicorn.Config(
            entrance,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        tell(entrance.address)
        uvicorn.Server(config).run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """A socket that queues who comes before the server is ready."""
    if not 0 <= port <= LAST_PORT:
        raise InputError(f"`--port {port}` cannot be used: ports go from 1 to {LAST_PORT}; 0 takes one that is free")
    try:
        return socket.create_server((HOST, port))
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        raise InputError(f"`--port {port}` cannot be used: {reason}; leave it out for one that is free") from failure
