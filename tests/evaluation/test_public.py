from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from evaluation._figures import figure_of
from evaluation.public import (
    PublicSetError,
    Text,
    missing_sets,
    read_questions,
    read_sets,
    read_sms,
    read_youtube,
    sections,
)


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
    """A folder with some sets gives their sections, and an empty one gives none; it is known."""
    assert missing_sets(folder) == []
    folder.joinpath("sms-spam.tsv").unlink()
    youtube, questions = sections(read_sets(folder), seed=1)
    assert youtube.title == "Spam in comments on YouTube: 2 different texts, 1 of them spam"
    assert questions.title == "Questions of customers, no spam: 2 different texts"
    assert missing_sets(folder) == ["sms-spam.tsv"]
    empty = tmp_path_factory.mktemp("empty")
    assert list(sections(read_sets(empty), seed=1)) == []
    assert len(missing_sets(empty)) == 4


def test_figures_of_a_small_set(folder: Path) -> None:
    """The one link is in the one spam text."""
    folder.joinpath("sms-spam.tsv").unlink()
    youtube, _ = sections(read_sets(folder), seed=1)
    figures = {row[0]: row[1:] for row in youtube.rows}
    assert figures["link"] == (figure_of(1, 1), figure_of(1, 1))


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("youtube-spam/01.csv", b"TEXT,CLASS\na,1\n", "01.csv has no column CONTENT"),
        ("youtube-spam/01.csv", b"CONTENT,LABEL\na,1\n", "01.csv has no column CLASS"),
        ("youtube-spam/01.csv", b"CONTENT,CLASS\na,1\nb\n", "01.csv has no CLASS in line 3"),
        ("youtube-spam/01.csv", b"CONTENT,CLASS\na,yes\n", "has 'yes' as CLASS; allowed: 1, 0"),
        ("youtube-spam/01.csv", b"CONTENT,CLASS\n\xe9,1\n", "01.csv is no UTF-8 (at byte 14)"),
        ("banking77/test.csv", b"", "test.csv is empty"),
        ("banking77/test.csv", b"question\nWhere?\n", "test.csv has no column text"),
        ("banking77/test.csv", b"text\n" + b"x" * 200_000, "test.csv is no CSV (field larger"),
        ("sms-spam.tsv", b"ham\tcaf\xe9\n", "sms-spam.tsv is no UTF-8 (at byte 7)"),
        ("sms-spam.tsv", b"label,text\n", "has 'label,text' as label; allowed: spam, ham"),
        ("clinc-oos.json.gz", b"{}", "clinc-oos.json.gz is no gzip (Not a gzipped file"),
        ("clinc-oos.json.gz", gzip.compress(b"{"), "clinc-oos.json.gz is no JSON"),
        ("clinc-oos.json.gz", gzip.compress(b"\xff"), "clinc-oos.json.gz is no UTF-8"),
        ("clinc-oos.json.gz", gzip.compress(b'{"a": [1]}'), "holds no lists of a text"),
        ("clinc-oos.json.gz", gzip.compress(b"{}")[:-9], "clinc-oos.json.gz is no gzip"),
    ],
)
def test_a_file_in_another_form_is_named(
    folder: Path, name: str, content: bytes, complaint: str
) -> None:
    """With its column, or what else is wrong, before any of it is judged."""
    folder.joinpath(name).write_bytes(content)
    with pytest.raises(PublicSetError, match=re.escape(complaint)):
        read_sets(folder)
