"""Which names this server goes by: a guard against DNS rebinding.

A page of somebody else can have its own name resolve to this machine, and then its scripts count as
ours. An address cannot be made to point elsewhere, so every address is let through.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_ours(host: str, names: Collection[str]) -> bool:
    """Tell whether the header `Host` holds an address, localhost, or one of our names.

    >>> is_ours("127.0.0.1:8080", ()), is_ours("[::1]:8080", ()), is_ours("localhost", ())
    (True, True, True)
    >>> is_ours("evil.example:8080", ()), is_ours("dm.example", {"dm.example"})
    (False, True)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        ip_address(name)
    except ValueError:
        return name == "localhost" or name in names
    return True
