from __future__ import annotations

import json

import msgspec

from pipeline.report import Report, to_json
from pipeline.report._model import Scope
from tests.report._reports import big_report, empty_report


def test_keys_are_the_documented_ones() -> None:
    """The docstring promises these keys to programs, in this order."""
    assert list(json.loads(to_json(big_report()))) == [
        "scope",
        "headline",
        "platforms",
        "campaigns",
        "templates",
        "steps",
        "hours",
        "riskiest_campaigns",
        "rules",
        "violating_campaigns",
        "violating_accounts",
        "dead_letters",
    ]


def test_rate_is_an_object_with_its_denominator() -> None:
    """A program gets the counts, not only their quotient."""
    rate = json.loads(to_json(big_report()))["headline"]["response"]
    assert list(rate) == ["part", "whole", "rate", "low", "high"]
    assert (rate["part"], rate["whole"]) == (96_600, 500_000)
    assert rate["rate"] == 96_600 / 500_000


def test_nothing_is_null() -> None:
    """What cannot be divided is null, and never NaN, which is no JSON."""
    found = json.loads(to_json(empty_report(Scope())), parse_constant=lambda name: [][int(name)])
    assert found["headline"]["response"]["rate"] is None
    assert found["headline"]["first_sent_at"] is None


def test_every_campaign_is_there() -> None:
    """What people see a part of, programs get whole, and as it was."""
    report = big_report()
    assert msgspec.json.decode(to_json(report), type=Report) == report
