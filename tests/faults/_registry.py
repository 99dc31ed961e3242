"""Every drill, by its name."""

from __future__ import annotations

from typing import Final

from tests.faults._drill import Drill
from tests.faults.drills.brokers import (
    kill_broker,
    kill_one_of_three_brokers,
    restart_broker,
)
from tests.faults.drills.crash_embedded import crash_embedded
from tests.faults.drills.disk import (
    full_disk_embedded,
    full_disk_of_broker,
    stuck_files_embedded,
    stuck_files_of_broker,
)
from tests.faults.drills.kill_embedded import kill_embedded
from tests.faults.drills.warehouse import (
    failing_warehouse,
    kill_warehouse,
    kill_warehouse_after_insert,
    lost_answer,
    unreachable_warehouse,
)
from tests.faults.drills.workers import (
    crash_workers,
    kill_worker,
    restless_worker,
    stopped_worker,
)

EMBEDDED: Final[dict[str, Drill]] = {
    "kill-embedded": kill_embedded,
    "crash-embedded": crash_embedded,
    "kill-warehouse": kill_warehouse,
    "kill-warehouse-after-insert": kill_warehouse_after_insert,
    "lost-answer": lost_answer,
    "unreachable-warehouse": unreachable_warehouse,
    "failing-warehouse": failing_warehouse,
    "stuck-files-embedded": stuck_files_embedded,
}
"""Those that need nothing but Python."""

WORKERS: Final[dict[str, Drill]] = {
    "kill-worker": kill_worker,
    "restless-worker": restless_worker,
    "stopped-worker": stopped_worker,
    "crash-workers": crash_workers,
}
"""Those that need Java and Maven too, for a broker,"""
BROKERS: Final[dict[str, Drill]] = {
    "kill-broker": kill_broker,
    "restart-broker": restart_broker,
    "kill-one-of-three-brokers": kill_one_of_three_brokers,
    "stuck-files-of-broker": stuck_files_of_broker,
}
"""or for several."""

MOUNTING: Final[dict[str, Drill]] = {
    "full-disk-embedded": full_disk_embedded,
    "full-disk-of-broker": full_disk_of_broker,
}
"""Those that mount a small file system: who may not has the files that may not grow instead."""

DRILLS: Final[dict[str, Drill]] = EMBEDDED | WORKERS | BROKERS | MOUNTING
