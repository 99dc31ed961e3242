from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from faust.tables.recovery import RebalanceAgain
from faust.types import TP

from pipeline.transport.app import create_app


async def test_a_rebalance_ends_the_recovery_before_it() -> None:
    """It has brought a partition that is not looked up yet, and nothing is read of that one."""
    app: Any = create_app("app", "kafka://127.0.0.1:1")
    recovery = app.tables.recovery
    came = TP("app-counts-changelog", 1)
    recovery.standby_offsets[came] = None
    recovery.signal_recovery_start.set()

    with pytest.raises(RebalanceAgain):
        await recovery._seek_offsets(None, {came}, Counter({came: None}), "standby")
