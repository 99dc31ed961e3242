from __future__ import annotations

import re
from pathlib import Path

from tests.examples.line_check import fault

README = Path(__file__).parents[2] / "examples" / "README.md"


def test_listed_lines_are_wrong_and_the_others_right(mistakes: list[str]) -> None:
    """The lines that the README lists as mistakes are exactly those with a fault."""
    rows = re.findall(r"^\| (\d+) \|", README.read_text("utf-8"), re.MULTILINE)
    listed = [int(number) for number in rows]
    wrong = [number for number, line in enumerate(mistakes, 1) if fault(line) is not None]
    assert wrong == listed


def test_mistakes_stand_among_good_lines(mistakes: list[str]) -> None:
    """A third of the small log can be used, before and after every kind of mistake."""
    right = [number for number, line in enumerate(mistakes, 1) if fault(line) is None]
    assert len(right) >= len(mistakes) // 3
    assert right[0] == 1
    assert right[-1] == len(mistakes)
