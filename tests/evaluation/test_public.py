from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation._figures import figure_of
from evaluation.public import Text, read_questions, read_sms, read_youtube, sections


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a little of every set."""
    tmp_path.joinpath("sms-spam.tsv").write_text(
        'spam\tWIN at www.prize.example now\nham\tsee you "at" six\nham\tsee you "at" six\n',
        "utf-8",
    )
    youtube = tmp_path / "youtube-spam"
    youtube.mkdir()
    youtube.joinpath("01.csv").write_text(
        "COMMENT_ID,AUTHOR,DATE,CONTENT,CLASS\n"
        'a,b,c,"Look, at http://mine.example",1\nd,e,f,lovely song,0\n',
        "utf-8-sig",
    )
    banking = tmp_path / "banking77"
    banking.mkdir()
    banking.joinpath("test.csv").write_text("text,category\nWhere is my card?,lost\n", "utf-8")
    with gzip.open(tmp_path / "clinc-oos.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"test": [["what is the time", "time"]]}, file)
    return tmp_path


def test_sets_are_read_as_their_authors_give_them(folder: Path) -> None:
    """Each text comes once, with what people called it; quotation marks are part of a text."""
    assert read_sms(folder) == [
        Text("WIN at www.prize.example now", is_spam=True),
        Text('see you "at" six', is_spam=False),
    ]
    assert read_youtube(folder) == [
        Text("Look, at http://mine.example", is_spam=True),
        Text("lovely song", is_spam=False),
    ]
    assert read_questions(folder) == [
        Text("Where is my card?", is_spam=False),
        Text("what is the time", is_spam=False),
    ]


def test_what_is_not_there_is_left_out(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A folder with some sets gives their sections, and an empty one gives none."""
    folder.joinpath("sms-spam.tsv").unlink()
    youtube, questions = sections(folder, seed=1)
    assert youtube.title == "Spam in comments on YouTube: 2 different texts, 1 of them spam"
    assert questions.title == "Questions of customers, no spam: 2 different texts"
    assert list(sections(tmp_path_factory.mktemp("empty"), seed=1)) == []


def test_figures_of_a_small_set(folder: Path) -> None:
    """The one link is in the one spam text."""
    folder.joinpath("sms-spam.tsv").unlink()
    youtube, _ = sections(folder, seed=1)
    figures = {row[0]: row[1:] for row in youtube.rows}
    assert figures["link"] == (figure_of(1, 1), figure_of(1, 1))
