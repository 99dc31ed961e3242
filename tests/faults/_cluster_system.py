"""A whole cluster, from its empty topics on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka import Cluster as Brokers
from tests.faults._brokers import empty
from tests.faults._cluster import ClusterSystem
from tests.faults._load import Load
from tests.faults._warehouse import warehouse


@contextmanager
def cluster_system(folder: Path, kafka: Brokers, load: Load) -> Iterator[ClusterSystem]:
    """Have a system of which nothing was there before, with its topics, tables and policy.

    An AssertionError of the block, a HangsError among them, tells how all its processes do.
    """
    folder.mkdir(parents=True)
    asyncio.run(empty(kafka))
    with warehouse(folder / "warehouse") as tables:
        system = ClusterSystem(folder, kafka, tables, load)
        try:
            system.load_policy()
            yield system
        except AssertionError as error:
            raise AssertionError(f"{error}\n{system.report()}") from error
        finally:
            system.close()
