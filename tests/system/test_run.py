from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pipeline.embedded import DataDirectory
from tests.reference import model
from tests.reference.strategies import to_json_line
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system.outreach import command, outreach, outreach_afresh, run, views_of

LOG = dense_log(seed=3, events=600)


def lines_of(events: Sequence[model.Event]) -> bytes:
    """Return events as the content of a file."""
    return "".join(f"{to_json_line(event)}\n" for event in events).encode()


def test_the_same_files_again_add_nothing(tmp_path: Path) -> None:
    """A second run says so and ends well; also where a file was renamed or copied."""
    files = write_files(tmp_path / "log", LOG, 3)
    first = run(tmp_path / "data", *files)
    before = views_of(tmp_path / "data")

    files[0].rename(tmp_path / "renamed.jsonl")
    again = run(tmp_path / "data", tmp_path / "renamed.jsonl", *files[1:])

    assert f"Read {len(LOG)} events, " in first.said
    assert again.said.startswith("Nothing new: these files were loaded before.")
    assert views_of(tmp_path / "data") == before


def test_the_same_events_in_other_files_add_nothing(tmp_path: Path) -> None:
    """Events are known by their ids, not by the files that they came in."""
    run(tmp_path / "data", *write_files(tmp_path / "log", LOG, 3))
    before = views_of(tmp_path / "data")

    again = run(tmp_path / "data", *write_files(tmp_path / "other", shuffled(LOG, 1), 2))

    assert again.said.startswith(f"Read {len(LOG)} events, which brought 0 new messages")
    assert views_of(tmp_path / "data") == before


def test_a_file_that_has_grown_adds_what_is_new(tmp_path: Path) -> None:
    """What stood in it before is known; what was appended is not."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(lines_of(LOG[:400]))
    run(tmp_path / "data", file)
    with file.open("ab") as end:
        end.write(lines_of(LOG[400:]))

    run(tmp_path / "data", file)

    assert comparable(views_of(tmp_path / "data")) == expected_views(LOG)


def test_bad_lines_are_kept_and_good_ones_used(tmp_path: Path) -> None:
    """The command ends with 1 and names them; each is in the view with its place and reason."""
    good = [to_json_line(event).encode() for event in LOG]
    no_body = json.dumps(json.loads(to_json_line(LOG[0])) | {"body": ""}).encode()
    bad = {
        3: (no_body, "body", "is empty"),
        7: (b'{"type": "dm_sent', "", "is no JSON"),
        8: (b"\xff\xfe\x00", "", "is no UTF-8"),
        500: (b'{"type": "dm_opened"}', "type", "dm_opened"),
    }
    lines = list(good)
    for number, (line, _, _) in bad.items():
        lines.insert(number - 1, line)
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\n".join(lines))

    ended = outreach_afresh("run", file, "--data", tmp_path / "data")

    assert ended.status == 1
    assert "4 bad lines are in the dead letters" in ended.said
    assert f"{file.name}:3: body is empty" in ended.said
    views = views_of(tmp_path / "data")
    assert comparable(views) == expected_views(LOG)
    letters = {letter["line"]: letter for letter in views["dead_letters"]}
    assert letters.keys() == bad.keys()
    for number, (line, field, reason) in bad.items():
        letter = letters[number]
        assert letter["source"] == str(file)
        assert letter["field"] == field
        assert reason in letter["reason"]
        payload = letter["payload"]
        assert (payload if isinstance(payload, bytes) else payload.encode()) == line


def test_a_folder_of_thousands_of_small_files_is_a_log(tmp_path: Path) -> None:
    """Two thousand files with a line or two each give what one file gives."""
    folder = tmp_path / "log" / "2026" / "march"
    folder.mkdir(parents=True)
    for number in range(2_000):
        some = lines_of(shuffled(LOG, 4)[number % len(LOG) : number % len(LOG) + 1 + number % 2])
        (folder / f"{number:04}.jsonl").write_bytes(some)

    run(tmp_path / "data", tmp_path / "log")

    assert comparable(views_of(tmp_path / "data")) == expected_views(LOG)


def test_standard_input_and_packed_files_are_logs(tmp_path: Path) -> None:
    """Both may be packed, also in several pieces; standard input is read each time."""
    packed = tmp_path / "log.anything"
    packed.write_bytes(gzip.compress(lines_of(LOG[:100])) + gzip.compress(lines_of(LOG[100:300])))
    given = gzip.compress(lines_of(LOG[300:]))

    first = outreach_afresh("run", packed, "-", "--data", tmp_path / "data", given=given)
    again = outreach("run", "-", "--data", tmp_path / "data", given=given)

    assert (first.status, again.status) == (0, 0)
    assert again.said.startswith(f"Read {len(LOG) - 300} events, which brought 0 new messages")
    assert comparable(views_of(tmp_path / "data")) == expected_views(LOG)


def test_a_second_process_learns_who_has_the_folder(tmp_path: Path) -> None:
    """It ends with 2, names the first one, which goes on undisturbed, and says what to do."""
    data = DataDirectory(tmp_path / "data")
    reading = command("run", "-", "--data", data.path)
    with subprocess.Popen(
        reading, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as first:
        while data.endpoint() is None:
            assert first.poll() is None

        (file,) = write_files(tmp_path / "log", LOG, 1)
        second = outreach("run", file, "--data", data.path)

        first.communicate(lines_of(LOG))
    assert second.status == 2
    assert f"{data.path} is open in process {first.pid} (" in second.said
    assert "stop that process, or give another --data DIR" in second.said
    assert first.returncode == 0
    assert comparable(views_of(data.path)) == expected_views(LOG)


def test_what_is_missing_is_named_before_anything_is_made(tmp_path: Path) -> None:
    """All that is wrong with the files is said at once, and the folder is not even created."""
    ended = outreach("run", tmp_path / "no.jsonl", tmp_path / "nor.gz", "--data", tmp_path / "data")

    assert ended.status == 2
    assert "no.jsonl: there is no such file" in ended.said
    assert "nor.gz: there is no such file" in ended.said
    assert not (tmp_path / "data").exists()
