"""What the judging process is told, and what it answers."""

from __future__ import annotations

import msgspec

from pipeline.copies import MaskedText
from pipeline.events import WorkspaceId
from pipeline.signals import JudgedText


class Text(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an account wrote, and what is known of whom it wrote to."""

    body: str
    creator_name: str | None = None
    creator_content: tuple[str, ...] = ()
    workspace: WorkspaceId = WorkspaceId("default")
    """Whose lexicon it is judged by."""


class Judged(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was found in a text."""

    text: JudgedText
    masked: MaskedText
    """What is compared of it with other messages."""


encode_lexicons = msgspec.msgpack.Encoder().encode
decode_lexicons = msgspec.msgpack.Decoder(dict[WorkspaceId, str]).decode
encode_order = msgspec.msgpack.Encoder().encode
decode_order = msgspec.msgpack.Decoder(list[Text]).decode
encode_answer = msgspec.msgpack.Encoder().encode
decode_answer = msgspec.msgpack.Decoder(list[Judged]).decode
