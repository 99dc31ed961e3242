"""What goes wrong between us and a cluster."""

from __future__ import annotations

import logging
from typing import Self

# What the client cannot do it raises, too: without a log it would print that besides.
logging.getLogger("aiokafka").addHandler(logging.NullHandler())


class ClusterError(Exception):
    """Kafka cannot be reached, or refused; the message says what and where."""

    @classmethod
    def of(cls, kafka: str, error: Exception) -> Self:
        """Return what an error of the client's means, for these brokers."""
        return cls(f"Kafka at {kafka}: {error or type(error).__name__}")


class OvertakenError(ClusterError):
    """Another process does the same thing at this moment, and nothing more of ours is written."""

    @classmethod
    def of(cls, kafka: str, error: Exception) -> Self:  # noqa: ARG003 - what it says is known
        """Return what it means that somebody else has taken over our part at these brokers."""
        return cls(
            f"Kafka at {kafka}: another process does the same at this moment; wait until it has "
            "ended, and try again"
        )
