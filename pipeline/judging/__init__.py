"""Judging what messages say, in a process of its own."""

from pipeline.judging._judging_process import JudgingError, JudgingProcess
from pipeline.judging._lexicons import NO_LEXICONS, Lexicons, read_lexicon, read_lexicons
from pipeline.judging._messages import Judged, Text

__all__ = [
    "NO_LEXICONS",
    "Judged",
    "JudgingError",
    "JudgingProcess",
    "Lexicons",
    "Text",
    "read_lexicon",
    "read_lexicons",
]
