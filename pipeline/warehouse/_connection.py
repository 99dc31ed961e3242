"""How to reach a ClickHouse server."""

from __future__ import annotations

from dataclasses import dataclass, field

from clickhouse_driver import Client

_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Address:
    """A server of the native protocol, and the database of the views on it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str = "outreach"
    secure: bool = False
    cluster: str = ""
    """The cluster over which the tables are spread, as its servers name it; '' for one server."""

    @property
    def facts(self) -> str:
        """The database of the tables behind the views."""
        return f"{self.database}_facts"

    def connect(self) -> Client:
        """Return a client; it connects with its first query, and belongs to one thread."""
        return Client(
            self.host,
            self.port,
            user=self.user,
            password=self.password,
            secure=self.secure,
            connect_timeout=_CONNECT_SECONDS,
            send_receive_timeout=_ANSWER_SECONDS,
            client_name="outreach",
            compression=False,
        )
