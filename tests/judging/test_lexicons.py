from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.events import WorkspaceId
from pipeline.judging import JudgingProcess, Text, read_lexicons
from pipeline.signals import AdditionsError, Element, SignalCode, judge, read_additions

EXAMPLE = Path(__file__).parents[2] / "deploy" / "lexicons"
BRIMBLY = '[en.phrases]\ninformal = ["brimbly"]\n[weights.mistakes]\nfollow_up_excess = 7\n'
BODY = "Brimbly there, we would love to work with you on this. Would you be up for it?"


def a_folder(path: Path, **files: str) -> Path:
    """Write a folder of lexicons."""
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def test_a_lexicon_holds_for_its_workspace(tmp_path: Path) -> None:
    """What one agency has added changes nothing for the others."""
    lexicons = read_lexicons(a_folder(tmp_path / "lexicons", northfold=BRIMBLY))
    with JudgingProcess(lexicons) as process:
        own, other = process.judge(
            [Text(BODY, workspace=WorkspaceId(name)) for name in ("northfold", "default")]
        )

    for judged, is_informal, quality_less in ((own, True, 7), (other, False, 40)):
        seen = judged.text.marks.seen(opens=False, excess=False)
        assert (SignalCode.INFORMAL_TONE in seen.signals) is is_informal
        excess = judged.text.marks.seen(opens=False, excess=True)
        assert excess.quality == seen.quality - quality_less


def test_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    """Who keeps notes beside the lexicons may."""
    folder = a_folder(tmp_path / "lexicons", northfold=BRIMBLY)
    (folder / "README.md").write_text("Ask Tess before you change these.", encoding="utf-8")

    assert read_lexicons(folder) == {"northfold": BRIMBLY}


def test_a_mark_of_byte_order_is_passed_over(tmp_path: Path) -> None:
    """A lexicon may be written in an editor that puts one in front."""
    folder = a_folder(tmp_path / "lexicons", northfold=f"\ufeff{BRIMBLY}")

    assert read_lexicons(folder) == {"northfold": BRIMBLY}


def test_all_problems_of_all_files_are_named(tmp_path: Path) -> None:
    """Each with its file, so that they can be mended in one go."""
    folder = a_folder(tmp_path / "lexicons", one="[en.phrases]\nintrest = []\n", two="no TOML")
    (folder / "three.toml").write_bytes(b"\xff")

    with pytest.raises(AdditionsError) as caught:
        read_lexicons(folder)

    named = [Path(problem.partition(":")[0]).name for problem in caught.value.problems]
    assert sorted(named) == ["one.toml", "three.toml", "two.toml"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Nothing is judged by less than what somebody asked for."""
    with pytest.raises(AdditionsError, match="absent: No such file or directory"):
        read_lexicons(tmp_path / "absent")


def test_the_example_can_be_used() -> None:
    """What users copy is a lexicon, and its words count."""
    lexicons = read_lexicons(EXAMPLE)
    standards = read_additions(lexicons[WorkspaceId("northfold-group")], "example")

    judged = judge("Howzit, shall we make magic together?", standards=standards)

    assert {Element.INTEREST} <= set(judged.elements)
    assert {SignalCode.INFORMAL_TONE} <= {signal.code for signal in judged.signals}
