"""Hand a notice over to a web server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from aiohttp import ClientError, ClientTimeout
from pydantic import SecretStr

from pipeline.notify._notifier import DeliveryError, Surroundings
from pipeline.notify._plain import one_line

_TAKEN: Final = range(200, 300)
_NEVER: Final = {400, 413, 415, 422}
"""It is this notice that the server does not take. All others can change: a server comes back, and
people correct a wrong address or password; until then nothing may be lost."""
_LONGEST_REASON: Final = 200


async def post(
    surroundings: Surroundings,
    url: SecretStr,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float,
) -> None:
    """Send JSON, and return once the server has answered that it has taken it.

    Raises DeliveryError when it has not, or does not answer in so many seconds.
    """
    try:
        async with surroundings.session.post(
            url.get_secret_value(),
            data=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=ClientTimeout(total=seconds),
            allow_redirects=False,
        ) as answer:
            if answer.status in _TAKEN:
                return
            said = await answer.content.read(4 * _LONGEST_REASON)
            raise DeliveryError(
                _reason(answer.status, said),
                retry=answer.status not in _NEVER,
                after=_asked(answer.headers.get("Retry-After", ""), surroundings.now()),
            )
    except TimeoutError:
        raise DeliveryError(f"no answer within {seconds:g} seconds") from None
    except (ClientError, OSError, ValueError) as error:
        raise DeliveryError(f"{type(error).__name__}: {error}") from None


def _reason(status: int, said: bytes) -> str:
    text = one_line(said.decode("utf-8", "replace"), _LONGEST_REASON)
    return f"it answers {status}: {text}" if text else f"it answers {status}"


def _asked(retry_after: str, now: float) -> float:
    """Return how many seconds to wait: a number of them, or until a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return 0.0
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(zoned.timestamp() - now, 0.0)
