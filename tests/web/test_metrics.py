from __future__ import annotations

from tests.web._up import Up


def test_gives_its_numbers_to_who_has_the_secret(served: Up) -> None:
    """In Prometheus's format, of all agents; nobody else gets them."""
    answer = served.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    lines = answer.text.splitlines()
    assert 'outreach_state{state="running"} 1.0' in lines
    for agent in ("conversations", "creators", "campaigns", "warehouse"):
        assert f'outreach_records_in_flight{{agent="{agent}"}} 0.0' in lines
    assert "# TYPE outreach_state_cache_hits_total counter" in lines
    assert served.ask("/metrics").status == 401
