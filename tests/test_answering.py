"""A process of its own that answers."""

from __future__ import annotations

import pytest

from pipeline.answering import AnsweringProcess, ProcessEndedError

ENDS_AT_ONCE = "pipeline.frames"
MORE_THAN_A_PIPE_HOLDS = bytes(1_000_000)


@pytest.mark.parametrize("greeting", [b"", MORE_THAN_A_PIPE_HOLDS])
def test_a_process_that_ends_at_once_is_told_of(greeting: bytes) -> None:
    """Whether it ends while it is greeted or later, and each time that one asks."""
    with AnsweringProcess(ENDS_AT_ONCE, greeting) as process:
        for _ in range(2):
            with pytest.raises(ProcessEndedError):
                process.ask(b"an order")
            assert process._child is None
