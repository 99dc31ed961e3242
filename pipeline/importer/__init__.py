"""Importing: files and streams of lines into the log of an embedded system."""

from pipeline.importer._import import Step, event_output, import_file, import_lines

__all__ = ["Step", "event_output", "import_file", "import_lines"]
