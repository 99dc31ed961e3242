"""The creators: who they are, where they live, and what they posted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from examples.agency_quarter._chance import Chance, Curve
from examples.agency_quarter._data import LANGUAGES, table

_FOLLOWERS: Curve = ((0, 900), (0.3, 6_000), (0.7, 38_000), (0.93, 240_000), (1, 2_100_000))
_SHOWN_ROUNDED = 10_000
"""From this count on platforms show hundreds only."""
_POSTS_IN_ENGLISH = 0.12
_FOLLOWS_THE_BRAND = 0.1


@dataclass(frozen=True, slots=True)
class Caption:
    """A recent post, and the words with which a reader would speak of it."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Creator:
    """A person with an account on one platform."""

    platform: str
    creator_id: str
    name: str
    language: str
    """What they write to people in."""
    posts_in: str
    niche: str
    zone: str
    offset_minutes: int
    followers: int
    email: str
    email_listed: bool
    follows: bool
    captions: tuple[Caption, ...]

    @property
    def first_name(self) -> str:
        """The name to greet them with."""
        return self.name.split(" ", 1)[0]


def people(count: int, chance: Chance) -> list[Creator]:
    """Return this many creators; no two of one platform share a `creator_id`."""
    taken: set[tuple[str, str]] = set()
    return [_person(chance, taken) for _ in range(count)]


def caption(language: str, niche: str, chance: Chance) -> Caption:
    """Return a caption that somebody of this niche might write."""
    captions = table(f"captions/{language}")
    return _filled(chance.pick(captions["niches"][niche]), captions["slots"], chance)


def _captions(language: str, niche: str, chance: Chance) -> tuple[Caption, ...]:
    """Return one to three different captions."""
    captions = table(f"captions/{language}")
    patterns = captions["niches"][niche]
    start, count = chance.between(0, len(patterns) - 1), chance.between(1, 3)
    turned = [*patterns[start:], *patterns[:start]]
    return tuple(_filled(pattern, captions["slots"], chance) for pattern in turned[:count])


def _filled(pattern: Sequence[str], slots: Mapping[str, Sequence[str]], chance: Chance) -> Caption:
    text, reference = pattern
    if "{" in text:
        words = {slot: chance.pick(options) for slot, options in slots.items()}
        text, reference = text.format(**words), reference.format(**words)
    return Caption(text[:1].upper() + text[1:], reference)


def _person(chance: Chance, taken: set[tuple[str, str]]) -> Creator:
    world = table("creators")
    platform = chance.weighted(world["platforms"])
    language = chance.weighted({name: world["languages"][name]["share"] for name in LANGUAGES})
    land = world["languages"][language]
    posts_in = "en" if chance.happens(_POSTS_IN_ENGLISH) else language
    first_name, last_name = chance.pick(land["first_names"]), chance.pick(land["last_names"])
    zone = chance.weighted({name: zone["share"] for name, zone in land["zones"].items()})
    niche = chance.pick(tuple(table(f"captions/{posts_in}")["niches"]))
    handle = _handle(platform, first_name, last_name, chance.pick(land["words"]))
    while (platform, handle) in taken:
        handle += str(chance.between(2, 99))
    taken.add((platform, handle))
    followers = int(chance.along(_FOLLOWERS))
    rounded = followers - followers % 100 if followers >= _SHOWN_ROUNDED else followers
    return Creator(
        platform=platform,
        creator_id=handle,
        name=f"{first_name} {last_name}" if chance.happens(0.7) else first_name,
        language=language,
        posts_in=posts_in,
        niche=niche,
        zone=zone,
        offset_minutes=land["zones"][zone]["offset"],
        followers=rounded,
        email=f"{handle}@post.example",
        email_listed=chance.happens(0.45),
        follows=chance.happens(_FOLLOWS_THE_BRAND),
        captions=_captions(posts_in, niche, chance),
    )


def _handle(platform: str, first_name: str, last_name: str, word: str) -> str:
    """Return a handle without accents; on LinkedIn people go by their full names."""
    wanted = f"{first_name}-{last_name}" if platform == "linkedin" else f"{first_name}.{word}"
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode("ascii")
    return plain.lower()
