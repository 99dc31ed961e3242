from __future__ import annotations

from typing import Any

from pipeline.alerts import Notice
from pipeline.notify import opened, read_alert_settings
from tests.notify._notices import alert, notice, resolved, updated
from tests.notify._web_receiver import Received, web_receiver


async def posted(*notices: Notice, more: str = "") -> list[Received]:
    """Return what an Alertmanager below a path is told."""
    async with web_receiver() as receiver:
        url = f"{receiver.url}/monitoring/"
        text = f'[notifiers.a]\nkind = "alertmanager"\nurl = "{url}"\n{more}'
        settings = read_alert_settings(text, "alerts.toml", {"TOKEN": "sesame"})
        async with opened(settings) as notifiers:
            for each in notices:
                await notifiers["a"].deliver(each)
        return receiver.received


def only(received: list[Received]) -> dict[str, Any]:
    """Return the one alert of the one request."""
    [request] = received
    [content] = request.json
    assert isinstance(content, dict)
    return content


async def test_an_open_alert_begins_and_has_no_end() -> None:
    """It is posted where Alertmanager takes alerts, with what one routes by as labels."""
    received = await posted(notice())
    assert received[0].path == "/monitoring/api/v2/alerts"
    assert "Authorization" not in received[0].headers
    content = only(received)
    assert content["labels"] == {
        "alertname": "OutreachSpamRisk",
        "workspace": "northfold",
        "campaign_id": "spring",
        "severity": "critical",
    }
    assert content["startsAt"] == "2026-11-24T12:00:00.000Z"
    assert "endsAt" not in content
    assert content["annotations"]["risk"] == "87"
    assert content["annotations"]["alert_id"] == "a-1"


async def test_labels_stay_the_same_while_it_is_open() -> None:
    """Else Alertmanager would take each change for another alert."""
    received = await posted(notice(alert()), notice(updated(1, risk=100)), notice(resolved(2)))
    labels = [each.json[0]["labels"] for each in received]
    starts = {each.json[0]["startsAt"] for each in received}
    assert labels == labels[:1] * 3
    assert len(starts) == 1


async def test_a_resolved_alert_ends() -> None:
    """The end lies after the beginning, even if both came at once."""
    content = only(await posted(notice(resolved(1, minutes=90))))
    assert content["endsAt"] == "2026-11-24T13:30:00.000Z"
    content = only(await posted(notice(resolved(1, minutes=0))))
    assert content["endsAt"] == "2026-11-24T12:00:00.001Z"


async def test_labels_severity_and_token_can_be_set() -> None:
    """What stands in the file is added, and cannot replace what an alert is known by."""
    more = (
        'severity = "warning"\nlabels = { team = "outreach", workspace = "all" }\n'
        'token = { env = "TOKEN" }'
    )
    received = await posted(notice(), more=more)
    labels = only(received)["labels"]
    assert (labels["severity"], labels["team"]) == ("warning", "outreach")
    assert labels["workspace"] == "northfold"
    assert received[0].headers["Authorization"] == "Bearer sesame"


async def test_a_test_ends_by_itself() -> None:
    """It has a name of its own, and is over after a minute."""
    content = only(await posted(notice(is_test=True)))
    assert content["labels"]["alertname"] == "OutreachTest"
    assert content["endsAt"] == "2026-11-24T12:01:00.000Z"
