from __future__ import annotations

import pytest

from pipeline.web import Door


def test_a_token_is_worth_one_sign_in() -> None:
    """A token gives one session; by the time that this is told, the next token is there."""
    told: list[str] = []
    door = Door("sesame", lambda: told.append(door.token))
    token = door.token
    session = door.sign_in(token)
    assert session is not None
    assert door.knows_session(session)
    assert told == [door.token]
    assert door.token != token
    assert door.sign_in(token) is None
    assert told == [door.token]


def test_knows_a_bounded_number_of_browsers() -> None:
    """The browser that signed in first is forgotten when very many came after it."""
    door = Door("sesame", lambda: None)
    sessions = [door.sign_in(door.token) for _ in range(65)]
    assert all(sessions)
    assert [door.knows_session(session or "") for session in sessions] == [False] + [True] * 64


@pytest.mark.parametrize(
    "header", ["", "sesame", "Bearer", "Bearer ", "Basic sesame", "Bearer Sesame", "Bearer \udce9"]
)
def test_refuses_everything_but_the_secret(header: str) -> None:
    """Nothing else opens the door, bytes that are no text included."""
    door = Door("sesame", lambda: None)
    assert not door.knows_secret(header)
    assert door.knows_secret("bearer sesame")


def test_no_session_is_no_session() -> None:
    """A browser without a cookie is not known, whoever else is."""
    door = Door("sesame", lambda: None)
    door.sign_in(door.token)
    assert not door.knows_session("")
    assert door.sign_in("") is None
