from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from pipeline.report import Report, print_report
from pipeline.report._model import DeadLetters, Scope
from tests.report._reports import big_report, empty_report


def printed(report: Report, width: int = 120, *, terminal: bool = False) -> str:
    """Return what is printed on a console of this width."""
    output = io.StringIO()
    console = Console(
        file=output,
        width=width,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
    )
    print_report(report, console)
    return output.getvalue()


def line_with(text: str, words: str) -> str:
    """Return the one line that has these words."""
    (line,) = [line for line in text.splitlines() if words in line]
    return line


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    """A terminal need never break a line by itself."""
    assert max(map(len, printed(big_report(), width).splitlines())) <= width


@settings(deadline=None, max_examples=15)
@given(st.text(max_size=60))
def test_no_name_breaks_the_layout(name: str) -> None:
    """Names of any length and script leave every line on the screen, and nothing to obey."""
    text = printed(big_report(name), 80)
    for line in text.split("\n"):
        assert cell_len(line) <= 80
    assert "\x1b" not in text


def test_report_is_no_wider_than_reads_well() -> None:
    """On a very wide terminal the columns stay together."""
    assert max(map(len, printed(big_report(), 300).splitlines())) <= 120


@pytest.mark.parametrize("width", [80, 120])
def test_denominator_stands_beside_every_rate_of_the_head(width: int) -> None:
    """The figures say what they are of, at any width."""
    head = printed(big_report(), width).split("Response rate by platform")[0]
    squeezed = " ".join(head.split())
    for words in ("19.3 %", "96,600 of 500,000", "50,000 of 96,600", "260,000 of 1,250,000"):
        assert words in squeezed
    assert "2 h 53 min" in squeezed
    assert "mean 14 h 50 min" in squeezed


@pytest.mark.parametrize("width", [80, 120])
def test_every_row_with_a_rate_has_its_denominator(width: int) -> None:
    """No line of a table shows a percentage without saying of how many."""
    tables = printed(big_report(), width).split("Response rate by platform")[1]
    rows = [line for line in tables.splitlines() if "━" in line and "%" in line]
    assert len(rows) > 30
    assert [row for row in rows if " of " not in row] == []


def test_best_and_worst_campaigns_are_shown() -> None:
    """Of many campaigns the first and the last five are printed, and how many are between."""
    text = printed(big_report()).split("Response rate by campaign")[1].split("Templates")[0]
    shown = [line.split()[0] for line in text.splitlines() if line.startswith("campaign-")]
    assert shown == [f"campaign-{number:02}" for number in (*range(5), *range(15, 20))]
    assert "10 between" in text


def test_campaign_of_few_attempts_is_not_ranked() -> None:
    """Three of four is no best campaign."""
    text = printed(big_report())
    assert "tiny" not in text
    assert "1 campaign with fewer than 30 attempts" in text


def test_rate_of_few_is_marked_and_the_mark_explained() -> None:
    """A rate of eleven attempts reads differently from one of a thousand."""
    text = printed(big_report()).split("Response rate by campaign")[0]
    assert "~18.2 %" in line_with(text, "2 of 11")
    assert "~" not in line_with(text, "300 of 1,000")
    assert "fewer than 30" in text


def test_late_steps_share_a_row() -> None:
    """Steps without end end in one row that sums them up."""
    text = printed(big_report()).split("Steps")[1].split("Response rate by")[0]
    assert "7  follow-up 7" in text
    assert "20 of 8,000" in line_with(text, "8 and later")


def test_sentences_say_what_follow_ups_bring() -> None:
    """The table of steps ends in words."""
    text = " ".join(printed(big_report(), 80).split())
    assert "Follow-up 1 brings 16.1 % of all 124,045 replies." in text
    assert "Step 3 and later: 45 replies of 18,000 touches." in text


def test_best_hours_are_named_with_their_denominator() -> None:
    """The map of hours ends in words, and hours of few attempts are not among the best."""
    line = line_with(printed(big_report()), "Best: ")
    assert line.startswith("Best: Fri 23:00 (28.0 % of 100)")


def test_map_of_hours_has_a_strip_for_each_day() -> None:
    """Each day is a strip of as many cells as the day has hours."""
    lines = printed(big_report(), 80).splitlines()
    strips = {
        line[:3]: line[5:]
        for line in lines
        if line[:5].strip() in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "all"}
    }
    assert len(strips) == 8
    assert {len(strip) for strip in strips.values()} == {48}
    assert strips["Sat"] == "· " * 24
    assert strips["Fri"].endswith("██")


def test_few_hours_make_no_map() -> None:
    """One hour with enough attempts shows no pattern, but may be named."""
    report = big_report()
    only = tuple(entry for entry in report.hours if (entry.weekday, entry.hour) == (1, 9))
    text = printed(msgspec.structs.replace(report, hours=only))
    assert "Best: Mon 09:00 (10.0 % of 100)." in text
    assert "Sun" not in text


def test_worst_campaigns_share_is_said() -> None:
    """How much of all the trouble comes from a few campaigns is said in words."""
    line = line_with(printed(big_report()), "These first 4 of 9 campaigns")
    assert "76.9 % of the 260,000 touches" in line


@pytest.mark.parametrize("width", [80, 120])
def test_riskiest_campaigns_are_shown_with_their_reasons(width: int) -> None:
    """The five with the greatest risk, whether people were told, and what weighs most."""
    text = printed(big_report(), width).split("Riskiest campaigns")[1].split("Broken rules")[0]
    rows = [line for line in text.splitlines() if "━" in line]
    assert [row.split()[2] for row in rows] == ["99", "98", "97", "96", "95"]
    assert rows[0].rstrip().endswith("open since 2026-09-30 22:04, paused")
    assert rows[3].rstrip().endswith("open since 2026-09-30 22:04")
    assert rows[4].split()[-1] == "95"
    words = " ".join(text.split())
    assert "campaign-0: 26 of 26 messages were copies; 9 of 26 openers hold a link." in words
    assert "it is late" not in words


def test_report_without_violations_says_so() -> None:
    """That nobody broke a rule is worth a line, and no table."""
    clean = msgspec.structs.replace(
        big_report(),
        headline=msgspec.structs.replace(
            big_report().headline, violating=big_report().headline.violating.of(0, 1_250_000)
        ),
        rules=(),
        violating_campaigns=(),
        violating_accounts=(),
    )
    text = printed(clean)
    assert "No touch broke a rule." in text
    assert "Accounts that break most rules" not in text


def test_sections_with_nothing_to_say_are_left_out() -> None:
    """No heading stands above nothing."""
    quiet = msgspec.structs.replace(big_report(), templates=(), dead_letters=DeadLetters(0, {}))
    text = printed(quiet)
    assert "Templates" not in text
    assert "Dead letters" not in text


def test_dead_letters_are_printed_with_their_reasons() -> None:
    """Whoever reads the report learns how many events are missing from it, and why."""
    text = printed(big_report()).split("Dead letters")[1]
    assert "7 events could not be used" in text
    assert "5  is no JSON" in text


def test_empty_warehouse_says_how_to_load() -> None:
    """Where nothing was loaded the report says so, and names the command."""
    text = printed(empty_report(Scope()), 80)
    assert "Nothing was loaded yet." in text
    assert "outreach run FILE" in text
    assert "%" not in text


def test_empty_scope_names_what_is_not_there() -> None:
    """A campaign that does not exist is told from an empty warehouse."""
    text = printed(empty_report(Scope("north", "sprang")))
    assert "no message of workspace 'north' and campaign 'sprang'" in text


def test_scope_stands_in_the_title() -> None:
    """A report of a part says of which."""
    part = msgspec.structs.replace(big_report(), scope=Scope("north", "spring"))
    title = printed(part).splitlines()[0]
    assert "2026-07-01 to 2026-09-30" in title
    assert "workspace north, campaign spring" in title


def test_colours_stand_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets colours, a pipe none, and NO_COLOR takes them from a terminal, too."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[36m" in printed(big_report(), terminal=True)
    assert "\x1b" not in printed(big_report())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in printed(big_report(), terminal=True)
