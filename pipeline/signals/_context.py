"""What is known of a message besides its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a message is judged with; everything may be left out."""

    step: int = 0
    """0 for an opener, and one more for each follow-up."""
    max_follow_ups: int | None = 2
    """The greatest step that the policy allows; None if it sets none."""
    creator_name: str = ""
    creator_content: tuple[str, ...] = ()
    """Captions or titles of the creator's recent posts."""
    language: str = ""
    """The code of the message's language, such as `en`; it is found out where this is empty."""

    @property
    def is_opener(self) -> bool:
        """Say whether the message is the first of its streak."""
        return self.step == 0
