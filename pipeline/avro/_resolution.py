"""Whether records of one schema can be read by another: the resolution rules of Avro.

Only for the types that `_writing` knows. Text and bytes are not taken for each other: the
specification allows it, avro-python3, which is our reference, does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import avro.schema

_READS_ALSO = {avro.schema.LONG: avro.schema.INT}


def obstacles(
    reader: avro.schema.Schema, writer: avro.schema.Schema, path: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield each place where the reader cannot read what the writer wrote, and why.

    A place is the path of a field, such as `touches[].sent_at`. Nothing is yielded when the
    reader reads all that the writer may write.
    """
    if writer.type == avro.schema.UNION:
        for branch in writer.schemas:
            yield from obstacles(reader, branch, path)
    elif reader.type == avro.schema.UNION:
        yield from _into_union(reader, writer, path)
    elif reader.type == writer.type == avro.schema.ARRAY:
        yield from obstacles(reader.items, writer.items, f"{path}[]")
    elif reader.type == writer.type == avro.schema.RECORD and reader.fullname == writer.fullname:
        yield from _into_record(reader, writer, path)
    elif writer.type not in {reader.type, _READS_ALSO.get(reader.type)} or _is_named(reader):
        wrote, reads = _described(writer), _described(reader)
        yield path, f"was {wrote} and is {reads}; leave it, and add a new field beside it"


def _into_union(
    reader: avro.schema.UnionSchema, writer: avro.schema.Schema, path: str
) -> Iterator[tuple[str, str]]:
    attempts = [list(obstacles(branch, writer, path)) for branch in reader.schemas]
    if all(attempts):
        # Of the branches, that of the same type says best what is in the way.
        same_type = [branch.type == writer.type for branch in reader.schemas]
        yield from attempts[same_type.index(True) if any(same_type) else -1]


def _into_record(
    reader: avro.schema.RecordSchema, writer: avro.schema.RecordSchema, path: str
) -> Iterator[tuple[str, str]]:
    written = writer.field_map
    for field in reader.fields:
        inner = f"{path}.{field.name}" if path else field.name
        if field.name in written:
            yield from obstacles(field.type, written[field.name].type, inner)
        elif not field.has_default:
            yield inner, "was not there and has no default; give it one"


def _is_named(schema: avro.schema.Schema) -> bool:
    return bool(schema.type in avro.schema.NAMED_TYPES)


def _described(schema: avro.schema.Schema) -> str:
    return f"{schema.type} {schema.fullname}" if _is_named(schema) else str(schema.type)
