from __future__ import annotations

from collections.abc import Iterable

from pipeline.copies import Lockstep, LockstepKind, Scope, find_clusters, find_lockstep
from tests.copies._sent import HOUR, MINUTE, OWN_PARTS, Sent, merged, window_of

WORKSPACE = Scope("workspace", ("default",))


def lockstep_of(messages: Iterable[Sent]) -> tuple[Lockstep, ...]:
    """Return the lockstep of a workspace that sent these."""
    window = window_of(messages)
    return find_lockstep(window, find_clusters(window))


def sent(number: int, body: str, at: int, creator: str, account: str) -> Sent:
    """Return a message of the workspace."""
    return Sent(number, body, at, creator, account, WORKSPACE)


def test_accounts_that_send_one_text_at_once_are_in_lockstep() -> None:
    """Four accounts send copies to their creators within minutes of each other."""
    messages = [sent(n, merged(f"Name{n}"), n * MINUTE, f"c{n}", f"a{n % 4}") for n in range(20)]
    (found,) = lockstep_of(messages)
    assert found.kind is LockstepKind.SAME_TEXT
    assert [account.account_id for account in found.accounts] == ["a0", "a1", "a2", "a3"]
    assert (found.messages, found.creators) == (20, 20)
    assert (found.first_at, found.last_at) == (0, 19 * MINUTE)
    assert len(found.examples) == 3
    assert found.score > 50
    assert found.error == 0.0


def test_accounts_that_meet_creators_in_step_are_in_lockstep() -> None:
    """Two accounts write to the same creators minutes apart, each with words of its own."""
    messages = [
        sent(2 * n + second, merged("Anna", own), n * HOUR + second * 2 * MINUTE, f"c{n}", account)
        for n in range(4)
        for second, (account, own) in enumerate(
            zip(("a1", "a2"), (OWN_PARTS[n], OWN_PARTS[n + 4]), strict=True)
        )
    ]
    (found,) = lockstep_of(messages)
    assert found.kind is LockstepKind.SAME_CREATORS
    assert [account.account_id for account in found.accounts] == ["a1", "a2"]
    assert (found.messages, found.creators) == (8, 4)


def test_the_last_moment_of_a_step_counts() -> None:
    """Messages exactly five minutes apart are in step, and a millisecond more is not."""
    for late, expected in ((0, 1), (1, 0)):
        pair = [
            sent(1, merged("Anna"), 0, "c1", "a1"),
            sent(2, merged("Bea"), 5 * MINUTE + late, "c2", "a2"),
        ]
        assert len(lockstep_of(pair)) == expected


def test_one_account_is_in_no_lockstep() -> None:
    """Copies of one account are a cluster, and no lockstep."""
    messages = [sent(n, merged("Anna"), n * MINUTE, f"c{n}", "a1") for n in range(20)]
    assert lockstep_of(messages) == ()


def test_the_same_creators_hours_apart_are_no_lockstep() -> None:
    """Two accounts that write to the same creators on the same day do so by themselves."""
    messages = [
        sent(2 * n + second, merged("Anna", OWN_PARTS[n + 4 * second]), at, f"c{n}", f"a{second}")
        for n in range(4)
        for second, at in enumerate((n * HOUR, n * HOUR + 6 * HOUR + 30 * MINUTE))
    ]
    assert lockstep_of(messages) == ()


def test_two_creators_in_common_may_be_chance() -> None:
    """Fewer creators met in step than the settings ask for are no lockstep."""
    messages = [
        sent(2 * n + second, merged("Anna", OWN_PARTS[n + 4 * second]), n * HOUR, f"c{n}", account)
        for n in range(2)
        for second, account in enumerate(("a1", "a2"))
    ]
    assert lockstep_of(messages) == ()


def test_accounts_join_through_others() -> None:
    """Three accounts are one group when the first meets the second, and the second the third."""
    messages = []
    for n in range(6):
        pair = ("a1", "a2") if n < 3 else ("a2", "a3")
        for second, account in enumerate(pair):
            body = OWN_PARTS[n] if second else f"{OWN_PARTS[7 - n]} again"
            messages.append(sent(2 * n + second, body, n * HOUR, f"c{n}", account))
    (found,) = lockstep_of(messages)
    assert [account.account_id for account in found.accounts] == ["a1", "a2", "a3"]
    assert found.creators == 6
