from __future__ import annotations

from pipeline.conversation import Phase
from pipeline.creators import ContactUpdate, Creator, KnownOptOut, KnownTouch, fold_contacts
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    EventId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)
from tests.folds._story import arrived, breaking, policy
from tests.folds._system import MemoryState
from tests.reference._story import NOON, OPT_OUT, POSITIVE, reply, touch
from tests.reference.model import DAY


def test_a_third_attempt_within_thirty_days_is_one_too_many() -> None:
    """Attempts of any account of the workspace count, and exactly 30 days later one no longer."""
    story = [touch("m1", NOON), touch("k1", NOON + DAY, account_id="a2")]
    within = touch("l1", NOON + 30 * DAY - 1, account_id="a3")
    beyond = touch("l1", NOON + 30 * DAY, account_id="a3")
    assert breaking("creator_contact_cap", *story, within) == {"l1"}
    assert breaking("creator_contact_cap", *story, beyond) == set()


def test_a_late_opener_of_one_account_makes_that_of_another_one_too_many() -> None:
    """The account that broke the cap need not be the one that the late message came from."""
    story = [touch("m1", NOON), touch("l1", NOON + 2 * DAY, account_id="a3")]
    late = touch("k1", NOON + DAY, account_id="a2")
    assert breaking("creator_contact_cap", *story) == set()
    assert breaking("creator_contact_cap", *story, late) == {"l1"}


def test_an_opener_that_becomes_a_follow_up_counts_no_more() -> None:
    """A late touch before it opens the attempt, which then is too old to count."""
    story = [
        touch("m2", NOON),
        touch("k1", NOON + DAY, account_id="a2"),
        touch("l1", NOON + 2 * DAY, account_id="a3"),
    ]
    late = touch("m1", NOON - 40 * DAY)
    assert breaking("creator_contact_cap", *story) == {"l1"}
    assert breaking("creator_contact_cap", *story, late) == set()


def test_an_attempt_of_the_same_account_counts_as_well() -> None:
    """Another campaign in the same conversation is another attempt; a follow-up is none."""
    assert breaking(
        "creator_contact_cap",
        touch("m1", NOON),
        touch("m2", NOON + DAY),
        touch("n1", NOON + 2 * DAY, campaign_id="autumn"),
        touch("g1", NOON + 3 * DAY, campaign_id="gala"),
    ) == {"g1"}


def test_openers_of_one_moment_are_told_apart_by_event_then_account() -> None:
    """The greatest of three is the one too many."""
    openers = [
        touch("k1", NOON, event_id="e", account_id="a2"),
        touch("l1", NOON, event_id="e", account_id="a10"),
        touch("m1", NOON, event_id="d", account_id="a3"),
    ]
    assert breaking("creator_contact_cap", *openers) == {"k1"}


def test_an_opt_out_at_one_account_binds_the_others() -> None:
    """Touches before it stand; those after it are violations, in both phases."""
    assert breaking(
        "opted_out",
        touch("m1", NOON),
        touch("k1", NOON + 1, account_id="a2"),
        reply("r1", NOON + 2, account_id="a2", body=OPT_OUT),
        touch("k2", NOON + 3, account_id="a2"),
        touch("m2", NOON + 4),
        touch("x1", NOON + 4, platform="x"),
        touch("w1", NOON + 4, workspace="north"),
    ) == {"k2", "m2"}


def test_an_audience_message_may_opt_out() -> None:
    """Nobody had written to the creator when they asked."""
    assert breaking(
        "opted_out", reply("r1", NOON, account_id="a2", body=OPT_OUT), touch("m1", NOON + DAY)
    ) == {"m1"}


def test_an_opt_out_of_one_moment_is_before_by_event_then_account() -> None:
    """An equal event id leaves it to the account ids."""
    sent = touch("m1", NOON, event_id="e", account_id="a2")
    for account, event_id, broke in (
        ("a1", "e", {"m1"}),
        ("a3", "e", set()),
        ("a3", "d", {"m1"}),
        ("a1", "f", set()),
    ):
        asked = reply("r1", NOON, event_id=event_id, account_id=account, body=OPT_OUT)
        assert breaking("opted_out", sent, asked) == broke


def test_a_late_opt_out_reaches_the_touches_after_it() -> None:
    """And the first of several opt-outs is the one that counts from."""
    story = [
        touch("m1", NOON),
        touch("k1", NOON + 2, account_id="a2"),
        reply("r2", NOON + 3, body=OPT_OUT),
        touch("k2", NOON + 4, account_id="a2"),
    ]
    assert breaking("opted_out", *story) == {"k2"}
    assert breaking("opted_out", *story, reply("r1", NOON + 1, body=OPT_OUT)) == {"k1", "k2"}


def test_an_opt_out_that_was_none_binds_nobody() -> None:
    """A smaller event about the message says what the creator really wrote."""
    story = [reply("r1", NOON, body=OPT_OUT, account_id="a2"), touch("m1", NOON + 1)]
    told = reply("r1", NOON, event_id="a", body=POSITIVE, account_id="a2")
    assert breaking("opted_out", *story) == {"m1"}
    assert breaking("opted_out", *story, told) == set()


def test_an_opt_out_that_moves_to_another_creator_binds_them() -> None:
    """Whoever wrote it is whom nobody may write to."""
    story = [
        reply("r1", NOON, body=OPT_OUT),
        touch("m1", NOON + 1, account_id="a2"),
        touch("k1", NOON + 1, account_id="a3", creator_id="c2"),
    ]
    moves = reply("r1", NOON, event_id="a", creator_id="c2", body=OPT_OUT)
    assert breaking("opted_out", *story) == {"m1"}
    assert breaking("opted_out", *story, moves) == {"k1"}


def test_the_cap_of_an_opener_is_that_of_its_policy() -> None:
    """A later policy changes the limits of touches that were folded before it."""
    story = [touch("m1", NOON), touch("k1", NOON + 1, account_id="a2")]
    assert breaking("creator_contact_cap", *story, policy(creator_contact_cap=1)) == {"k1"}
    assert breaking("creator_contact_cap", *story, policy(creator_contact_cap=None)) == set()


CREATOR = Creator(WorkspaceId("default"), Platform.LINKEDIN, CreatorId("c1"))


def known_touch(message_id: str, at: int, account_id: str = "a1") -> KnownTouch:
    """Return an opener that no contact cap binds."""
    return KnownTouch(
        occurred_at=Milliseconds(at),
        event_id=EventId(message_id),
        account_id=AccountId(account_id),
        message_id=MessageId(message_id),
        campaign_id=CampaignId("spring"),
        phase=Phase.OUTREACH,
        opens_attempt=True,
        contact_cap=None,
        opted_out_binds=True,
    )


def update(
    account_id: str,
    touches: dict[str, KnownTouch | None],
    opt_outs: dict[str, KnownOptOut | None] | None = None,
) -> ContactUpdate:
    """Return an update of one account about the creator."""
    return ContactUpdate(
        CREATOR,
        AccountId(account_id),
        {MessageId(message): touch for message, touch in touches.items()},
        {MessageId(message): opt_out for message, opt_out in (opt_outs or {}).items()},
    )


def test_messages_of_two_accounts_may_bear_one_id() -> None:
    """A message is known by its account too: withdrawing one leaves the other."""
    state = MemoryState()
    asked = KnownOptOut(Milliseconds(NOON), EventId("r1"), AccountId("a3"), MessageId("r1"))
    fold_contacts(
        state,
        [
            update("a1", {"m1": known_touch("m1", NOON + 1)}),
            update("a2", {"m1": known_touch("m1", NOON + 1, "a2")}),
        ],
    )
    fold_contacts(state, [update("a2", {"m1": None})])
    found = fold_contacts(state, [update("a3", {}, {"r1": asked})])
    assert [ref.message.account.account_id for ref in found] == ["a1"]


def test_an_update_that_says_nothing_new_changes_nothing() -> None:
    """Delivered again, it finds things as they are."""
    state = MemoryState()
    updates = [update("a1", {"m1": known_touch("m1", NOON)})]
    fold_contacts(state, updates)
    before = dict(state.data)
    assert fold_contacts(state, updates) == {}
    assert state.data == before


def test_only_violations_that_are_different_are_told() -> None:
    """What another account broke before is known and not told again."""
    state = MemoryState()
    asked = KnownOptOut(Milliseconds(NOON), EventId("r1"), AccountId("a1"), MessageId("r1"))
    first = update("a1", {"m1": known_touch("m1", NOON + 1)}, {"r1": asked})
    assert [ref.message.message_id for ref in fold_contacts(state, [first])] == ["m1"]
    second = update("a2", {"k1": known_touch("k1", NOON + 2, "a2")})
    found = fold_contacts(state, [second])
    assert [(ref.message.message_id, row.detail) for ref, row in found.items()] == [
        ("k1", "the creator asked a1 to stop at 2024-01-09T12:00:00Z")
    ]


def test_nothing_is_kept_of_a_creator_without_messages() -> None:
    """When the last touch moved away the key is removed, and so is its violation."""
    state = MemoryState()
    asked = KnownOptOut(Milliseconds(NOON), EventId("r1"), AccountId("a1"), MessageId("r1"))
    sent = known_touch("m1", NOON + 1)
    found = fold_contacts(state, [update("a1", {"m1": sent}, {"r1": asked})])
    assert [row.detail is None for row in found.values()] == [False]
    gone = fold_contacts(state, [update("a1", {"m1": None}, {"r1": None})])
    assert [(ref, row.detail) for ref, row in gone.items()] == [(ref, None) for ref in found]
    assert state.data == {}


def test_a_creator_hears_from_every_workspace_apart() -> None:
    """Nothing crosses from one workspace, or platform, to another."""
    story = [
        touch(f"m{n}", NOON + n, workspace=workspace, platform=platform, campaign_id=f"spring {n}")
        for n, (workspace, platform) in enumerate(
            [("default", "x"), ("default", "x"), ("default", "linkedin"), ("north", "x")]
        )
    ]
    contacts = {key for key in arrived(*story).violations if key[4] == "creator_contact_cap"}
    assert contacts == set()
