"""Importing into the log of an embedded system: files, streams of lines, and dead letters."""

from pipeline.importer._import import Step, event_output, import_file, import_lines
from pipeline.importer._replay import Replayed, replay

__all__ = ["Replayed", "Step", "event_output", "import_file", "import_lines", "replay"]
