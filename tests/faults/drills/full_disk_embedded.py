"""There is no space for the embedded log."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count

from tests.faults._drill import Outcome, Setting
from tests.faults._embedded import EmbeddedSystem
from tests.faults._full_disk import let_files_grow, let_no_file_grow, small_disk
from tests.faults._process import until
from tests.faults._warehouse_apart import NOT_TAKEN

_TOLD = "See that the disk has space and works, then start again"


def full_disk_embedded(setting: Setting) -> Outcome:
    """Fill the disk of the log; the process says so and ends; make space, and start it again."""
    return _without_space(setting, mounted=True)


def stuck_files_embedded(setting: Setting) -> Outcome:
    """Let the log's file grow no more; the process says so and ends; lift that, start it again."""
    return _without_space(setting, mounted=False)


def _without_space(setting: Setting, *, mounted: bool) -> Outcome:
    chance, reference = setting.chance(), setting.reference
    rounds, found = 0, []
    for number in count():
        system = EmbeddedSystem(setting.folder / f"system {number}", reference.load)
        struck_at: list[int] = []
        with ExitStack() as opened:
            disk = opened.enter_context(small_disk(system.data / "log")) if mounted else None
            while rounds + len(struck_at) < setting.rounds:
                left = max(reference.acknowledged - system.acknowledged, 2)
                with system.running() as process:
                    if not process.reaches(chance.randint(1, left // 2)):
                        assert process.is_well, process.said
                        break
                    if disk is not None:
                        disk.fill()
                    else:
                        written = (system.data / "log" / "log.db-wal").stat().st_size
                        let_no_file_grow(process.pid, written)
                    until(
                        lambda: process.status is not None or NOT_TAKEN in process.said,
                        "the end of the process",
                    )
                    if disk is not None:
                        disk.make_space()
                    elif process.status is None:
                        # The limit is the warehouse's, too, and it was first to meet it.
                        let_files_grow(process.pid)
                    process.ended()
                    if _TOLD not in process.said:
                        # What there was sufficed to the end.
                        assert process.is_well, process.said
                        break
                struck_at.append(system.acknowledged)
            found.append(system.finished())
        rounds += sum(at < system.acknowledged for at in struck_at)
        if rounds >= setting.rounds:
            return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
