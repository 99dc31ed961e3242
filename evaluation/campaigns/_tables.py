"""What the risk of generated campaigns says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from evaluation._figures import Counts, Figure, counted, figure_of
from evaluation._section import Cell, Goal, Section
from evaluation.campaigns._judging import Outcome
from evaluation.campaigns._roc import area_under_curve
from pipeline.risk import DEFAULT_ALERT_SETTINGS

ALERT_AT: Final = DEFAULT_ALERT_SETTINGS.alert_at
PAUSE_AT: Final = DEFAULT_ALERT_SETTINGS.bands[0]
_NO_FALSE_ALARM: Final = 1.0


def sections(outcomes: Sequence[Outcome]) -> Iterator[Section]:
    """Yield how high the risk of each kind rises, and how well it parts spammers from others."""
    yield _kinds(outcomes)
    yield _risk(outcomes)


def _kinds(outcomes: Sequence[Outcome]) -> Section:
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        who = "spam" if outcome.story.is_spam else "honest"
        by_kind[f"{who}: {outcome.story.kind}"].append(outcome)
    heads = ("n", "messages", "lowest", "median", "highest", "alerts", "after", "pauses")
    rows = tuple(_row(name, of_kind) for name, of_kind in by_kind.items())
    note = (
        "Lowest, median and highest of how far the risk of a campaign rises, from 0 to 100. "
        f"An alert opens at {ALERT_AT}, a pause begins at {PAUSE_AT}. After: how many messages "
        "were out by then, the median of those with an alert."
    )
    return Section("Campaigns by kind", ("", *heads), rows, notes=(note,))


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[Cell, ...]:
    risks = sorted(outcome.risk for outcome in outcomes)
    alerted = [sent for each in outcomes if (sent := each.sent_before(ALERT_AT)) is not None]
    sizes = sorted(len(outcome.story.touches) for outcome in outcomes)
    return (
        name,
        len(outcomes),
        f"{sizes[0]} to {sizes[-1]}",
        risks[0],
        round(median(risks)),
        risks[-1],
        len(alerted),
        round(median(alerted)) if alerted else None,
        sum(risk >= PAUSE_AT for risk in risks),
    )


def _risk(outcomes: Sequence[Outcome]) -> Section:
    spam = [outcome.risk for outcome in outcomes if outcome.story.is_spam]
    honest = [outcome.risk for outcome in outcomes if not outcome.story.is_spam]
    quiet = figure_of(sum(risk < ALERT_AT for risk in honest), len(honest))
    rows: list[tuple[Cell, ...]] = [
        _figure("area under the ROC curve", area_under_curve(spam, honest))
    ]
    for name, threshold in (("alert", ALERT_AT), ("pause", PAUSE_AT)):
        counts = _reaching(threshold, outcomes)
        rows.append(_figure(f"{name} at {threshold}, precision", counts.precision))
        rows.append(_figure(f"{name} at {threshold}, recall", counts.recall))
    rows.append(_figure("honest campaigns without an alert", quiet))
    title = f"Campaign risk: {len(spam):,} spamming campaigns, {len(honest):,} honest ones"
    goal = Goal("honest campaigns without an alert", quiet, _NO_FALSE_ALARM)
    return Section(title, ("", "figure", "of"), tuple(rows), (goal,))


def _reaching(threshold: int, outcomes: Sequence[Outcome]) -> Counts:
    return counted((outcome.story.is_spam, outcome.risk >= threshold) for outcome in outcomes)


def _figure(name: str, figure: Figure | None) -> tuple[Cell, ...]:
    return name, figure, figure and figure.of
