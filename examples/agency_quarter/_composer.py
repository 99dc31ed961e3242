"""Messages put together from parts that people wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from examples.agency_quarter._brands import Account
from examples.agency_quarter._calendar import DAY, SECOND
from examples.agency_quarter._campaigns import Campaign, Template
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._data import table
from examples.agency_quarter._people import Creator, caption

_STREETS = (
    "14 Larch Row, flat 2",
    "3 Weir Lane",
    "Calle Olmo 22, 3º B",
    "Amselgasse 7",
    "9 rue des Tisserands",
    "Rua do Sol 118",
    "27 Quarry Hill",
    "501 Juniper Ave",
)
_SENTENCE_ENDS = (".", "!", "?", ":", "…")


class Composer:
    """Writes what accounts and creators say."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    def opener(
        self, campaign: Campaign, template: Template, account: Account, creator: Creator
    ) -> str:
        """Return a first message in the language that the creator posts in."""
        language = creator.posts_in
        texts = campaign.texts[language]
        slots = self._slots(account, creator)
        body = ""
        for line in template.shape.split(" / "):
            parts = [self._part(name, campaign, texts, creator) for name in line.split()]
            for number, part in enumerate(part for part in parts if part):
                body = _continued(body, part.format(**slots), " " if number else "\n")
        return body

    def follow_up(self, campaign: Campaign, step: int, account: Account, creator: Creator) -> str:
        """Return the message of a step from 1 on."""
        steps = campaign.texts[creator.posts_in]["follow_ups"]
        return self._filled(steps[min(step, len(steps)) - 1], account, creator)

    def said(
        self, what: str, language: str, account: Account, creator: Creator, moment: int
    ) -> list[str]:
        """Return the bubbles of one turn, `what` being a list of the replies' data."""
        turn = self._chance.pick(table(f"replies/{language}")[what])
        slots = self._slots(account, creator)
        slots["date"] = self._return_date(language, moment)
        return [bubble.format(**slots) for bubble in ([turn] if isinstance(turn, str) else turn)]

    def audience(self, kind: str, account: Account, creator: Creator) -> str:
        """Return what somebody writes to a brand of their own accord, or an answer to it."""
        return self._filled(table(f"audience/{creator.language}")[kind], account, creator)

    def _part(
        self, name: str, campaign: Campaign, texts: Mapping[str, Any], creator: Creator
    ) -> str:
        phrases = table(f"phrases/{creator.posts_in}")
        if name == "greeting":
            return str(self._chance.pick(phrases["greetings"]))
        if name == "sign_off":
            return str(self._chance.pick(phrases["sign_offs"]))
        if name == "compliment":
            return self._compliment(self._chance.weighted(campaign.manner.references), creator)
        return str(self._chance.pick(texts[name]))

    def _compliment(self, reference: str, creator: Creator) -> str:
        """Return a line on the creator's posts: genuine, generic, mistaken (not theirs) or none."""
        if reference == "none":
            return ""
        phrases = table(f"phrases/{creator.posts_in}")
        if reference == "generic":
            return str(self._chance.pick(phrases["generic"]))
        post = self._chance.pick(creator.captions)
        if reference == "mistaken":
            niches = table(f"captions/{creator.posts_in}")["niches"]
            others = [niche for niche in niches if niche != creator.niche]
            post = caption(creator.posts_in, self._chance.pick(others), self._chance)
        return str(self._chance.pick(phrases["genuine"])).replace("{reference}", post.reference)

    def _return_date(self, language: str, moment: int) -> str:
        """Return a day within three weeks of the moment, as the language writes it."""
        day = datetime.fromtimestamp((moment + self._chance.between(2, 20) * DAY) // SECOND, UTC)
        replies = table(f"replies/{language}")
        return str(replies["date"]).format(day=day.day, month=replies["months"][str(day.month)])

    def _filled(self, texts: Sequence[str], account: Account, creator: Creator) -> str:
        return self._chance.pick(texts).format(**self._slots(account, creator))

    def _slots(self, account: Account, creator: Creator) -> dict[str, str]:
        chance = self._chance
        return {
            "name": creator.first_name,
            "brand": account.brand,
            "sender": account.sender,
            "contact": account.email,
            "contact_spelt": account.email_spelt_out,
            "email": creator.email,
            "street": chance.pick(_STREETS),
            "rate": f"{chance.between(8, 60) * 10} {chance.pick(('EUR', 'USD', 'GBP'))}",
            "place": chance.pick(table(f"audience/{creator.language}")["places"]),
        }


def _continued(body: str, part: str, separator: str) -> str:
    """Return the body with one more part; after a sentence's end it begins with a capital."""
    if not body:
        return part
    is_address = "@" in part.split(" ", 1)[0]
    if body.endswith(_SENTENCE_ENDS) and not is_address:
        part = part[:1].upper() + part[1:]
    return body + separator + part
