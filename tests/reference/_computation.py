"""From a set of events to everything that is derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.reference._conversation import Conversation, Touch, walk
from tests.reference._event import SECOND, Event
from tests.reference._identity import counted_messages
from tests.reference._limits import Limits, default_limits
from tests.reference._pause import Pause
from tests.reference._rates import response_rates, step_rates
from tests.reference._result import AudienceRow, ReplyRow, Result, TouchRow, Violation
from tests.reference._rules import DECIDED_RULES, RULES, Case


def no_timezone(workspace: str, platform: str, account_id: str) -> None:
    """Say that the policy gives an account no time zone."""
    del workspace, platform, account_id


def compute(
    events: Iterable[Event],
    classify: Callable[[str], str],
    limits: Callable[[str, str, str, str], Limits] = default_limits,
    account_timezone: Callable[[str, str, str], str | None] = no_timezone,
    pauses: Sequence[Pause] = (),
) -> Result:
    """Derive touches, replies, audience messages, violations and rates from a set of events.

    `classify` names the class of an inbound body. `limits` takes workspace, platform, account and
    campaign of a touch; `account_timezone` takes workspace, platform and account. The order of
    `events` and `pauses` means nothing, nor do repetitions. Takes quadratic time and more.
    """
    messages = counted_messages(events)
    conversations = [
        walk([message for message in messages if message.conversation == key])
        for key in {message.conversation for message in messages}
    ]
    touches = {
        touch.event.message: _touch_row(touch, conversation, classify)
        for conversation in conversations
        for touch in conversation.touches
    }
    inbound = [(reply, conv) for conv in conversations for reply in conv.inbound]
    replies = {}
    audience_messages = {}
    for message, conversation in inbound:
        touch = conversation.touch_before(message)
        if touch is None:
            audience_messages[message.message] = AudienceRow(
                message.creator_id, message.occurred_at, message.body
            )
        else:
            replies[message.message] = _reply_row(message, touch, conversation, classify)
    return Result(
        touches=touches,
        replies=replies,
        audience_messages=audience_messages,
        violations=_violations(conversations, classify, limits, account_timezone, pauses),
        response_rates=response_rates(touches),
        step_rates=step_rates(touches),
    )


def _touch_row(
    touch: Touch, conversation: Conversation, classify: Callable[[str], str]
) -> TouchRow:
    event = touch.event
    reply = conversation.credited_reply(touch)
    return TouchRow(
        creator_id=event.creator_id,
        campaign_id=touch.campaign_id,
        template_id=touch.template_id,
        step=touch.step,
        phase=touch.phase,
        attempt_started_at=touch.opener.occurred_at,
        sent_at=event.occurred_at,
        event_id=event.event_id,
        body=event.body,
        replied_at=reply.occurred_at if reply else None,
        reply_class=classify(reply.body) if reply else None,
        seconds_to_reply=(reply.occurred_at - event.occurred_at) // SECOND if reply else None,
        creator_followers=event.creator_followers,
        creator_email_listed=event.creator_email_listed,
    )


def _reply_row(
    reply: Event, before: Touch, conversation: Conversation, classify: Callable[[str], str]
) -> ReplyRow:
    credited = conversation.credited_touch(reply)
    return ReplyRow(
        creator_id=reply.creator_id,
        campaign_id=(credited or before).campaign_id,
        received_at=reply.occurred_at,
        body=reply.body,
        reply_class=classify(reply.body),
        credited_message_id=credited.event.message_id if credited else None,
    )


def _violations(
    conversations: list[Conversation],
    classify: Callable[[str], str],
    limits: Callable[[str, str, str, str], Limits],
    account_timezone: Callable[[str, str, str], str | None],
    pauses: Sequence[Pause],
) -> set[Violation]:
    all_touches = [touch for conversation in conversations for touch in conversation.touches]
    all_inbound = [message for conversation in conversations for message in conversation.inbound]
    opt_outs = [message for message in all_inbound if classify(message.body) == "opt_out"]
    return {
        (*touch.event.message, code)
        for conversation in conversations
        for touch in conversation.touches
        for code, breaks in (RULES | DECIDED_RULES).items()
        if breaks(
            Case(
                touch=touch,
                conversation=conversation,
                all_touches=all_touches,
                opt_outs=opt_outs,
                limits=limits(*touch.event.account, touch.campaign_id),
                account_timezone=account_timezone(*touch.event.account),
                pauses=pauses,
            )
        )
    }
