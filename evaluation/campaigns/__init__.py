"""How well spamming campaigns are told from honest ones, on campaigns drawn by chance."""

from evaluation.campaigns._generated import KINDS, generated
from evaluation.campaigns._judging import Outcome, judged_story
from evaluation.campaigns._roc import area_under_curve
from evaluation.campaigns._story import Story, Touch
from evaluation.campaigns._tables import sections

__all__ = [
    "KINDS",
    "Outcome",
    "Story",
    "Touch",
    "area_under_curve",
    "generated",
    "judged_story",
    "sections",
]
