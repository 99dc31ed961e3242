from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from pipeline.frames import read_frames, write_frame


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_messages_come_out_as_they_went_in(messages: list[bytes]) -> None:
    """Whole messages in their order, empty ones too."""
    stream = io.BytesIO()
    for message in messages:
        write_frame(stream, message)
    stream.seek(0)
    assert list(read_frames(stream)) == messages


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=3), st.data())
def test_what_breaks_off_is_left_out(messages: list[bytes], data: st.DataObject) -> None:
    """Of a writer that died in the middle, all whole messages count and nothing else."""
    stream = io.BytesIO()
    for message in messages:
        write_frame(stream, message)
    last = 4 + len(messages[-1])
    cut = data.draw(st.integers(1, last))
    torn = io.BytesIO(stream.getvalue()[:-cut])
    assert list(read_frames(torn)) == messages[:-1]
