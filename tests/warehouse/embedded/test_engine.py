"""What the warehouse needs of the engine, asked through the server."""

from __future__ import annotations

import pytest
from clickhouse_driver import Client

FACTS = """
    CREATE TABLE facts (month Date, id UInt32, text String, version UInt64)
    ENGINE = ReplacingMergeTree(version) PARTITION BY month ORDER BY id
"""
EXACT = """
    SELECT id, text FROM facts FINAL
    SETTINGS do_not_merge_across_partitions_select_final = 1
"""


@pytest.fixture
def facts(clickhouse: Client) -> Client:
    """Return a client whose database has facts in several versions, and an exact view of them."""
    clickhouse.execute(FACTS)
    clickhouse.execute(f"CREATE OR REPLACE VIEW exact AS {EXACT}")
    for rows in (
        [("2026-01-01", 1, "old", 1), ("2026-01-01", 2, "only", 1)],
        [("2026-01-01", 1, "newest", 3), ("2026-02-01", 3, "february", 1)],
        [("2026-01-01", 1, "middle", 2)],
    ):
        values = ", ".join(map(str, rows))
        clickhouse.execute(f"INSERT INTO facts VALUES {values}")
    return clickhouse


def test_a_view_shows_the_newest_version_of_each_fact(facts: Client) -> None:
    """FINAL in a view, with its setting for partitions, is exact while versions still lie about."""
    assert facts.execute("SELECT count() FROM facts") == [(5,)]
    assert facts.execute("SELECT * FROM exact ORDER BY id") == [
        (1, "newest"),
        (2, "only"),
        (3, "february"),
    ]


def test_a_view_can_be_replaced(facts: Client) -> None:
    """A view takes a new definition under the same name."""
    facts.execute("CREATE OR REPLACE VIEW exact AS SELECT count() AS n FROM facts FINAL")

    assert facts.execute("SELECT n FROM exact") == [(3,)]


def test_tables_can_change_places_and_names(facts: Client) -> None:
    """EXCHANGE and RENAME work, so that a rebuilt table can take the place of the old one."""
    facts.execute("CREATE TABLE rebuilt AS facts")
    facts.execute("EXCHANGE TABLES facts AND rebuilt")
    facts.execute("RENAME TABLE rebuilt TO old")

    assert facts.execute("SELECT count() FROM exact") == [(0,)]
    assert facts.execute("SELECT count() FROM old FINAL") == [(3,)]


@pytest.mark.parametrize(
    "delete", ["DELETE FROM facts WHERE id = 1", "ALTER TABLE facts DELETE WHERE id = 1"]
)
def test_rows_can_be_deleted(facts: Client, delete: str) -> None:
    """Lightweight deletes and mutations remove every version of a fact."""
    facts.execute(delete, settings={"mutations_sync": 2, "lightweight_deletes_sync": 2})

    assert facts.execute("SELECT id FROM exact ORDER BY id") == [(2,), (3,)]
    assert facts.execute("SELECT count() FROM facts WHERE id = 1") == [(0,)]


def test_a_materialized_view_aggregates_what_is_inserted(clickhouse: Client) -> None:
    """States of aggregates are kept up to date by inserts, and merged when they are read."""
    clickhouse.execute("CREATE TABLE source (k UInt8, who String) ENGINE = Null")
    clickhouse.execute(
        "CREATE TABLE sums (k UInt8, n SimpleAggregateFunction(sum, UInt64),"
        " people AggregateFunction(uniqExact, String)) ENGINE = AggregatingMergeTree ORDER BY k"
    )
    clickhouse.execute(
        "CREATE MATERIALIZED VIEW filling TO sums AS"
        " SELECT k, count() AS n, uniqExactState(who) AS people FROM source GROUP BY k"
    )
    for rows in ([(1, "a"), (1, "b")], [(1, "a"), (2, "c")]):
        clickhouse.execute("INSERT INTO source VALUES", rows)

    sql = "SELECT k, sum(n), uniqExactMerge(people) FROM sums GROUP BY k ORDER BY k"
    assert clickhouse.execute(sql) == [(1, 3, 2), (2, 1, 1)]


def test_parts_are_merged_in_the_background(clickhouse: Client) -> None:
    """Many small inserts do not stay many small parts, although nobody asks for a merge."""
    clickhouse.execute("CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a")
    for number in range(40):
        clickhouse.execute("INSERT INTO t VALUES", [(number,)])

    parts = "SELECT count() FROM system.parts WHERE database = currentDatabase() AND active"
    merged = any(clickhouse.execute(parts)[0][0] < 40 for _ in range(20_000))

    assert merged
    assert clickhouse.execute("SELECT count(), sum(a) FROM t") == [(40, 780)]


def test_the_same_insert_again_changes_nothing(clickhouse: Client) -> None:
    """A deduplication token makes a second try of an insert harmless."""
    clickhouse.execute(
        "CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a"
        " SETTINGS non_replicated_deduplication_window = 100"
    )

    for token in ("first", "first", "second"):
        clickhouse.execute(
            "INSERT INTO t VALUES", [(1,)], settings={"insert_deduplication_token": token}
        )

    assert clickhouse.execute("SELECT count() FROM t") == [(2,)]
