"""`outreach topics`: the topics of a Kafka cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli._cluster import answered, fail, settings_in_environment
from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Installation
from pipeline.cluster import (
    TopicState,
    check_topics,
    explain,
    make_topics,
    states_of,
    topics_of,
)

topics = typer.Typer(
    no_args_is_help=False,
    help="See, make and check the topics of the Kafka cluster that OUTREACH_KAFKA names.",
)
RepairOption = Annotated[
    bool, typer.Option("--repair", help="Also change settings that are wrong of topics that exist.")
]


@topics.callback(invoke_without_command=True)
@examples("outreach topics", "outreach topics create", "outreach topics check")
def list_topics(
    context: typer.Context,
    *,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """List the topics of the cluster, or make and check them.

    Of each it prints how many partitions, replicas and records it has and what is kept of them;
    below stands what is not as it must be.
    """
    if context.invoked_subcommand is not None:
        return
    installation = Installation.of(context)
    settings = settings_in_environment(installation)
    plans = topics_of(installation.make_app, settings)
    _print(installation, answered(installation, states_of(settings.kafka, plans)))


@topics.command()
@examples(
    "OUTREACH_KAFKA=kafka-1:9092,kafka-2:9092 outreach topics create",
    "OUTREACH_KAFKA=127.0.0.1:9092 OUTREACH_REPLICATION=1 outreach topics create",
)
def create(context: typer.Context, *, repair: RepairOption = False) -> None:
    """Make every topic that is missing, with all its settings.

    May be run at any time. Ends with status 1 if something is still wrong.
    """
    installation = Installation.of(context)
    settings = settings_in_environment(installation)
    plans = topics_of(installation.make_app, settings)
    made = answered(installation, make_topics(settings.kafka, plans, repair=repair))
    for name in made.created:
        typer.echo(f"created {name}")
    for name in made.repaired:
        typer.echo(f"repaired {name}")
    if made.problems:
        raise fail(installation, made.problems)
    if not made.created and not made.repaired:
        installation.messages.print("Nothing to do: every topic is as it must be.")


@topics.command()
@examples("outreach topics check")
def check(context: typer.Context) -> None:
    """Compare the topics with what they must be, and say what helps.

    Ends with status 1 if something is wrong. Every worker does this when it starts.
    """
    installation = Installation.of(context)
    settings = settings_in_environment(installation)
    plans = topics_of(installation.make_app, settings)
    answered(installation, check_topics(settings.kafka, plans))
    installation.messages.print(f"All {len(plans)} topics are as they must be.")


def _print(installation: Installation, states: Sequence[TopicState]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Topic", overflow="fold")
    for column in ("Partitions", "Replicas", "Records"):
        table.add_column(column, justify="right")
    table.add_column("Kept")
    for state in states:
        topic = state.found
        if topic is not None:
            table.add_row(
                Text(topic.name, style="yellow" if state.problems else ""),
                str(topic.partitions),
                str(topic.replication),
                f"{state.records:,}",
                _kept(topic.settings),
            )
    installation.output.print(table)
    for line in explain(chain.from_iterable(state.problems for state in states)):
        installation.output.print(Text(line, style="yellow"), soft_wrap=True)


def _kept(settings: Mapping[str, str]) -> str:
    """Say what stays in a topic with these settings.

    >>> _kept({"cleanup.policy": "delete", "retention.ms": "604800000"})
    '7 d'
    """
    if settings["cleanup.policy"] != "delete":
        return "newest of key"
    kept = int(settings["retention.ms"])
    return "all" if kept < 0 else f"{timedelta(milliseconds=kept) / timedelta(days=1):g} d"
