from __future__ import annotations

import msgspec
import pytest

from tests.system._paused import sent_while_paused, touches
from tests.web._up import Up


def test_a_campaign_is_paused_and_goes_on(growing: Up) -> None:
    """The answer is the fact; touches that come after it break the rule."""
    answer = growing.post(
        b'{"campaign_id": "spring", "paused": true, "name": "Tess", "reasons": ["copies"]}',
        "/v1/pauses",
    )
    assert answer.status == 200
    fact = answer.json
    assert (fact["by"], fact["name"], fact["reasons"]) == ("person", "Tess", ["copies"])
    assert growing.post(touches("web", 1)).status == 200
    growing.until(lambda: sent_while_paused(growing.folder) == ["web0", "web1"])
    over = growing.post(b'{"campaign_id": "spring", "paused": false}', "/v1/pauses")
    assert over.json["pause_id"] != fact["pause_id"]
    growing.until(lambda: sent_while_paused(growing.folder) == [])


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "This is no JSON object in UTF-8."),
        (b"[]", "This is no JSON object in UTF-8."),
        (b'{"campaign_id": "spring"}', "paused is missing; it must be true or false."),
        (b'{"campaign_id": "", "paused": true}', "campaign_id must be text of 1 to 512 characters"),
        (b'{"campaign_id": "spring", "paused": "yes"}', "paused must be true or false."),
        (b'{"campaign_id": "s", "paused": true, "at": 5}', "'at' is an unknown field; there are"),
        (b'{"campaign_id": "\\ud800", "paused": true}', "This is no JSON object in UTF-8."),
        (b'{"campaign_id": "\xff", "paused": true}', "This is no JSON object in UTF-8."),
        (
            b'{"campaign_id": "s", "paused": true, "reasons": ["x", ""]}',
            "reasons[1] must be text of 1 to 1,000 characters.",
        ),
        (
            msgspec.json.encode({"campaign_id": "s", "paused": True, "reasons": ["x"] * 11}),
            "reasons must be a list of at most 10 texts.",
        ),
    ],
)
def test_what_is_no_decision_is_refused(growing: Up, body: bytes, says: str) -> None:
    """It names the field and what it may be, and says what a decision looks like."""
    answer = growing.post(body, "/v1/pauses")
    assert answer.status == 400
    assert answer.json["error"].startswith(says)
    assert '{"campaign_id": "spring", "paused": true}' in answer.json["error"]


def test_only_who_has_the_secret_decides(growing: Up) -> None:
    """A browser that signed in may read, and no more."""
    answer = growing.ask("/v1/pauses", "POST", b'{"campaign_id": "spring", "paused": true}')
    assert answer.status == 401
