from __future__ import annotations

from evaluation._figures import figure_of
from evaluation._section import Section
from evaluation.messages import Half, Labelled, errors_of, judged_messages, sections
from pipeline.signals import Element, SignalCode

GOOD = "Write to tess@northfold.example if you are free on Monday."
PLAIN = "Have a look at what we make and tell me what you think."


def labelled(body: str, *signals: SignalCode, held: bool = True, email: bool = False) -> Labelled:
    """Return a follow-up, which needs no element."""
    elements = frozenset({Element.CONTACT_EMAIL.value} if email else ())
    return Labelled(held, "en", body, elements, frozenset(each.value for each in signals), step=1)


def english(section: Section, code: str) -> tuple[object, ...]:
    """Return the figures of one element or signal."""
    (row,) = (row for row in section.rows if row[0] == code)
    return row[1:]


def test_figures_of_a_hand_made_set() -> None:
    """Each half has the counts of its own messages: what is there, precision and recall."""
    judged = judged_messages(
        [
            labelled(GOOD, email=True),
            labelled(GOOD + " "),
            labelled(PLAIN, email=True),
            labelled(PLAIN + " ", email=True),
            labelled(GOOD + "  ", email=True, held=False),
        ]
    )
    section, *others = sections(judged, tuple(Half))
    assert section.title == "English: 1 tuned, 4 held"
    assert section.heads == ("", "tuned", "P tuned", "R tuned", "held", "P held", "R held")
    tuned, held = (1, figure_of(1, 1), figure_of(1, 1)), (3, figure_of(1, 2), figure_of(1, 3))
    assert english(section, "contact_email") == (*tuned, *held)
    assert [other.title.split(":")[0] for other in others] == [
        "German",
        "Spanish",
        "French",
        "Portuguese",
        "Languages without a lexicon",
    ]


def test_promises_are_kept_in_english_that_nobody_tuned_on() -> None:
    """Goals stand for the half that was held out, two for each code, and for English alone."""
    judged = judged_messages([labelled(GOOD, email=True)])
    held = list(sections(judged, [Half.HELD]))
    assert len(held[0].goals) == 2 * (len(Element) + len(SignalCode))
    assert [section.goals for section in held[1:]] == [()] * 5
    met = {goal.of for goal in held[0].goals if goal.is_met}
    assert met == {"contact_email precision", "contact_email recall"}
    assert all(not section.goals for section in sections(judged, [Half.TUNED]))


def test_errors_are_shown_of_what_was_tuned_on_alone() -> None:
    """What is missed and imagined is shown with what misled, but never of a held message."""
    for held, kinds in ((False, ["imagined", "missed"]), (True, [])):
        judged = judged_messages(
            [
                labelled(GOOD, held=held),
                labelled(PLAIN, held=held, email=True),
                labelled(GOOD + " ", held=held, email=True),
            ]
        )
        errors = list(errors_of(Element.CONTACT_EMAIL, judged))
        assert [error.kind for error in errors] == kinds
        assert [error.words for error in errors] == ["tess@northfold.example", ""][: len(kinds)]
