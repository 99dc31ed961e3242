"""Touches out of messages and moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from evaluation.campaigns._pen import Answers, Pen
from evaluation.campaigns._story import Touch


class Draft(NamedTuple):
    """A text that is ready to be sent."""

    body: str
    creator_name: str = ""
    creator_content: tuple[str, ...] = ()


def personal(pen: Pen, template: str, reactions: str = "reactions") -> Draft:
    """Write a brand's text with an own part to one creator."""
    own, content = pen.own_part(reactions)
    return Draft(*pen.message(template, own), content)


def openers(
    pen: Pen,
    drafts: Iterable[Draft],
    moments: Sequence[int],
    answers: Answers,
    accounts: int = 1,
) -> list[Touch]:
    """Send each draft to another creator, by so many accounts in turn."""
    touches = []
    for number, (draft, at) in enumerate(zip(drafts, moments, strict=False)):
        reply, after = pen.answer(answers)
        touches.append(
            Touch(
                at=at,
                creator=number,
                body=draft.body,
                creator_name=draft.creator_name,
                creator_content=draft.creator_content,
                account=f"a{number % accounts + 1}",
                reply=reply,
                replied_after=after,
            )
        )
    return touches


def followed_up(
    pen: Pen,
    touches: Iterable[Touch],
    gaps: Sequence[range],
    words: str,
    answers: Answers,
) -> Iterator[Touch]:
    """Yield openers, and for each that is not answered a follow-up after each gap.

    Whoever sends them has one text for each time: that alone makes nobody a spammer.
    """
    texts = pen.some_of(words, len(gaps))
    for opener in touches:
        last = opener
        yield last
        for gap, text in zip(gaps, texts, strict=True):
            if last.reply is not None:
                break
            reply, after = pen.answer(answers)
            last = replace(
                last,
                at=last.at + pen.chance.choice(gap),
                body=text.replace("NAME", opener.creator_name),
                step=last.step + 1,
                reply=reply,
                replied_after=after,
            )
            yield last
