"""The settings that travel with a query, in an engine that knows only those of a session."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.warehouse._quoting import quoted, quoted_name
from pipeline.warehouse.embedded._errors import ErrorCode, RefusedError
from pipeline.warehouse.embedded._session import Session


class Setting(NamedTuple):
    """A setting that a client sent with a query."""

    name: str
    value: str
    important: bool
    """Whether the query must fail if the engine does not know the setting."""


_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LOCKS = ("readonly", "allow_ddl")
"""Settings after which others, or these, may no longer be set: they come last and go first."""
_OURS = "log_comment"
"""Marks the queries of a connection, so that they can be killed."""


class QuerySettings:
    """Keeps a session's settings as the current query wants them.

    What a query set is put back to what it was when a later query no longer sends it. A client that
    sends the same settings each time causes no work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._applied: dict[str, str] = {}
        self._earlier: dict[str, str] = {}
        """What the session itself had set before, by SET."""

    def apply(self, settings: Sequence[Setting]) -> None:
        """Make these the settings of the query that follows, and no others.

        Raises RefusedError for a value that the engine does not accept, and for an important
        setting that it does not know; others that it does not know are left out.
        """
        wanted = {setting.name: setting for setting in settings if setting.name != _OURS}
        if self._applied == {name: setting.value for name, setting in wanted.items()}:
            return
        for name, value in list(self._applied.items()):
            if name in _LOCKS or name not in wanted or wanted[name].value != value:
                self._put_back(name)
        new = [setting for setting in wanted.values() if setting.name not in self._applied]
        self._remember(new)
        for setting in sorted(new, key=lambda setting: setting.name in _LOCKS):
            self._set(setting)

    def _set(self, setting: Setting) -> None:
        name = setting.name if _NAME.fullmatch(setting.name) else quoted_name(setting.name)
        try:
            self._session.run(f"SET {name} = {quoted(setting.value)}")
        except RefusedError as refusal:
            if refusal.code != ErrorCode.UNKNOWN_SETTING or setting.important:
                raise
        else:
            self._applied[setting.name] = setting.value

    def _put_back(self, name: str) -> None:
        del self._applied[name]
        self._session.run(f"SET {name} = DEFAULT")
        if name in self._earlier:
            self._session.run(f"SET {name} = {quoted(self._earlier.pop(name))}")

    def _remember(self, settings: Sequence[Setting]) -> None:
        if settings:
            changed = self._session.rows("SELECT name, value FROM system.settings WHERE changed")
            names = {setting.name for setting in settings}
            self._earlier.update((name, value) for name, value in changed if name in names)
