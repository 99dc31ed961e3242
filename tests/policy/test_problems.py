"""How a policy file that cannot be used is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.policy import PolicyError, Problem, check, load

ALL_WRONG = """\
effective_from = 2026-03-01T00:00:00
[rules]
max_folow_ups = 1
min_gap = 72
quiet_hours = { value = "22:00-22:00", source = "hous", nota = "x" }
note = \"\"\"
opted_out = 5
\"\"\"
opted_out = ["on"]
[rulez]
[[override]]
account_daily_cap = 20
[[override]]
workspace = 5
[[override]]
platform = "insta"
"account_daily_cap" = "fifty"
max_pre_accept = true
campaign = ""
[override.recontact_gap]
value = "30 days"
[[account]]
platform = "x"
timezone = "europe/berlin"
"""
EXPECTED = [
    ("effective_from", 1, "2026-03-01 00:00:00", None),
    ("rules.max_folow_ups", 3, "an unknown key", "max_follow_ups"),
    ("rules.min_gap", 4, "72", None),
    ("rules.quiet_hours.value", 5, '"22:00-22:00"', None),
    ("rules.quiet_hours.source", 5, '"hous"', None),
    ("rules.quiet_hours.nota", 5, "an unknown key", "note"),
    ("rules.note", 6, "an unknown key", None),
    ("rules.opted_out", 9, "a list", None),
    ("rulez", 10, "an unknown key", "rules"),
    ("override[1]", 11, "without a selector", None),
    ("override[2]", 13, "without a setting", None),
    ("override[2].workspace", 14, "5", None),
    ("override[3].platform", 16, '"insta"', None),
    ("override[3].account_daily_cap", 17, '"fifty"', None),
    ("override[3].max_pre_accept", 18, "true", None),
    ("override[3].campaign", 19, '""', None),
    ("override[3].recontact_gap.value", 21, '"30 days"', None),
    ("account[1].account", 22, "missing", None),
    ("account[1].timezone", 24, '"europe/berlin"', None),
]


def problems_of(path: Path, content: bytes) -> tuple[Problem, ...]:
    """Write the file and return what is wrong with it."""
    path.write_bytes(content)
    with pytest.raises(PolicyError) as caught:
        load(path)
    return caught.value.problems


def test_every_problem_is_found_in_one_go(tmp_path: Path) -> None:
    """Each problem names its key and line, what was given, and the key that was meant."""
    problems = problems_of(tmp_path / "policy.toml", ALL_WRONG.encode())
    found = [(each.key, each.line, each.given, each.suggestion) for each in problems]
    assert found == EXPECTED


def test_an_error_reads_as_one_line_for_each_problem(tmp_path: Path) -> None:
    """The text of the error is what a person needs to mend the file."""
    path = tmp_path / "policy.toml"
    path.write_text('[rules]\nmin_gapp = 5\nopted_out = "maybe"\n')
    with pytest.raises(PolicyError) as caught:
        load(path)
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{path}:2: rules.min_gapp is an unknown key (did you mean min_gap?);")
    assert second == f'{path}:3: rules.opted_out is "maybe"; allowed: "on" or "off"'


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("max_follow_ups = -1", "a whole number from 0"),
        ("max_follow_ups = 1.0", "a whole number from 0"),
        ("account_daily_cap = 1000000001", "a whole number from 0"),
        ('min_gap = "0h"', "a span"),
        ('min_gap = "72"', "a span"),
        ('min_gap = "72 h"', "a span"),
        ('min_gap = "-5h"', "a span"),
        ('min_gap = "3651d"', "at most 3650 days"),
        ('quiet_hours = "9-17"', "two different times"),
        ('quiet_hours = "25:00-08:00"', "two different times"),
        ('quiet_hours = "00:00-24:00"', "two different times"),
        ("quiet_hours = false", "two different times"),
        ("opted_out = 1", '"on" or "off"'),
        ("pause_at = 0", "a spam risk from 1 to 100"),
        ("pause_at = 101", "a spam risk from 1 to 100"),
        ("pause_at = true", "a spam risk from 1 to 100"),
        ('pause_at = "on"', "a spam risk from 1 to 100"),
        ('opted_out = { note = "no value" }', "it cannot be left out"),
        ('opted_out = { value = "on", note = 5 }', "text, in quotation marks"),
    ],
)
def test_a_bad_value_is_told_what_is_allowed(tmp_path: Path, setting: str, allowed: str) -> None:
    """Every kind of setting says how it is written."""
    (problem,) = problems_of(tmp_path / "policy.toml", f"[rules]\n{setting}".encode())
    assert problem.line == 2
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("moment", "given"),
    [
        ("1969-12-31T23:59:59Z", "1969-12-31"),
        ("2300-01-01T00:00:00Z", "2300-01-01"),
        ("2026-03-01", "2026-03-01"),
        ('"soon"', '"soon"'),
        ("0001-01-01T00:00:00+23:59", "0001-01-01"),
    ],
)
def test_a_policy_comes_into_force_at_a_real_moment(
    tmp_path: Path, moment: str, given: str
) -> None:
    """`effective_from` is a date and time with an offset, within the years that events may have."""
    (problem,) = problems_of(tmp_path / "policy.toml", f"effective_from = {moment}".encode())
    assert (problem.key, given in problem.given) == ("effective_from", True)


@pytest.mark.parametrize(
    ("content", "line", "given"),
    [
        (b"[rules]\nmin_gap = \n", 2, "no TOML"),
        (b"[rules]\n[rules]\n", 2, "no TOML"),
        (b"a = " + b"[" * 100_000, None, "no TOML"),
        (b"a = " + b"1" * 5_000, None, "no TOML (a number of too many digits)"),
        (b"[rules]\nmin_gap = 0x" + b"f" * 5_000, 2, "a number of too many digits"),
        (b"\xff\xfe", None, "no UTF-8"),
        (b"override = 5", 1, "5"),
        (b"override = [5]", 1, "5"),
        (b"rules = []", 1, "a list"),
    ],
)
def test_a_file_that_is_no_policy_at_all(
    tmp_path: Path, content: bytes, line: int | None, given: str
) -> None:
    """What is no TOML, no text, or of another shape is explained, too."""
    (problem,) = problems_of(tmp_path / "policy.toml", content)
    assert (problem.line, given in problem.given) == (line, True), problem


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is the problem, and there is no traceback."""
    result = check(tmp_path / "none.toml")
    (problem,) = result.problems
    assert str(problem).startswith(f"{tmp_path / 'none.toml'}: this is unreadable")
    assert (result.policy, result.changes) == (None, ())


def test_an_account_may_be_named_once(tmp_path: Path) -> None:
    """Two zones for one account are a contradiction; the same account elsewhere is none."""
    entry = '[[account]]\nplatform = "x"\naccount = "brand"\ntimezone = "UTC"\n'
    content = entry + entry + 'workspace = "northfold"\n' + entry
    (problem,) = problems_of(tmp_path / "policy.toml", content.encode())
    assert (problem.key, problem.line) == ("account[3]", 10)


@pytest.mark.parametrize("selector", ['platform = "x"', 'account = "brand"'])
def test_a_campaign_is_paused_as_a_whole(tmp_path: Path, selector: str) -> None:
    """There is no risk of a part of it at which that part could be paused."""
    content = f'[[override]]\n{selector}\ncampaign = "spring"\npause_at = 60\n'
    (problem,) = problems_of(tmp_path / "policy.toml", content.encode())
    assert (problem.key, problem.line) == ("override[1].pause_at", 4)
    assert problem.allowed.startswith("an override without platform and account")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    """A file saved by an editor of Windows is read like any other."""
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xef\xbb\xbf[rules]\r\nmax_follow_ups = 1\r\n")
    assert check(path).problems == ()


def test_a_check_says_what_differs_from_the_defaults(tmp_path: Path) -> None:
    """A sound file is summed up by the settings that are not as shipped."""
    path = tmp_path / "policy.toml"
    path.write_text(
        """
        [rules]
        max_follow_ups = 2
        min_gap = "48h"
        max_pre_accept = 2
        [[override]]
        platform = "x"
        campaign = "spring"
        account_daily_cap = { value = "off", source = "vendor" }
        quiet_hours = "21:00-08:00"
        """
    )
    result = check(path)
    assert (result.problems, result.policy) == ((), load(path))
    assert [str(change) for change in result.changes] == [
        "everyone: min_gap 3d -> 2d (house)",
        "everyone: max_pre_accept instagram 1, tiktok 3, x off, linkedin off -> 2 (house)",
        "platform x, campaign spring: account_daily_cap 500 -> off (vendor)",
    ]
