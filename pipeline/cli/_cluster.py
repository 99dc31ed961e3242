"""Find the cluster that a command is to work on, and say what is wrong with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import typer

from pipeline.cli._installation import Exit, Installation
from pipeline.cluster import (
    KAFKA_VARIABLE,
    ClusterError,
    ClusterSettings,
    ClusterSettingsError,
    KafkaLog,
    TopicProblem,
    TopicsError,
    check_topics,
    explain,
    open_log,
    topics_of,
)

T = TypeVar("T")


def settings_in_environment(installation: Installation) -> ClusterSettings:
    """Return the settings of the cluster; prints what is wrong with them and ends the command."""
    try:
        return ClusterSettings.of(os.environ)
    except ClusterSettingsError as error:
        raise installation.fail(str(error)) from None


def answered(installation: Installation, question: Coroutine[None, None, T]) -> T:
    """Return what a cluster answers; prints what is wrong with it and ends the command."""
    with explained(installation):
        return asyncio.run(question)


@contextmanager
def explained(installation: Installation) -> Iterator[None]:
    """End the command, with what is wrong, if the cluster fails it in the block."""
    try:
        yield
    except TopicsError as error:
        raise fail(installation, error.problems) from None
    except ClusterError as error:
        raise installation.fail(str(error), Exit.PROBLEMS) from None


@contextmanager
def cluster_log(installation: Installation, writer_id: str) -> Iterator[KafkaLog]:
    """Have the log of the cluster in the environment while the block runs; blocks.

    For commands that also know `--data DIR`. Without a cluster, or with one that fails, it says so
    and ends the command.
    """
    if not os.environ.get(KAFKA_VARIABLE):
        raise installation.fail(
            "Nothing says which system is meant: give --data DIR for an embedded one, or name the "
            f"brokers of a Kafka cluster with {KAFKA_VARIABLE} in the environment."
        )
    settings = settings_in_environment(installation)
    plans = topics_of(installation.make_app, settings)
    answered(installation, check_topics(settings.kafka, plans))
    with explained(installation), open_log(settings, writer_id) as log:
        yield log


def fail(installation: Installation, problems: Sequence[TopicProblem]) -> typer.Exit:
    """Print what is wrong with topics, and what helps; return what ends the command."""
    return installation.fail("\n".join(explain(problems)), Exit.PROBLEMS)
