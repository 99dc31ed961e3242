"""Reading what the other side sent, however it was cut into pieces on the way."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.warehouse.embedded._errors import HungUpError, MalformedError

_LONGEST_VARINT = 10
_LONGEST_STRING = 2 << 20
"""Room for the type name of an Enum16 with every value that it can have."""


class Reader:
    """A window on a stream of bytes, from the start of the current packet on.

    `more` returns the next bytes of the stream, or none at its end; it may block. A packet holds at
    most `limit` bytes: a length that reaches beyond raises MalformedError before a byte of it is
    waited for, and memory is only ever taken for bytes that have arrived. Every method that reads
    raises HungUpError if the stream ends before it has what it needs.
    """

    def __init__(self, more: Callable[[], bytes], limit: int) -> None:
        self.limit = limit
        self._more = more
        self._buffer = bytearray()
        self._position = 0

    @property
    def position(self) -> int:
        """How many bytes of the current packet have been read."""
        return self._position

    @property
    def next_if_here(self) -> int | None:
        """The next byte, left unread, or None if it has not arrived yet; never blocks."""
        here = self._position < len(self._buffer)
        return self._buffer[self._position] if here else None

    def begin_packet(self) -> None:
        """Forget what has been read: a new packet begins here."""
        del self._buffer[: self._position]
        self._position = 0

    def since(self, start: int) -> bytes:
        """Return once more what was read since `position` was `start`."""
        return bytes(self._buffer[start : self._position])

    def skip(self, size: int) -> None:
        """Read `size` bytes without returning them."""
        self._position += size
        self._keep_to_limit()
        while len(self._buffer) < self._position:
            self._fill()

    def take(self, size: int) -> bytes:
        """Read `size` bytes."""
        start = self._position
        self.skip(size)
        return bytes(self._buffer[start : self._position])

    def byte(self) -> int:
        """Read one byte."""
        return self.take(1)[0]

    def uint64(self) -> int:
        """Read eight bytes, the lowest first."""
        return int.from_bytes(self.take(8), "little")

    def varint(self) -> int:
        """Read a number of seven bits a byte, the lowest first."""
        number = 0
        for place in range(_LONGEST_VARINT):
            byte = self.byte()
            number |= (byte & 0x7F) << 7 * place
            if byte < 0x80:  # noqa: PLR2004 (no further byte follows)
                return number
        raise MalformedError(f"A number is longer than {_LONGEST_VARINT} bytes")

    def string(self) -> str:
        """Read a name or another short text; bytes that are no UTF-8 become lone surrogates."""
        length = self.varint()
        if length > _LONGEST_STRING:
            raise MalformedError(f"A name is {length} bytes long, more than {_LONGEST_STRING}")
        return self.take(length).decode(errors="surrogateescape")

    def skip_strings(self, count: int) -> None:
        """Read `count` texts without returning them.

        This loop meets every text of every row of a large insert, so it works on the buffer
        itself, and begins the text at the buffer's end again when more has arrived.
        """
        while count:
            buffer, position = self._buffer, self._position
            try:
                while count:
                    length = buffer[position]
                    position += 1
                    if length > 0x7F:  # noqa: PLR2004 (a longer number follows)
                        length, position = _long_length(buffer, position - 1)
                    position += length
                    count -= 1
                    self._position = position
            except IndexError:
                self._keep_to_limit()
                self._fill()
        self.skip(0)

    def _keep_to_limit(self) -> None:
        if self._position > self.limit:
            raise MalformedError(f"A packet is longer than {self.limit} bytes")

    def _fill(self) -> None:
        received = self._more()
        if not received:
            raise HungUpError
        self._buffer += received


def _long_length(buffer: bytearray, position: int) -> tuple[int, int]:
    """Return the number at `position`, and where it ends; IndexError if its end is not here."""
    number = 0
    for place in range(_LONGEST_VARINT):
        byte = buffer[position + place]
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:  # noqa: PLR2004 (no further byte follows)
            return number, position + place + 1
    raise MalformedError(f"A number is longer than {_LONGEST_VARINT} bytes")
