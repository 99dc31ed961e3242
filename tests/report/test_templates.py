from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import Rate
from pipeline.report._templates import TemplateRow, compare_templates


def row(campaign: str, template: str, replied: int, attempts: int) -> TemplateRow:
    """Return the attempts of a template."""
    return TemplateRow("north", campaign, template, Rate.of(replied, attempts))


def test_difference_by_chance_is_not_named() -> None:
    """Seven against five of twenty is no reason to change a template."""
    assert compare_templates([row("spring", "a", 7, 20), row("spring", "b", 5, 20)]) == ()


def test_more_pairs_need_more_evidence() -> None:
    """What convinces alone does not among a hundred pairs: one would differ so by chance."""
    pair = [row("spring", "a", 60, 200), row("spring", "b", 40, 200)]
    others = [
        row(f"other-{number}", template, 20, 100) for number in range(100) for template in "ab"
    ]
    assert len(compare_templates(pair)) == 1
    assert compare_templates([*pair, *others]) == ()


def test_greatest_difference_comes_first() -> None:
    """Campaigns are in the order of what a better template would gain them."""
    rows = [
        row("small", "a", 300, 1_000),
        row("small", "b", 200, 1_000),
        row("great", "a", 100, 1_000),
        row("great", "b", 500, 1_000),
    ]
    assert [one.campaign_id for one in compare_templates(rows)] == ["great", "small"]


def test_templates_of_two_campaigns_are_not_compared() -> None:
    """A template that is good in one campaign says nothing about another campaign's."""
    assert compare_templates([row("spring", "a", 900, 1_000), row("autumn", "b", 1, 1_000)]) == ()


def test_attempts_without_a_template_are_left_out() -> None:
    """What has no name cannot be chosen."""
    rows = [row("spring", "", 900, 1_000), row("spring", "b", 1, 1_000)]
    assert compare_templates([*rows, row("", "b", 900, 1_000), row("", "c", 1, 1_000)]) == ()


COUNTS = st.integers(min_value=0, max_value=500).flatmap(
    lambda attempts: st.tuples(st.integers(min_value=0, max_value=attempts), st.just(attempts))
)


@given(st.dictionaries(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd")), COUNTS))
def test_named_templates_are_in_the_order_of_their_rates(
    found: dict[tuple[str, str], tuple[int, int]],
) -> None:
    """The best stands first, the worst last, and none without an attempt is among them."""
    rows = [row(campaign, template, *counts) for (campaign, template), counts in found.items()]
    for compared in compare_templates(rows):
        rates = [one.response.rate for one in compared.templates]
        assert None not in rates
        assert rates == sorted(rates, key=lambda rate: -(rate or 0.0))
        assert rates[0] != rates[-1]
