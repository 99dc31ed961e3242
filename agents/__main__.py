"""The command `outreach`: the command line, given this installation's agents."""

from __future__ import annotations

from agents import outreach_app
from pipeline.cli import main as command_line


def main() -> None:
    """Run the command that the arguments name; ends the process with its exit status."""
    command_line(outreach_app)


if __name__ == "__main__":
    main()
