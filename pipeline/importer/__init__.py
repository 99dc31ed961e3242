"""Importing into a log: files, streams of lines, and dead letters."""

from pipeline.importer._import import Step, event_output, import_file, import_lines
from pipeline.importer._log import Log
from pipeline.importer._replay import Replayed, replay

__all__ = ["Log", "Replayed", "Step", "event_output", "import_file", "import_lines", "replay"]
