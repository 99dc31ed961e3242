from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.state import Kind, StateFormatError


class Streak(msgspec.Struct, frozen=True, array_like=True):
    """A value with a default."""

    campaign: str
    touches: tuple[int, ...] = ()


class Loose(msgspec.Struct):
    """A value that could be changed."""

    campaign: str


STREAK = Kind("s", Streak)


@given(st.builds(Streak, st.text(), st.lists(st.integers(0, 2**63)).map(tuple)))
def test_values_come_back(value: Streak) -> None:
    """Decoding gives what was encoded."""
    assert STREAK.decode(STREAK.encode(value)) == value


def test_another_version_is_refused() -> None:
    """Bytes of a later format raise an error that says what to run."""
    data = Kind("s", Streak, version=2).encode(Streak("spring"))
    with pytest.raises(StateFormatError, match=r"format 2.*reads format 1.*outreach rebuild"):
        STREAK.decode(data)


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\x00", b"\x01\x91\x03", b"\x01\x92\xa1a"])
def test_bytes_that_hold_no_such_value_are_refused(data: bytes) -> None:
    """Empty, cut and foreign bytes raise the same kind of error."""
    with pytest.raises(StateFormatError, match="outreach rebuild"):
        STREAK.decode(data)


def test_only_immutable_compact_structs_are_kept() -> None:
    """A Struct that could be changed behind the cache, or that spells its fields, is no kind."""
    with pytest.raises(TypeError, match="Loose must be declared frozen=True, array_like=True"):
        Kind("l", Loose)


@pytest.mark.parametrize("prefix", ["", "ab"])
def test_a_prefix_is_one_letter(prefix: str) -> None:
    """Anything longer would let one kind's keys start like another's."""
    with pytest.raises(ValueError, match="one letter"):
        Kind(prefix, Streak)


@pytest.mark.parametrize("version", [-1, 256])
def test_a_version_fits_a_byte(version: int) -> None:
    """A version that one byte cannot hold is refused where the kind is declared."""
    with pytest.raises(ValueError, match="bytes must be in range"):
        Kind("s", Streak, version=version)
