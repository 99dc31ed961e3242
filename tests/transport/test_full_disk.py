from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.transport.sqlite import SqliteLog
from tests.transport._logs import create, everything

FILLER = """
import resource, sys
from pathlib import Path
from pipeline.transport import Output
from pipeline.transport.sqlite import LogWriteError, SqliteLog, Transaction

log = SqliteLog.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
transaction = Transaction(outputs=[Output("in", b"k", bytes(1000))] * 10)
waiting = [log.submit(transaction) for _ in range(1000)]
acknowledged = sum(1 for future in waiting if future.exception() is None)
refused = [error for future in waiting if isinstance(error := future.exception(), LogWriteError)]
assert acknowledged + len(refused) == 1000, "every waiter must be told"
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
later = log.submit(transaction).exception()
assert isinstance(later, LogWriteError), "the log must not go on after a failure"
assert log.end_offset("in", 0) == 10 * acknowledged
log.close()
print(acknowledged, refused[0])
"""


def test_a_full_disk(tmp_path: Path) -> None:
    """All waiters get an error that says what to do, and what was acknowledged is kept whole."""
    path = tmp_path / "log.db"
    with SqliteLog.open(path) as log:
        create(log, "in")
    done = subprocess.run(
        [sys.executable, "-c", FILLER, str(path)], check=True, capture_output=True, text=True
    )
    acknowledged, message = done.stdout.split(maxsplit=1)
    assert 0 <= int(acknowledged) < 1000
    assert str(path) in message
    assert "See that the disk has space" in message
    with SqliteLog.open(path) as log:
        found = len(everything(log, "in"))
    assert found >= 10 * int(acknowledged)
    assert found % 10 == 0
