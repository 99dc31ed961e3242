"""Who may come in: programs by the secret, browsers by a link that works once."""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from collections.abc import Callable

_SESSIONS = 64
"""So many browsers are known; one more, and the first to have come must sign in again."""


class Door:
    """Knows the secret, the token of the next link, and the browsers that signed in.

    Whoever has the secret may do everything, a browser may only read. A comparison takes the
    same time, whatever is wrong. What is known ends with the process.
    """

    def __init__(self, secret: str, signed_in: Callable[[], None]) -> None:
        """`signed_in` is called after each sign-in, when `token` is another one already."""
        self._secret = secret
        self._signed_in = signed_in
        self._token = secrets.token_urlsafe()
        self._sessions: deque[str] = deque(maxlen=_SESSIONS)

    @property
    def token(self) -> str:
        """The token that the next browser signs in with."""
        return self._token

    def sign_in(self, token: str) -> str | None:
        """Return a session for the token, which is worth nothing from then on; None for another."""
        if not _equal(token, self._token):
            return None
        self._token = secrets.token_urlsafe()
        session = secrets.token_urlsafe()
        self._sessions.append(session)
        self._signed_in()
        return session

    def knows_secret(self, authorization: str) -> bool:
        """Tell whether the header `Authorization` bears the secret.

        >>> door = Door("sesame", lambda: None)
        >>> door.knows_secret("Bearer sesame"), door.knows_secret("Bearer please")
        (True, False)
        """
        scheme, _, secret = authorization.partition(" ")
        return scheme.lower() == "bearer" and _equal(secret.strip(), self._secret)

    def knows_session(self, session: str) -> bool:
        """Tell whether a browser with this session has signed in."""
        return any(_equal(session, known) for known in self._sessions)


def _equal(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(errors="surrogateescape"), known.encode())
