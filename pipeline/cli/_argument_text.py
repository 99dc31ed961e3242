"""Texts that are given as arguments of a command."""

from __future__ import annotations

from pipeline.cli._installation import Installation


def require_characters(installation: Installation, name: str, *given: str) -> None:
    """End the command if a text that was given for an argument is no UTF-8.

    Python lets such an argument in, but it can be neither printed nor written down.
    """
    for text in given:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise installation.fail(
                f"{name} is no UTF-8 (at character {error.start + 1}); write it in UTF-8."
            ) from None
