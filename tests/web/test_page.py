from __future__ import annotations

import base64
import hashlib
import json

import pytest

from tests.ingest.samples import TOUCH
from tests.web._html import Node, read_html, table
from tests.web._up import Up


@pytest.fixture(scope="module")
def page(served: Up) -> Node:
    """Read the page of the sample log."""
    return read_html(served.get("/").text)


def _figures(page: Node) -> dict[str, list[str]]:
    drawn = page.one("dl").all("div")
    return {one.one("dt").text: [part.text for part in one.all("dd")] for one in drawn}


def test_shows_the_headline_with_its_denominators(page: Node, served: Up) -> None:
    """Every figure of the page is that of the report, beside what it is of."""
    found = served.report()["headline"]
    response, violating = found["response"], found["violating"]
    figures = _figures(page)
    assert figures["Response rate"] == [
        f"{response['rate'] * 100:.1f} %",
        f"{response['part']} of {response['whole']} attempts",
    ]
    assert figures["Broke a rule"] == [
        f"{violating['rate'] * 100:.1f} %",
        f"{violating['part']} of {violating['whole']} touches",
    ]
    assert figures["Touches"][0] == str(found["touches"])
    assert figures["Dead letters"] == ["2", "events that could not be used"]


def test_shows_every_platform_and_campaign(page: Node, served: Up) -> None:
    """Platforms and campaigns stand in the report's order with rate, denominator and interval."""
    report = served.report()
    platforms = table(page, "Attempts that got a reply, by platform")
    names = {"instagram": "Instagram", "tiktok": "TikTok", "x": "X"}
    assert list(platforms) == [names[one["platform"]] for one in report["platforms"]]
    campaigns = table(page, "Attempts that got a reply, by campaign")
    assert list(campaigns) == [
        f"{one['campaign_id']} {one['workspace']}" for one in report["campaigns"]
    ]
    response = report["campaigns"][0]["responses"]["response"]
    shown = campaigns[next(iter(campaigns))]
    assert shown[1] == f"{response['rate'] * 100:.1f} % {response['part']} of {response['whole']}"
    assert shown[2] == f"{response['low'] * 100:.0f}-{response['high'] * 100:.0f} %"


def test_marks_rates_of_few(page: Node) -> None:
    """A rate of fewer than thirty is marked, and the mark is explained."""
    campaigns = table(page, "Attempts that got a reply, by campaign")
    assert campaigns["spring south"][1].startswith("~20.0 % 1 of 5")
    assert not campaigns["spring north"][1].startswith("~")
    assert "~ of fewer than 30" in page.text


def test_shows_steps_rules_and_who_breaks_them(page: Node, served: Up) -> None:
    """Steps, rules and offenders are those of the report."""
    report = served.report()
    steps = table(page, "Outreach touches that got a reply, by step")
    assert list(steps) == ["Opener", "Follow-up 1"]
    rules = table(page, "Touches that broke each rule")
    assert list(rules) == [one["rule"] for one in report["rules"]]
    campaigns = table(page, "Touches that broke a rule, by campaign")
    assert list(campaigns) == [
        f"{one['name']} {one['workspace']}" for one in report["violating_campaigns"]
    ]
    accounts = table(page, "Touches that broke a rule, by account")
    assert [name.split()[0] for name in accounts] == [
        one["name"] for one in report["violating_accounts"]
    ]


def test_shows_the_riskiest_campaigns(page: Node, served: Up) -> None:
    """Each with its risk, what it comes of, and since when an alert is open."""
    found = served.report()["riskiest_campaigns"]
    shown = table(page, "Spam risk by campaign")
    assert len(shown) == len(found) > 0
    for row, one in zip(shown.items(), found, strict=True):
        name, (_, risk, alert) = row
        assert name.startswith(f"{one['campaign_id']} {one['workspace']}")
        assert all(" ".join(reason.split()) in name for reason in one["reasons"][:2])
        assert risk == f"{one['risk']} of 100"
        assert alert.startswith("open since 2026-07-0") == (one["alert_open_since"] is not None)


def test_shows_why_events_could_not_be_used(page: Node, served: Up) -> None:
    """Dead letters are counted by reason."""
    reasons = served.report()["dead_letters"]["reasons"]
    shown = table(page, "Events that could not be used")
    assert shown == {reason: [str(times)] for reason, times in reasons.items()}


def test_bars_are_as_long_as_rates(page: Node, served: Up) -> None:
    """The longest bar reaches its rate's share of the highest upper end; the table's rows match."""
    found = [one["responses"]["response"] for one in served.report()["platforms"]]
    full = max(rate["high"] for rate in found if rate["whole"] >= 30)
    shown = next(one for one in page.all("table") if "by platform" in one.one("caption").text)
    widths = [bar.one("rect").attributes["width"] for bar in shown.all("svg")]
    assert widths == [f"{min(1, rate['rate'] / full) * 100:.2f}%" for rate in found]


def test_leads_to_the_report_of_one_campaign(page: Node, served: Up) -> None:
    """The name of a campaign leads to a page of that campaign alone, and from there back."""
    link = next(one for one in page.all("a") if one.text == "flash")
    assert link.attributes["href"] == "/?workspace=north&campaign=flash"
    scoped = read_html(served.get(link.attributes["href"]).text)
    assert "Campaign flash, Workspace north" in scoped.one("header").text
    assert list(table(scoped, "Attempts that got a reply, by campaign")) == ["flash"]
    assert scoped.one("header").one("a").attributes["href"] == "/"


def test_says_when_there_is_nothing(growing: Up, served: Up) -> None:
    """A workspace that nobody has heard of is named so, and no rate is made up for it."""
    page = read_html(served.get("/?workspace=nobody").text)
    assert page.one("main").text == "There is no message of this."
    assert not page.all("table")
    assert growing.get("/?workspace=nobody&campaign=").status == 200


def test_loads_nothing_from_elsewhere(page: Node) -> None:
    """Style and script stand in the page; every address in it is ours or is its own content."""
    addresses = [
        node.attributes[name]
        for tag in ("a", "link", "script", "img", "iframe", "form")
        for node in page.all(tag)
        for name in ("href", "src", "action")
        if name in node.attributes
    ]
    assert addresses
    assert all(one.startswith(("/", "data:image/svg+xml,")) for one in addresses)
    assert "url(" not in page.one("style").text
    assert "@import" not in page.one("style").text


def test_policy_allows_exactly_its_own_style_and_script(served: Up) -> None:
    """The fingerprints in the header are those of what stands in the page."""
    answer = served.get("/")
    page = read_html(answer.text)
    for tag in ("style", "script"):
        (content,) = page.one(tag).content
        assert isinstance(content, str)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text.replace(page.one("script").text, "")


def test_is_readable_for_everybody(page: Node) -> None:
    """Language, one main heading, named sections, captions and scopes; drawings are hidden."""
    assert page.one("html").attributes["lang"] == "en"
    assert len(page.all("h1")) == 1
    identities = {heading.attributes["id"] for heading in page.all("h2")}
    assert {one.attributes["aria-labelledby"] for one in page.all("section")} == identities
    for shown in page.all("table"):
        assert shown.one("caption").text
        assert all("scope" in heading.attributes for heading in shown.all("th"))
    assert all(one.attributes["aria-hidden"] == "true" for one in page.all("svg"))


def test_holds_nothing_that_cannot_be_read(page: Node) -> None:
    """No control character comes from the page itself, and it ends with its last element."""
    assert "�" not in page.text
    assert [one for one in page.content if isinstance(one, Node)] == [page.one("html")]


def test_refreshes_itself_without_scripts(page: Node) -> None:
    """A browser without scripts loads the page again after some seconds."""
    reload = page.one("noscript").one("meta")
    assert reload.attributes["http-equiv"] == "refresh"
    assert int(reload.attributes["content"]) >= 5


def test_says_how_current_it_is(page: Node) -> None:
    """The page says that all is processed, and when that was."""
    assert page.one("header").one("span", "state").text == "Up to date"
    assert page.one("header").one("time").text.endswith("UTC")


def test_shows_names_from_a_log_as_text(growing: Up) -> None:
    """Names that look like HTML stay names, and control characters cannot be seen as such."""
    name = "<script>alert('\x1b')</script>\"&amp;"
    touch = TOUCH | {"workspace": "hostile", "campaign_id": name, "account_id": name}
    assert growing.post(json.dumps(touch).encode()).json["events"] == 1
    growing.until(lambda: growing.report("?workspace=hostile")["headline"]["touches"] == 1)
    page = read_html(growing.get("/?workspace=hostile").text)
    campaigns = table(page, "Attempts that got a reply, by campaign")
    assert list(campaigns) == [name.replace("\x1b", "�")]
    assert len(page.all("script")) == 1
