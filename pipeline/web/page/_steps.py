"""The section on what openers and follow-ups bring."""

from __future__ import annotations

from pipeline.report import Report, text
from pipeline.web.page._bars import Tone, bar, full_width
from pipeline.web.page._markup import Markup
from pipeline.web.page._tables import Row, explained, named, note, section, table

_SHOWN = 8


def steps(report: Report) -> Markup:
    """Show how the touches of each step are answered."""
    found = report.steps
    full = full_width(step.replied for step in found)
    rows = [
        Row(
            named(_name(step.step)),
            bar(step.replied, full, Tone.RATE),
            step.replied,
            (
                text.percent(step.share_of_replies),
                text.percent_of(step.positive),
                text.span(step.mean_seconds_to_reply),
            ),
        )
        for step in found[:_SHOWN]
    ]
    more = ("Of all replies", "Positive", "Mean time to reply")
    shown = [
        table("Outreach touches that got a reply, by step", "Step", "Replied", rows, *more),
        *explained(rows),
    ]
    if found[_SHOWN:]:
        late = sum(step.replied.whole for step in found[_SHOWN:])
        shown.append(note(f"{text.count(late, 'touch')} of later steps are not shown."))
    return section("steps", "Steps", *shown)


def _name(step: int) -> str:
    return "Opener" if step == 0 else f"Follow-up {step}"
