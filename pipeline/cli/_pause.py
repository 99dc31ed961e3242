"""`outreach pause` and `outreach resume`: what a person decides about a campaign."""

from __future__ import annotations

import getpass
import shlex
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from clickhouse_driver.errors import Error as DriverError

from pipeline.cli._argument_text import require_characters
from pipeline.cli._deciding import UndecidedError, decide
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._known_campaigns import UnknownCampaignError
from pipeline.cli._options import RunningOption
from pipeline.cli._reading import NoSystemError, explain
from pipeline.pauses import Decided, Decision, DecisionError, read_decision
from pipeline.transport.sqlite import LogError
from pipeline.warehouse import WarehouseError

CampaignArgument = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", help="Its id.", show_default=False)
]
WorkspaceOption = Annotated[
    str, typer.Option("--workspace", metavar="W", help="The client whose campaign it is.")
]
ReasonOption = Annotated[
    str | None,
    typer.Option(
        "--reason",
        metavar="TEXT",
        help="Why; it stands in the log and beside each violation.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print what holds now, for programs.")]

_ARGUMENTS = {"campaign_id": "CAMPAIGN", "workspace": "--workspace", "reasons[0]": "--reason"}
"""The argument for each field of a decision."""
_LONGEST_NAME = 200
"""What a decision has room for."""


@examples(
    "outreach pause spring --data DIR",
    'outreach pause spring --workspace northfold --reason "two creators complained" --data DIR',
    "OUTREACH_KAFKA=kafka:9092 outreach pause spring",
)
def pause(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    campaign: CampaignArgument,
    *,
    workspace: WorkspaceOption = "default",
    reason: ReasonOption = None,
    data: RunningOption = None,
    json: JsonOption = False,
) -> None:
    """Pause a campaign: from now on, outreach in its name breaks the rule `campaign_paused`.

    Who has answered may still be written to. It holds until somebody resumes the campaign.
    """
    installation = Installation.of(context)
    decision = _decision(installation, campaign, workspace, reason, paused=True)
    decided = _decided(installation, data, decision)
    said = "is paused: outreach in its name breaks the rule campaign_paused from now on."
    _print(installation, decided, said, _command("resume", decided, data), json=json)


@examples("outreach resume spring --data DIR", "OUTREACH_KAFKA=kafka:9092 outreach resume spring")
def resume(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    campaign: CampaignArgument,
    *,
    workspace: WorkspaceOption = "default",
    reason: ReasonOption = None,
    data: RunningOption = None,
    json: JsonOption = False,
) -> None:
    """Let a campaign go on that a person has paused, or its spam risk.

    Its risk does not pause it again before it has gone down and risen anew.
    """
    installation = Installation.of(context)
    decision = _decision(installation, campaign, workspace, reason, paused=False)
    decided = _decided(installation, data, decision)
    said = "goes on from now on."
    _print(installation, decided, said, _command("pause", decided, data), json=json)


def _decision(
    installation: Installation, campaign: str, workspace: str, reason: str | None, *, paused: bool
) -> Decision:
    asked = {
        "campaign_id": campaign,
        "workspace": workspace,
        "paused": paused,
        "name": _who(),
        "reasons": [] if reason is None else [reason],
    }
    for argument, given in zip(
        _ARGUMENTS.values(), (campaign, workspace, reason or ""), strict=True
    ):
        require_characters(installation, argument, given)
    try:
        return read_decision(msgspec.json.encode(asked))
    except DecisionError as error:
        raise installation.fail(f"{_ARGUMENTS[error.field]} {error.reason}.") from None


def _who() -> str:
    """Return the name that this person is known by here, as far as it can be written down."""
    try:
        return getpass.getuser().encode(errors="replace").decode()[:_LONGEST_NAME]
    except (OSError, KeyError):
        return ""


def _decided(installation: Installation, data: Path | None, decision: Decision) -> Decided:
    try:
        return decide(installation, data, decision)
    except (NoSystemError, UnknownCampaignError, UndecidedError) as error:
        raise installation.fail(str(error)) from None
    except (DriverError, EOFError) as error:
        raise installation.fail(explain(error), Exit.PROBLEMS) from None
    except (WarehouseError, LogError, OSError) as error:
        raise installation.fail(f"{data} cannot be opened: {error}", Exit.PROBLEMS) from None


def _command(name: str, decided: Decided, data: Path | None) -> str:
    """Return the command that undoes what was decided."""
    words = ["outreach", name, decided.campaign_id]
    words += [] if decided.workspace == "default" else ["--workspace", decided.workspace]
    words += [] if data is None else ["--data", str(data)]
    return shlex.join(words)


def _print(
    installation: Installation, decided: Decided, said: str, undo: str, *, json: bool
) -> None:
    if json:
        typer.echo(msgspec.json.encode(decided).decode())
        return
    campaign = f"Campaign {decided.campaign_id} of workspace {decided.workspace}"
    for line in (f"{campaign} {said}", f"Undo it with `{undo}`."):
        installation.output.print(line, soft_wrap=True, highlight=False, markup=False)
