"""How well one message is judged: its elements and signals, on messages that people labelled."""

from evaluation.messages._errors import Error, errors_of
from evaluation.messages._judging import Judged, judged_messages
from evaluation.messages._reading import FILES, Half, Labelled, read_messages
from evaluation.messages._tables import CODES, sections

__all__ = [
    "CODES",
    "FILES",
    "Error",
    "Half",
    "Judged",
    "Labelled",
    "errors_of",
    "judged_messages",
    "read_messages",
    "sections",
]
