from pipeline.conversation import DAY
from tests.conversation._story import NOON, received, sent, steps, touches


def test_a_touch_without_campaign_has_that_of_the_touch_before_it() -> None:
    """It is handed on through touches that inherited it, and past the creator's messages."""
    rows = touches(
        sent("m1", NOON, None),
        sent("m2", NOON + 1),
        sent("m3", NOON + 2, None),
        received("r1", NOON + 3),
        sent("m4", NOON + 4, None),
        sent("n1", NOON + 5, "autumn"),
        sent("n2", NOON + 6, None),
    )
    assert {name: facts.campaign_id for name, facts in rows.items()} == {
        "m1": "",
        "m2": "spring",
        "m3": "spring",
        "m4": "spring",
        "n1": "autumn",
        "n2": "autumn",
    }


def test_touches_without_any_campaign_are_one_attempt() -> None:
    """Where there is nothing to inherit, the empty campaign counts its steps like any other."""
    assert steps(sent("m1", NOON, None), sent("m2", NOON + DAY, None)) == {"m1": 0, "m2": 1}


def test_a_touch_that_inherits_joins_the_attempt() -> None:
    """Its step goes on from those of the campaign that it inherits."""
    story = [sent("m1", NOON), sent("n1", NOON + 1, "autumn"), sent("n2", NOON + 2, None)]
    assert steps(*story) == {"m1": 0, "n1": 0, "n2": 1}


def test_a_late_touch_hands_its_campaign_to_those_after_it() -> None:
    """Inheritance follows the order of the messages, not that of their arrival."""
    story = [sent("m1", NOON), sent("m2", NOON + 2, None), sent("m3", NOON + 3, None)]
    late = sent("n1", NOON + 1, "autumn")
    assert {facts.campaign_id for facts in touches(*story).values()} == {"spring"}
    assert [touches(*story, late)[name].campaign_id for name in ("m2", "m3")] == ["autumn"] * 2
    assert steps(*story, late) == {"m1": 0, "n1": 0, "m2": 1, "m3": 2}
