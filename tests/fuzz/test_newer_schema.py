from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.embedded import DataDirectory
from pipeline.embedded._topics import create_topics
from pipeline.importer import event_output
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, Transaction
from tests.folds._drawn import parsed
from tests.fuzz._newer import by_the_newer_sender, newer_version, outreach
from tests.reference.model import Event
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views
from tests.system.outreach import views_of

LOG = dense_log(seed=9, events=600)
OF_TODAY: dict[str, str] = {}


def loaded(data: Path, outputs: Iterable[Output]) -> Path:
    """Write records into the log of a new system that has never run."""
    directory = DataDirectory(data)
    directory.log_path.parent.mkdir(parents=True)
    with SqliteLog.open(directory.log_path) as log:
        create_topics(log)
        log.submit(Transaction(outputs=[*outputs])).result()
    return data


def output_of(event: Event) -> Output:
    """Return the record of an event: of a reply as a newer sender writes it."""
    output = event_output(parsed(event))
    if event.type != "reply":
        return output
    return output._replace(value=by_the_newer_sender(event))


def test_what_a_newer_version_can_read_comes_back(tmp_path: Path) -> None:
    """Replies of an unknown schema wait as dead letters, and come into the views, each once."""
    data = loaded(tmp_path / "data", [*map(output_of, LOG), Output(Topic.REPLIES, b"k", b"", 0)])
    newer = newer_version(tmp_path / "newer")
    replies = sum(event.type == "reply" for event in LOG)
    replay = ("dead-letters", "replay", "--data", data)

    outreach(OF_TODAY, *replay)  # it finds no letters yet, and processes what there is
    old = outreach(OF_TODAY, *replay)
    without = views_of(data)
    first = outreach(newer, *replay)
    back = views_of(data)
    second = outreach(newer, *replay)

    assert old.output == f"0 brought back, {replies + 1:,} still unusable.\n", old.said
    assert without["replies"] == without["audience_messages"] == []
    assert first.output == f"{replies:,} brought back, 1 still unusable.\n", first.said
    assert comparable(back) == expected_views(LOG)
    assert len(back["dead_letters"]) == len(without["dead_letters"]) == replies + 1
    assert [row["reason"] for row in back["dead_letters"] if row["replayed_at"] is None] == [
        "the message holds no bytes"
    ]
    assert second.output == "0 brought back, 1 still unusable.\n", second.said
    assert views_of(data) == back
