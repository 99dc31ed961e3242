"""The whole page around what it shows."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from pipeline.web.page._markup import Markup, element, join

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='4' fill='%23205fd3'/%3E"
    "%3Cpath d='M4 11V8m4 3V5m4 6V7' stroke='white' stroke-width='2'/%3E%3C/svg%3E"
)
_RELOAD_SECONDS = 10
"""Without scripts the page loads itself again."""


def _asset(name: str) -> Markup:
    return Markup(files("pipeline.web.page").joinpath(name).read_text("utf-8"))


def _fingerprint(asset: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()}'"


_STYLE = _asset("page.css")
_SCRIPT = _asset("page.js")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_fingerprint(_STYLE)}",
        f"script-src {_fingerprint(_SCRIPT)}",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Lets in our own style and script, which stand in the page, and nothing else."""


def document(title: str, body: Markup, *head: Markup, refreshing: bool = False) -> str:
    """Return a page that loads nothing from elsewhere; refreshing, it keeps itself up to date."""
    reload = element("meta", http_equiv="refresh", content=str(_RELOAD_SECONDS))
    whole = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("title", title),
            element("link", rel="icon", href=_ICON),
            element("style", _STYLE),
            *head,
            *([element("noscript", reload)] if refreshing else []),
        ),
        element("body", body, *([element("script", _SCRIPT)] if refreshing else [])),
        lang="en",
    )
    return join([Markup("<!doctype html>\n"), whole, Markup("\n")])
