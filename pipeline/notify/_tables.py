"""What may stand in the file, but for what depends on the kind of a notifier."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, Field, PlainValidator, model_validator

from pipeline.alerts import EVERY_WORKSPACE, Quiet, Route
from pipeline.notify._values import Table, Text, at_odds
from pipeline.policy import Timezone

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_NEVER: Final = 101


def _read_clock(value: object) -> int:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time of the day, such as "22:00"')
    return int(found[1]) * 60 + int(found[2])


Clock = Annotated[int, PlainValidator(_read_clock)]
Risk = Annotated[int, Field(strict=True, ge=0, le=100)]
_A_RISK: Final = "a whole number from 0 to 100"


class QuietTable(Table):
    """A quiet period."""

    start: Annotated[Clock, Field(alias="from")]
    until: Clock
    timezone: Timezone
    unless_at_least: Risk | None = Field(default=None, description=_A_RISK)

    @model_validator(mode="after")
    def _is_no_whole_day(self) -> Self:
        if self.start == self.until:
            raise at_odds("until", "the same as from", "two different times of the day")
        return self

    def value(self) -> Quiet:
        """Return what it means."""
        least = _NEVER if self.unless_at_least is None else self.unless_at_least
        return Quiet(self.start, self.until, self.timezone, least)


class RouteTable(Table):
    """A route."""

    workspace: Text = EVERY_WORKSPACE
    notifiers: Annotated[tuple[Text, ...], Field(min_length=1)]
    at_least: Risk = Field(default=0, description=_A_RISK)
    quiet: QuietTable | None = None

    def value(self) -> Route:
        """Return what it means."""
        quiet = None if self.quiet is None else self.quiet.value()
        return Route(self.notifiers, self.workspace, self.at_least, quiet)


class AlertsFile(Table):
    """All but what depends on the kind of a notifier."""

    notifiers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    routes: tuple[RouteTable, ...] = ()


TABLES: Final[dict[tuple[str, ...], type[BaseModel]]] = {
    (): AlertsFile,
    ("routes",): RouteTable,
    ("routes", "quiet"): QuietTable,
}
"""The model of each table, by the keys that lead to it."""
