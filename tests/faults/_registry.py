"""Every drill, by its name."""

from __future__ import annotations

from typing import Final

from tests.faults._drill import Drill
from tests.faults.drills.alerts import kill_telling_embedded, kill_telling_worker
from tests.faults.drills.brokers import (
    brokers_in_turn,
    full_disk_of_broker,
    kill_broker,
    kill_one_of_three_brokers,
    restart_broker,
    stuck_files_of_broker,
)
from tests.faults.drills.crash_embedded import crash_embedded
from tests.faults.drills.full_disk_embedded import full_disk_embedded, stuck_files_embedded
from tests.faults.drills.kill_embedded import kill_embedded
from tests.faults.drills.warehouse import (
    failing_warehouse,
    kill_warehouse,
    kill_warehouse_after_insert,
    lost_answer,
    unreachable_warehouse,
    warehouse_in_turn,
)
from tests.faults.drills.workers import (
    crash_workers,
    kill_worker,
    restless_worker,
    stopped_worker,
    workers_in_turn,
)

EMBEDDED: Final[dict[str, Drill]] = {
    "kill-embedded": kill_embedded,
    "crash-embedded": crash_embedded,
    "kill-telling-embedded": kill_telling_embedded,
    "kill-warehouse": kill_warehouse,
    "kill-warehouse-after-insert": kill_warehouse_after_insert,
    "lost-answer": lost_answer,
    "unreachable-warehouse": unreachable_warehouse,
    "failing-warehouse": failing_warehouse,
    "stuck-files-embedded": stuck_files_embedded,
}
"""Those that need nothing but Python."""

ON_KAFKA: Final[dict[str, Drill]] = {
    "kill-worker": kill_worker,
    "kill-telling-worker": kill_telling_worker,
    "restless-worker": restless_worker,
    "stopped-worker": stopped_worker,
    "crash-workers": crash_workers,
    "kill-broker": kill_broker,
    "restart-broker": restart_broker,
    "kill-one-of-three-brokers": kill_one_of_three_brokers,
    "stuck-files-of-broker": stuck_files_of_broker,
}
"""Those that need Java and Maven too."""

MOUNTING: Final[dict[str, Drill]] = {
    "full-disk-embedded": full_disk_embedded,
    "full-disk-of-broker": full_disk_of_broker,
}
"""Those that mount a small file system: who may not has the files that may not grow instead."""

DRILLS: Final[dict[str, Drill]] = EMBEDDED | ON_KAFKA | MOUNTING

IN_TURN: Final[dict[str, Drill]] = {
    "warehouse-in-turn": warehouse_in_turn,
    "workers-in-turn": workers_in_turn,
    "brokers-in-turn": brokers_in_turn,
}
"""Several of them in one system: as much is held in less time, and less is told of what failed."""
