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
    "body",
    [
        b"",
        b"[]",
        b'{"campaign_id": "spring"}',
        b'{"campaign_id": "", "paused": true}',
        b'{"campaign_id": "spring", "paused": "yes"}',
        b'{"campaign_id": "spring", "paused": true, "at": 5}',
        b'{"campaign_id": "\\ud800", "paused": true}',
        b'{"campaign_id": "\xff", "paused": true}',
        msgspec.json.encode({"campaign_id": "s", "paused": True, "reasons": ["x"] * 11}),
    ],
)
def test_what_is_no_decision_is_refused(growing: Up, body: bytes) -> None:
    """It says what one looks like."""
    answer = growing.post(body, "/v1/pauses")
    assert answer.status == 400
    assert '{"campaign_id": "spring", "paused": true}' in answer.json["error"]


def test_only_who_has_the_secret_decides(growing: Up) -> None:
    """A browser that signed in may read, and no more."""
    answer = growing.ask("/v1/pauses", "POST", b'{"campaign_id": "spring", "paused": true}')
    assert answer.status == 401
