"""The fold of one conversation: from its messages to steps, phases and credits. Pure."""

from pipeline.conversation._entries import Conversation, Entry, Received, Sent, order
from pipeline.conversation._facts import InboundFacts, Phase, TouchFacts, Walk
from pipeline.conversation._walk import DAY, HOUR, walk

__all__ = [
    "DAY",
    "HOUR",
    "Conversation",
    "Entry",
    "InboundFacts",
    "Phase",
    "Received",
    "Sent",
    "TouchFacts",
    "Walk",
    "order",
    "walk",
]
