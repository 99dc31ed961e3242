"""The warehouse is killed, unreachable, of another opinion, or its answers are lost."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.faults._drill import Outcome, Setting
from tests.faults._process import Process, until
from tests.faults._warehouse import Warehouse
from tests.faults._warehouse_apart import NOT_TAKEN, Fault, with_faults
from tests.warehouse.proxy import Fault as Kind

_BYTES = (1, 40_000)
"""After so many more of rows, wherever that is: in a statement, in a block, between two."""
_HELLO, _DATA, _END_OF_STREAM = b"\x00", b"\x01", b"\x05"
"""How an answer begins that greets a client or asks for rows, and how that to an insert ends."""
_FAILURES_OF_A_MINUTE = 14
"""As often does the agent try in somewhat more than a minute."""
_FAILURES_OF_A_MOMENT = 2


class _Error(NamedTuple):
    """A way in which a server refuses rows of a table, and how it stops that."""

    begin: str
    end: str
    text: str


_ERRORS = (
    _Error(
        "RENAME TABLE outreach_facts.{0} TO outreach_facts.{0}_away",
        "RENAME TABLE outreach_facts.{0}_away TO outreach_facts.{0}",
        "{0} does not exist",
    ),
    _Error(
        "ALTER TABLE outreach_facts.{0} MODIFY SETTING parts_to_throw_insert = 1",
        "ALTER TABLE outreach_facts.{0} RESET SETTING parts_to_throw_insert",
        "Too many parts",
    ),
)


def kill_warehouse(setting: Setting) -> Outcome:
    """Kill the server when an insert has come in part, and start it again."""
    return with_faults(setting, _killed_within_insert)


def kill_warehouse_after_insert(setting: Setting) -> Outcome:
    """Kill the server when an insert is done and nobody has heard of it; start it again."""
    return with_faults(setting, _killed_after_insert)


def lost_answer(setting: Setting) -> Outcome:
    """Lose the answer to an insert that is done, and the connection with it."""
    return with_faults(setting, _answer_lost)


def unreachable_warehouse(setting: Setting) -> Outcome:
    """Refuse connections: in the full form, for a minute at the first time."""
    first = [_FAILURES_OF_A_MINUTE] if setting.is_full else []
    return with_faults(setting, _unreachable([*first, _FAILURES_OF_A_MOMENT]))


def failing_warehouse(setting: Setting) -> Outcome:
    """Have the server answer with errors: a table is not there, or takes no more parts."""
    return with_faults(setting, *map(_failing, _ERRORS))


def warehouse_in_turn(setting: Setting) -> Outcome:
    """Have each of these happen to one warehouse."""
    return with_faults(
        setting,
        _killed_within_insert,
        _killed_after_insert,
        _answer_lost,
        _unreachable([_FAILURES_OF_A_MOMENT]),
        *map(_failing, _ERRORS),
    )


def _killed_within_insert(warehouse: Warehouse, process: Process, chance: Random) -> bool:
    return _strikes(Kind.HANG, warehouse, process, chance) and _killed(warehouse, process)


def _killed_after_insert(warehouse: Warehouse, process: Process, chance: Random) -> bool:
    return _loses_an_answer(warehouse, process, chance) and _killed(warehouse, process)


def _answer_lost(warehouse: Warehouse, process: Process, chance: Random) -> bool:
    return _loses_an_answer(warehouse, process, chance) and _mended(warehouse, process)


def _unreachable(failures: list[int]) -> Fault:
    """Refuse connections until the agent has failed so often, the last number over and over."""
    to_come = list(failures)

    def fault(warehouse: Warehouse, process: Process, _chance: Random) -> bool:
        warehouse.proxy.refuse()
        times = to_come.pop(0) if len(to_come) > 1 else to_come[0]
        is_felt = process.says_more(NOT_TAKEN, times)
        warehouse.proxy.listen()
        return is_felt

    return fault


def _failing(error: _Error) -> Fault:
    """Have the server answer with an error until the agent has failed often."""

    def fault(warehouse: Warehouse, process: Process, chance: Random) -> bool:
        table = chance.choice(("touches", "response_rates"))
        warehouse.execute(error.begin.format(table))
        is_felt = process.says_more(error.text.format(table), _FAILURES_OF_A_MOMENT)
        warehouse.execute(error.end.format(table))
        return is_felt

    return fault


def _strikes(kind: Kind, warehouse: Warehouse, process: Process, chance: Random) -> bool:
    """Let the network fail somewhere; return whether it did before the process ended."""
    proxy = warehouse.proxy
    proxy.lost_answer = b""
    proxy.fail(kind, chance.randint(*_BYTES))
    until(lambda: proxy.has_failed or process.status is not None, "bytes for the warehouse")
    return proxy.has_failed


def _loses_an_answer(warehouse: Warehouse, process: Process, chance: Random) -> bool:
    """Lose the answer to an insert; return whether that was before the process ended."""
    proxy = warehouse.proxy
    while _strikes(Kind.MUTE, warehouse, process, chance):
        until(
            lambda: (
                proxy.lost_answer.endswith(_END_OF_STREAM)
                or proxy.lost_answer[:1] in {_HELLO, _DATA}
                or process.status is not None
            ),
            "the answer to an insert",
        )
        if proxy.lost_answer.endswith(_END_OF_STREAM):
            return True
        # It has struck before the rows, and nothing is inserted.
        if not _mended(warehouse, process):
            return False
    return False


def _mended(warehouse: Warehouse, process: Process) -> bool:
    """Mend the network; return whether the process has felt that it had failed."""
    return process.says_more(NOT_TAKEN, 1, warehouse.proxy.mend)


def _killed(warehouse: Warehouse, process: Process) -> bool:
    """Kill the server and start it again; return whether the process has felt that."""

    def kill_and_start() -> None:
        warehouse.proxy.refuse()
        warehouse.kill()
        warehouse.start()
        warehouse.proxy.mend()
        warehouse.proxy.listen()

    return process.says_more(NOT_TAKEN, 1, kill_and_start)
