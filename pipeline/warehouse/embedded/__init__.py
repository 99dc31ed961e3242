"""ClickHouse without a ClickHouse server: the engine in this process, behind its native protocol.

Any client of the native protocol can talk to it, clickhouse-driver above all. The engine (chDB)
keeps its tables in one directory, which belongs to one process at a time. Linux only: rows reach
the engine through an anonymous memory file.
"""

from pipeline.warehouse.embedded._errors import EngineBusy
from pipeline.warehouse.embedded._server import EmbeddedServer

__all__ = ["EmbeddedServer", "EngineBusy"]
