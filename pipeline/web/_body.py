"""The body of a request, for a thread that reads it like a file."""

from __future__ import annotations

import asyncio
import io

from aiohttp import StreamReader


class RequestBody(io.RawIOBase):
    """Reads a body piece by piece, as it comes in; for any thread but that of the event loop.

    No more of it is in memory than the server holds for its flow control. Reading blocks until the
    client sends; raises OSError when it breaks off.
    """

    def __init__(self, content: StreamReader) -> None:
        self._content = content
        self._loop = asyncio.get_running_loop()
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower
        """Fill the buffer with what is there, at least one byte; return 0 at the end."""
        if not self._piece:
            self._piece = memoryview(self._receive())
        length = min(len(buffer), len(self._piece))
        buffer[:length] = self._piece[:length]
        self._piece = self._piece[length:]
        return length

    def _receive(self) -> bytes:
        receiving = asyncio.run_coroutine_threadsafe(self._content.readany(), self._loop)
        try:
            return receiving.result()
        except Exception as error:
            # The server's parser, a lost connection and a server that stops raise all kinds.
            raise OSError(f"the body broke off: {error or type(error).__name__}") from error
