"""Kinds of values: what they are called in keys, and how they become bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from pipeline.keyed._errors import StateFormatError

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True)
class Kind(Generic[T]):
    r"""One kind of value in a table: a frozen `array_like` Struct under a one-letter prefix.

    Declare it `gc=False` too, and what it consists of: frozen values cannot form cycles, and with a
    full cache the garbage collector otherwise takes as long as reading them from disk.
    `version` stands before every encoded value. Raise it with every change of the Struct that
    reads old bytes wrongly: fields of `array_like` Structs have their place as their only name.

    >>> class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    ...     times: int
    >>> seen = Kind("s", Seen)
    >>> seen.encode(Seen(times=3))
    b'\x01\x91\x03'
    >>> seen.decode(b"\x01\x91\x03")
    Seen(times=3)
    """

    prefix: str
    type: type[T]
    version: int = 1
    cached: bool = True
    """Whether values are worth keeping in memory: not those that are hardly ever read again."""
    _encoder: msgspec.msgpack.Encoder = field(init=False, repr=False, compare=False)
    _decoder: msgspec.msgpack.Decoder[T] = field(init=False, repr=False, compare=False)
    _version_byte: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        config = self.type.__struct_config__
        if not (config.frozen and config.array_like):
            raise TypeError(f"{self.type.__name__} must be declared frozen=True, array_like=True")
        if len(self.prefix) != 1:
            raise ValueError(f"a prefix is one letter, not {self.prefix!r}")
        object.__setattr__(self, "_encoder", msgspec.msgpack.Encoder())
        object.__setattr__(self, "_decoder", msgspec.msgpack.Decoder(self.type))
        object.__setattr__(self, "_version_byte", bytes([self.version]))

    def encode(self, value: T) -> bytes:
        """Encode a value: the version, then MessagePack."""
        return self._version_byte + self._encoder.encode(value)

    def decode(self, data: bytes) -> T:
        """Decode what `encode` made.

        Raises StateFormatError if it has another version, or does not hold such a value.
        """
        if data[:1] != self._version_byte:
            found = data[0] if data else "none"
            raise StateFormatError(
                f"the state holds a {self.type.__name__} of format {found}, and this program "
                f"reads format {self.version}: run `outreach rebuild` to derive it anew"
            )
        try:
            return self._decoder.decode(data[1:])
        except msgspec.DecodeError as error:
            raise StateFormatError(
                f"the state holds a {self.type.__name__} that cannot be read ({error}): "
                "run `outreach rebuild` to derive it anew"
            ) from error
