"""Damage to one field of a record, and some that is none."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import avro.schema

from tests.fuzz._published import SCHEMAS
from tests.fuzz._sound import Sound, Source

_ABSURD_NUMBERS = (-1, -(2**31) - 1, 2**31, 2**40, -(2**63), 2**63 - 1, 10_413_792_000_000)
_ABSURD_LENGTHS = (-1, -2, 1_000, 2**31, 2**40, 2**62, 2**63 - 1, -(2**63))
_IDS = {"event_id", "account_id"}
"""Two events may not share the first; of rate cells the second is all that tells them apart."""
_NO_UTF_8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80")
"""Among them both halves of a surrogate pair, and a zero in two bytes."""


def long(number: int) -> bytes:
    """Return the bytes of any whole number, those of more than 64 bits included."""
    number = number << 1 if number >= 0 else (-number << 1) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def absurd_number(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put a number out of range into a field."""
    number = long(chance.choice(_ABSURD_NUMBERS))
    return _put(sound, chance, {"long", "int"}, number) or number


def number_of_too_many_bytes(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put a number of more bits than there are, or many bytes of nothing, into a field."""
    number = chance.choice(
        (long(2**64), long(2**70 + 5), b"\x80" * chance.choice((10, 5_000)) + b"\0")
    )
    return _put(sound, chance, {"long", "int"}, number) or number


def absurd_length(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Claim a length for a text, or a number of items for a list."""
    claimed = long(chance.choice(_ABSURD_LENGTHS)) + chance.choice((b"", b"abc"))
    return _put(sound, chance, {"string", "bytes", "array", "record"}, claimed) or claimed


def no_utf_8(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put bytes that are no text into a text."""
    text = b"a" + chance.choice(_NO_UTF_8)
    sealable = long(len(text)) + text + b"\0"
    plain = long(len(text)) + text
    return (
        _put(sound, chance, {"record"}, sealable)
        if chance.random() < 0.3
        else _put(sound, chance, {"string"}, plain)
    ) or text


def absurd_branch(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Choose a branch of a union that there is not."""
    branch = long(chance.choice((-1, -2, 2, 3, 2**40)))
    names = [name for name, type_ in sound.schema.types().items() if type_.type == "union"]
    if not names:
        return branch
    name = chance.choice(names)
    return sound.value(**{name: branch + sound.pieces()[name][1:]})


def absurd_truth(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put another byte than 0 or 1 into a boolean."""
    byte = bytes([chance.randrange(2, 256)])
    return _put(sound, chance, {"boolean"}, byte) or byte


def sealed(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Seal a body or a name; a key's id has any length."""
    key = b"k" * chance.choice((0, 1, 200, 100_000))
    value = long(4) + chance.randbytes(4) + b"\x02" + long(len(key)) + key
    return _put(sound, chance, {"record"}, value) or value


def odd_text(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put a text into a field, which may be too long, empty, or unknown to it."""
    text = chance.choice(
        (b"", b"\0", b"../etc/passwd", b"m" * 513, b"\xf0\x9f\x98\x80", b"m" * 512)
    )
    return _put(sound, chance, {"string"}, long(len(text)) + text, but=_IDS) or text


def odd_body(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put a text into a body or name, which may be empty or too long."""
    text = chance.choice((b"", b"\0", b"m" * 20_000, b"m" * 20_001))
    return _put(sound, chance, {"record"}, long(len(text)) + text + b"\0") or text


def in_blocks(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Write a list of texts in blocks, each with its size, which is often the right one."""
    items = [long(len(text)) + text for text in (b"", b"one", b"two " * 30)]
    wrong = chance.choice((0, 0, 0, 1, -1, 2**40))
    blocks = b"".join(long(-1) + long(len(item) + wrong) + item for item in items) + b"\0"
    return _put(sound, chance, {"array"}, blocks) or blocks


def in_more_bytes_than_needed(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Write a number in as many bytes as it may have."""
    number = bytes([128 | chance.randrange(128), 128, 128, 0])
    return _put(sound, chance, {"long", "int"}, number) or number


def huge_body(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put mebibytes of text into a body, or into a name, which has no limit but that of all."""
    text = b"m" * (chance.randrange(1, 4) * 1024 * 1024)
    return _put(sound, chance, {"record"}, long(len(text)) + text + b"\0") or text


def huge_number_of_items(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Fill a list with as many empty items as go into some bytes."""
    lists = [name for name, type_ in sound.schema.types().items() if type_.type == "array"]
    if not lists:
        return bytes(chance.randrange(2**18))
    name = chance.choice(lists)
    size = _least_bytes(sound.schema.types()[name].items)
    count = chance.randrange(2**15, 2**18) // size
    return sound.value(**{name: long(count) + bytes(count * size) + b"\0"})


def _least_bytes(schema: avro.schema.Schema) -> int:
    """Return how many zero bytes are a value."""
    if schema.type != "record":
        return 1
    return sum(_least_bytes(field.type) for field in schema.fields)


def by_an_old_version(sound: Sound, _: Source, __: random.Random) -> bytes:
    """Write it as the first version of its schema."""
    first = SCHEMAS[f"{sound.schema.name}.v1"]
    pieces = sound.pieces()
    return first.header + b"".join(pieces[name] for name in first.types())


def _put(
    sound: Sound, chance: random.Random, kinds: set[str], put: bytes, *, but: Collection[str] = ()
) -> bytes | None:
    """Return the value with these bytes in some field of these kinds; None if there is none."""
    names = [each for each in _fields(sound.schema.types(), kinds) if each[0] not in but]
    if not names:
        return None
    name, head = chance.choice(names)
    return sound.value(**{name: head + put})


def _fields(
    types: Mapping[str, avro.schema.Schema], kinds: set[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the fields of these kinds, each with what stands before its value."""
    for name, type_ in types.items():
        inner: Any = type_.schemas[1] if type_.type == "union" else type_
        if inner.type in kinds:
            yield name, b"\x02" if type_.type == "union" else b""
