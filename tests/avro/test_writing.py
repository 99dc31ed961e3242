from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro._codec import REGISTRY
from pipeline.avro._misfit import MisfitError, misfit_in
from pipeline.avro._registry import SchemaVersion
from tests.avro._strategies import records_of

VERSIONS = tuple(REGISTRY.by_fingerprint.values())
each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.label)
ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, -(2**63) - 1, 1.0),
    *("", "\ud800", b"", [], (), [None], {}),
)


def with_something_odd(record: dict[str, object], data: st.DataObject) -> object:
    """Return the record with a field that is something else, missing or one too many."""
    name = data.draw(st.sampled_from([*record, "no field"]))
    if name in record and data.draw(st.booleans()):
        return {field: value for field, value in record.items() if field != name}
    field = record.get(name)
    if isinstance(field, list) and field and isinstance(field[-1], dict):
        return record | {name: [*field[:-1], with_something_odd(field[-1], data)]}
    if isinstance(field, Mapping) and data.draw(st.booleans()):
        return record | {name: with_something_odd(dict(field), data)}
    return record | {name: data.draw(st.sampled_from(ODD))}


@each_version
@given(data=st.data())
def test_what_does_not_fit_is_refused_with_its_place(
    version: SchemaVersion, data: st.DataObject
) -> None:
    """And nothing else is; what was written before it stays, and nothing comes after it."""
    value = with_something_odd(data.draw(records_of(version)), data)
    expected = misfit_in(version.parsed, value)
    out = bytearray(b"before")
    if expected is None:
        version.write(out, value)
        assert len(out) > len(b"before")
    else:
        with pytest.raises(MisfitError) as caught:
            version.write(out, value)
        assert (caught.value.path, caught.value.reason) == (expected.path, expected.reason)
        assert out == b"before"


@each_version
@given(data=st.data())
def test_any_mapping_is_a_record(version: SchemaVersion, data: st.DataObject) -> None:
    """A view of a record is written as the record is."""
    record: Any = data.draw(records_of(version))
    written, viewed = bytearray(), bytearray()
    version.write(written, record)
    version.write(viewed, MappingProxyType(record))
    assert viewed == written
