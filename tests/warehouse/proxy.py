"""A network between the writer and its server, which fails when a test says so."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum, auto
from types import TracebackType
from typing import Self

_PIECE = 4096


class Fault(Enum):
    """What happens to a connection once its client has sent so much."""

    CUT = auto()
    """It breaks; what was sent beyond is lost."""
    MUTE = auto()
    """The server gets everything, and its answers are lost."""
    HANG = auto()
    """Nothing goes either way, and nobody is told."""


class Proxy:
    """Passes connections on to a server on this machine; all of them fail alike."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._bytes_left = 0
        self.port = 0
        self.lost_answer = b""
        """What a mute connection had of the server last, and did not pass on."""

    def listen(self) -> None:
        """Accept connections, on the port of the first time, and pass everything on."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def refuse(self) -> None:
        """Break all connections and accept no more."""
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        """Break all connections; new ones are welcome."""
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def fail(self, fault: Fault, after: int = 0) -> None:
        """Let it fail when clients have sent that many more bytes."""
        with self._lock:
            self._fault, self._bytes_left = fault, after

    def mend(self) -> None:
        """Break what has failed, and let everything through from now on."""
        with self._lock:
            self._fault = None
        self.cut()

    @property
    def has_failed(self) -> bool:
        """Whether the fault has struck."""
        with self._lock:
            return self._fault is not None and self._bytes_left <= 0

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.refuse()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                with self._lock:
                    self._open |= {client, server}
                for ends in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, sends: bool) -> None:  # noqa: FBT001 - a thread takes its arguments by position
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                fault = self._struck_by(len(piece) if sends else 0)
                if fault is Fault.CUT:
                    break
                if fault is None or (fault is Fault.MUTE and sends):
                    target.sendall(piece)
                elif fault is Fault.MUTE:
                    self.lost_answer = piece
        with self._lock:
            self._open -= {source}
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()

    def _struck_by(self, sent: int) -> Fault | None:
        with self._lock:
            if self._fault is None:
                return None
            self._bytes_left -= sent
            return self._fault if self._bytes_left < 0 else None
