"""Short ways to let messages arrive one by one, and to ask where that ends."""

from __future__ import annotations

from dataclasses import replace

from pipeline.accounts import PolicyInForce
from pipeline.pauses import Pause
from tests.folds._drawn import parsed
from tests.folds._policies import Policy
from tests.folds._system import System
from tests.reference import model

Item = model.Event | PolicyInForce | Pause


def arrived(*items: Item) -> model.Result:
    """Return where the folds stand after these came, each in a batch of its own.

    Holds that all in one batch, and that the same in reverse, would have come to the same end.
    """
    one_by_one, reverse, at_once = System(), System(), System()
    for item in items:
        _give(one_by_one, item)
        one_by_one.settle()
    for item in reversed(items):
        _give(reverse, item)
        reverse.settle()
    at_once.policy(*(item for item in items if isinstance(item, PolicyInForce)))
    at_once.pauses(*(item for item in items if isinstance(item, Pause)))
    at_once.events([parsed(item) for item in items if isinstance(item, model.Event)])
    end = one_by_one.result()
    assert reverse.result() == end
    assert at_once.result() == end
    return end


def _give(system: System, item: Item) -> None:
    if isinstance(item, PolicyInForce):
        system.policy(item)
    elif isinstance(item, Pause):
        system.pauses(item)
    else:
        system.events([parsed(item)])


def breaking(rule: str, *items: Item) -> set[str]:
    """Return the messages that break a rule in the end."""
    return {key[3] for key in arrived(*items).violations if key[4] == rule}


def steps(*items: Item) -> dict[str, int]:
    """Return the step of each touch in the end."""
    return {key[3]: row.step for key, row in arrived(*items).touches.items()}


def policy(
    policy_id: str = "one", effective_from: int | None = None, **limits: int | None
) -> PolicyInForce:
    """Return a policy with the defaults of LinkedIn but for these limits."""
    defaults = model.default_limits("", "linkedin", "", "")
    changed = replace(defaults, **limits)  # type: ignore[arg-type]  # only counts and spans
    return Policy(changed, effective_from=effective_from).in_force(policy_id)
