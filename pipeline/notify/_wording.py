"""A notice in plain words, for every medium that people read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from pipeline.alerts import Alert, AlertChange, Notice
from pipeline.events import Milliseconds
from pipeline.notify._plain import one_line, plain

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_ID: Final = 60
_LONGEST_SENTENCE: Final = 300
_LONGEST_TEXT: Final = 500
_MOST_SENTENCES: Final = 10
_MOST_EXAMPLES: Final = 3


class ShownExample(NamedTuple):
    """A message, and where it is from."""

    origin: str
    text: str


class Wording(NamedTuple):
    """What is to be read. All of it holds what strangers wrote, and no line is markup."""

    headline: str
    """What has happened, in a few words."""
    place: str
    """Which campaign and workspace; one line."""
    state: str
    """Since when, until when, and whether the campaign is paused; one line."""
    evidence: tuple[str, ...]
    """One line each."""
    examples: tuple[ShownExample, ...]
    reference: str
    """What one looks the alert and the notice up by; one line."""

    @property
    def title(self) -> str:
        """What has happened, and where; one line."""
        return f"{self.headline}: {self.place}"

    def text(self) -> str:
        """Return everything as lines of plain text."""
        lines = [self.state, "", *(f"- {sentence}" for sentence in self.evidence)]
        for example in self.examples:
            quoted = (f"  > {line}" for line in example.text.splitlines())
            lines += ["", f"{example.origin}:", *quoted]
        return "\n".join([*lines, "", self.reference, ""])


def worded(notice: Notice) -> Wording:
    """Return the words for a notice."""
    alert = notice.alert
    return Wording(
        headline=_headline(notice),
        place=_place(alert),
        state=_state(notice),
        evidence=_evidence(alert),
        examples=tuple(
            ShownExample(
                f"{each.platform}, {_id(each.account_id)} to {_id(each.creator_id)}, "
                f"{_moment(each.sent_at)}",
                plain(each.text, _LONGEST_TEXT),
            )
            for each in alert.examples[:_MOST_EXAMPLES]
        ),
        reference=f"Alert {_id(alert.alert_id)}, notice {notice.key}",
    )


def iso(at: Milliseconds) -> str:
    """Return a moment as machines write it.

    >>> iso(Milliseconds(1_772_323_200_001))
    '2026-03-01T00:00:00.001Z'
    """
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _headline(notice: Notice) -> str:
    alert = notice.alert
    match alert.change:
        case AlertChange.OPENED:
            headline = f"Spam risk {alert.risk} of 100"
        case AlertChange.UPDATED:
            headline = f"Spam risk now {alert.risk} of 100"
        case AlertChange.RESOLVED:
            headline = f"Resolved, spam risk {alert.risk} of 100"
    return f"TEST - {headline}" if notice.is_test else headline


def _place(alert: Alert) -> str:
    campaign = f"campaign {_id(alert.campaign_id)}" if alert.campaign_id else "no campaign"
    return f"{campaign}, workspace {_id(alert.workspace)}"


def _state(notice: Notice) -> str:
    alert = notice.alert
    if notice.is_test:
        return "This is a test. Nothing is wrong: somebody wants to see that alerts arrive here."
    paused = " The campaign is paused." if alert.paused else ""
    if alert.change is not AlertChange.RESOLVED:
        return f"Open since {_moment(alert.opened_at)}.{paused}"
    untold = " You may not have heard of it before." if notice.first else ""
    return f"Was open from {_moment(alert.opened_at)} to {_moment(alert.at)}.{untold}{paused}"


def _evidence(alert: Alert) -> tuple[str, ...]:
    shown = tuple(one_line(each, _LONGEST_SENTENCE) for each in alert.evidence[:_MOST_SENTENCES])
    more = len(alert.evidence) - len(shown)
    return (*shown, f"{more} more") if more else shown


def _id(name: str) -> str:
    return one_line(name, _LONGEST_ID)


def _moment(at: Milliseconds) -> str:
    return f"{_EPOCH + timedelta(milliseconds=at):%Y-%m-%d %H:%M} UTC"
