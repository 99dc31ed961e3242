"""Every drill, by its name."""

from __future__ import annotations

from typing import Final

from tests.faults._drill import Drill
from tests.faults.drills.crash_embedded import crash_embedded
from tests.faults.drills.kill_embedded import kill_embedded
from tests.faults.drills.warehouse import (
    failing_warehouse,
    kill_warehouse,
    kill_warehouse_after_insert,
    lost_answer,
    unreachable_warehouse,
)

EMBEDDED: Final[dict[str, Drill]] = {
    "kill-embedded": kill_embedded,
    "crash-embedded": crash_embedded,
    "kill-warehouse": kill_warehouse,
    "kill-warehouse-after-insert": kill_warehouse_after_insert,
    "lost-answer": lost_answer,
    "unreachable-warehouse": unreachable_warehouse,
    "failing-warehouse": failing_warehouse,
}
"""Those that need nothing but Python."""

DRILLS: Final[dict[str, Drill]] = EMBEDDED
