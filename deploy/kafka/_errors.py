"""What goes wrong with brokers."""

from __future__ import annotations


class BrokerError(Exception):
    """A broker could not be started, or is not in the state that is asked for.

    The message is for the person at the terminal: it says what to do about it or shows the end of
    the broker's log.
    """
