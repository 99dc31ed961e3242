from __future__ import annotations

import pytest

from pipeline.avro.wire import RegistrySettings


def test_credentials_are_kept_and_never_shown() -> None:
    """They go into the header, and into no text that somebody could log."""
    settings = RegistrySettings.parse("http://ana:p%40ss:word@one:8081/base/,http://two:8081")
    assert settings.authorization == "Basic YW5hOnBAc3M6d29yZA=="
    assert [str(url) for url in settings.urls] == ["http://one:8081/base", "http://two:8081"]
    assert "p@ss" not in repr(settings)
    assert "p%40ss" not in repr(settings)


def test_without_credentials_none_are_sent() -> None:
    """A registry that everybody may ask gets no header."""
    assert RegistrySettings.parse("https://registry").authorization is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 1),
        ("registry:8081", 1),
        ("ftp://registry", 1),
        ("http://", 1),
        ("http://registry:port", 1),
        ("http://one:8081,", 2),
        ("http://one:8081 http://ana:secret@two:8081", 1),
    ],
)
def test_what_is_no_url_is_refused(text: str, place: int) -> None:
    """The complaint says which one, how it should be, and nothing that was in it."""
    with pytest.raises(ValueError, match=rf"URL {place} of the schema registry is none") as caught:
        RegistrySettings.parse(text)
    assert "secret" not in str(caught.value)
