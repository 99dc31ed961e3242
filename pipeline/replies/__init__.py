"""Classes of replies: what a creator's message asks for, judged by its words alone.

`classify` is pure and deterministic. What it knows of a language stands in `lexicons/`, one TOML
file a language, read once at import; a new language is one new file there.
"""

from pipeline.replies._classes import ReplyClass
from pipeline.replies._classifier import classify

__all__ = ["ReplyClass", "classify"]
