from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.transport.app import create_app


@pytest.fixture
def flowing(tmp_path: Path) -> Any:  # noqa: ANN401 - Faust's app, whose parts are untyped
    """Return an app whose flow was resumed, as it is while tables are recovered."""
    app: Any = create_app("app", f"sqlite:///{tmp_path / 'log.db'}")
    app.tables.changelog_queue.put_nowait("from before")
    app.flow_control.resume()
    return app


def test_what_waits_for_a_table_survives_a_second_resume(flowing: Any) -> None:  # noqa: ANN401 - see above
    """Faust resumes once more while standby partitions are read: none of their changes is lost."""
    queue = flowing.tables.changelog_queue
    queue.put_nowait("a change")
    flowing.flow_control.resume()
    assert (queue.qsize(), queue.get_nowait()) == (1, "a change")


def test_what_waits_is_thrown_away_after_a_suspension(flowing: Any) -> None:  # noqa: ANN401 - see above
    """What was read before a rebalance may be out of order with what is read after it."""
    queue = flowing.tables.changelog_queue
    queue.put_nowait("a change")
    flowing.flow_control.suspend()
    flowing.flow_control.resume()
    assert queue.empty()
