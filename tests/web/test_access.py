from __future__ import annotations

import pytest

from tests.web._html import read_html
from tests.web._up import Up, up

PATHS = ["/", "/v1/report", "/anything-else"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic c2VjcmV0"},
        {"Cookie": "outreach-0=guess; outreach=guess"},
    ],
    ids=["nothing", "wrong", "empty", "basic", "cookie"],
)
def test_refuses_who_has_no_secret(served: Up, path: str, headers: dict[str, str]) -> None:
    """Without the secret nothing but health is told, not even what exists."""
    answer = served.ask(path, **headers)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "spring" not in answer.text


def test_refuses_events_without_the_secret(growing: Up) -> None:
    """Who has no secret cannot add events."""
    answer = growing.ask("/v1/events", "POST", b"{}\n")
    assert answer.status == 401
    assert "Authorization: Bearer SECRET" in answer.json["error"]


def test_lets_everybody_ask_for_health(served: Up) -> None:
    """Health needs no secret: what watches a system need not be able to read it."""
    assert served.ask("/health").status == 200


def test_link_signs_one_browser_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The printed link works once, its cookie from then on, and the next link is printed."""
    with up(tmp_path_factory.mktemp("signing-in") / "data") as system:
        first = system.ask(f"/?token={system.token}")
        cookie, _, attributes = first.headers["Set-Cookie"].partition(";")
        assert first.status == 200
        assert {one.strip() for one in attributes.split(";")} >= {"HttpOnly", "SameSite=Strict"}
        assert "refresh" in first.text

        assert system.ask("/", Cookie=cookie).status == 200
        assert system.ask("/v1/report", Cookie=cookie).status == 200

        again = system.ask(f"/?token={system.token}")
        assert (again.status, "Set-Cookie" in again.headers) == (401, False)

        _, said, _ = system.stop()
        assert "A browser signed in. For the next one: http://127.0.0.1:" in said
        assert system.token not in said


def test_looking_at_the_head_of_a_link_does_not_spend_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A program that looks ahead with HEAD takes nobody's link away."""
    with up(tmp_path_factory.mktemp("looking") / "data") as system:
        assert system.ask(f"/?token={system.token}", "HEAD").status == 401
        assert system.ask(f"/?token={system.token}").status == 200


def test_browser_may_only_read(growing: Up) -> None:
    """A browser's cookie adds no events, whatever page makes the browser send them."""
    signed_in = growing.ask(f"/?token={growing.token}")
    cookie = signed_in.headers["Set-Cookie"].partition(";")[0]
    assert growing.ask("/", Cookie=cookie).status == 200
    assert growing.ask("/v1/events", "POST", b"{}\n", Cookie=cookie).status == 401


@pytest.mark.parametrize("path", ["/", "/health", "/v1/report"])
def test_refuses_other_host_names(served: Up, path: str) -> None:
    """A name that somebody else made resolve to this machine is refused, even with the secret."""
    answer = served.get(path, Host="evil.example")
    assert answer.status == 421
    assert "evil.example" in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9999", "[::1]:8080", "192.0.2.7"])
def test_goes_by_its_addresses(served: Up, host: str) -> None:
    """Localhost and every address are let through, also through a forwarded port."""
    assert served.ask("/health", Host=host).status == 200


@pytest.mark.parametrize("path", ["/", "/health", "/v1/report", "/nothing", "/?token=wrong"])
def test_answers_are_safe_in_a_browser(served: Up, path: str) -> None:
    """Every answer, errors included, forbids storing, framing, sniffing and foreign content."""
    headers = served.ask(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_errors_are_json_that_says_what_to_do(served: Up) -> None:
    """Programs get every error in the same form."""
    nothing, wrong_method = served.get("/nothing"), served.get("/v1/events")
    assert (nothing.status, nothing.json) == (404, {"error": "There is nothing at /nothing."})
    assert (wrong_method.status, wrong_method.headers["Allow"]) == (405, "POST")
    assert wrong_method.json == {"error": "/v1/events does not take GET; it takes POST."}


def test_refused_person_gets_a_page(served: Up) -> None:
    """A person who is not signed in reads what to do on a page."""
    page = read_html(served.ask("/").text)
    assert page.one("h1").text == "Not signed in"
    assert page.one("main").one("code").text == "outreach up"
