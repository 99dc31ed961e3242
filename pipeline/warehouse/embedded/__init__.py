"""ClickHouse without a ClickHouse server: the engine in this process, behind its native protocol.

Any client of the native protocol can talk to it, clickhouse-driver above all. The engine (chDB)
keeps its tables in one directory, which belongs to one process at a time. Linux only: rows reach
the engine through an anonymous memory file.

What a ClickHouse server does and this one leaves out: totals and extremes, progress and profile
packets, query ids and the setting `log_comment` of the client's choice, JSON, Dynamic, Variant and
states of aggregates as columns of a result, ZSTD, TLS, replication. Its one user may do everything
that this process may, reading its files included.
"""

from pipeline.warehouse.embedded._errors import EngineBusy
from pipeline.warehouse.embedded._server import EmbeddedServer

__all__ = ["EmbeddedServer", "EngineBusy"]
