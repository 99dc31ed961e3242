"""What goes wrong between us and a cluster."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from aiokafka.errors import (  # type: ignore[import-untyped]  # it ships no types
    InvalidProducerEpoch,
    KafkaError,
    ProducerFenced,
)

from pipeline.avro.wire import RegistryError, RegistryRefusedError

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
            f"Kafka at {kafka}: another process does the same at this moment, or this one was held "
            "up for too long; wait until the other has ended, and try again"
        )


@contextmanager
def translated(kafka: str) -> Iterator[None]:
    """Raise errors of Kafka's client and of the schema registry, from the block, as ours."""
    try:
        yield
    except (ProducerFenced, InvalidProducerEpoch) as error:
        raise OvertakenError.of(kafka, error) from error
    except KafkaError as error:
        raise ClusterError.of(kafka, error) from error
    except TimeoutError:
        raise ClusterError(f"Kafka at {kafka} does not answer; look into its log") from None
    except (RegistryError, RegistryRefusedError) as error:
        raise ClusterError(str(error)) from error
