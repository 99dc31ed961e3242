"""What one worker leaves behind, and what the next makes of it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from pipeline.transport import Output
from tests.contract._apps import DEADLINE_SECONDS
from tests.kafka._kafka_broker import KafkaBroker, until
from tests.kafka.counting_member import PARTITIONS

_MEMBER = Path(__file__).with_name("counting_member.py")
_RECORDS = 600


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let groups notice within a second that a member is dead."""
    monkeypatch.setenv("BROKER_SESSION_TIMEOUT", "1.0")
    monkeypatch.setenv("BROKER_HEARTBEAT_INTERVAL", "0.2")


@pytest.fixture
async def broker(kafka: str) -> AsyncIterator[KafkaBroker]:
    """Return the shared broker."""
    async with KafkaBroker.connected(kafka) as broker:
        yield broker


@pytest.fixture
async def group(broker: KafkaBroker, prefix: str) -> str:
    """Return a group whose input topic holds records."""
    group = f"{prefix}counting"
    for topic in ("in", "out"):
        await broker.create_topic(f"{group}-{topic}", PARTITIONS)
    await broker.append(
        [
            Output(f"{group}-in", b"k%d" % (number % 7), b"", partition)
            for number in range(_RECORDS)
            for partition in range(PARTITIONS)
        ]
    )
    return group


@pytest.mark.parametrize("point", ["before", "within", "after"])
async def test_killed(broker: KafkaBroker, group: str, tmp_path: Path, point: str) -> None:
    """Killed before, within or after a transaction: the next worker counts every record once."""
    async with _member(broker, group, tmp_path / "one", point, "9") as first:
        await first.wait()
        assert first.returncode == -signal.SIGKILL
    async with _member(broker, group, tmp_path / "two"):
        await _all_acknowledged(broker, group)
    await _counted_exactly(broker, group)


async def test_killed_beside_another(broker: KafkaBroker, group: str, tmp_path: Path) -> None:
    """A worker that runs beside takes over what a killed one had, with its state."""
    async with (
        _member(broker, group, tmp_path / "one") as first,
        _member(broker, group, tmp_path / "two") as second,
    ):
        await _says(first, 5)
        await _says(second, 5)
        first.kill()
        await _all_acknowledged(broker, group)
    await _counted_exactly(broker, group)


async def test_killed_again_and_again(broker: KafkaBroker, group: str, tmp_path: Path) -> None:
    """A worker that is killed over and over goes on each time from its own state."""
    for commits in (3, 7, 12):
        async with _member(broker, group, tmp_path / "one", "within", str(commits)) as member:
            await member.wait()
    async with _member(broker, group, tmp_path / "one"):
        await _all_acknowledged(broker, group)
    await _counted_exactly(broker, group)


async def test_restarted_under_its_name(
    broker: KafkaBroker, group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A named worker that comes back in time has its partitions again; others notice nothing."""
    monkeypatch.setenv("BROKER_SESSION_TIMEOUT", "20.0")
    monkeypatch.setenv("CONSUMER_GROUP_INSTANCE_ID", "one")
    async with _member(broker, group, tmp_path / "one") as first:
        await _says(first, 1, "assigned")
        monkeypatch.setenv("CONSUMER_GROUP_INSTANCE_ID", "two")
        async with _member(broker, group, tmp_path / "two") as second:
            await _says(second, 1, "assigned")
            await _says(first, 1, "assigned")
            await _all_acknowledged(broker, group)
            first.kill()
            await first.wait()
            monkeypatch.setenv("CONSUMER_GROUP_INSTANCE_ID", "one")
            async with _member(broker, group, tmp_path / "one"):
                await broker.append(
                    [Output(f"{group}-in", b"k0", b"", number) for number in range(PARTITIONS)]
                )
                await _all_acknowledged(broker, group)
            second.kill()
            assert second.stdout is not None
            assert "assigned" not in (await second.stdout.read()).decode()
    await _counted_exactly(broker, group)


async def test_halted_and_awake_again(broker: KafkaBroker, group: str, tmp_path: Path) -> None:
    """A worker that wakes in a commit when another has its partitions writes nothing more."""
    async with _member(broker, group, tmp_path / "one", "stopped", "9") as sleeper:
        await _says(sleeper, 8)
        async with _member(broker, group, tmp_path / "two"):
            await _all_acknowledged(broker, group)
            sleeper.send_signal(signal.SIGCONT)
            await _says(sleeper, 1, "stale")
            await _counted_exactly(broker, group)
            # Both go on as members of the group.
            await broker.append(
                [Output(f"{group}-in", b"k0", b"", partition) for partition in range(PARTITIONS)]
            )
            await _all_acknowledged(broker, group)
    await _counted_exactly(broker, group)


@asynccontextmanager
async def _member(
    broker: KafkaBroker, group: str, folder: Path, *point: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    url = broker.url(batch_records=20)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(_MEMBER),
        url,
        group,
        str(folder),
        *point,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _says(process: asyncio.subprocess.Process, lines: int, like: str = " ") -> None:
    """Wait until a member has said so much: by default, how far it is."""
    assert process.stdout is not None
    while lines:
        line = (await process.stdout.readline()).decode()
        assert line, "it has ended"
        lines -= like in line


async def _all_acknowledged(broker: KafkaBroker, group: str) -> None:
    topic = f"{group}-in"

    async def done() -> bool:
        ends = [await broker.end(topic, number) for number in range(PARTITIONS)]
        positions = [await broker.position(group, topic, number) for number in range(PARTITIONS)]
        return positions == ends

    await until(done)


async def _counted_exactly(broker: KafkaBroker, group: str) -> None:
    """Check that each record is counted once, in the order of its partition."""
    for number in range(PARTITIONS):
        came: Counter[bytes] = Counter()
        expected = []
        for record in await broker.read(f"{group}-in", number):
            assert record.key is not None
            came[record.key] += 1
            expected.append((record.key, b"%d" % came[record.key]))
        written = await broker.read(f"{group}-out", number)
        assert [(record.key, record.value) for record in written] == expected
