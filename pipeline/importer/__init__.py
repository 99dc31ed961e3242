"""Importing: files into the log of an embedded system."""

from pipeline.importer._import import Step, event_output, import_file

__all__ = ["Step", "event_output", "import_file"]
