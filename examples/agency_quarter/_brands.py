"""The agency's side: workspaces, brands and their accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from examples.agency_quarter._data import table


@dataclass(frozen=True, slots=True)
class Account:
    """A brand's account on one platform. The account id may exist on several platforms."""

    workspace: str | None
    platform: str
    account_id: str
    brand: str
    domain: str
    sender: str
    """Who writes from it."""

    @property
    def email(self) -> str:
        """The sender's address, for creators to write to."""
        return f"{self.sender.lower()}@{self.domain}"

    @property
    def email_spelt_out(self) -> str:
        """The same address for people who dislike filters."""
        return self.email.replace("@", " at ").replace(".", " dot ")


def accounts() -> list[Account]:
    """Return every account, always in the same order."""
    return list(_accounts())


def _accounts() -> Iterator[Account]:
    for brand in table("brands")["brands"]:
        handle = brand["name"].lower().replace(" ", "")
        for platform, count in brand["accounts"].items():
            for number in range(count):
                yield Account(
                    workspace=brand.get("workspace"),
                    platform=platform,
                    account_id=f"{handle}.{brand['teams'][number]}",
                    brand=brand["name"],
                    domain=brand["domain"],
                    sender=brand["senders"][number % len(brand["senders"])],
                )
