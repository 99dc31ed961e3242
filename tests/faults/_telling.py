"""`outreach up` with somebody on call, killed at some moment between a message and its notice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TypeAlias
from urllib.request import urlopen

import msgspec

from pipeline.embedded import DataDirectory
from tests.faults._plan import Crash, Plan, Point
from tests.faults._process import KILLED, Process, until
from tests.system._blast import as_lines, blast_of_today
from tests.system._on_call import OnCall, alerts_file, only_alert
from tests.system.outreach import outreach, views_of


class Telling(StrEnum):
    """A moment at which a notice is on its way."""

    UNANSWERED = "unanswered"
    """Whoever is on call has it, and says nothing."""
    UNNOTED = "unnoted"
    """It was taken, and the process does not know that yet."""


Moment: TypeAlias = Crash | Telling

MOMENTS: tuple[Moment, ...] = (
    *(Crash(agent, point, 1) for agent in ("campaigns", "notifications") for point in Point),
    *Telling,
)
"""From the alert that is not in the log yet to the notice that was taken."""


def moments(chance: Random, rounds: int) -> list[Moment]:
    """Return so many moments, of which all come before any comes again."""
    chosen: list[Moment] = []
    while len(chosen) < rounds:
        chosen += chance.sample(MOMENTS, len(MOMENTS))
    return chosen[:rounds]


class TellingSystem:
    """One data directory, and who is told of its alerts."""

    def __init__(self, folder: Path, somebody: OnCall) -> None:
        self._folder = folder
        self._somebody = somebody
        self._data = DataDirectory(folder / "data")
        self._starts = 0
        self._campaigns: list[str] = []
        folder.mkdir(parents=True)

    def alarm(self, moment: Moment | None = None) -> float:
        """Bring a campaign in that turns into spam, and have the process killed at the moment.

        It is started again at once. Returns how many seconds lie between the last message and the
        moment when whoever is on call was told; where the process does not know that, told again.
        """
        campaign = f"campaign {len(self._campaigns)}"
        self._campaigns.append(campaign)
        file = self._folder / f"{campaign}.jsonl"
        if moment is not None:
            self._strike(moment, campaign, file)
        with self._running() as process:
            sent = self._take_in(file, campaign)
            self._somebody.told_of(campaign, 2 if isinstance(moment, Telling) else 1)
            seconds = time.time() - sent
            until(lambda: self._lag() == 0, f"everything processed; {process.said}")
        return seconds

    def check(self) -> None:
        """Hold that each campaign has one alert, which has opened under one key."""
        there = [
            (row["campaign_id"], row["alert_id"]) for row in views_of(self._data.path)["alerts"]
        ]
        told = [(each, only_alert(self._somebody.told_of(each))) for each in self._campaigns]
        assert sorted(there) == sorted(told), f"{there} in the view, told of {told}"

    def _strike(self, moment: Moment, campaign: str, file: Path) -> None:
        crash = moment if isinstance(moment, Crash) else None
        with self._running(crash) as process:
            if crash is None:
                self._somebody.keep_waiting()
            self._take_in(file, campaign)
            if crash is not None:
                assert process.ended() == KILLED, process.said
                return
            self._somebody.told_of(campaign)
            if moment is Telling.UNNOTED:
                os.kill(process.pid, signal.SIGSTOP)
                self._somebody.answer()
            process.kill()

    @contextmanager
    def _running(self, crash: Crash | None = None) -> Iterator[Process]:
        self._starts += 1
        plan = Plan(str(self._folder / f"{self._starts}.notes"), 2_000, 20_000, None, crash)
        told = alerts_file(self._folder, self._somebody.port)
        options: list[str | Path] = ["--data", self._data.path, "--port", "0", "--alerts", told]
        with Process(plan, "up", *options) as process:
            until(lambda: self._is_served_by(process), f"a start; {process.said}")
            yield process

    def _is_served_by(self, process: Process) -> bool:
        assert process.status is None, process.said
        endpoint = self._data.endpoint()
        return endpoint is not None and endpoint.pid == process.pid

    def _take_in(self, file: Path, campaign: str) -> float:
        """Bring a campaign in, unless it was; return when its last message was sent.

        The process may die of it, and then not say that it has taken it.
        """
        if not file.exists():
            file.write_bytes(as_lines(blast_of_today(campaign)))
        outreach("import", file, "--data", self._data.path)
        return file.stat().st_mtime

    def _lag(self) -> int:
        endpoint = self._data.endpoint()
        assert endpoint is not None
        with urlopen(f"http://127.0.0.1:{endpoint.web_port}/health") as answer:
            return int(msgspec.json.decode(answer.read())["lag"])
