"""How a policy is written down whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Platform
from pipeline.policy import DEFAULT_POLICY, Policy, PolicyError, Source
from tests.policy.samples import Loader, counts, limits, own_document, selections


def test_equal_policies_have_one_document(policy_of: Loader) -> None:
    """How a value is spelt, and in which order accounts are listed, makes no difference."""
    entry = '[[account]]\nplatform = "x"\naccount = "{}"\ntimezone = "UTC"\n'
    one = policy_of(
        '[rules]\nmin_gap = "48h"\nopted_out = false\n' + entry.format("a") + entry.format("b")
    )
    two = policy_of(
        entry.format("b")
        + entry.format("a")
        + '[rules]\nopted_out = "off"\nmin_gap = { value = "2d" }\n'
    )
    assert one.document() == two.document()
    assert one == two
    assert hash(one) == hash(two)
    assert one != DEFAULT_POLICY


spans = st.integers(1, 10**9).map(lambda length: f"{length}ms")
times = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(
    lambda both: both[0] != both[1]
)
values: dict[str, st.SearchStrategy[Any]] = {
    "max_follow_ups": counts,
    "min_gap": spans,
    "recontact_gap": spans,
    "quiet_hours": times.map(
        lambda both: "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in both)
    ),
    "opted_out": st.sampled_from(["on", "off", True, False]),
    "campaign_paused": st.sampled_from(["on", "off", True, False]),
}
settings = st.fixed_dictionaries(
    {},
    optional={
        key: value
        | st.just("off")
        | st.fixed_dictionaries(
            {"value": value},
            optional={"source": st.sampled_from(Source), "note": st.text(max_size=9)},
        )
        for key, value in values.items()
    },
)
accounts = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(Platform),
            "account": st.text(min_size=1, max_size=3),
            "timezone": st.sampled_from(["UTC", "Europe/Berlin"]),
        },
        optional={"workspace": st.text(min_size=1, max_size=3)},
    ),
    max_size=3,
    unique_by=lambda entry: (entry.get("workspace"), entry["platform"], entry["account"]),
)
own_policies = st.fixed_dictionaries(
    {},
    optional={
        "rules": settings,
        "override": st.lists(
            st.tuples(selections, settings.filter(bool)).map(lambda both: both[0] | both[1]),
            max_size=3,
        ),
        "account": accounts,
        "effective_from": st.datetimes(datetime(1970, 1, 1), datetime(2299, 12, 31)).map(  # noqa: DTZ001 - Hypothesis takes bounds without a zone
            lambda moment: f"{moment.isoformat()}Z"
        ),
    },
)


@given(own_policies)
def test_a_document_is_the_whole_policy(own: dict[str, Any]) -> None:
    """A policy read from its document has the same document, and answers the same."""
    policy = Policy.from_document(own_document(own))
    again = Policy.from_document(policy.document())
    assert again == policy
    assert again.document() == policy.document()
    assert again.effective_from == policy.effective_from
    for platform in Platform:
        assert limits(again, "a", platform, "a", "a") == limits(policy, "a", platform, "a", "a")


@pytest.mark.parametrize(
    "document", ["", "[]", "{}", "null", "[" * 100_000, '{"own": {}, "defaults": 5}']
)
def test_what_is_no_document_is_refused(document: str) -> None:
    """A damaged document is a policy error, which says what it is."""
    with pytest.raises(PolicyError, match="policy document"):
        Policy.from_document(document)
