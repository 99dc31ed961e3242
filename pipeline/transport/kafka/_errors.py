"""What can go wrong on Kafka, each with a sentence that says what to do."""

from __future__ import annotations


class KafkaTopicError(Exception):
    """A topic or partition that does not exist, or topics that do not fit together."""


class TransactionError(Exception):
    """A transaction came to no end that is known: the worker must stop.

    What it goes on from when it is started again is what the log holds.
    """
