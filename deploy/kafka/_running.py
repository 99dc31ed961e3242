"""A cluster of brokers on this machine, for as long as a context lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from deploy.kafka._broker import Broker
from deploy.kafka._cluster import Cluster
from deploy.kafka._files import BrokerFiles
from deploy.kafka._folder import claimed
from deploy.kafka._kafka import Kafka
from deploy.kafka._ports import reserve
from deploy.kafka._settings import Member, Settings, broker_settings

_UNCHANGED: Settings = MappingProxyType({})
_IN_THE_FOLDER: Mapping[int, Path] = MappingProxyType({})


@contextmanager
def running_cluster(
    *,
    directory: Path,
    brokers: int = 1,
    port: int = 0,
    settings: Settings = _UNCHANGED,
    log_directories: Mapping[int, Path] = _IN_THE_FOLDER,
) -> Iterator[Cluster]:
    """Run one broker or three on 127.0.0.1: up when the context begins, stopped when it ends.

    The cluster lives in the directory, which is made if it is missing, and finds its data there
    when it is run again with as many brokers. Brokers listen on the port and those after it, or on
    free ports for 0; none of these goes to anybody else while the context lasts. The settings, by
    Kafka's names, replace those of every broker. `log_directories` says where a broker, by its
    place in `Cluster.brokers`, stores its records if not in the directory.

    The brokers end when this process does, also if that is killed. The first use on a machine
    fetches Kafka, which takes some seconds. Starting and stopping block: call them in a thread
    if an event loop has other things to do meanwhile.

    Raises BrokerError if Java or Maven, a port or a folder cannot be used or a broker does not
    come up, and ValueError for wrong arguments.
    """
    if brokers not in {1, 3}:
        raise ValueError(f"A cluster has 1 broker or 3, not {brokers}.")
    if not log_directories.keys() <= set(range(brokers)):
        raise ValueError(f"log_directories is for brokers 0 to {brokers - 1}: {log_directories}")
    kafka = Kafka.found()
    with ExitStack() as stack:
        cluster_id = stack.enter_context(claimed(directory, brokers))
        members = _members(stack, brokers, port)
        files = [
            BrokerFiles.of(member.node, directory, log_directories.get(place))
            for place, member in enumerate(members)
        ]
        for member, own in zip(members, files, strict=True):
            own.write(broker_settings(member, members, own.log_directory, settings))
        unused = [own.properties for own in files if not own.are_formatted_for(cluster_id)]
        kafka.format(cluster_id, unused)
        cluster = Cluster(
            tuple(
                Broker(member.node, member.port, own.log, kafka.broker(own.properties))
                for member, own in zip(members, files, strict=True)
            )
        )
        stack.callback(cluster.kill)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def _members(stack: ExitStack, brokers: int, port: int) -> list[Member]:
    """Reserve the ports of all brokers for as long as the stack lasts."""

    def reserved(port: int) -> int:
        return int(stack.enter_context(reserve(port)).getsockname()[1])

    return [
        Member(place + 1, reserved(port + place if port else 0), reserved(0))
        for place in range(brokers)
    ]
