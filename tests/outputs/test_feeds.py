from __future__ import annotations

from pipeline.accounts import AccountChanges
from pipeline.campaigns import Campaign
from pipeline.conversation import Phase
from pipeline.creators import Creator, KnownOptOut, KnownTouch
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
from pipeline.outputs import (
    feed_outputs,
    partition_of,
    read_campaign,
    read_contacts,
    read_workspace,
)
from pipeline.replies import ReplyClass
from pipeline.risk import AnswersUpdate, Conduct
from pipeline.topics import Topic
from pipeline.transport import Output
from tests.folds._story import policy
from tests.outputs._story import changes_of, opened
from tests.reference._story import NOON, OPT_OUT, reply, touch
from tests.reference.model import DAY

CAPPED = policy(campaign_daily_cap=9)
CREATOR = Creator(WorkspaceId("default"), Platform.LINKEDIN, CreatorId("c1"))


def of_topic(changes: AccountChanges, topic: Topic, partitions: int = 1) -> list[Output]:
    """Return the records of one feed."""
    return [each for each in feed_outputs(changes, partitions) if each.topic == topic]


def value(output: Output) -> bytes:
    """Return the bytes of a record that is no tombstone."""
    assert output.value is not None
    return output.value


def test_the_creators_side_reads_touches_and_opt_outs() -> None:
    """With the limits that bind them, and in which phase."""
    story = [
        touch("m1", NOON, event_id="e1"),
        reply("r1", NOON + 1, event_id="e2", body=OPT_OUT),
        touch("m2", NOON + 2, event_id="e3"),
    ]
    (output,) = of_topic(changes_of(story), Topic.CREATOR_CONTACTS)
    (read,) = read_contacts(value(output))
    assert (read.creator, read.account_id) == (CREATOR, "a1")
    assert read.opt_outs == {
        "r1": KnownOptOut(Milliseconds(NOON + 1), EventId("e2"), AccountId("a1"), MessageId("r1"))
    }
    assert list(read.touches.values()) == [
        KnownTouch(
            occurred_at=Milliseconds(at),
            event_id=EventId(event_id),
            account_id=AccountId("a1"),
            message_id=MessageId(message_id),
            campaign_id=CampaignId("spring"),
            phase=phase,
            opens_attempt=opens,
            contact_cap=2,
            opted_out_binds=True,
        )
        for message_id, at, event_id, phase, opens in (
            ("m1", NOON, "e1", Phase.OUTREACH, True),
            ("m2", NOON + 2, "e3", Phase.CONVERSATION, False),
        )
    ]


def test_what_moved_away_is_read_as_gone() -> None:
    """A touch and an opt-out that are another creator's now are None for the first one."""
    story = [touch("m1", NOON), reply("r1", NOON + 1, body=OPT_OUT)]
    moves = [
        touch("m1", NOON, event_id="a", creator_id="c2"),
        reply("r1", NOON + 1, event_id="b", creator_id="c2", body=OPT_OUT),
    ]
    (output,) = of_topic(changes_of(story, moves), Topic.CREATOR_CONTACTS)
    read = {update.creator.creator_id: update for update in read_contacts(value(output))}
    assert (read[CreatorId("c1")].touches, read[CreatorId("c1")].opt_outs) == (
        {"m1": None},
        {"r1": None},
    )
    assert all(read[CreatorId("c2")].touches.values())
    assert all(read[CreatorId("c2")].opt_outs.values())


def test_a_withdrawal_names_the_message_and_says_no_more() -> None:
    """Nothing that was true of it once is left in the record."""
    story = [touch("m1", NOON), reply("r1", NOON + 1, body=OPT_OUT)]
    moves = [
        touch("m1", NOON, event_id="a", creator_id="c2"),
        reply("r1", NOON + 1, event_id="b", creator_id="c2", body=OPT_OUT),
    ]
    (output,) = of_topic(changes_of(story, moves), Topic.CREATOR_CONTACTS)
    record = next(each for each in opened(output)["contacts"] if each["creator_id"] == "c1")
    assert record["touches"] == [
        {
            "occurred_at": 0,
            "event_id": "",
            "message_id": "m1",
            "campaign_id": "",
            "phase": "outreach",
            "opens_attempt": False,
            "contact_cap": None,
            "opted_out_binds": False,
            "withdrawn": True,
        }
    ]
    assert record["opt_outs"] == [
        {"occurred_at": 0, "event_id": "", "message_id": "r1", "withdrawn": True}
    ]


def test_only_what_changed_is_told() -> None:
    """A reply that asks for nothing leaves creators alone, and of campaigns their caps."""
    changes = changes_of([touch("m1", NOON)], [reply("r1", NOON + 1)], policy=CAPPED)
    output, of_workspace = feed_outputs(changes, 1)
    hour = NOON // 3_600_000
    assert read_workspace(value(of_workspace)).answers == [
        AnswersUpdate(WorkspaceId("default"), hour, 0, 1)
    ]
    news = read_campaign(value(output))
    assert (news.touches, news.copies) == ([], [])
    (was,) = [update.before for update in news.risk if update.before is not None]
    (now,) = [update.after for update in news.risk if update.after is not None]
    assert isinstance(was, Conduct)
    assert now == was._replace(replied_at=Milliseconds(NOON + 1), reply_class=ReplyClass.NEUTRAL)
    opt_out_only = changes_of(
        [touch("m1", NOON)], [reply("r1", NOON + 1, body=OPT_OUT)], policy=CAPPED
    )
    assert len(of_topic(opt_out_only, Topic.CREATOR_CONTACTS)) == 1


def test_every_partition_hears_what_changes_of_a_workspace() -> None:
    """Each has a copy: which campaigns it has, the accounts do not know."""
    outputs = feed_outputs(changes_of([touch("m1", NOON)]), 3)
    copies = [each for each in outputs if each.topic == Topic.WORKSPACE_ANSWERS]
    assert [each.partition for each in copies] == [0, 1, 2]
    hour = NOON // 3_600_000
    for copy in copies:
        assert read_workspace(value(copy)).answers == [
            AnswersUpdate(WorkspaceId("default"), hour, 1, 0)
        ]


def test_a_step_that_moves_is_no_news_to_anybody_else() -> None:
    """A late touch is told of; those after it are to creators and campaigns what they were."""
    story = [touch("m1", NOON), touch("m3", NOON + 6 * DAY)]
    changes = changes_of(story, [touch("m2", NOON + 3 * DAY)], policy=CAPPED)
    (contact,) = of_topic(changes, Topic.CREATOR_CONTACTS)
    (update,) = read_contacts(value(contact))
    assert list(update.touches) == ["m2"]
    (campaign,) = of_topic(changes, Topic.CAMPAIGN_TOUCHES)
    assert [update.message[2] for update in read_campaign(value(campaign)).touches] == ["m2"]


def test_the_campaigns_side_reads_touches_by_their_day() -> None:
    """One record a campaign, over its accounts and platforms."""
    story = [
        touch("m1", NOON, event_id="e1"),
        touch("k1", NOON + DAY, event_id="e2", account_id="a2", platform="x", creator_id="c2"),
        touch("n1", NOON, campaign_id="autumn", creator_id="c3"),
        reply("r1", NOON + 1),
        touch("m2", NOON + 2, event_id="e3"),
    ]
    outputs = of_topic(changes_of(story, policy=CAPPED), Topic.CAMPAIGN_TOUCHES)
    read = [update for output in outputs for update in read_campaign(value(output)).touches]
    assert len(outputs) == 2
    spring = Campaign(WorkspaceId("default"), CampaignId("spring"))
    found = [update for update in read if update.campaign == spring]
    assert [(each.day, each.message) for each in found] == [
        (NOON // DAY, (Platform.LINKEDIN, "a1", "m1")),
        (NOON // DAY, (Platform.LINKEDIN, "a1", "m2")),
        (NOON // DAY + 1, (Platform.X, "a2", "k1")),
    ]
    assert [each.touch.phase for each in found if each.touch] == [
        Phase.OUTREACH,
        Phase.CONVERSATION,
        Phase.OUTREACH,
    ]
    touched = found[2].touch
    assert touched is not None
    assert touched.message == found[2].message
    assert (touched.occurred_at, touched.event_id, touched.creator_id) == (NOON + DAY, "e2", "c2")
    assert touched.daily_cap == 9


def test_a_touch_is_taken_out_of_the_day_that_it_left() -> None:
    """The last millisecond of a day lies in it, and the first of the next one does not."""
    midnight = NOON + DAY // 2
    changes = changes_of([touch("m1", midnight)], [touch("m1", midnight - 1)], policy=CAPPED)
    (output,) = of_topic(changes, Topic.CAMPAIGN_TOUCHES)
    found = {each.day: each.touch is None for each in read_campaign(value(output)).touches}
    assert found == {midnight // DAY: True, midnight // DAY - 1: False}


def test_a_touch_that_inherits_another_campaign_leaves_the_first() -> None:
    """One campaign is told that it is gone, the other that it came."""
    story = [touch("m1", NOON), touch("m2", NOON + 2, campaign_id=None)]
    late = [touch("n1", NOON + 1, campaign_id="autumn")]
    outputs = of_topic(changes_of(story, late, policy=CAPPED), Topic.CAMPAIGN_TOUCHES)
    found = {
        (update.campaign.campaign_id, update.message[2], update.touch is None)
        for output in outputs
        for update in read_campaign(value(output)).touches
    }
    assert found == {("spring", "m2", True), ("autumn", "m2", False), ("autumn", "n1", False)}


def test_no_touch_is_counted_in_days_while_no_policy_caps_any_campaign() -> None:
    """Without a cap there is nothing to count; the risk is told of it all the same."""
    (output,) = of_topic(changes_of([touch("m1", NOON)]), Topic.CAMPAIGN_TOUCHES)
    news = read_campaign(value(output))
    assert (len(news.touches), len(news.risk), len(news.copies)) == (0, 1, 1)


def test_each_creator_and_campaign_has_its_own_partition() -> None:
    """The key decides, so that whoever folds one of them sees all of it."""
    story = [
        touch(f"m{n}", NOON + n, creator_id=f"c{n}", campaign_id=f"spring {n}") for n in range(20)
    ]
    changes = changes_of(story, policy=CAPPED)
    contacts = of_topic(changes, Topic.CREATOR_CONTACTS, 4)
    found = {
        update.creator.creator_id: output.partition
        for output in contacts
        for update in read_contacts(value(output))
    }
    assert found == {
        f"c{n}": partition_of(f'["default","linkedin","c{n}"]'.encode(), 4) for n in range(20)
    }
    campaigns = of_topic(changes, Topic.CAMPAIGN_TOUCHES, 4)
    keys = [f'["default","spring {n}"]'.encode() for n in range(20)]
    assert {output.key: output.partition for output in campaigns} == {
        key: partition_of(key, 4) for key in keys
    }


def test_contacts_come_together_up_to_a_bound() -> None:
    """A batch makes few records of many contacts, and none that a broker would refuse."""
    story = [touch(f"m{n}", NOON + n, creator_id=f"c{n}") for n in range(450)]
    outputs = of_topic(changes_of(story), Topic.CREATOR_CONTACTS)
    assert [len(read_contacts(value(output))) for output in outputs] == [200, 200, 50]
