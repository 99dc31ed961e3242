"""The brokers of one cluster, taken together."""

from __future__ import annotations

import time
from dataclasses import dataclass

from deploy.kafka._broker import STOP_SECONDS, Broker


@dataclass(frozen=True)
class Cluster:
    """One broker or three, in the order of their numbers. To be used by one thread at a time."""

    brokers: tuple[Broker, ...]

    @property
    def bootstrap(self) -> str:
        """The addresses of all brokers, as clients take them for `bootstrap_servers`."""
        return ",".join(broker.address for broker in self.brokers)

    @property
    def running(self) -> tuple[Broker, ...]:
        """The brokers whose processes are there, paused or not."""
        return tuple(broker for broker in self.brokers if broker.is_running)

    def start(self) -> None:
        """Start all brokers that do not run; block until they are up.

        Raises BrokerError if one of them does not come up.
        """
        down = [broker for broker in self.brokers if not broker.is_running]
        for broker in down:
            broker.launch()
        for broker in down:
            broker.await_start()

    def stop(self) -> None:
        """Have all running brokers shut down in order; block until they have.

        Whichever cannot is killed: at once if half of the brokers or more are down already, after
        30 seconds otherwise. That loses nothing that was acknowledged. Three brokers take five
        seconds, in which the last one looks for the others; kill them if nobody needs their data.
        """
        running = self.running
        if len(running) <= len(self.brokers) // 2:
            self.kill()
            return
        for broker in running:
            broker.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for broker in running:
            if not broker.stops_within(max(0.0, deadline - time.monotonic())):
                broker.kill()

    def kill(self) -> None:
        """Kill all running brokers, as a power cut would."""
        for broker in self.running:
            broker.kill()

    def watch(self) -> None:
        """Block for as long as all brokers run; raise BrokerError when one of them ends."""
        while True:
            for broker in self.brokers:
                broker.running()
            time.sleep(0.2)
