"""Taking a port before anything else is opened."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

LOOPBACK = "127.0.0.1"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to recognise what a user asks for, not to bind it
_BACKLOG = 128


class PortError(Exception):
    """A port cannot be listened on; the message names it and says what to do."""


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Have sockets that listen on a port, at `host` and always at 127.0.0.1, while the block runs.

    Clients that connect before anybody accepts wait. Port 0 picks a free one, the same for all.
    Raises PortError.

    >>> with listening("127.0.0.1", 0) as sockets:
    ...     [one.getsockname()[0] for one in sockets]
    ['127.0.0.1']
    """
    with ExitStack() as opened:
        first = opened.enter_context(_listen(host if host in _EVERYWHERE else LOOPBACK, port))
        sockets = [first]
        if host not in {*_EVERYWHERE, LOOPBACK, "localhost"}:
            chosen: int = first.getsockname()[1]
            sockets.append(opened.enter_context(_listen(host, chosen)))
        yield sockets


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server(
            (host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=host == "::"
        )
    except (OSError, OverflowError) as error:
        raise PortError(_explain(error, host, port)) from None


def _explain(error: Exception, host: str, port: int) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another process; stop that one, or choose another "
            "with --port N"
        )
    if isinstance(error, PermissionError):
        return f"Port {port} on {host} may not be used by you; choose one above 1023 with --port N"
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"Port {port} on {host} cannot be listened on: {reason}"
