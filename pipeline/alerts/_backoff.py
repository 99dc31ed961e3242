"""How long to wait before telling somebody again who did not listen."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import msgspec

from pipeline.events import Milliseconds

_LONGEST_ASKED: Final = 3_600_000


class Backoff(msgspec.Struct, frozen=True):
    """Exponential, with full jitter: so those who failed together do not come back together."""

    first: int = 1_000
    """Within how many milliseconds the second attempt comes; each later one within twice as long
    as the one before."""
    longest: int = 30_000
    """A receiver that is back hears of everything within this."""

    def retry_at(self, now: Milliseconds, attempts: int, key: str, asked: int = 0) -> Milliseconds:
        """Return when to try again after so many attempts.

        Chance is drawn from the notice's key, so that the answer is always the same. `asked` is
        how many milliseconds the receiver wants us to wait; more than an hour is not granted.

        >>> Backoff().retry_at(Milliseconds(0), 1, "k") < 1_000
        True
        >>> Backoff().retry_at(Milliseconds(0), 1, "k", asked=7_000)
        7000
        """
        bound = min(self.longest, self.first << min(attempts - 1, 32))
        drawn = int.from_bytes(
            blake2b(f"{key}\0{attempts}".encode(), digest_size=4).digest(), "big"
        )
        return Milliseconds(now + max(bound * drawn >> 32, min(asked, _LONGEST_ASKED)))
