"""Examine the files in which the agents keep their state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.cli.doctor._finding import Finding, note, sound
from pipeline.embedded import PARTITIONS, DataDirectory


def examine_state(directory: DataDirectory, stateful_agents: Iterable[str]) -> Iterator[Finding]:
    """Yield what there is to say of the files; lost ones are no fault, as the log rebuilds them."""
    expected = {
        f"{agent}-{partition}.db" for agent in stateful_agents for partition in range(PARTITIONS)
    }
    files = {path.name: path for path in directory.state.glob("*.db")}
    missing = expected - files.keys()
    if missing:
        found = f"{len(missing)} of {len(expected)} files missing"
        yield note("State", found, "The next start rebuilds them from the log; that takes a while.")
    else:
        size = sum(files[name].stat().st_size for name in expected) / 1e6
        yield sound("State", f"{len(expected)} files, {size:,.1f} MB")
    for path in sorted(directory.state.glob("*.unusable")):
        yield note(
            "State",
            f"{path.name} was damaged, and set aside",
            "It was rebuilt from the log. Check the disk, then delete the file.",
        )
