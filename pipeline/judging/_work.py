"""The judging process: from texts to what they show."""

from __future__ import annotations

from typing import IO

from pipeline.copies import Wording
from pipeline.frames import read_frames, write_frame
from pipeline.judging._messages import Judged, Text, decode_order, encode_answer
from pipeline.signals import judge_text


def work(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Judge the texts of each order, and answer it, until no more orders come."""
    for frame in read_frames(orders):
        write_frame(answers, encode_answer([_judged(text) for text in decode_order(frame)]))


def _judged(text: Text) -> Judged:
    return Judged(
        judge_text(text.body, text.creator_name, text.creator_content),
        Wording(text.body, text.creator_name).masked(),
    )
