"""Short ways to ask the rules of one conversation about the touches in it."""

from __future__ import annotations

from pipeline.conversation import Entry
from pipeline.policy import Limits
from pipeline.rules import CONVERSATION_RULES, Findings, InConversation, broken
from tests.conversation._story import touches


def found(limits: Limits, *entries: Entry, account_zone: str = "UTC") -> dict[str, Findings]:
    """Return, for each touch of a conversation that breaks any rule, which ones and how."""
    findings = {
        message_id: broken(
            CONVERSATION_RULES,
            limits,
            facts.phase,
            InConversation(facts, facts.timezone or account_zone),
        )
        for message_id, facts in touches(*entries).items()
    }
    return {message_id: broke for message_id, broke in findings.items() if broke}


def breaking(limits: Limits, *entries: Entry, account_zone: str = "UTC") -> set[str]:
    """Return the touches that break a rule; the story switches on one rule alone."""
    return set(found(limits, *entries, account_zone=account_zone))
