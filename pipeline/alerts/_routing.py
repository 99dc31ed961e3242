"""Which notifiers are told of which alerts, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from pipeline.alerts._alert import Alert
from pipeline.alerts._quiet import Quiet
from pipeline.events import Milliseconds, WorkspaceId

EVERY_WORKSPACE: Final = "*"


class Route(msgspec.Struct, frozen=True):
    """One way that alerts take."""

    notifiers: tuple[str, ...]
    workspace: str = EVERY_WORKSPACE
    at_least: int = 0
    """It is taken by alerts that have reached this risk at some time, and then to their end."""
    quiet: Quiet | None = None


class Routing(msgspec.Struct, frozen=True):
    """All routes. What several of them say of a notifier holds together: the soonest wins."""

    routes: tuple[Route, ...] = ()

    def least_risk(self, notifier: str, workspace: WorkspaceId) -> int | None:
        """Return from which risk on a notifier is told; None if never."""
        return min((route.at_least for route in self._of(notifier, workspace)), default=None)

    def not_before(self, notifier: str, alert: Alert, peak: int, now: Milliseconds) -> Milliseconds:
        """Return from when a notifier may be told of an alert: now, or the end of a quiet period.

        `peak` is the greatest risk that the alert has had. Where no route takes it any more, all
        that lead to the notifier say when; where there is none, it may be told now.
        """
        routes = list(self._of(notifier, alert.workspace))
        taking = [route for route in routes if route.at_least <= peak]
        return min(
            (
                route.quiet.ends(now)
                if route.quiet is not None and alert.risk < route.quiet.unless_at_least
                else now
                for route in taking or routes
            ),
            default=now,
        )

    def _of(self, notifier: str, workspace: WorkspaceId) -> Iterator[Route]:
        for route in self.routes:
            if route.workspace in {EVERY_WORKSPACE, workspace} and notifier in route.notifiers:
                yield route
