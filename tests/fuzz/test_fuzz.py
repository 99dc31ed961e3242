from __future__ import annotations

from pathlib import Path

from pipeline.embedded import PARTITIONS
from tests.fuzz._account import Place, Placed, problems
from tests.fuzz._embedded import run_embedded
from tests.fuzz._kinds import HUGE, KINDS
from tests.fuzz._plan import plan
from tests.system.outreach import views_of

_LARGEST = 12 * 1024 * 1024


def test_every_record_is_seen_or_a_dead_letter(tmp_path: Path) -> None:
    """Of thousands of damaged records and sound ones between them none is lost, none doubled."""
    sent = plan(11, 3_000, partitions=PARTITIONS, huge=4, largest=_LARGEST)

    ran = run_embedded(tmp_path, sent)

    placed = [
        Placed(each, Place(each.topic, each.output.partition or 0, offset))
        for each, offset in zip(sent, ran.offsets, strict=True)
    ]
    assert problems(placed, views_of(tmp_path / "data"), ran.letters) == []


def test_a_plan_has_damage_of_every_kind() -> None:
    """Every kind makes records that are of no use, and some make others, too."""
    sent = plan(12, 8_000, partitions=PARTITIONS, huge=30, largest=_LARGEST)

    of_no_use = {each.kind for each in sent if each.use is None}
    of_use = {each.kind for each in sent if each.use is not None}

    assert of_no_use == {kind.__name__ for kind in (*KINDS, *HUGE)} | {"no policy"}
    assert of_use > {"sound", "nothing", "bits_flipped", "in_blocks", "two_in_one"}


def test_equal_seeds_give_equal_plans() -> None:
    """What was found once can be found again."""
    one, again = (plan(3, 200, partitions=2, huge=1, largest=_LARGEST) for _ in range(2))

    assert one == again
    assert one != plan(4, 200, partitions=2, huge=1, largest=_LARGEST)
