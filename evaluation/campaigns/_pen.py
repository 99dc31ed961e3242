"""What campaigns are written with: the same words and chances for the same seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from evaluation.campaigns._story import DAY, HOUR, MINUTE
from evaluation.duplicates import Message, Writer
from evaluation.messages import Labelled, read_messages
from pipeline.replies import ReplyClass

_ANSWERED_WITHIN = 48 * HOUR
_WORKDAY = 8 * HOUR


@dataclass(frozen=True, slots=True)
class Answers:
    """How often creators answer, and what share of their answers refuses."""

    often: float
    opt_outs: float = 0.02
    negatives: float = 0.15
    positives: float = 0.5


ORDINARY = Answers(0.15)
WARM = Answers(0.5)
COLD = Answers(0.0)
ANNOYED = Answers(0.12, opt_outs=0.6, negatives=0.3, positives=0.0)


class Pen:
    """Writes for one campaign."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)  # noqa: S311 - examples, not secrets
        self._words = _words()
        self._writer = Writer(self.chance.getrandbits(32), tuning=False)
        self._subjects: list[str] = []
        self._reactions: list[str] = []

    def template(self, kind: str = "templates") -> str:
        """Return one of the texts that brands send."""
        return str(self.chance.choice(self._words[kind]))

    def rotated_template(self, language: str = "en", *, honest: bool = False) -> dict[str, Any]:
        """Return a text with slots whose words an evader rotates; an honest one is never pushy."""
        return self.chance.choice(
            [
                each
                for each in self._writer.templates
                if each["language"] == language and not (honest and each.get("pushy", False))
            ]
        )

    def message(self, template: str, own: str = "") -> Message:
        """Write a brand's text to somebody, with a part of the sender's own or without."""
        return self._writer.message({"text": template}, personal=own)

    def rotated(self, template: dict[str, Any], own: str = "") -> Message:
        """Write the same with its words in rotation."""
        return self._writer.message(template, rotated=True, personal=own)

    def plain(self, template: dict[str, Any]) -> Message:
        """Write the same with its first words, so that only the name differs."""
        return self._writer.message(template)

    def disguised(self, message: Message, kind: str) -> Message:
        """Return a message after one evasion."""
        return self._writer.disguised(message, kind)

    def own_part(self, reactions: str = "reactions") -> tuple[str, tuple[str, ...]]:
        """Return a sentence for one creator alone, and captions of what they posted."""
        subject = self._next(self._subjects, "subjects")
        reaction = self._next(self._reactions, reactions)
        other = self.chance.choice(self._words["subjects"])
        medium = self.chance.choice(self._words["media"])
        return f"your {medium} about {subject} {reaction}.", (_caption(subject), _caption(other))

    def one_of(self, kind: str) -> str:
        """Return one of the sentences of a kind."""
        return str(self.chance.choice(self._words[kind]))

    def some_of(self, kind: str, count: int) -> list[str]:
        """Return so many different ones."""
        return self.chance.sample(self._words[kind], count)

    def answer(self, answers: Answers) -> tuple[ReplyClass | None, int]:
        """Return what a creator answers, and after how long."""
        if self.chance.random() >= answers.often:
            return None, 0
        drawn, after = self.chance.random(), self.chance.randrange(MINUTE, _ANSWERED_WITHIN)
        for reply, share in (
            (ReplyClass.OPT_OUT, answers.opt_outs),
            (ReplyClass.NEGATIVE, answers.negatives),
            (ReplyClass.POSITIVE, answers.positives),
        ):
            if drawn < share:
                return reply, after
            drawn -= share
        return ReplyClass.NEUTRAL, after

    def over_days(self, count: int, a_day: int) -> list[int]:
        """Return so many moments at work, at most so many a day."""
        return sorted(
            number // a_day * DAY + self.chance.randrange(_WORKDAY) for number in range(count)
        )

    def within(self, count: int, span: int) -> list[int]:
        """Return so many moments within a span."""
        return sorted(self.chance.randrange(span) for _ in range(count))

    def _next(self, left: list[str], kind: str) -> str:
        """Return another one each time, until all are used up."""
        if not left:
            left.extend(self.chance.sample(self._words[kind], len(self._words[kind])))
        return left.pop()


@cache
def labelled_openers(language: str) -> tuple[Labelled, ...]:
    """Return the labelled openers of a language: each was written by itself."""
    return tuple(each for each in read_messages() if each.language == language and not each.step)


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def _caption(subject: str) -> str:
    return subject[0].upper() + subject[1:]
