"""`outreach policy load`: give a cluster another policy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._cluster import answered, explained, settings_in_environment
from pipeline.cli._examples import examples
from pipeline.cli._installation import Installation
from pipeline.cluster import check_topics, put_in_force, topics_of
from pipeline.policy import PolicyError
from pipeline.policy import load as read_policy

FileArgument = Annotated[
    Path,
    typer.Argument(help="A policy file.", exists=True, dir_okay=False, show_default=False),
]


@examples("OUTREACH_KAFKA=kafka:9092 outreach policy load agency.toml")
def load(context: typer.Context, file: FileArgument) -> None:
    """Load a policy into the Kafka cluster that the environment names.

    It holds from when its file says, or from now on. Embedded systems take one with --policy.
    """
    installation = Installation.of(context)
    settings = settings_in_environment(installation)
    try:
        chosen = read_policy(file)
    except PolicyError as error:
        raise installation.fail(str(error)) from None
    plans = topics_of(installation.make_app, settings)
    answered(installation, check_topics(settings.kafka, plans))
    with explained(installation):
        is_new = put_in_force(settings, chosen, str(file))
    said = "is loaded." if is_new else "is the one that was loaded last; nothing changes."
    installation.messages.print(f"{file} {said}", highlight=False, markup=False, soft_wrap=True)
