"""A system that is served until somebody stops it."""

from __future__ import annotations

import shlex
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import faust

from pipeline.cli._alert_settings import who_is_told
from pipeline.cli._installation import Installation
from pipeline.cli._policy_in_force import put_in_force
from pipeline.cli._stopping import first, told_to_stop
from pipeline.embedded import DataDirectory, EmbeddedSystem, Settings, running_system
from pipeline.policy import Policy
from pipeline.web import LOOPBACK, Door, serving

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - to recognise what a user asks for
_HERE = frozenset({LOOPBACK, "localhost", "::1"})


class AgentFailedError(Exception):
    """An agent could not go on; the message says of what, the cause is what it raised."""

    @classmethod
    def of(cls, app: faust.App) -> Self:
        """Return what it means that this app has crashed."""
        reason = app.crash_reason
        return cls(
            f"An agent failed: {type(reason).__name__}: {reason}. Nothing is lost: what was not "
            "processed is in the log, and comes again at the next start."
        )


@dataclass(frozen=True, slots=True)
class Service:
    """What is to be served, and where."""

    installation: Installation
    directory: DataDirectory
    settings: Settings
    sockets: Sequence[socket.socket]
    """They listen already; the first is at 127.0.0.1 too."""
    host: str
    """Where the web server was asked to listen."""

    async def run(self, policy: Policy | None, path: Path | None) -> None:
        """Serve until SIGINT or SIGTERM, then stop everything; `path` is the policy's file.

        Raises AgentFailedError when an agent fails, and what `running_system` raises at the start.
        """
        with told_to_stop() as told:
            make_app = self.installation.make_app
            async with running_system(self.directory, make_app, self.settings) as system:
                await put_in_force(system, policy, path)
                door = Door(system.warehouse.password, lambda: self._say_signed_in(door))
                async with serving(system, door, self.sockets, {self.host}):
                    self._say_what_is_served(system, door)
                    await first(told.wait(), system.stopped())
                    if not told.is_set():
                        raise AgentFailedError.of(system.app) from system.app.crash_reason
                    self.installation.messages.print("Stopping.")

    def _say_what_is_served(self, system: EmbeddedSystem, door: Door) -> None:
        data, warehouse = shlex.quote(str(self.directory.path)), system.warehouse
        self._say(f"Serving {self.directory.path}. Ctrl-C stops it.")
        self._say("")
        self._say(f"Page        {self._link(door)}")
        self._say("            The link signs one browser in; after that the next is printed.")
        self._say(f"ClickHouse  127.0.0.1:{warehouse.port}, native protocol, user {warehouse.user}")
        self._say("            Its password is the secret in endpoint.json in the folder.")
        self._say(f"Alerts      {who_is_told(self.settings.alerts)}")
        self._say(f"Load        outreach import FILE... --data {data}")
        self._say(f"Ask         outreach report --data {data}")
        self._say(f'            outreach sql "SELECT ..." --data {data}')
        if self.host not in _HERE:
            self._say("")
            self._say("Others can reach the page, over a connection that nobody has encrypted.")

    def _say_signed_in(self, door: Door) -> None:
        self._say(f"A browser signed in. For the next one: {self._link(door)}")

    def _say(self, line: str) -> None:
        output = self.installation.output
        output.print(line, soft_wrap=True, highlight=False, markup=False)
        output.file.flush()

    def _link(self, door: Door) -> str:
        host = LOOPBACK if self.host in _EVERYWHERE | _HERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.settings.web_port}/?token={door.token}"
