from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.topics import Topic
from pipeline.warehouse import Address, MigrationError, migrate, migrations
from tests.warehouse import records
from tests.warehouse.records import write
from tests.warehouse.views import rows_of, view_names


def test_a_migrated_server_needs_no_more(empty_address: Address) -> None:
    """The first time runs every file in order, and the second none; what is there stays."""
    names = [migration.name for migration in migrations(empty_address)]
    assert migrate(empty_address) == names
    write(empty_address, Topic.TOUCHES, records.touch())

    assert migrate(empty_address) == []
    assert len(rows_of(empty_address, "touches")) == 1


def test_numbers_are_without_gaps(server: Address) -> None:
    """Migrations count from 1 by one, so that none can be slipped in between."""
    numbers = [migration.number for migration in migrations(server)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_warehouses_on_one_server_do_not_meet(server: Address, address: Address) -> None:
    """Each has databases of its own, named as the address says, whatever its name is made of."""
    odd = replace(server, database="odd `name\\")
    try:
        migrate(odd)
        write(address, Topic.TOUCHES, records.touch())
        with odd.connect() as client:
            count = client.execute("SELECT count() FROM `odd \\`name\\\\`.touches")
        assert count == [(0,)]
    finally:
        with server.connect() as client:
            client.execute("DROP DATABASE IF EXISTS `odd \\`name\\\\` SYNC")
            client.execute("DROP DATABASE IF EXISTS `odd \\`name\\\\_facts` SYNC")


@pytest.mark.parametrize("done", range(4))
def test_a_migration_that_broke_off_is_resumed(empty_address: Address, done: int) -> None:
    """Whichever of its statements was the last to run, the rest is run at the next start."""
    _, second, *_ = migrations(empty_address)
    migrate(empty_address)
    with empty_address.connect() as client:
        before = view_names(client, empty_address.database)
        client.execute(
            f"ALTER TABLE {empty_address.facts}.migrations DELETE WHERE number = {second.number}",
            settings={"mutations_sync": 2},
        )
        for kind, name in reversed(_made_by(second.statements)[done:]):
            client.execute(f"DROP {kind} {name} SYNC")

        assert migrate(empty_address) == [second.name]
        assert view_names(client, empty_address.database) == before
    assert migrate(empty_address) == []


def _made_by(statements: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what each statement makes: TABLE or VIEW, and its name."""
    words = [statement.split() for statement in statements]
    return [(each[1], each[5]) for each in words]


def test_a_published_migration_that_changed_is_refused(address: Address) -> None:
    """The error names the file and the database, and nothing is run."""
    _, second, *_ = migrations(address)
    with address.connect() as client:
        client.execute(
            f"ALTER TABLE {address.facts}.migrations UPDATE digest = 'other' WHERE number = 2",
            settings={"mutations_sync": 2},
        )

    with pytest.raises(
        MigrationError, match=f"{second.name} is another file now .*{address.facts}"
    ):
        migrate(address)
