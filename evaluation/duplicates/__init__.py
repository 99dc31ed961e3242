"""How well copies are told from messages with a part of the sender's own."""

from evaluation.duplicates._campaigns import judged_campaigns
from evaluation.duplicates._evasions import EVASIONS
from evaluation.duplicates._held_out import HELD_OUT
from evaluation.duplicates._judging import are_copies
from evaluation.duplicates._pairs import Message, Pair, Writer, labelled_pairs
from evaluation.duplicates._rearranged import REARRANGED
from evaluation.duplicates._tables import public_sections, sections

__all__ = [
    "EVASIONS",
    "HELD_OUT",
    "REARRANGED",
    "Message",
    "Pair",
    "Writer",
    "are_copies",
    "judged_campaigns",
    "labelled_pairs",
    "public_sections",
    "sections",
]
