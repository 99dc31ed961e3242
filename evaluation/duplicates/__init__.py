"""How well copies are told from messages with a part of the sender's own."""

from evaluation.duplicates._evasions import EVASIONS
from evaluation.duplicates._pairs import Message, Pair, Writer, labelled_pairs

__all__ = ["EVASIONS", "Message", "Pair", "Writer", "labelled_pairs"]
