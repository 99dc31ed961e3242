"""The check that schemas only ever evolve so that all that was written stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import avro.schema

from pipeline.avro._errors import SchemaError
from pipeline.avro._lock import FILE, digest, read_lock, write_lock
from pipeline.avro._misfit import MisfitError
from pipeline.avro._registry import Registry, SchemaVersion
from pipeline.avro._resolution import obstacles
from pipeline.avro._writing import compile_writer


def check_schemas(folder: Path) -> list[str]:
    """Return what is wrong with the schemas and their lock, one sentence each; empty when sound.

    Each sentence names the file, and the field where there is one, and says what to do.
    """
    try:
        registry, published = Registry.load(folder), read_lock(folder)
    except (SchemaError, ValueError) as error:
        return [str(error)]
    labels = {version.label for version in _all(registry)}
    unpublished = [
        f"{label}.avsc is not published; run `python -m pipeline.avro --publish` before it is used"
        for label in sorted(labels - published.keys())
    ]
    return [*_problems(registry, published), *unpublished]


def publish_schemas(folder: Path) -> list[str]:
    """Add the versions that are new to the lock and return their labels, such as `reply.v2`.

    Raises SchemaError, which holds every problem, when a version is not fit to be published;
    the lock is then as before.
    """
    try:
        registry, published = Registry.load(folder), read_lock(folder)
    except ValueError as error:
        raise SchemaError(str(error)) from error
    problems = list(_problems(registry, published))
    if problems:
        raise SchemaError("\n".join(problems))
    new = {version.label: digest(version) for version in _all(registry)}
    added = sorted(new.keys() - published.keys())
    if added:
        write_lock(folder, new)
    return added


def _all(registry: Registry) -> Iterator[SchemaVersion]:
    for name in registry.names:
        yield from registry.versions(name)


def _problems(registry: Registry, published: dict[str, str]) -> Iterator[str]:
    labels = {version.label for version in _all(registry)}
    for label in sorted(published.keys() - labels):
        yield f"{label}.avsc was published and is gone; restore it, for records of it are in topics"
    for name in registry.names:
        versions = registry.versions(name)
        for number, version in enumerate(versions, start=1):
            if version.version != number:
                yield f"{version.file} comes where {name}.v{number}.avsc is due; rename it"
                break
        for index, version in enumerate(versions):
            if published.get(version.label, digest(version)) != digest(version):
                yield (
                    f"{version.file} was published and differs from {FILE}; restore it, "
                    f"and write the change as {name}.v{versions[-1].version + 1}.avsc"
                )
            yield from _misfit_defaults(version, version.parsed)
            for older in versions[:index]:
                for path, obstacle in obstacles(version.parsed, older.parsed):
                    yield f"{version.file}: {path} {obstacle} (else {older.file} is unreadable)"


def _misfit_defaults(version: SchemaVersion, schema: avro.schema.Schema) -> Iterator[str]:
    if schema.type == avro.schema.ARRAY:
        yield from _misfit_defaults(version, schema.items)
    elif schema.type == avro.schema.UNION:
        yield from _misfit_defaults(version, schema.schemas[1])
    elif schema.type == avro.schema.RECORD:
        for field in schema.fields:
            if field.has_default and not _fits(field.default, field.type):
                yield f"{version.file}: {field.name} has a default that its type does not hold"
            yield from _misfit_defaults(version, field.type)


def _fits(default: object, schema: avro.schema.Schema) -> bool:
    if schema.type == avro.schema.UNION:
        # The specification: the default of a union is one of its first branch, which is null.
        return default is None
    try:
        compile_writer(schema)(bytearray(), default)
    except MisfitError:
        return False
    return True
