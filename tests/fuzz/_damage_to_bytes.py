"""Damage to a message as a whole, whatever it holds."""

from __future__ import annotations

import random

from tests.fuzz._judging import SCHEMA_OF
from tests.fuzz._published import HEADER_LENGTH, SCHEMAS
from tests.fuzz._sound import Sound, Source

_MEBIBYTE = 1024 * 1024


def nothing(sound: Sound, _: Source, __: random.Random) -> bytes:
    """Leave it as it is."""
    return sound.value()


def tombstone(_: Sound, __: Source, ___: random.Random) -> None:
    """Send no value."""


def empty(_: Sound, __: Source, ___: random.Random) -> bytes:
    """Send no bytes."""
    return b""


def noise(_: Sound, __: Source, chance: random.Random) -> bytes:
    """Send what comes."""
    return chance.randbytes(chance.randrange(1, 400))


def noise_as_body(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Send what comes, as the record of a schema."""
    return sound.schema.header + chance.randbytes(chance.randrange(400))


def cut(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Send a beginning."""
    value = sound.value()
    return value[: chance.randrange(1, len(value))]


def goes_on(sound: Sound, source: Source, chance: random.Random) -> bytes:
    """Send something behind it, or another one."""
    return sound.value() + chance.choice((b"\0", source.of(sound.topic).value(), b"\n"))


def bits_flipped(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Flip one bit to three."""
    value = bytearray(sound.value())
    for __ in range(chance.randrange(1, 4)):
        value[chance.randrange(len(value))] ^= 1 << chance.randrange(8)
    return bytes(value)


def bytes_overwritten(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Put other bytes over a place."""
    value = bytearray(sound.value())
    put = chance.randbytes(chance.randrange(1, 12))
    at = chance.randrange(len(value))
    value[at : at + len(put)] = put
    return bytes(value)


def bytes_lost_or_doubled(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Leave a few bytes out, or send them twice."""
    value = sound.value()
    begin, length = chance.randrange(len(value)), chance.randrange(1, 8)
    return value[: begin + chance.choice((0, 2 * length))] + value[begin + length :]


def two_in_one(sound: Sound, source: Source, chance: random.Random) -> bytes:
    """Go on in the middle with another record."""
    one, other = sound.value(), source.of(sound.topic).value()
    at = chance.randrange(min(len(one), len(other)))
    return one[:at] + other[at:]


def other_fingerprint(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Name a schema that there is not."""
    return sound.schema.header[:2] + chance.randbytes(8) + sound.value()[HEADER_LENGTH:]


def fingerprint_of_another(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Name the schema of another kind of records."""
    return chance.choice([*SCHEMAS.values()]).header + sound.value()[HEADER_LENGTH:]


def of_another_topic(sound: Sound, source: Source, chance: random.Random) -> bytes:
    """Send a sound record of another topic."""
    return source.of(chance.choice([topic for topic in SCHEMA_OF if topic != sound.topic])).value()


def confluent_unknown(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Name a schema by an id that no registry gave."""
    return b"\0" + chance.randbytes(4) + sound.value()[HEADER_LENGTH:]


def confluent_cut(_: Sound, __: Source, chance: random.Random) -> bytes:
    """Send a part of the head of Confluent's format."""
    return b"\0" + chance.randbytes(chance.randrange(4))


def json_line(_: Sound, __: Source, chance: random.Random) -> bytes:
    """Send text."""
    return chance.choice((b'{"type": "reply"}', b"null", b"\xef\xbb\xbf", b"hello", b" "))


def huge_noise(_: Sound, __: Source, chance: random.Random) -> bytes:
    """Send mebibytes."""
    return chance.randbytes(chance.randrange(1, 9) * _MEBIBYTE)


def huge_zeros(sound: Sound, _: Source, chance: random.Random) -> bytes:
    """Send mebibytes that might be values of many small fields."""
    return sound.schema.header + bytes(chance.randrange(1, 9) * _MEBIBYTE)
