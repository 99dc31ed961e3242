from __future__ import annotations

from pathlib import Path

from tests.reference.model import Event
from tests.reference.strategies import to_json_line
from tests.system.outreach import outreach, views_of

BODY = "Brimbly there, we would love to work with you on this. Would you be up for it?"


def test_workspaces_are_judged_by_their_own_words(tmp_path: Path) -> None:
    """In the stream, and in a rebuild by the same lexicons, which then finds nothing different."""
    log, data, lexicons = tmp_path / "log.jsonl", tmp_path / "data", tmp_path / "lexicons"
    log.write_text("".join(f"{to_json_line(a_message(of))}\n" for of in ("northfold", "other")))
    lexicons.mkdir()
    (lexicons / "northfold.toml").write_text('[en.phrases]\ninformal = ["brimbly"]\n')

    assert outreach("run", log, "--data", data, "--lexicons", lexicons).status == 0

    informal = [row for row in views_of(data)["signals"] if row["signal"] == "informal_tone"]
    assert [(row["workspace"], row["evidence"]) for row in informal] == [("northfold", "Brimbly")]
    assert outreach("rebuild", "--data", data, "--lexicons", lexicons).status == 0
    by_what_is_shipped = outreach("rebuild", "--data", data)
    assert by_what_is_shipped.status == 1
    assert "signals" in by_what_is_shipped.output


def test_a_lexicon_that_cannot_be_used_is_named_before_anything_is_done(tmp_path: Path) -> None:
    """With its file and key, and what may have been meant."""
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "northfold.toml").write_text('[en.phrases]\ninfromal = ["brimbly"]\n')

    ended = outreach("run", "-", "--data", tmp_path / "data", "--lexicons", lexicons)

    assert (ended.status, ended.output) == (2, "")
    assert "northfold.toml: en.phrases.infromal is an unknown key" in ended.said
    assert not (tmp_path / "data").exists()


def a_message(workspace: str) -> Event:
    """Return an opener."""
    return Event(
        type="dm_sent",
        event_id=f"e of {workspace}",
        workspace=workspace,
        occurred_at=1_767_225_600_000,
        platform="x",
        account_id="crumpet.club",
        creator_id="mia",
        message_id=f"m of {workspace}",
        body=BODY,
    )
