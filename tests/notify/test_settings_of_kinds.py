from __future__ import annotations

import pytest

from pipeline.notify._registry import KINDS
from tests.notify._problems import problems

NEEDED = {
    "webhook": {"url": '"http://x.example"', "secret": '"s"'},
    "slack": {"url": '"http://x.example"'},
    "email": {"host": '"x.example"', "from": '"a@x.example"', "to": '["b@x.example"]'},
    "alertmanager": {"url": '"http://x.example"'},
    "apprise": {"url": '"json://x.example"'},
}
FIELDS = [
    (kind, field.alias or name)
    for kind, known in KINDS.items()
    for name, field in known.settings.model_fields.items()
    if name != "kind"
]
ODD = ["-1", "100000.5", "nan", '""', "[1]", "{ 9x = 1 }", "2026-11-24"]


@pytest.mark.parametrize(("kind", "key"), FIELDS)
def test_problems_are_told_in_our_words(kind: str, key: str) -> None:
    """Whatever is wrong with a value, its key is named, and no sentence is a library's."""
    for odd in ODD:
        lines = {"kind": f'"{kind}"', **NEEDED[kind], key: odd}
        text = "[notifiers.a]\n" + "\n".join(f"{name} = {value}" for name, value in lines.items())
        for line in problems(text):
            assert f"notifiers.a.{key}" in line
            assert "Input should" not in line
            assert "String should" not in line


@pytest.mark.parametrize(
    ("line", "given", "allowed"),
    [
        (
            'labels = { 9x = "a" }',
            "labels.9x is a name of another form",
            "text by names of letters, digits and _ that begin with no digit",
        ),
        (
            "timeout_seconds = 100",
            "timeout_seconds is 100",
            "a number of seconds, above 0 and at most 60",
        ),
        (
            "repeat_seconds = 0.5",
            "repeat_seconds is 0.5",
            "a number of seconds from 1 to 3600",
        ),
    ],
)
def test_what_is_allowed_is_that_of_the_key(line: str, given: str, allowed: str) -> None:
    """Two keys with values of one type allow different things, and say so."""
    text = f'[notifiers.a]\nkind = "alertmanager"\nurl = "http://x.example"\n{line}\n'
    assert problems(text) == [f"alerts.toml:4: notifiers.a.{given}; allowed: {allowed}"]


def email(*changes: tuple[str, str]) -> str:
    """Return the settings of a mail server, with some lines replaced."""
    lines = {
        "kind": '"email"',
        "host": '"smtp.example"',
        "from": '"outreach@northfold.example"',
        "to": '["ops@northfold.example"]',
    }
    lines.update(changes)
    return "[notifiers.mail]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (email(("from", '"Ops <a@b.example>\\r\\nBcc: c@d.example"')), "notifiers.mail.from is"),
        (email(("to", '["a@b.example, c@d.example"]')), "notifiers.mail.to[1] is"),
        (email(("to", "[]")), "notifiers.mail.to is a list; allowed: at least one"),
        (email(("port", "65536")), "notifiers.mail.port is 65536; allowed: a whole number from 1"),
        (email(("port", "true")), "notifiers.mail.port is true; allowed: a whole number from 1"),
        (email(("tls", '"yes"')), "allowed: 'starttls', 'implicit' or 'none'"),
        (email(("password", '"p"')), "6: notifiers.mail.password is given"),
        (email(("username", '"me"')), "6: notifiers.mail.username is given without password; all"),
        (
            email(("username", '"me"'), ("password", '"p"'), ("tls", '"none"')),
            '8: notifiers.mail.tls is "none"; allowed: "starttls" or "implicit" for a password',
        ),
    ],
)
def test_mail_is_checked(text: str, expected: str) -> None:
    """Addresses are addresses and no headers, and a password does not travel in the open."""
    assert any(expected in line for line in problems(text))


def test_apprise_must_know_the_url() -> None:
    """A kind of URL that the library does not know is found at the start."""
    [wrong] = problems('[notifiers.x]\nkind = "apprise"\nurl = "pigeon://roof"\n')
    assert "notifiers.x.url is of another form; allowed: a URL that Apprise knows" in wrong


@pytest.mark.parametrize("secret", ["whsec_!", "whsec_", "whsec_é", "whsec_=", "whsec_YQ"])
def test_webhook_secrets_are_checked(secret: str) -> None:
    """What has the prefix must be base64, and of something: an empty key signs nothing."""
    text = (
        f'[notifiers.x]\nkind = "webhook"\nurl = "http://x.example"\nsecret = ["a", "{secret}"]\n'
    )
    [wrong] = problems(text)
    assert wrong == (
        "alerts.toml:4: notifiers.x.secret is of another form; "
        "allowed: a secret with base64 after whsec_, or any other text"
    )
