"""`outreach report`: who answers, when, to what; what looks like spam, what breaks rules."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Installation
from pipeline.cli._reading import SystemOption, answer
from pipeline.report import print_report, read_report, to_json

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, with every campaign, for programs.")
]
WorkspaceOption = Annotated[
    str | None,
    typer.Option("--workspace", metavar="W", help="Only this workspace.", show_default=False),
]
CampaignOption = Annotated[
    str | None,
    typer.Option("--campaign", metavar="C", help="Only this campaign.", show_default=False),
]


@examples(
    "outreach report --data DIR",
    "outreach report --data DIR --workspace northfold-group --campaign spring",
    "outreach report --data DIR --json | jq .headline.response",
)
def report(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    data: SystemOption = None,
    workspace: WorkspaceOption = None,
    campaign: CampaignOption = None,
    json: JsonOption = False,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Print who answers, which campaigns look like spam, and what breaks rules.

    Response rates by platform, campaign, template, step and hour, each beside its denominator; the
    riskiest campaigns, with what their risk comes of; the rules that were broken, and by whom.
    """
    installation = Installation.of(context)
    found = answer(
        installation,
        data,
        lambda address: read_report(address, workspace=workspace, campaign=campaign),
    )
    if json:
        typer.echo(to_json(found))
    else:
        print_report(found, installation.output)
