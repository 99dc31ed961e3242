"""How the product fares on public sets of texts, which it was not made for."""

from evaluation.public._reading import Text, read_questions, read_sms, read_youtube
from evaluation.public._tables import sections

__all__ = ["Text", "read_questions", "read_sms", "read_youtube", "sections"]
