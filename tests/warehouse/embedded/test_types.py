"""Every type that passes through the server, there and back, and those that cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

from pipeline.warehouse.embedded._errors import MalformedError, RefusedError
from pipeline.warehouse.embedded._types import Fixed, Repeated, Text, Together, layout_of

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
VALUES: dict[str, list[Any]] = {
    "Bool": [True, False],
    "Int8": [-128, 127],
    "UInt16": [0, 65535],
    "Int32": [-(2**31), 1],
    "UInt64": [0, 2**64 - 1],
    "Int128": [-(2**127), 1],
    "UInt256": [0, 2**256 - 1],
    "Float32": [0.5, -1.25],
    "Float64": [0.1, -1e300],
    "Decimal(9, 2)": [Decimal("1.25"), Decimal("-0.01")],
    "Decimal(18, 4)": [Decimal("1.2500"), Decimal("-0.0001")],
    "Decimal(38, 10)": [Decimal("1.2500000000"), Decimal(-5)],
    "Decimal(76, 2)": [Decimal("1.25"), Decimal("-0.01")],
    "String": ["", "é" * 200, "x" * 20_000],
    "FixedString(3)": ["abc", "xyz"],
    "UUID": [UUID(int=0), UUID("12345678-1234-5678-9abc-def012345678")],
    "IPv4": [IPv4Address("0.0.0.0"), IPv4Address("192.168.1.2")],
    "IPv6": [IPv6Address("::"), IPv6Address("2001:db8::1")],
    "Date": [date(1970, 1, 1), date(2149, 6, 6)],
    "Date32": [date(1900, 1, 1), date(2299, 12, 31)],
    "DateTime('UTC')": [MOMENT.replace(microsecond=0, tzinfo=None)],
    "DateTime64(3, 'UTC')": [MOMENT, datetime(1970, 1, 1, tzinfo=UTC)],
    "Enum8('a' = 1, 'b,\\')(' = -2)": ["a", "b,')("],
    "Enum16('a' = 1, 'b' = 1000)": ["a", "b"],
    "Nullable(String)": [None, "", "x"],
    "Nullable(DateTime64(3, 'UTC'))": [None, MOMENT],
    "LowCardinality(String)": ["", "x", "x", "y"],
    "LowCardinality(Nullable(String))": [None, "x", "x"],
    "LowCardinality(FixedString(2))": ["ab", "cd"],
    "Array(UInt8)": [[], [1, 2, 3]],
    "Array(Array(String))": [[], [["a"], [], ["b", "c"]]],
    "Array(LowCardinality(Nullable(String)))": [[], ["a", None], []],
    "Map(String, Array(UInt8))": [{}, {"a": [1], "b": []}],
    "Map(LowCardinality(String), UInt8)": [{}, {"a": 1}],
    "Tuple(UInt8, String)": [(1, "a"), (2, "")],
    "Tuple(a UInt8, `odd name` Nullable(String))": [(1, "a"), (2, None)],
    "Tuple(LowCardinality(String), LowCardinality(String))": [("a", "b"), ("a", "a")],
    "Array(Tuple(a LowCardinality(String), b Array(Nullable(UInt8))))": [[], [("x", [1, None])]],
    "Nested(a UInt8, b String)": [[], [(1, "x"), (2, "y")]],
    "SimpleAggregateFunction(sum, UInt64)": [1, 2],
    "SimpleAggregateFunction(groupArrayArray, Array(String))": [[], ["a"]],
}
SETTINGS = {"flatten_nested": 0, "allow_suspicious_low_cardinality_types": 1}


@pytest.mark.parametrize("type_name", VALUES)
def test_values_come_back_as_they_were_written(client: Client, type_name: str) -> None:
    """Columns of each type are written by the driver and read back equal, with a column behind."""
    client.execute(
        f"CREATE TABLE t (n UInt32, value {type_name}, after String) ENGINE = Memory",
        settings=SETTINGS,
    )
    rows = [(number, value, "end") for number, value in enumerate(VALUES[type_name])]

    client.execute("INSERT INTO t VALUES", rows, settings={"insert_block_size": 2})

    assert client.execute("SELECT * FROM t ORDER BY n") == rows


@pytest.mark.parametrize("type_name", VALUES)
def test_a_column_of_each_type_can_be_empty(client: Client, type_name: str) -> None:
    """A result of no rows tells each type as the table has it."""
    client.execute(f"CREATE TABLE t (value {type_name}) ENGINE = Memory", settings=SETTINGS)

    rows, [(name, told)] = client.execute("SELECT * FROM t", with_column_types=True)

    assert (rows, name) == ([], "value")
    assert layout_of(told) == layout_of(type_name)


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT CAST('{}' AS JSON)", "JSON"),
        ("SELECT CAST(1 AS Dynamic)", "Dynamic"),
        ("SELECT [CAST(toUInt8(1) AS Variant(UInt8, String))]", "Variant"),
        ("SELECT sumState(1)", "AggregateFunction"),
        ("SELECT tuple()", "Tuple()"),
        ("SELECT CAST('{}' AS JSON) WHERE 0", "JSON"),
        ("SELECT * FROM refused", "JSON"),
    ],
)
def test_a_type_that_hides_its_length_is_refused(client: Client, sql: str, name: str) -> None:
    """What cannot be passed on is refused by name before any row, and ends nothing."""
    client.execute("CREATE TABLE refused (value JSON) ENGINE = Memory")

    with pytest.raises(ServerException, match="cannot pass on") as refused:
        client.execute(sql)

    assert refused.value.code == 50
    assert name in refused.value.message
    assert client.execute("SELECT 1") == [(1,)]


def test_a_column_that_cannot_be_written_is_refused_before_a_row_is_sent(client: Client) -> None:
    """An INSERT into a table with such a column works for its other columns, and only for them."""
    client.execute("CREATE TABLE t (id UInt8, value JSON) ENGINE = Memory")

    with pytest.raises(ServerException, match="JSON") as refused:
        client.execute("INSERT INTO t VALUES", [(1, {})])
    client.execute("INSERT INTO t (id) VALUES", [(1,)])

    assert refused.value.code == 50
    assert client.execute("SELECT id, toString(value) FROM t") == [(1, "{}")]


def test_shapes_are_made_of_numbers() -> None:
    """The geometric types are arrays of pairs."""
    pair = Together((Fixed(8), Fixed(8)))

    assert layout_of("Point") == pair
    assert layout_of("MultiPolygon") == Repeated(Repeated(Repeated(pair)))


def test_the_name_of_an_element_is_no_part_of_its_type() -> None:
    """Names of elements, quoted or not, are passed over."""
    assert layout_of("Tuple(a String, `B (\\` C` UInt8, Int16)") == Together(
        (Text(), Fixed(1), Fixed(2))
    )


@pytest.mark.parametrize(
    "type_name",
    [
        "",
        "string",
        "Array",
        "Array(",
        "Array()",
        "Map(String)",
        "FixedString(0)",
        "FixedString(99999999999)",
        "Decimal(77, 1)",
        "Array(" * 10_000 + "String" + ")" * 10_000,
    ],
)
def test_what_is_no_type_is_refused(type_name: str) -> None:
    """Broken names raise an error, however deeply they nest."""
    with pytest.raises((RefusedError, MalformedError)):
        layout_of(type_name)
