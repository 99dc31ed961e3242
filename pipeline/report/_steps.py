"""The section on what openers and follow-ups bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from pipeline.report._layout import bar, bar_width, explained, is_wide, marked, table
from pipeline.report._model import Report, StepRate
from pipeline.report._rate import Rate
from pipeline.report._text import count, of, percent, percent_of, span

_LATE = 3
_SHOWN = 8
"""So many steps have a row of their own."""


def steps(report: Report, width: int) -> Iterator[RenderableType]:
    """Print how the touches of each step are answered."""
    found = report.steps
    rows = [(_name(step.step), step) for step in found[:_SHOWN]]
    if found[_SHOWN:]:
        rows.append((f"{found[_SHOWN].step} and later", _together(found[_SHOWN:])))
    largest = max((step.replied.rate or 0.0 for _, step in rows), default=0.0)
    more = ("Positive", "Mean time to reply") if is_wide(width) else ()
    laid_out = table(width, "Step", "Rate", "Replied", "Of all replies", *more)
    for name, step in rows:
        times = (percent_of(step.positive), span(step.mean_seconds_to_reply))
        laid_out.add_row(
            Text(name),
            bar(step.replied, largest, bar_width(width), "cyan"),
            marked(step.replied),
            of(step.replied),
            percent(step.share_of_replies),
            *(times if is_wide(width) else ()),
        )
    yield laid_out
    yield from explained(step.replied for _, step in rows)
    sentence = _what_follow_ups_bring(found)
    if sentence:
        yield Text(sentence)


def _name(step: int) -> str:
    return "0  opener" if step == 0 else f"{step}  follow-up {step}"


def _together(found: Sequence[StepRate]) -> StepRate:
    """Return several steps as if they were one, which has the number of the first."""
    replied = sum(step.replied.part for step in found)
    seconds = sum((step.mean_seconds_to_reply or 0.0) * step.replied.part for step in found)
    return StepRate(
        step=found[0].step,
        replied=Rate.of(replied, sum(step.replied.whole for step in found)),
        positive=Rate.of(sum(step.positive.part for step in found), replied),
        mean_seconds_to_reply=seconds / replied if replied else None,
        share_of_replies=Rate.of(replied, found[0].share_of_replies.whole),
    )


def _what_follow_ups_bring(found: Sequence[StepRate]) -> str:
    sentences = []
    first = next((step.share_of_replies for step in found if step.step == 1), None)
    if first is not None and first.whole:
        sentences.append(f"Follow-up 1 brings {percent(first)} of all {first.whole:,} replies.")
    late = [step for step in found if step.step >= _LATE]
    if late:
        replied = _together(late).replied
        sentences.append(
            f"Step {_LATE} and later: {count(replied.part, 'reply')} of "
            f"{count(replied.whole, 'touch')}."
        )
    return " ".join(sentences)
