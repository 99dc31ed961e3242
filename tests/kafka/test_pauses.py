"""Pauses on a cluster."""

from __future__ import annotations

from pathlib import Path

from tests.kafka._workers import Cluster
from tests.system._paused import touches


def sent_while_paused(cluster: Cluster) -> list[str]:
    """Return the messages that break the rule once nothing is left to do."""
    with cluster.worker("to-the-end", "--until-drained") as worker:
        assert worker.process.wait() == 0, worker.said
    rows = cluster.views()["violations"]
    return sorted(row["message_id"] for row in rows if row["rule"] == "campaign_paused")


def test_a_person_pauses_a_campaign_of_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    """Whichever accounts send in its name, on whichever partition; and lets it go on."""
    log = tmp_path / "log.jsonl"
    log.write_bytes(
        touches("before", -1)
        + touches("one", 1, 1, account_id="a1")
        + touches("two", 1, 1, account_id="a2")
        + touches("three", 1, 1, account_id="a3")
    )
    assert cluster.outreach("import", log).status == 0
    assert sent_while_paused(cluster) == []

    unknown = cluster.outreach("pause", "sprng")
    assert (unknown.status, "Did you mean 'spring'?" in unknown.said) == (2, True)
    paused = cluster.outreach("pause", "spring", "--reason", "a creator complained")
    assert (paused.status, "Undo it with `outreach resume spring`." in paused.output) == (0, True)
    assert sent_while_paused(cluster) == ["one0", "three0", "two0"]
    assert [row["paused"] for row in cluster.views()["campaign_risk"]] == [True]

    resumed = cluster.outreach("resume", "spring", OUTREACH_CLICKHOUSE_HOST="")
    assert (resumed.status, "nobody could look up" in resumed.said) == (0, True)
    assert sent_while_paused(cluster) == []
