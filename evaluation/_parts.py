"""The parts of the report, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.progress import track

from evaluation import campaigns, duplicates, messages, public
from evaluation._section import Section
from evaluation.messages import Half


@dataclass(frozen=True)
class Asked:
    """Which parts of the report are asked for, and how."""

    halves: tuple[Half, ...] = tuple(Half)
    seed: int = 20
    rounds: int = 8
    """So many campaigns are drawn of each kind."""
    public_sets: public.PublicSets | None = None
    only_messages: bool = False


def sections(asked: Asked, progress: Console) -> Iterator[Section]:
    """Yield every section of the report as soon as it is there; how far it is stands in a bar."""
    judged = messages.judged_messages(messages.read_messages())
    yield from messages.sections(judged, asked.halves)
    if asked.only_messages:
        return
    yield from campaigns.sections([*_judged_campaigns(asked, progress)])
    # What is shown while something is worked out is gone before the next table is printed.
    with progress.status("Looking for copies"):
        found = [*duplicates.sections(asked.seed)]
    yield from found
    if asked.public_sets is not None:
        with progress.status("Judging public texts"):
            found = [*public.sections(asked.public_sets, asked.seed)]
        yield from found


def _judged_campaigns(asked: Asked, progress: Console) -> Iterator[campaigns.Outcome]:
    stories = track(
        campaigns.generated(asked.seed, asked.rounds),
        "Judging campaigns",
        total=asked.rounds * len(campaigns.KINDS),
        console=progress,
        transient=True,
        disable=not progress.is_terminal,
    )
    return map(campaigns.judged_story, stories)
