"""One message judged: the elements of a good one, the mistakes of a spammy one, and its quality.

`judge` is pure and deterministic. What it knows of a language stands in `lexicons/`, and weights,
thresholds and tables of letters in `tables/`, all read when first needed; an agency adds to them
with a lexicon file (`read_additions`). A new detector is one file in `elements/` or `mistakes/` and
one line in `_registry.py`.
"""

from pipeline.signals._additions import AdditionsError, read_additions
from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._context import Context
from pipeline.signals._evidence import Evidence
from pipeline.signals._judge import SUGGESTIONS, judge
from pipeline.signals._judged_text import JudgedText, Marks, Seen
from pipeline.signals._judgement import Judgement, Signal
from pipeline.signals._judging_text import judge_text
from pipeline.signals._quality import Quality, Weights, quality_of
from pipeline.signals._standards import LANGUAGES, Standards, shipped_standards

__all__ = [
    "LANGUAGES",
    "SUGGESTIONS",
    "AdditionsError",
    "Context",
    "Element",
    "Evidence",
    "JudgedText",
    "Judgement",
    "Marks",
    "Quality",
    "Seen",
    "Signal",
    "SignalCode",
    "Standards",
    "Weights",
    "judge",
    "judge_text",
    "quality_of",
    "read_additions",
    "shipped_standards",
]
