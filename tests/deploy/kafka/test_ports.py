"""Ports that stay reserved while nobody listens on them."""

from __future__ import annotations

import socket

import pytest

from deploy.kafka import BrokerError
from deploy.kafka._ports import HOST, reserve


def test_a_reserved_port_can_be_listened_on_again_and_again() -> None:
    """A server comes back on it, as a broker does that was killed."""
    with reserve(0) as reserved:
        address = reserved.getsockname()
        for _ in range(2):
            with (
                socket.create_server(address) as server,
                socket.create_connection(address),
                server.accept()[0],
            ):
                pass


def test_free_ports_differ() -> None:
    """Each call takes another one."""
    with reserve(0) as one, reserve(0) as other:
        assert one.getsockname() != other.getsockname()


def test_a_port_that_is_served_is_refused() -> None:
    """The error names the port."""
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(BrokerError, match=f"Port {port} of 127.0.0.1 cannot be used: .*in use"):
            reserve(port)


def test_a_number_that_is_no_port_is_refused() -> None:
    """So is one beyond the last port."""
    with pytest.raises(BrokerError, match=r"Port 65536 of 127\.0\.0\.1 cannot be used"):
        reserve(65536)
