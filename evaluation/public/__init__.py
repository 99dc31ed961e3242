"""How the product fares on public sets of texts, which it was not made for."""

from evaluation.public._files import PublicSetError
from evaluation.public._reading import (
    PublicSets,
    Text,
    missing_sets,
    read_questions,
    read_sets,
    read_sms,
    read_youtube,
)
from evaluation.public._tables import sections

__all__ = [
    "PublicSetError",
    "PublicSets",
    "Text",
    "missing_sets",
    "read_questions",
    "read_sets",
    "read_sms",
    "read_youtube",
    "sections",
]
