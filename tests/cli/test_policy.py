from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli._command import outreach_here

AGENCY = """
effective_from = 2026-08-01T00:00:00Z

[rules]
min_gap = "48h"
quiet_hours = "21:00-08:00"

[[override]]
platform = "x"
campaign = "spring"
account_daily_cap = { value = 900, source = "vendor", note = "Their support said so." }
"""


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """Return a policy file that changes two settings, and repeats a third."""
    file = tmp_path / "agency.toml"
    file.write_text(AGENCY)
    return file


def test_problems_are_named_with_their_lines(tmp_path: Path) -> None:
    """Every problem goes to standard error with file, line, key and what is allowed."""
    file = tmp_path / "wrong.toml"
    file.write_text('[rules]\nmin_gapp = "48h"\nquiet_hours = "late"\n')
    done = outreach_here("policy", "check", file)
    assert (done.status, done.text) == (1, "")
    unknown, unreadable = done.errors.splitlines()
    assert unknown.startswith(f"{file}:2: rules.min_gapp is an unknown key")
    assert "did you mean min_gap?" in unknown
    assert unreadable.startswith(f'{file}:3: rules.quiet_hours is "late"; allowed: ')


def test_show_names_problems_too(tmp_path: Path) -> None:
    """A file that cannot be used cannot be shown."""
    file = tmp_path / "wrong.toml"
    file.write_text("[rules]\nmin_gap = 3\n")
    done = outreach_here("policy", "show", file)
    assert (done.status, done.text) == (1, "")
    assert f"{file}:2: rules.min_gap is 3" in done.errors


def test_sound_file_tells_what_it_changes(agency: Path) -> None:
    """Each change stands beside what was shipped; what only repeats the shipped value does not."""
    done = outreach_here("policy", "check", agency)
    assert (done.status, done.errors) == (0, "")
    words = [line.split() for line in done.text.splitlines()]
    assert ["everyone", "min_gap", "3d", "2d", "house"] in words
    changed = next(line for line in done.text.splitlines() if "campaign spring" in line)
    assert changed.split()[-4:] == ["account_daily_cap", "500", "900", "vendor"]
    assert "It holds from 2026-08-01" in done.text
    assert "quiet_hours" not in done.text


def test_file_that_changes_nothing_says_so(tmp_path: Path) -> None:
    """An empty file is sound."""
    file = tmp_path / "empty.toml"
    file.write_text("")
    done = outreach_here("policy", "check", file)
    assert done.status == 0
    assert "No setting differs" in done.text


def test_shipped_defaults_are_shown_with_their_sources() -> None:
    """Every rule is there, each platform with its own value, and why."""
    text = outreach_here("policy", "show").text
    shown = [line.split() for line in text.splitlines()]
    assert ["tiktok", "3", "official", "shipped"] in shown
    assert ["x,", "linkedin", "off", "house", "shipped"] in shown
    assert ["everyone", "3d", "house", "shipped"] in shown
    assert "help.x.com" in text
    assert "yours" not in text


def test_own_settings_are_shown_as_what_they_amount_to(agency: Path) -> None:
    """A setting for everyone goes before the shipped one, and one for some stands after it."""
    lines = outreach_here("policy", "show", agency).text.splitlines()
    shown = [line.split() for line in lines]
    assert ["everyone", "2d", "house", "yours"] in shown
    assert ["everyone", "3d", "house", "shipped"] not in shown
    x, some = ["x", "500", "official", "shipped"], "platform x, campaign spring  900"
    assert shown.index(x) < next(place for place, line in enumerate(lines) if some in line)
    assert "      Their support said so." in [line.rstrip() for line in lines]


def test_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    """A wrong name is no problem of a policy."""
    done = outreach_here("policy", "check", tmp_path / "absent.toml")
    assert done.status == 2
    assert "absent.toml" in done.errors
