from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric

from pipeline.monitoring import CacheLookup, Monitor, StandingsLookup
from pipeline.monitoring._health import State
from pipeline.monitoring.liveness import Observation, Phase
from pipeline.state import Cache
from pipeline.transport import Standing
from tests.agents._batches import batch

DEPLOY = Path(__file__).parents[3] / "deploy"
SECTION = (DEPLOY / "README.md").read_text("utf-8").split("\n## Health and metrics\n")[1]
RULES: list[dict[str, Any]] = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())[
    "groups"
][0]["rules"]
OF_PROMETHEUS = {"le", "instance", "job"}


class Described(NamedTuple):
    """A metric as people read of it."""

    name: str
    labels: frozenset[str]
    text: str


@pytest.fixture(scope="module")
def registry() -> CollectorRegistry:
    """Return every metric, each with a sample of every kind."""
    monitor = Monitor()
    work = monitor.take_up("agent", [batch()])
    work.put_aside("damaged")
    work.done()
    work.is_stale([batch()])
    monitor.metrics.notices.labels("on-call", "failed").inc()
    monitor.metrics.notices_pending.labels("on-call").set(1)
    standing = Standing("agent", 1, 2, lag=1, waits=False, records_out=1, oldest=1)
    seen = Observation(0.0, Phase.RUNNING, standings={("topic", 0): standing})
    monitor.metrics.registry.register(CacheLookup(Cache()))
    monitor.metrics.registry.register(StandingsLookup(lambda: (seen, State.RUNNING)))
    return monitor.metrics.registry


def described(metric: Metric) -> Described:
    """Return how a metric should stand in the table."""
    labels = {label for sample in metric.samples for label in sample.labels}
    name = f"{metric.name}_total" if metric.type == "counter" else metric.name
    return Described(name, frozenset(labels - OF_PROMETHEUS), metric.documentation)


def test_the_table_has_every_metric(registry: CollectorRegistry) -> None:
    """With its labels and its sentence, and no other."""
    rows = re.findall(r"^\| `(outreach_\w+)` \| (.*?) ?\| (.+) \|$", SECTION, re.MULTILINE)
    table = [
        Described(name, frozenset(re.findall(r"`(\w+)`", labels)), text)
        for name, labels, text in rows
    ]
    metrics = [metric for metric in registry.collect() if not metric.name.startswith("process_")]
    assert table == [described(metric) for metric in metrics]
    assert all(row.text.endswith(".") for row in table)


def test_alerts_ask_for_what_there_is(registry: CollectorRegistry) -> None:
    """Each name in an expression is one of a sample, and each label one that the sample has."""
    samples: dict[str, set[str]] = {}
    for metric in registry.collect():
        for sample in metric.samples:
            samples.setdefault(sample.name, set()).update(sample.labels)
    for rule in RULES:
        asked = re.findall(r"\b((?:outreach|process)_\w+)(?:\{(.*?)\})?", rule["expr"])
        assert asked or rule["expr"].startswith("up{")
        for name, selector in asked:
            labels = set(re.findall(r"(\w+)!?=", selector)) - OF_PROMETHEUS
            assert labels <= samples[name], rule["alert"]


def test_alerts_say_what_to_do() -> None:
    """Each has a name of ours, a severity, a summary and a description."""
    assert len({rule["alert"] for rule in RULES}) == len(RULES) > 0
    for rule in RULES:
        assert rule["alert"].startswith("Outreach")
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert {"summary", "description"} == set(rule["annotations"])


def test_prometheus_reads_the_alerts_and_asks_the_usual_port() -> None:
    """The configuration names the file beside it, and a worker as it answers by default."""
    configuration = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    assert configuration["rule_files"] == ["alerts.yml"]
    (scrape,) = configuration["scrape_configs"]
    assert scrape["static_configs"] == [{"targets": ["127.0.0.1:8090"]}]
