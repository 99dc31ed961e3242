from __future__ import annotations

import socket

import pytest

from pipeline.web import PortError, listening


def test_says_which_port_is_taken() -> None:
    """A port that somebody has is named, with what to do."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(PortError, match=rf"Port {taken.getsockname()[1]} .* taken .*--port N"),
        listening("127.0.0.1", taken.getsockname()[1]),
    ):
        pass


def test_says_when_an_address_is_not_ours() -> None:
    """An address that this machine does not have is named."""
    with pytest.raises(PortError, match=r"192\.0\.2\.1"), listening("192.0.2.1", 0):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2", "0.0.0.0"])
def test_can_always_be_reached_on_the_loopback(host: str) -> None:
    """Wherever else it listens, commands on this machine find it at 127.0.0.1."""
    with listening(host, 0) as sockets:
        port = sockets[0].getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        socket.create_connection((host if host != "0.0.0.0" else "127.0.0.3", port)).close()


def test_frees_its_ports_at_the_end() -> None:
    """Whoever comes next can have the same port."""
    with listening("127.0.0.2", 0) as sockets:
        port = sockets[0].getsockname()[1]
    with listening("127.0.0.2", port) as sockets:
        assert [one.getsockname()[1] for one in sockets] == [port, port]
