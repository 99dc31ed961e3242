"""Everything that is examined, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.cli._reading import HOST_VARIABLE, NoSystemError, address_in, existing, reading
from pipeline.cli.doctor._environment import examine_environment
from pipeline.cli.doctor._finding import Finding, note, wrong
from pipeline.cli.doctor._folder import examine_folder
from pipeline.cli.doctor._log import examine_log
from pipeline.cli.doctor._state import examine_state
from pipeline.cli.doctor._warehouse import examine_warehouse
from pipeline.embedded import PARTITIONS, DataDirectory
from pipeline.warehouse import Address
from pipeline.worker import AppFactory, Context


def examine(
    make_app: AppFactory, data: Path | None, environment: Mapping[str, str]
) -> Iterator[Finding]:
    """Examine this installation, and the embedded system in `data` or the server, if one is named.

    Changes nothing but what opening a folder changes. Blocks for disks, the engine and the server.
    """
    yield from examine_environment()
    if data is not None:
        yield from _examine_system(make_app, data)
    elif environment.get(HOST_VARIABLE):
        try:
            yield from examine_warehouse(address_in(environment))
        except NoSystemError as error:
            yield wrong("Warehouse", str(error), "Correct the variable.")
    else:
        yield note(
            "System", "none is named", f"Give --data DIR, or set {HOST_VARIABLE}, to examine one."
        )


def _examine_system(make_app: AppFactory, data: Path) -> Iterator[Finding]:
    try:
        directory = existing(data)
    except NoSystemError as error:
        yield wrong("Folder", str(error), "Correct --data DIR.")
        return
    yield from examine_folder(directory)
    topics, stateful = _agents(make_app, directory)
    yield from examine_log(directory, topics)
    yield from examine_state(directory, stateful)
    try:
        with reading(data) as address:
            yield from examine_warehouse(address)
    except NoSystemError as error:
        yield wrong("Warehouse", str(error), "See what the engine wrote to standard error.")


def _agents(
    make_app: AppFactory, directory: DataDirectory
) -> tuple[dict[str, frozenset[str]], list[str]]:
    """Return which topics each agent reads, and which agents have state; nothing is started."""
    nowhere = Address("", 0, "", "")
    context = Context(
        partitions=PARTITIONS,
        state_directory=directory.state,
        warehouse=nowhere,
        insert_rows=1,
        insert_seconds=1.0,
    )
    app = make_app(directory.log_url, context)
    topics = {
        name: frozenset(str(topic) for topic in agent.channel.topics)
        for name, agent in app.agents.items()
    }
    return topics, list(app.tables)
