"""One Faust agent a file: each reads topics, calls `pipeline`, and writes tables and topics.

No rule is decided here. A batch is acknowledged in the transaction that holds what came of it.
"""

from agents._app import outreach_app

__all__ = ["outreach_app"]
