from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli._command import outreach, outreach_afresh, outreach_here

GOOD = (
    "Hi Mia! I'm Ruth from Larkpan, we make pans. The reel where you rescued a rusty skillet was "
    "wonderful. We'd love to work with you. May I post you a pan? ruth@larkpan.example"
)
KEYS = ["quality", "language", "elements", "signals"]


def _judged(*arguments: str | Path) -> dict[str, object]:
    done = outreach_here("check", "--json", *arguments)
    assert (done.status, done.errors) == (0, "")
    answer = json.loads(done.text)
    assert isinstance(answer, dict)
    return answer


def test_a_good_message_is_told_to_be_one() -> None:
    """Quality, language and the words that show each element are printed."""
    done = outreach_here("check", "--text", GOOD)
    assert (done.status, done.errors) == (0, "")
    assert "Quality 100 of 100, English" in done.text
    assert "ruth@larkpan.example" in done.text
    assert "✗" not in done.text


def test_each_point_has_a_suggestion() -> None:
    """What is missing and what is wrong is named with its words and with what to do."""
    done = outreach_here("check", "--text", "Hey hun, we pay $300 for 2 reels and 3 stories!")
    text = " ".join(done.text.split())
    assert done.status == 0
    for said in ("$300", "Leave money out", "informal_tone", "introduction", "Say in one line"):
        assert said in text


def test_a_file_is_one_message(tmp_path: Path) -> None:
    """A file, or standard input, is read as one message with all its lines."""
    file = tmp_path / "message.txt"
    file.write_text(GOOD.replace(". ", ".\n"))
    assert "Quality 100 of 100" in outreach_here("check", file).text
    assert "Quality 100 of 100" in outreach_afresh("check", given=GOOD).text


def test_a_text_can_be_judged_as_json() -> None:
    """The line for a message has exactly the keys that programs rely on."""
    answer = _judged("--text", GOOD)
    assert list(answer) == KEYS
    assert answer["quality"] == 100
    assert answer["language"] == "en"
    assert answer["elements"] == dict.fromkeys(
        ("introduction", "content_reference", "interest", "ask", "contact_email"), True
    )
    assert answer["signals"] == []


def test_lines_are_judged_one_by_one(tmp_path: Path) -> None:
    """Each line of JSON is answered by one, with what it says of the message."""
    lines = [
        {"body": GOOD},
        {"body": "Just checking in.", "step": 3},
        {"body": GOOD, "creator_content": ["Sailing to Crete"], "other": 1},
        {"body": "Interessiert?", "language": "de", "creator_name": None},
    ]
    file = tmp_path / "messages.jsonl"
    file.write_text("\n\n".join(json.dumps(line) for line in lines))
    done = outreach_here("check", "--json", file)
    answers = [json.loads(line) for line in done.text.splitlines()]
    assert (done.status, done.errors, len(answers)) == (0, "", 4)
    codes = [[signal["signal"] for signal in answer["signals"]] for answer in answers]
    assert codes[:3] == [[], ["follow_up_excess"], ["no_content_reference"]]
    assert answers[3]["language"] == "de"
    assert list(answers[1]["signals"][0]) == ["signal", "evidence", "suggestion"]


def test_options_hold_for_lines_that_say_nothing_else() -> None:
    """Step, language and content of the command line are defaults."""
    given = '{"body": "Just checking in."}\n{"body": "Just checking in.", "step": 1}\n'
    done = outreach("check", "--json", "--step", "4", "-", given=given)
    first, second = (json.loads(line) for line in done.text.splitlines())
    assert [signal["signal"] for signal in first["signals"]] == ["follow_up_excess"]
    assert second["signals"] == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ("{}", "body is missing"),
        ('{"body": null}', "body is missing"),
        ('{"body": ""}', "body is missing"),
        ('{"body": " \\n"}', "body is missing"),
        ('{"body": 1}', "body must be text"),
        ('{"body": "a", "step": -1}', "step must be a whole number"),
        ('{"body": "a", "step": true}', "step must be a whole number"),
        ('{"body": "a", "creator_name": []}', "creator_name must be text"),
        ('{"body": "a", "creator_content": {}}', "creator_content must be text or a list"),
        ('{"body": "a", "language": 3}', "language must be text"),
        ('{"body": "a", "language": "zz y"}', "language must be a code of two or three letters"),
    ],
)
def test_bad_lines_are_named_and_passed_over(tmp_path: Path, line: str, complaint: str) -> None:
    """Of a bad line, file, number and field go to standard error; the others are judged."""
    file = tmp_path / "messages.jsonl"
    file.write_text(f'{{"body": "Hello"}}\n{line}\n{{"body": "Hello"}}\n')
    done = outreach_here("check", "--json", file)
    assert done.status == 1
    assert len(done.text.splitlines()) == 2
    assert f"{file}:2: {complaint}" in done.errors


def test_a_mark_of_byte_order_belongs_to_no_line(tmp_path: Path) -> None:
    """What some editors write at the start of a file is passed over there, and nowhere else."""
    file = tmp_path / "messages.jsonl"
    file.write_text('\ufeff{"body": "Hello"}\n\ufeff{"body": "Hello"}\n', "utf-8")
    done = outreach_here("check", "--json", file)
    assert len(done.text.splitlines()) == 1
    assert f"{file}:2: is no JSON" in done.errors


def test_a_country_or_script_changes_no_language() -> None:
    """The code of a language may be written as programs have it."""
    for code in ("pt-BR", "PT_br", "pt", "pt-Latn-BR"):
        assert _judged("--text", GOOD, "--language", code)["language"] == "pt"


def test_what_is_known_of_the_creator_counts() -> None:
    """A reference that the creator's content does not bear out is none."""
    known = ("--text", GOOD, "--creator-content", "Sailing to Crete")
    assert "no_content_reference" in json.dumps(_judged(*known))
    borne_out = _judged(*known, "--creator-content", "Rescuing a rusty skillet")
    assert "no_content_reference" not in json.dumps(borne_out)


def test_a_lexicon_adds_to_what_is_known(tmp_path: Path) -> None:
    """An agency's own words count, and a wrong key is named."""
    file = tmp_path / "mine.toml"
    file.write_text('[en.phrases]\ninformal = ["brimbly"]\n')
    body = ("--text", "Brimbly, you there", "--lexicon", file)
    assert "informal_tone" in json.dumps(_judged(*body))
    file.write_text('[en.phrases]\ninfromal = ["brimbly"]\n')
    done = outreach_here("check", *body)
    assert (done.status, done.text) == (2, "")
    assert "en.phrases.infromal is an unknown key (did you mean informal?)" in done.complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("Hi there, Ana",), "use --text for the message itself"),
        (("absent.txt", "--text", "Hello"), "Give either FILE or --text"),
        (("--text", " "), "The message is empty"),
        (("--text", "caf\udce9"), "--text is no UTF-8 (at character 4)"),
        (("--text", "Hello", "--creator-name", "\udce9"), "--creator-name is no UTF-8"),
        (
            ("--text", "Hello", "--creator-content", "a", "--creator-content", "\udce9"),
            "--creator-content is no UTF-8",
        ),
        (("--text", "Hello", "--language", "deutsch"), "--language is 'deutsch'; allowed: a code"),
        (("--text", "Hello", "--language", "xx?"), "such as en or pt-BR"),
        (("--text", "Hello", "--language", "[red]x"), "--language is '[red]x'"),
        (("--text", "Hello", "--language", "\udce9n"), "--language is '\\udce9n'"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], complaint: str) -> None:
    """The argument is named: a file that is not there, no message at all, no code, no UTF-8."""
    done = outreach_here("check", *arguments)
    assert (done.status, done.text) == (2, "")
    assert complaint in done.complaint


def test_the_help_is_set_as_one_text() -> None:
    """Lines that go on in the code go on in the help, too."""
    done = outreach_here("check", "--help")
    paragraph, _, _ = done.text.partition("Examples:")
    assert "they hold for lines that say nothing else" in " ".join(paragraph.split("\n  "))
