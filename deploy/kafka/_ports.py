"""Ports of this machine that stay ours while a broker is down."""

from __future__ import annotations

import socket

from deploy.kafka._errors import BrokerError

HOST = "127.0.0.1"


def reserve(port: int) -> socket.socket:
    """Return a socket that is bound to this port, or for 0 to a free one, and does not listen.

    While it is open, the kernel gives the port to nobody who asks for just any, a client's end of a
    connection included; a server that asks for this one gets it, since both allow it to be
    reused. So a broker comes back on its own port. Raises BrokerError if somebody has the port.
    """
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((HOST, port))
    except (OSError, OverflowError) as error:
        reserved.close()
        raise BrokerError(f"Port {port} of {HOST} cannot be used: {error}") from error
    return reserved
