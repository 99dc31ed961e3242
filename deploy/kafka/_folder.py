"""The folder of a cluster: whose it is, and who has it now."""

from __future__ import annotations

import json
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.kafka._errors import BrokerError
from deploy.kafka._lock import locked

_IDENTITY = "cluster.json"


@contextmanager
def claimed(directory: Path, brokers: int) -> Iterator[str]:
    """Claim the folder for a cluster of so many brokers, and yield the id of this cluster.

    The folder is made if it is missing, and a cluster without id gets one. Raises BrokerError if
    another process has the folder, if the cluster in it has another number of brokers, or if
    nothing can be written to it.
    """
    with ExitStack() as stack:
        try:
            directory.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(directory / "lock", wait=False))
            cluster_id = _identity(directory, brokers)
        except BlockingIOError:
            raise BrokerError(
                f"{directory} is in use by another process: stop that one, or name another folder."
            ) from None
        except OSError as error:
            raise BrokerError(f"{directory} cannot be used: {error}") from error
        yield cluster_id


def _identity(directory: Path, brokers: int) -> str:
    path = directory / _IDENTITY
    if not path.exists():
        scratch = path.with_suffix(".new")
        scratch.write_text(json.dumps({"cluster_id": _new_id(), "brokers": brokers}) + "\n")
        scratch.replace(path)
    identity = json.loads(path.read_text())
    there = identity["brokers"]
    if there != brokers:
        raise BrokerError(
            f"{directory} holds a cluster with {there} broker{'s' * (there > 1)}: "
            f"start it with {there}, or name another folder."
        )
    return str(identity["cluster_id"])


def _new_id() -> str:
    """Return 16 bytes as Kafka writes them, the first of them such that no hyphen comes first."""
    return urlsafe_b64encode(b"\0" + uuid.uuid4().bytes[1:]).rstrip(b"=").decode()
