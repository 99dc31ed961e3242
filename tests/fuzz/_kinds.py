"""Every way in which a record can be wrong, or only look so."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from tests.fuzz import _damage_to_bytes as whole
from tests.fuzz import _damage_to_fields as field
from tests.fuzz._sound import Sound, Source

Damage = Callable[[Sound, Source, random.Random], bytes | None]
"""Returns the value that is sent in the place of a sound record."""

HUGE: Sequence[Damage] = (
    whole.huge_noise,
    whole.huge_zeros,
    field.huge_body,
    field.huge_number_of_items,
)
"""Of these there are few."""
KINDS: Mapping[Damage, int] = {
    whole.nothing: 6,
    whole.tombstone: 2,
    whole.empty: 2,
    whole.noise: 5,
    whole.noise_as_body: 5,
    whole.cut: 6,
    whole.goes_on: 3,
    whole.bits_flipped: 14,
    whole.bytes_overwritten: 8,
    whole.bytes_lost_or_doubled: 6,
    whole.two_in_one: 5,
    whole.other_fingerprint: 3,
    whole.fingerprint_of_another: 3,
    whole.of_another_topic: 4,
    whole.confluent_unknown: 3,
    whole.confluent_cut: 1,
    whole.json_line: 2,
    field.absurd_number: 4,
    field.number_of_too_many_bytes: 3,
    field.absurd_length: 5,
    field.no_utf_8: 4,
    field.absurd_branch: 3,
    field.absurd_truth: 3,
    field.sealed: 2,
    field.odd_text: 5,
    field.odd_body: 2,
    field.in_blocks: 3,
    field.in_more_bytes_than_needed: 3,
    field.by_an_old_version: 3,
}
"""How often each comes, beside the others."""
