"""Bodies whose class nobody would dispute."""

REPLY_CLASSES = {
    "Please stop messaging me.": "opt_out",
    "Not interested, take me off your list.": "opt_out",
    "No thank you, this is not for me.": "negative",
    "I am out of office until Monday.": "out_of_office",
    "Yes, I would love to work together! Here is my media kit.": "positive",
    "Who is this?": "neutral",
}
"""Inbound bodies and their classes; the second fits two, of which the first counts."""

TOUCH_BODIES = (
    "Hi Ana, Tess from Northfold here. Your video on winter tents was spot on.",
    "Just checking in on my last message.",
)


def classify_known(body: str) -> str:
    """Return the class of a body of `REPLY_CLASSES`; any other is neutral."""
    return REPLY_CLASSES.get(body, "neutral")
