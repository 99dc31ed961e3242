"""A cluster of brokers on this machine, for as long as a context lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from deploy.kafka._broker import Broker
from deploy.kafka._errors import ClusterError
from deploy.kafka._folder import claimed
from deploy.kafka._kafka import Kafka
from deploy.kafka._ports import reserve
from deploy.kafka._settings import Member, Settings, as_properties, broker_settings

_UNCHANGED: Settings = MappingProxyType({})
_IN_THE_FOLDER: Mapping[int, Path] = MappingProxyType({})


@dataclass(frozen=True)
class Cluster:
    """The brokers of one cluster, in the order of their ports."""

    brokers: tuple[Broker, ...]

    @property
    def bootstrap(self) -> str:
        """The addresses of all brokers, as clients take them for `bootstrap_servers`."""
        return ",".join(broker.address for broker in self.brokers)

    def start(self) -> None:
        """Start all brokers that do not run; block until they are up.

        Raises ClusterError if one of them does not come up.
        """
        down = [broker for broker in self.brokers if not broker.is_running]
        for broker in down:
            broker.launch()
        for broker in down:
            broker.await_start()

    def stop(self) -> None:
        """Have all running brokers shut down in order; block until they have.

        Whichever does not is killed, and ClusterError raised.
        """
        running = [broker for broker in self.brokers if broker.is_running]
        for broker in running:
            broker.ask_to_stop()
        for broker in running:
            broker.await_stop()

    def kill(self) -> None:
        """Kill all running brokers, as a power cut would."""
        for broker in self.brokers:
            if broker.is_running:
                broker.kill()


@contextmanager
def running_cluster(
    *,
    directory: Path,
    brokers: int = 1,
    port: int = 0,
    settings: Settings = _UNCHANGED,
    log_directories: Mapping[int, Path] = _IN_THE_FOLDER,
) -> Iterator[Cluster]:
    """Run one broker or three on 127.0.0.1; yield them when they are up, stop them at the end.

    The cluster lives in the directory, which is made if it is missing: what it stores is there again
    when it is next run with the same directory and number of brokers. Brokers listen on the port
    and those after it, or on free ports for 0. The settings, by Kafka's names, replace those of
    every broker. `log_directories` says where a broker, by its place in `Cluster.brokers`, stores
    its records if not in the directory.

    The brokers end when this process does, however it ends. The first use on a machine fetches Kafka,
    which takes some seconds. Raises ClusterError if Java or Maven, a port or a folder cannot be used,
    or a broker does not start; ValueError for wrong arguments. Blocks: in a coroutine, enter
    it before the loop has other work to do.
    """
    if brokers not in {1, 3}:
        raise ValueError(f"A cluster has 1 broker or 3, not {brokers}.")
    directory = directory.absolute()
    kafka = Kafka.found()
    with ExitStack() as stack:
        cluster_id = stack.enter_context(claimed(directory, brokers))

        def taken(port: int) -> int:
            return int(stack.enter_context(reserve(port)).getsockname()[1])

        members = [
            Member(node, taken(port and port + place), taken(0))
            for place, node in enumerate(range(1, brokers + 1))
        ]
        unformatted = []
        made = []
        for place, member in enumerate(members):
            folder = directory / f"broker-{member.node}"
            folder.mkdir(exist_ok=True)
            log_directory = log_directories.get(place, folder / "data").absolute()
            properties = folder / "server.properties"
            properties.write_text(
                as_properties(broker_settings(member, members, log_directory, settings))
            )
            if not (log_directory / "meta.properties").exists():
                unformatted.append(properties)
            made.append(
                Broker(member.node, member.port, folder / "broker.log", kafka.broker(properties))
            )
        kafka.format(cluster_id, unformatted)
        cluster = Cluster(tuple(made))
        stack.callback(cluster.kill)
        cluster.start()
        yield cluster
        cluster.stop()
