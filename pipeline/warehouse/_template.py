"""The SQL of a migration, from which that of one server and that of a cluster are made.

A template is the SQL of one server with placeholders of `string.Template`. Lines that begin with
`--| ` are there on a cluster only, without these characters. The placeholders are `$views` and
`$facts`, the two databases, and `$local`, `$on_cluster`, `$cluster` and `$replacing_by_version`,
which `Layout` describes.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from pipeline.warehouse._layout import ONE_SERVER, Layout

_ON_A_CLUSTER = "--| "
_COMMENT = "--"
_CREATIONS = ("CREATE TABLE", "CREATE VIEW")


def statements(template: str, layout: Layout, *, views: str, facts: str) -> Iterator[str]:
    """Yield the statements of a migration for a layout, each to be run as often as one likes.

    The names of the databases are quoted already.

    >>> list(statements("CREATE TABLE $facts.t (a Int8);", ONE_SERVER, views="v", facts="f"))
    ['CREATE TABLE IF NOT EXISTS f.t (a Int8)']
    """
    lines = [line for line in _lines(template, layout) if not line.startswith(_COMMENT)]
    filled = Template("".join(lines)).substitute(_words(layout), views=views, facts=facts)
    for statement in filled.split(";\n"):
        if statement.strip(" ;\n"):
            yield _repeatable(statement.strip(" ;\n"))


def published(template: str) -> str:
    """Return the SQL of one server with `$views` and `$facts` left in it.

    This is what a migration was published as: what is said of clusters may be added later.
    """
    return Template("".join(_lines(template, ONE_SERVER))).safe_substitute(_words(ONE_SERVER))


def _lines(template: str, layout: Layout) -> Iterator[str]:
    for line in template.splitlines(keepends=True):
        if not line.startswith(_ON_A_CLUSTER):
            yield line
        elif layout.cluster:
            yield line.removeprefix(_ON_A_CLUSTER)


def _words(layout: Layout) -> dict[str, str]:
    return {
        "cluster": layout.cluster,
        "on_cluster": layout.on_cluster,
        "local": layout.local,
        "replacing_by_version": layout.replacing_by_version,
    }


def _repeatable(statement: str) -> str:
    """Return a statement that a migration which broke off in the middle may run again."""
    for creation in _CREATIONS:
        if statement.startswith(f"{creation} "):
            return f"{creation} IF NOT EXISTS{statement.removeprefix(creation)}"
    return statement
