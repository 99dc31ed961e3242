"""How a worker that stands still comes to its end, and where it answers for its health."""

from __future__ import annotations

import errno
import faulthandler
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipeline.cli._installation import Exit
from pipeline.cluster import ClusterSettings
from pipeline.monitoring import Supervision

_USUAL_PORT = 8090
_STANDARD_ERROR = 2
_log = logging.getLogger(__name__)


class MonitoringPortError(Exception):
    """Health and metrics cannot be served where they should; the message says what to do."""


@contextmanager
def supervision(settings: ClusterSettings) -> Iterator[Supervision]:
    """Listen for those who ask for health and metrics, and say where; raises MonitoringPortError.

    Without a port in the settings it is the usual one, or any free one where that is taken: on one
    machine there may be several workers.
    """
    with _listening(settings.monitoring_host, settings.monitoring_port) as listener:
        host, port = settings.monitoring_host, listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        _log.info("Health is at http://%s:%d/health, metrics are at /metrics.", shown, port)
        yield Supervision(listener, settings.stuck_seconds, end_at_once)


def _listening(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        try:
            return socket.create_server(
                (host, _USUAL_PORT if port is None else port), family=family
            )
        except OSError as error:
            if port is not None or error.errno != errno.EADDRINUSE:
                raise
            return socket.create_server((host, 0), family=family)
    except OSError as error:
        reason = "another process has it" if error.errno == errno.EADDRINUSE else error.strerror
        raise MonitoringPortError(
            f"Health and metrics cannot be served at port {port} of {host}: {reason}. Set "
            "OUTREACH_MONITORING_HOST and OUTREACH_MONITORING_PORT; port 0 is any free one."
        ) from None


def end_at_once(why: str) -> None:
    """End this process with status 3, from any thread, and say why on standard error.

    Nothing is waited for: what does not move would not stop either. What it has not committed comes
    again, here or elsewhere.
    """
    with suppress(OSError):
        # The writer that stands still may be the one of standard error, and hold its lock.
        os.set_blocking(_STANDARD_ERROR, False)
        message = (
            f"This worker is stuck: {why}. It ends with status {Exit.STUCK:d}; start it again. "
            "Nothing is lost: what was not processed is in Kafka.\n"
        )
        os.write(_STANDARD_ERROR, message.encode())
    faulthandler.dump_traceback(_STANDARD_ERROR)
    os._exit(Exit.STUCK)
