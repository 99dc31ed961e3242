"""What one can set about copies. Times are in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE


@dataclass(frozen=True)
class CopySettings:
    """How far back one looks, how much is kept, and what makes a cluster grave.

    Raises ValueError for what cannot be.
    """

    window: int = 24 * HOUR
    """Messages count for so long: at exactly this age no longer."""
    bucket: int = 6 * HOUR
    """A sample is kept for each so long a time. Changing it asks for a rebuild."""
    sample: int = 256
    """A reading rests on at most so many messages. Up to it in a window, figures are exact."""
    reserve: int = 128
    """So many more are kept in each bucket, to take the place of what is withdrawn."""
    burst: int = 10 * MINUTE
    """A burst is the most messages in any span of this length."""
    step: int = 5 * MINUTE
    """Messages at most so far apart are in step."""
    fewest_in_step: int = 3
    """Two accounts are in lockstep when they met so many creators in step."""
    half_size: float = 10.0
    """A cluster so much larger than one message is half as grave, for its size, as can be."""
    half_creators: float = 10.0
    """The same for its different creators."""
    half_burst: float = 5.0
    """The same for its burst."""
    half_accounts: float = 1.0
    """The same for the accounts in lockstep."""

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be more than 0, not {getattr(self, name)!r}")

    @property
    def capacity(self) -> int:
        """Return how many messages a bucket keeps at most."""
        return self.sample + self.reserve


DEFAULT_COPY_SETTINGS: Final = CopySettings()
