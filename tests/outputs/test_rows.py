from pipeline.outputs import row_outputs
from pipeline.topics import Topic
from tests.outputs._story import changes_of, opened, records
from tests.reference._story import NOON, OPT_OUT, reply, touch
from tests.reference.model import DAY, HOUR

IDENTITY = {"workspace": "default", "platform": "linkedin", "account_id": "a1"}


def test_a_touch_is_written_with_its_outcome() -> None:
    """Everything that the data team sees of a touch stands in its record."""
    story = [
        touch("m1", NOON, template_id="warm"),
        touch(
            "m2",
            NOON + 3 * DAY,
            event_id="e2",
            campaign_id=None,
            template_id="brief",
            body="Just checking in.",
            creator_followers=12_000,
            creator_email_listed=False,
        ),
        reply("r1", NOON + 3 * DAY + 1_999, body=OPT_OUT),
    ]
    outputs = row_outputs(changes_of(story), 0)
    assert records(outputs, Topic.TOUCHES)[1] == IDENTITY | {
        "message_id": "m2",
        "creator_id": "c1",
        "campaign_id": "spring",
        "template_id": "brief",
        "step": 1,
        "phase": "outreach",
        "attempt_started_at": NOON,
        "sent_at": NOON + 3 * DAY,
        "event_id": "e2",
        "body": "Just checking in.",
        "replied_at": NOON + 3 * DAY + 1_999,
        "reply_class": "opt_out",
        "seconds_to_reply": 1,
        "creator_followers": 12_000,
        "creator_email_listed": False,
        "quality": 100,
        "signals": [],
        "withdrawn": False,
    }


def test_a_touch_without_a_reply_says_so() -> None:
    """What is not known is null, which is not zero."""
    record = records(row_outputs(changes_of([touch("m1", NOON)]), 0), Topic.TOUCHES)[0]
    names = ("replied_at", "reply_class", "seconds_to_reply", "creator_followers")
    assert [record[name] for name in (*names, "creator_email_listed")] == [None] * 5


def test_a_reply_at_once_took_no_seconds() -> None:
    """Zero seconds are zero and not unknown."""
    story = [touch("m1", NOON, event_id="a"), reply("r1", NOON, event_id="b")]
    record = records(row_outputs(changes_of(story), 0), Topic.TOUCHES)[0]
    assert (record["replied_at"], record["seconds_to_reply"]) == (NOON, 0)


def test_a_reply_is_written_with_its_credit() -> None:
    """Class, campaign and the touch that it is credited to stand beside the text."""
    story = [
        touch("m1", NOON, campaign_id="autumn"),
        reply("r1", NOON + 1, event_id="e1", body=OPT_OUT),
        reply("r2", NOON + 2, event_id="e2"),
    ]
    outputs = row_outputs(changes_of(story), 0)
    first, second = records(outputs, Topic.REPLY_OUTCOMES)
    assert first == IDENTITY | {
        "message_id": "r1",
        "creator_id": "c1",
        "campaign_id": "autumn",
        "received_at": NOON + 1,
        "event_id": "e1",
        "body": OPT_OUT,
        "reply_class": "opt_out",
        "credited_message_id": "m1",
        "withdrawn": False,
    }
    assert (second["credited_message_id"], second["reply_class"]) == (None, "neutral")


def test_an_audience_message_is_written_with_its_kind() -> None:
    """A message without a kind is a plain one."""
    story = [
        reply("r1", NOON, event_id="e1", kind="story_mention", body="Where is it from?"),
        reply("r2", NOON + 1),
    ]
    outputs = row_outputs(changes_of(story), 0)
    first, second = records(outputs, Topic.AUDIENCE_MESSAGES)
    assert first == IDENTITY | {
        "message_id": "r1",
        "creator_id": "c1",
        "received_at": NOON,
        "event_id": "e1",
        "body": "Where is it from?",
        "kind": "story_mention",
        "withdrawn": False,
    }
    assert second["kind"] == "message"


def test_a_touch_that_is_none_any_more_is_withdrawn_without_its_text() -> None:
    """The message is a reply now; nothing personal is written into the withdrawal."""
    told = [reply("m2", NOON + 1, event_id="a")]
    outputs = row_outputs(changes_of([touch("m1", NOON), touch("m2", NOON + 1)], told), 0)
    gone = next(row for row in records(outputs, Topic.TOUCHES) if row["message_id"] == "m2")
    assert (gone["withdrawn"], gone["body"]) == (True, "")
    assert (gone["creator_followers"], gone["creator_email_listed"]) == (None, None)


def test_a_reply_that_is_none_any_more_is_withdrawn_without_its_text() -> None:
    """It is for the audience now, and the other way round."""
    away = [touch("m1", NOON, event_id="a", creator_id="c2")]
    outputs = row_outputs(changes_of([touch("m1", NOON), reply("r1", NOON + 1)], away), 0)
    assert [(row["withdrawn"], row["body"]) for row in records(outputs, Topic.REPLY_OUTCOMES)] == [
        (True, "")
    ]
    assert [row["withdrawn"] for row in records(outputs, Topic.AUDIENCE_MESSAGES)] == [False]
    back = row_outputs(
        changes_of([reply("r1", NOON + 1, kind="quick_reply")], [touch("m1", NOON)]), 0
    )
    gone = records(back, Topic.AUDIENCE_MESSAGES)
    assert [(row["withdrawn"], row["body"]) for row in gone] == [(True, "")]
    assert [row["withdrawn"] for row in records(back, Topic.REPLY_OUTCOMES)] == [False]


def test_a_message_that_moved_is_written_where_it_is() -> None:
    """Its key is the message: a withdrawal beside it would take the row away."""
    moves = [touch("m1", NOON, event_id="a", creator_id="c2", body="moved")]
    outputs = row_outputs(changes_of([touch("m1", NOON)], moves), 0)
    assert [
        (row["creator_id"], row["body"], row["withdrawn"])
        for row in records(outputs, Topic.TOUCHES)
    ] == [("c2", "moved", False)]


def test_a_reply_that_moved_is_no_news_to_the_audience() -> None:
    """It was a reply and is one: there is nothing to withdraw where it never stood."""
    story = [touch("m1", NOON), touch("k1", NOON, creator_id="c2"), reply("r1", NOON + 1)]
    moves = [reply("r1", NOON + 1, event_id="a", creator_id="c2")]
    outputs = row_outputs(changes_of(story, moves), 0)
    assert records(outputs, Topic.AUDIENCE_MESSAGES) == []
    assert [
        (row["creator_id"], row["credited_message_id"], row["withdrawn"])
        for row in records(outputs, Topic.REPLY_OUTCOMES)
    ] == [("c2", "k1", False)]


def test_a_row_of_an_older_batch_still_has_its_text() -> None:
    """A later reply rewrites the touch, whose event is read again from the state."""
    first = [touch("m1", NOON, body="Hello", creator_followers=7)]
    outputs = row_outputs(changes_of(first, [reply("r1", NOON + 1)]), 0)
    rewritten = records(outputs, Topic.TOUCHES)[0]
    assert (rewritten["body"], rewritten["creator_followers"]) == ("Hello", 7)


def test_rows_are_keyed_by_their_message() -> None:
    """All of one message go to one key, in the partition of the fold that owns it."""
    outputs = row_outputs(changes_of([touch("m1", NOON), reply("r1", NOON + 1)]), 5)
    assert {output.key for output in outputs} == {
        b'["default","linkedin","a1","m1"]',
        b'["default","linkedin","a1","r1"]',
    }
    assert {output.partition for output in outputs} == {5}


def test_a_violation_is_written_with_how_and_withdrawn_without() -> None:
    """It is keyed by the touch and the rule, and by the creator and campaign that judge it."""
    story = [touch("m1", NOON), touch("m2", NOON + HOUR)]
    violations = [
        output for output in row_outputs(changes_of(story), 3) if output.topic == Topic.VIOLATIONS
    ]
    assert [(output.key, output.partition) for output in violations] == [
        (b'["default","linkedin","a1","m2","min_gap","c1","spring"]', 3)
    ]
    written = IDENTITY | {
        "message_id": "m2",
        "rule": "min_gap",
        "creator_id": "c1",
        "campaign_id": "spring",
        "sent_at": NOON + HOUR,
        "detail": "1 h after the touch before it; the gap is 3 d",
        "withdrawn": False,
    }
    assert [opened(output) for output in violations] == [written]
    answered = row_outputs(changes_of(story, [reply("r1", NOON + 1)]), 3)
    assert records(answered, Topic.VIOLATIONS) == [written | {"detail": "", "withdrawn": True}]


def test_a_violation_of_another_campaign_is_another_record() -> None:
    """A touch that inherits another campaign leaves the violation it had, and has a new one."""
    story = [touch("m1", NOON), touch("m3", NOON + 2, campaign_id=None)]
    late = [
        touch("n0", NOON - 1, campaign_id="autumn"),
        touch("n1", NOON + 1, campaign_id="autumn"),
    ]
    outputs = row_outputs(changes_of(story, late), 0)
    found = {
        (row["message_id"], row["rule"], row["campaign_id"], row["withdrawn"])
        for row in records(outputs, Topic.VIOLATIONS)
    }
    assert found == {
        ("m3", "min_gap", "spring", True),
        ("m3", "min_gap", "autumn", False),
        ("n1", "min_gap", "autumn", False),
        ("m1", "recontact_gap", "spring", False),
    }
