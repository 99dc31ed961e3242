"""The command line of the example log."""

from __future__ import annotations

import argparse
from pathlib import Path

from examples.agency_quarter import generate, write


def main() -> None:
    """Write a log to a file and say how long it is."""
    parser = argparse.ArgumentParser(
        prog="python -m examples.agency_quarter",
        description="Write a made-up quarter of an agency's outreach as JSON lines.",
    )
    parser.add_argument("--seed", type=int, default=7, help="same seed, same log (default: 7)")
    parser.add_argument("--events", type=int, default=60_000, help="lines (default: 60000)")
    parser.add_argument("--out", type=Path, required=True, help="FILE.jsonl or FILE.jsonl.gz")
    wanted = parser.parse_args()
    count = write(wanted.out, generate(wanted.seed, wanted.events))
    print(f"{wanted.out}: {count} events")  # noqa: T201 - this is a command's answer


if __name__ == "__main__":
    main()
