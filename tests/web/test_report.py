from __future__ import annotations

import json

from tests.cli._command import outreach
from tests.web._up import Up


def test_gives_what_the_command_prints(served: Up) -> None:
    """The report over HTTP is that of `outreach report --json`, key for key."""
    printed = outreach("report", "--data", served.folder, "--json")
    assert served.report() == json.loads(printed.text)


def test_can_be_of_one_workspace_or_campaign(served: Up) -> None:
    """The same limits as on the command line give the same report."""
    limits = ("--workspace", "north", "--campaign", "spring")
    printed = outreach("report", "--data", served.folder, "--json", *limits)
    assert served.report("?workspace=north&campaign=spring") == json.loads(printed.text)
    assert served.report("?workspace=south")["headline"]["touches"] == 5


def test_serves_more_scopes_than_it_remembers(served: Up) -> None:
    """Scopes that were forgotten meanwhile are read again."""
    before = served.report("?campaign=spring")
    for number in range(40):
        assert served.report(f"?campaign=unknown-{number}")["headline"]["touches"] == 0
    assert served.report("?campaign=spring") == before
