"""Judging what messages say, in a process of its own."""

from pipeline.judging._judging_process import JudgingError, JudgingProcess
from pipeline.judging._messages import Judged, Text

__all__ = ["Judged", "JudgingError", "JudgingProcess", "Text"]
