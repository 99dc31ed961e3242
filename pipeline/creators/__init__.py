"""The fold by creator: who asked to stop, and how many accounts write to them. Pure."""

from pipeline.creators._fold import ContactUpdate, fold_contacts
from pipeline.creators._state import Creator, KnownOptOut, KnownTouch

__all__ = ["ContactUpdate", "Creator", "KnownOptOut", "KnownTouch", "fold_contacts"]
