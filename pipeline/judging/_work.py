"""The judging process: from texts to what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from pipeline.copies import Wording
from pipeline.events import WorkspaceId
from pipeline.frames import read_frames, write_frame
from pipeline.judging._messages import Judged, Text, decode_lexicons, decode_order, encode_answer
from pipeline.signals import Standards, judge_text, read_additions


def work(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Judge the texts of each order, and answer it, until no more orders come.

    Before the first come the lexicons of workspaces.
    """
    frames = read_frames(orders)
    standards = {
        workspace: read_additions(lexicon, workspace)
        for workspace, lexicon in decode_lexicons(next(frames)).items()
    }
    for frame in frames:
        texts = decode_order(frame)
        write_frame(answers, encode_answer([_judged(text, standards) for text in texts]))


def _judged(text: Text, standards: Mapping[WorkspaceId, Standards]) -> Judged:
    known = standards.get(text.workspace)
    return Judged(
        judge_text(text.body, text.creator_name, text.creator_content, known),
        Wording(text.body, text.creator_name).masked(),
    )
