"""What a detector is given."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pipeline.signals._codes import Element
from pipeline.signals._context import Context
from pipeline.signals._evidence import Evidence
from pipeline.signals._message import Message
from pipeline.signals._thresholds import Thresholds


class Inquiry(msgspec.Struct, frozen=True):
    """A message to judge, and by what."""

    thresholds: Thresholds
    message: Message
    context: Context
    elements: Mapping[Element, Evidence]
    """The elements that were found in it; none while they are sought."""
