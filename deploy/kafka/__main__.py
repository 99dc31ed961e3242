"""`python -m deploy.kafka`: run one broker or three until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.kafka import BrokerError, running_cluster


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a cluster as the arguments say; block until Ctrl-C, SIGTERM or SIGHUP asks to stop it.

    Returns 0 if it was asked to stop, and 1 if it cannot start or a broker ends by itself. Wrong
    arguments end the process with 2.
    """
    options = _parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    _say("Starting Kafka; if it is not on this machine yet, Maven fetches it.")
    try:
        with running_cluster(
            directory=options.data, brokers=options.brokers, port=options.port
        ) as cluster:
            _say(f"It accepts connections at {cluster.bootstrap}")
            for broker in cluster.brokers:
                _say(f"Log of broker {broker.node}: {broker.log}")
            _say(f"Ctrl-C stops it; its data stays in {options.data}")
            cluster.watch()
    except BrokerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        _say("Kafka is stopped.")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # whoever starts this from a program waits for the address


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.kafka",
        description="Run Kafka on this machine, open to this machine alone, until Ctrl-C. "
        "It needs Java 17 or newer, and Maven to fetch it the first time.",
    )
    parser.add_argument(
        "--brokers", type=int, choices=(1, 3), default=1, help="how many; default: %(default)s"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=9092,
        metavar="PORT",
        help="where it listens, three brokers from there on; 0 for any; default: %(default)s",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("data-kafka"),
        metavar="DIR",
        help="the folder of its data and logs; default: %(default)s",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
