from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.alerts import Quiet, Route
from pipeline.notify import AlertSettingsError, load_alert_settings, read_alert_settings
from pipeline.notify._registry import KINDS
from tests.notify._problems import problems

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy" / "alerts.toml"
SLACK = '[notifiers.team]\nkind = "slack"\nurl = "https://hooks.example/T0"\n'


def test_the_example_is_sound() -> None:
    """The file of the tree can be used as it stands, and names each kind of notifier."""
    text = EXAMPLE.read_text("utf-8")
    environment = dict.fromkeys(re.findall(r'env = "([A-Z_]+)"', text), "https://x.example")
    settings = load_alert_settings(EXAMPLE, environment)
    assert set(settings.notifiers) == {"on-call", "team", "mail", "prometheus"}
    assert set(re.findall(r'kind = "(\w+)"', text)) == set(KINDS)


def test_all_of_the_example_is_sound() -> None:
    """What is commented out in it is sound too."""
    text = re.sub(
        r"(?m)^# (?=\[|kind|url|timeout|notifiers|at_least)", "", EXAMPLE.read_text("utf-8")
    )
    environment = dict.fromkeys(re.findall(r'env = "([A-Z_]+)"', text), "https://x.example")
    assert "phone" in read_alert_settings(text, "alerts.toml", environment).notifiers


def test_without_routes_everybody_is_told_everything() -> None:
    """A file may have nothing but a notifier."""
    settings = read_alert_settings(SLACK, "alerts.toml", {})
    assert settings.routing.routes == (Route(("team",)),)


def test_routes_are_read() -> None:
    """Each field means what it says; minutes are counted from midnight."""
    text = f"""{SLACK}
[[routes]]
workspace = "northfold"
notifiers = ["team"]
at_least = 70
quiet = {{ from = "22:30", until = "07:00", timezone = "Europe/Berlin", unless_at_least = 90 }}
[[routes]]
notifiers = ["team"]
quiet = {{ from = "00:00", until = "06:00", timezone = "UTC" }}
"""
    assert read_alert_settings(text, "alerts.toml", {}).routing.routes == (
        Route(("team",), "northfold", 70, Quiet(22 * 60 + 30, 7 * 60, "Europe/Berlin", 90)),
        Route(("team",), "*", 0, Quiet(0, 6 * 60, "UTC", 101)),
    )


def test_secrets_come_from_the_environment_and_show_nowhere() -> None:
    """A value may name a variable; neither the settings nor what is wrong with them show it."""
    text = SLACK.replace('"https://hooks.example/T0"', '{ env = "SLACK_URL" }')
    settings = read_alert_settings(text, "alerts.toml", {"SLACK_URL": "https://x.example/sesame"})
    assert "sesame" not in repr(settings)
    [unset] = problems(text)
    assert unset.removeprefix("alerts.toml:3: notifiers.team.url is ") == (
        "the environment variable SLACK_URL, which is not set; "
        "allowed: one that is set, or text in quotation marks"
    )
    [wrong] = problems(text, SLACK_URL="sesame")
    assert "sesame" not in wrong
    [wrong] = problems('[notifiers.x]\nkind = "webhook"\nurl = "http://x.example"\nsecret = ""\n')
    assert wrong.startswith("alerts.toml:4: notifiers.x.secret is of another form; allowed: text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "this file|notifiers is missing; allowed: at least one"),
        ("[notifiers]\n", "1: notifiers is missing; allowed: at least one"),
        ("notifiers = 3\n", "1: notifiers is 3; allowed: a table"),
        ("[notifiers]\nteam = 3\n", "2: notifiers.team is 3; allowed: a table"),
        ("[notifiers.team]\n", '1: notifiers.team.kind is missing; allowed: "webhook", "slack", '),
        ('[notifiers.team]\nkind = "pigeon"\n', '2: notifiers.team.kind is "pigeon"; allowed: "w'),
        ('[notifiers.team]\nkind = "slack"\n', "1: notifiers.team.url is missing; allowed: it"),
        (SLACK + "urll = 3\n", "4: notifiers.team.urll is an unknown key (did you mean url?)"),
        (SLACK + "timeout_seconds = 0\n", "4: notifiers.team.timeout_seconds is 0; allowed: "),
        (SLACK.replace("https:", "ftp:"), "3: notifiers.team.url is of another form; allowed: the"),
        (SLACK.replace("team", '"a b"'), "name of another form; allowed: a name of 1 to 63"),
        (
            SLACK + SLACK.replace("team", "on-call") + '[[routes]]\nnotifiers = ["on-call"]\n',
            "1: notifiers.team is in no route, and so never told; allowed: a notifier that one of ",
        ),
        (SLACK + "[[routes]]\n", "4: routes[1].notifiers is missing; allowed: it cannot"),
        (SLACK + '[[routes]]\nnotifiers = ["tam"]\n', '"tam" (did you mean team?); allowed: team'),
        (SLACK + "[[routes]]\nnotifiers = []\n", "5: routes[1].notifiers is a list; allowed: at "),
        (SLACK + "routes = 3\n[x]\n", "4: notifiers.team.routes is an unknown key"),
        (SLACK + "[x]\n", "4: x is an unknown key; allowed: notifiers, routes"),
        ("[notifiers.team\n", "this is no TOML"),
        pytest.param(
            "x = " + "1" * 5_000, "no TOML (a number of too many digits)", id="cannot be read"
        ),
        pytest.param(
            SLACK + "timeout_seconds = 0x" + "f" * 5_000,
            "timeout_seconds is a number of too many digits",
            id="cannot be shown",
        ),
        pytest.param("x = " + "[" * 5_000, "no TOML (nested too deeply)", id="deep"),
    ],
)
def test_problems_name_file_key_and_what_is_allowed(text: str, expected: str) -> None:
    """Each sentence says where, what was found, and what may stand there."""
    found = problems(text)
    assert all(line.startswith("alerts.toml:") for line in found)
    assert any(part in found[0] for part in expected.split("|"))


QUIET = SLACK + '[[routes]]\nnotifiers = ["team"]\nat_least = {}\nquiet = {}\n'
GOOD = '{ from = "22:00", until = "07:00", timezone = "UTC" }'


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (QUIET.format(101, GOOD), "routes[1].at_least is 101", "a whole number from 0 to 100"),
        (QUIET.format('"80"', GOOD), 'routes[1].at_least is "80"', "a whole number"),
        (QUIET.format(80, GOOD.replace("22:00", "10pm")), "quiet.from", 'day, such as "22:00"'),
        (QUIET.format(80, GOOD.replace("UTC", "Berlin")), "quiet.timezone", "an IANA time zone"),
        (QUIET.format(80, GOOD.replace("from", "start")), "quiet.from is missing", "left out"),
        (QUIET.format(80, GOOD.replace("07:00", "22:00")), "quiet.until is the", "two different"),
        (QUIET.format(80, '"22:00-07:00"'), 'routes[1].quiet is "22:00-07:00"', "a table"),
    ],
)
def test_routes_are_checked(text: str, key: str, allowed: str) -> None:
    """What is wrong with a route is found before anybody should have been told."""
    found = problems(text)
    assert any(key in line and allowed in line for line in found)


def test_every_problem_is_found_at_once() -> None:
    """One need not mend the file ten times."""
    text = '[notifiers.a]\nkind = "b"\n[notifiers.c]\nkind = "slack"\n[[routes]]\nat_least = -1\n'
    keys = [line.split(": ", 1)[1].split(" is ")[0] for line in problems(text)]
    assert keys == [
        "notifiers.a.kind",
        "notifiers.c.url",
        "routes[1].notifiers",
        "routes[1].at_least",
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_files_that_cannot_be_read_say_why(tmp_path: Path, content: bytes | None) -> None:
    """A folder and a file of another encoding are problems as others are."""
    path = tmp_path / "alerts.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(AlertSettingsError, match=r"alerts\.toml: this is (unreadable|no UTF-8)"):
        load_alert_settings(path, {})
