"""The command line `outreach`: one file a command."""

from pipeline.cli._main import main

__all__ = ["main"]
