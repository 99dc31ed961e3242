"""How fast and how large `outreach run` is, from a file to exact views.

    python tests/benchmarks/run.py [EVENTS]

Makes a log of an agency's three months, of that many events (200,000 unless told otherwise), and
one of a quarter as many, loads each into a new folder with `outreach run`, and prints one table. To
compare with: a log of one event, which is what starting and stopping take, and the same file read
and parsed by one process that does nothing else. Figures move by tens of per cent from run to run;
their ratios hold.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

_SEED = 7
_PARSING = """
import sys
from pipeline.ingest import find_sources, read_chunks
for source in find_sources(sys.argv[1:]):
    for chunk in read_chunks(source):
        pass
"""


@dataclass(frozen=True)
class Measured:
    """What a process took."""

    events: int
    wall_seconds: float
    cpu_seconds: float
    """User and system time, that of all its threads and children."""
    peak_bytes: int
    """The most memory that it had at once."""


def main() -> None:
    """Measure a log, a quarter of it, and one event."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as name:
        one, quarter, whole = (_log(Path(name), count) for count in (1, events // 4, events))
        rows = {
            "read and parse": _measured([sys.executable, "-c", _PARSING, str(whole)], events),
            "run, one event": _measured(_run(one), 1),
            "run, a quarter": _measured(_run(quarter), events // 4),
            "run, the whole": _measured(_run(whole), events),
        }
    console = Console()
    console.print(_table(rows))
    console.print(_in_words(*rows.values()))


def _log(folder: Path, events: int) -> Path:
    """Write a log, in another process: what this one ever held would count for its children."""
    file = folder / f"{events}.jsonl"
    making = [sys.executable, "-m", "examples.agency_quarter", "--events", str(events), "--out"]
    subprocess.run([*making, str(file)], stdout=subprocess.DEVNULL, check=True)
    return file


def _run(file: Path) -> list[str]:
    data = file.with_suffix(".data")
    return [sys.executable, "-m", "agents", "run", str(file), "--data", str(data)]


def _measured(command: list[str], events: int) -> Measured:
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Measured(events, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _table(rows: dict[str, Measured]) -> Table:
    table = Table(box=None)
    table.add_column("", no_wrap=True)
    for head in ("events", "wall s", "events/s", "CPU s", "µs/event", "peak MB"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, one in rows.items():
        table.add_row(
            name,
            f"{one.events:,}",
            f"{one.wall_seconds:.1f}",
            f"{one.events / one.wall_seconds:,.0f}",
            f"{one.cpu_seconds:.1f}",
            f"{one.cpu_seconds / one.events * 1e6:,.0f}",
            f"{one.peak_bytes / 1e6:,.0f}",
        )
    return table


def _in_words(parsed: Measured, one: Measured, quarter: Measured, whole: Measured) -> str:
    memory = whole.peak_bytes / quarter.peak_bytes
    cpu = whole.cpu_seconds - one.cpu_seconds
    slowing = cpu / (quarter.cpu_seconds - one.cpu_seconds) * quarter.events / whole.events
    return (
        f"Four times the events: {memory:.2f} times the peak memory, and {slowing:.2f} times the "
        f"processor time by event. Without starting and stopping, running takes "
        f"{cpu / parsed.cpu_seconds:.1f} times the processor time of reading and parsing, and "
        f"{whole.events / (whole.wall_seconds - one.wall_seconds):,.0f} events pass in a second."
    )


if __name__ == "__main__":
    main()
