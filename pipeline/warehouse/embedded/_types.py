"""What a column of each ClickHouse type looks like in a Native block.

Format: https://clickhouse.com/docs/native-protocol/columns and, for LowCardinality,
`src/DataTypes/Serializations/SerializationLowCardinality.cpp` in ClickHouse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.warehouse.embedded._errors import ErrorCode, MalformedError, RefusedError


@dataclass(frozen=True, slots=True)
class Fixed:
    """`width` bytes for each row."""

    width: int


@dataclass(frozen=True, slots=True)
class Text:
    """A length and its bytes for each row."""


@dataclass(frozen=True, slots=True)
class Nullable:
    """A byte for each row that says whether it is null, then all the values."""

    values: Layout


@dataclass(frozen=True, slots=True)
class Repeated:
    """The position after each row's last item (eight bytes), then the items of all rows."""

    items: Layout


@dataclass(frozen=True, slots=True)
class Together:
    """One column after the other, of equally many rows."""

    columns: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The distinct values, then an index into them for each row."""

    values: Layout


Layout = Fixed | Text | Nullable | Repeated | Together | Dictionary

_WIDTHS = {
    1: "Bool Int8 UInt8 Enum8 Nothing",
    2: "Int16 UInt16 Enum16 Date BFloat16",
    4: "Int32 UInt32 Float32 Date32 DateTime Time IPv4 Decimal32",
    8: "Int64 UInt64 Float64 DateTime64 Time64 Decimal64 IntervalNanosecond IntervalMicrosecond "
    "IntervalMillisecond IntervalSecond IntervalMinute IntervalHour IntervalDay IntervalWeek "
    "IntervalMonth IntervalQuarter IntervalYear",
    16: "Int128 UInt128 UUID IPv6 Decimal128",
    32: "Int256 UInt256 Decimal256",
}
_FIXED = {name: Fixed(width) for width, names in _WIDTHS.items() for name in names.split()}
_DECIMAL_WIDTHS = {9: 4, 18: 8, 38: 16, 76: 32}
"""The width of a Decimal by the highest precision that it has room for."""
_SHAPES = {
    "Point": "Tuple(Float64, Float64)",
    "Ring": "Array(Point)",
    "LineString": "Array(Point)",
    "MultiLineString": "Array(LineString)",
    "Polygon": "Array(Ring)",
    "MultiPolygon": "Array(Polygon)",
}
_DEEPEST = 32
_ELEMENT_NAME = re.compile(r"(?:`(?:[^`\\]|\\.)*`|[A-Za-z_]\w*)\s+(?=[A-Z])")


@lru_cache(maxsize=256)
def layout_of(type_name: str) -> Layout:
    """Return how the values of a type lie in a block.

    Raises RefusedError for a type whose values say only inside how long they are (JSON, Dynamic,
    Variant, AggregateFunction), and for a name that is no type.

    >>> layout_of("Array(Nullable(DateTime64(3, 'UTC')))")
    Repeated(items=Nullable(values=Fixed(width=8)))
    """
    return _parse(type_name, _DEEPEST)


def split_type(type_name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a type and its arguments as they are written.

    >>> split_type("Map(String, Array(Int8))")
    ('Map', ('String', 'Array(Int8)'))
    """
    name, opened, body = type_name.partition("(")
    if not opened:
        return name, ()
    if not body.endswith(")"):
        raise _not_a_type(type_name)
    arguments, start, depth = [], 0, 0
    for token in re.finditer(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[(),]", body[:-1]):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "," and not depth:
            arguments.append(body[start : token.start()].strip())
            start = token.end()
    arguments.append(body[start:-1].strip())
    return name, tuple(arguments)


@dataclass(frozen=True, slots=True)
class _Arguments:
    """What stands in the parentheses of a type, `depth` levels above the deepest allowed."""

    written: tuple[str, ...]
    depth: int

    def layout(self, position: int) -> Layout:
        """Return the layout of the type at this position."""
        if position >= len(self.written):
            raise _not_a_type(", ".join(self.written))
        return _parse(self.written[position], self.depth - 1)

    def elements(self) -> Together:
        """Return the layouts of all types, each perhaps behind its element's name."""
        types = (_ELEMENT_NAME.sub("", written, count=1) for written in self.written)
        return Together(tuple(_parse(element, self.depth - 1) for element in types))

    def number(self, most: int) -> int:
        """Return the first argument, a number from 1 to `most`."""
        if re.fullmatch(r"[0-9]{1,9}", self.written[0]) and 1 <= int(self.written[0]) <= most:
            return int(self.written[0])
        raise _not_a_type(self.written[0])


def _decimal(arguments: _Arguments) -> Layout:
    precision = arguments.number(max(_DECIMAL_WIDTHS))
    return Fixed(next(width for most, width in _DECIMAL_WIDTHS.items() if precision <= most))


def _dictionary(arguments: _Arguments) -> Layout:
    values = arguments.layout(0)
    return Dictionary(values.values if isinstance(values, Nullable) else values)


_COMPOSED: dict[str, Callable[[_Arguments], Layout]] = {
    "FixedString": lambda arguments: Fixed(arguments.number(1 << 24)),
    "Decimal": _decimal,
    "Nullable": lambda arguments: Nullable(arguments.layout(0)),
    "Array": lambda arguments: Repeated(arguments.layout(0)),
    "Map": lambda arguments: Repeated(Together((arguments.layout(0), arguments.layout(1)))),
    "Nested": lambda arguments: Repeated(arguments.elements()),
    "Tuple": lambda arguments: arguments.elements(),
    "LowCardinality": _dictionary,
    "SimpleAggregateFunction": lambda arguments: arguments.layout(1),
}


def _parse(type_name: str, depth: int) -> Layout:
    if not depth:
        raise MalformedError(f"A type is nested deeper than {_DEEPEST}", ErrorCode.UNKNOWN_TYPE)
    name, arguments = split_type(_SHAPES.get(type_name, type_name))
    if name == "String":
        return Text()
    if name in _FIXED:
        return _FIXED[name]
    if name in _COMPOSED and arguments not in {(), ("",)}:
        return _COMPOSED[name](_Arguments(arguments, depth))
    raise RefusedError(
        ErrorCode.UNKNOWN_TYPE,
        f"The embedded server cannot pass on the type {type_name[:200]}: cast it to another, "
        "for instance with toString or, for an aggregate state, finalizeAggregation",
    )


def _not_a_type(text: str) -> MalformedError:
    return MalformedError(
        f"Not a type, or not its arguments: {text[:200]!r}", ErrorCode.UNKNOWN_TYPE
    )
