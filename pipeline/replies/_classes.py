"""The five classes of replies."""

from enum import StrEnum


class ReplyClass(StrEnum):
    """What a reply is; where several classes fit, it has the first in this order."""

    OPT_OUT = "opt_out"
    """Asks to stop or to be removed, or says that it blocks or reports."""

    NEGATIVE = "negative"
    """Declines."""

    OUT_OF_OFFICE = "out_of_office"
    """An absence, or an automatic reply that announces one."""

    POSITIVE = "positive"
    """Shows interest, asks to go on, or sends an address, rates or a media kit."""

    NEUTRAL = "neutral"
    """The rest: questions, "who is this", emoji alone."""
