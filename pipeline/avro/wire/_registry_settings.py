"""Where the schema registry is, and how patient we are with it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Self

from yarl import URL


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the registry may take before it counts as away."""

    seconds: float = 5.0
    """For one answer of one server,"""
    rounds: int = 3
    """and so often every server is asked,"""
    pause: float = 0.2
    """with so many seconds after the first round, and twice as many after each later one."""


@dataclass(frozen=True, slots=True)
class RegistrySettings:
    """The servers of one schema registry."""

    urls: tuple[URL, ...]
    """In the order in which they are asked; without credentials, so they may be shown."""
    authorization: str | None = field(default=None, repr=False)
    """What the header of this name says, to all servers; None: there is none."""
    patience: Patience = Patience()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one or several URLs, with commas between them.

        User and password may stand in the first, percent-encoded, as in Confluent's own clients.
        Raises ValueError, which never quotes a password.

        >>> settings = RegistrySettings.parse("http://ana:secret@one:8081, https://two/ccompat/")
        >>> [str(url) for url in settings.urls]
        ['http://one:8081', 'https://two/ccompat']
        >>> settings.authorization
        'Basic YW5hOnNlY3JldA=='
        """
        urls = [_url(place, part.strip()) for place, part in enumerate(text.split(","), start=1)]
        return cls(tuple(_shown(url) for url in urls), _authorization(urls[0]))


def _url(place: int, text: str) -> URL:
    try:
        url = URL(text)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError(
            f"URL {place} of the schema registry is none; write it like http://registry:8081"
        )
    return url


def _authorization(url: URL) -> str | None:
    if url.user is None:
        return None
    login = f"{url.user}:{url.password or ''}"
    return f"Basic {b64encode(login.encode()).decode()}"


def _shown(url: URL) -> URL:
    return url.with_user(None).with_query(None).with_fragment(None).with_path(url.path.rstrip("/"))
