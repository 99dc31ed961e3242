from __future__ import annotations

from prometheus_client import CollectorRegistry

from pipeline.monitoring import Monitor
from tests.agents._batches import batch

BATCHES = [batch(values=[b""] * 3), batch(values=[b""] * 4, topic="other")]


def counted(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    """Return a number; None if nothing was counted."""
    return registry.get_sample_value(f"outreach_{name}", {"agent": "a", **labels})


def test_work_counts_when_it_is_done() -> None:
    """Records, repeated events and dead letters by reason; and how long it took, once."""
    monitor = Monitor()
    work = monitor.take_up("a", BATCHES)
    work.repeated = 2
    work.put_aside("damaged")
    work.put_aside("damaged")
    work.put_aside("misplaced")
    registry = monitor.metrics.registry
    assert counted(registry, "records_total") is None

    work.done()

    assert counted(registry, "records_total") == 7
    assert counted(registry, "repeated_events_total") == 2
    assert counted(registry, "dead_letters_total", reason="damaged") == 2
    assert counted(registry, "dead_letters_total", reason="misplaced") == 1
    assert counted(registry, "batch_seconds_count") == 1


def test_stale_batches_count_as_such() -> None:
    """Their records are somebody else's; the others count."""
    monitor = Monitor()
    registry = monitor.metrics.registry
    work = monitor.take_up("a", BATCHES)
    work.is_stale(BATCHES[:1])
    work.done()
    assert counted(registry, "stale_batches_total") == 1
    assert counted(registry, "records_total") == 4

    all_stale = monitor.take_up("a", BATCHES)
    all_stale.is_stale(BATCHES)
    all_stale.done()
    assert counted(registry, "stale_batches_total") == 3
    assert counted(registry, "batch_seconds_count") == 1


def test_monitors_do_not_share_their_numbers() -> None:
    """Two systems of one process count each for itself."""
    one, other = Monitor(), Monitor()
    one.take_up("a", BATCHES).done()
    assert counted(other.metrics.registry, "records_total") is None


def test_an_agent_is_busy_no_longer_than_its_block() -> None:
    """From then on its patience counts again."""
    monitor = Monitor()
    work = monitor.take_up("a", BATCHES)
    with work.busy(3_600.0, blocks=True):
        begun = monitor.signs.last["a"]
    ended = monitor.signs.last["a"]
    assert (begun.blocks, ended.blocks) == (True, False)
    assert begun.until == begun.at + 3_600.0
    assert ended.until == ended.at >= begun.at
