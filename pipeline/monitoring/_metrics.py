"""Every number that a process counts of its work, each with the sentence that explains it.

What is not counted but looked up stands in `_lookups`.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

PREFIX = "outreach"

_BATCH_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The counters of one process, in a registry of their own. Counted by the batch."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.batch_seconds = Histogram(
            f"{PREFIX}_batch_seconds",
            "How long an agent took for the batches that it took up together, until durable.",
            ["agent"],
            registry=registry,
            buckets=_BATCH_SECONDS,
        )
        self.records = Counter(
            f"{PREFIX}_records",
            "Records that an agent has acknowledged.",
            ["agent"],
            registry=registry,
        )
        self.repeated_events = Counter(
            f"{PREFIX}_repeated_events",
            "Events that changed nothing: delivered twice, or of a message that is known better.",
            ["agent"],
            registry=registry,
        )
        self.dead_letters = Counter(
            f"{PREFIX}_dead_letters",
            "Records that an agent has put aside, by the class of the reason.",
            ["agent", "reason"],
            registry=registry,
        )
        self.stale_batches = Counter(
            f"{PREFIX}_stale_batches",
            "Batches that were dropped because their partition had been taken away.",
            ["agent"],
            registry=registry,
        )
        self.insert_seconds = Histogram(
            f"{PREFIX}_warehouse_insert_seconds",
            "How long one insert into all tables of the warehouse took, whether or not it worked.",
            registry=registry,
            buckets=_BATCH_SECONDS,
        )
        self.insert_retries = Counter(
            f"{PREFIX}_warehouse_insert_retries",
            "Inserts that failed and were done again.",
            registry=registry,
        )
        self.newest_record = Gauge(
            f"{PREFIX}_warehouse_newest_record_timestamp_seconds",
            "When the newest record was appended whose rows are in the warehouse; 0 before any.",
            registry=registry,
        )
        self.alerts_open = Gauge(
            f"{PREFIX}_alerts_open",
            "Alerts that are open, of the partitions that this worker has.",
            registry=registry,
        )
        self.notices_pending = Gauge(
            f"{PREFIX}_notices_pending",
            "Alerts of which a notifier has still to be told, also after a quiet period.",
            ["notifier"],
            registry=registry,
        )
        self.notices = Counter(
            f"{PREFIX}_notices",
            "Notices that a notifier has taken (delivered), not taken (failed), or never will "
            "(given_up).",
            ["notifier", "outcome"],
            registry=registry,
        )
