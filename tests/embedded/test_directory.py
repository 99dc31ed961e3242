from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.embedded import DataDirectory, DirectoryInUseError, Endpoint

ENDPOINT = Endpoint(
    pid=4711, command="outreach up", warehouse_port=9000, web_port=None, secret="s3cret"
)
HOLDING = """
import sys
from pathlib import Path
from pipeline.embedded import DataDirectory, Endpoint
directory = DataDirectory(Path(sys.argv[1]))
with directory.claim():
    directory.publish(Endpoint(1, "outreach up", 9000, None, "secret"))
    print("has it", flush=True)
    input()
"""


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """Return a folder that is not there yet."""
    return DataDirectory(tmp_path / "some" / "data")


def test_a_claim_makes_the_folder(directory: DataDirectory) -> None:
    """Who claims it need not have made it; it is empty until something is loaded."""
    with directory.claim():
        assert directory.path.is_dir()
        assert directory.is_empty
        assert directory.is_open
    assert not directory.is_open


def test_a_folder_is_claimed_once(directory: DataDirectory) -> None:
    """A second claim is refused while the first holds, and works after it."""
    with (
        directory.claim(),
        pytest.raises(DirectoryInUseError, match="just starting or stopping; try again"),
        directory.claim(),
    ):
        pass

    with directory.claim():
        assert directory.is_open


def test_the_refusal_names_who_has_it(directory: DataDirectory) -> None:
    """By process and command; the secret stays secret."""
    with directory.claim():
        directory.publish(ENDPOINT)
        with pytest.raises(DirectoryInUseError, match=r"process 4711 \(`outreach up`\)") as refused:
            directory.claim().__enter__()
    assert "s3cret" not in str(refused.value)


def test_an_endpoint_is_there_while_it_is_served(directory: DataDirectory) -> None:
    """Not before it is published, and not after the claim."""
    assert directory.endpoint() is None
    with directory.claim():
        assert directory.endpoint() is None
        directory.publish(ENDPOINT)
        assert directory.endpoint() == ENDPOINT
        directory.publish(moved := Endpoint(1, "outreach run", 9001, 8000, "other"))
        assert directory.endpoint() == moved
    assert directory.endpoint() is None


def test_asking_makes_nothing(directory: DataDirectory) -> None:
    """A folder that was never claimed is not made by looking."""
    assert directory.endpoint() is None
    assert not directory.is_open
    assert directory.is_empty
    assert not directory.path.exists()


def test_only_the_owner_may_read_the_secret(directory: DataDirectory) -> None:
    """Whatever the umask is, and whatever an earlier process left behind."""
    umask = os.umask(0)
    try:
        with directory.claim():
            (directory.path / "endpoint.new").write_text("left behind")
            directory.publish(ENDPOINT)
            modes = [
                stat.S_IMODE(file.stat().st_mode)
                for file in directory.path.iterdir()
                if ENDPOINT.secret in file.read_text()
            ]
    finally:
        os.umask(umask)
    assert modes == [0o600]


def test_what_a_killed_process_left_behind_is_noticed(directory: DataDirectory) -> None:
    """Its endpoint counts for nothing once it is dead, and its folder is free."""
    story = [sys.executable, "-c", HOLDING, str(directory.path)]
    with subprocess.Popen(story, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"has it\n"
        assert directory.endpoint() == Endpoint(1, "outreach up", 9000, None, "secret")
        holder.kill()

    assert directory.endpoint() is None
    with directory.claim():
        assert directory.endpoint() is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"pid": "one"}'])
def test_an_unreadable_endpoint_is_none(directory: DataDirectory, content: bytes) -> None:
    """Whoever damaged it, the folder counts as not served."""
    with directory.claim():
        directory.publish(ENDPOINT)
        (directory.path / "endpoint.json").write_bytes(content)
        assert directory.endpoint() is None
        assert directory.is_open


def test_a_look_keeps_nobody_out(directory: DataDirectory) -> None:
    """While another thread looks again and again who has the folder, every claim succeeds."""
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            directory.endpoint()

    with ThreadPoolExecutor(1) as thread:
        looking = thread.submit(look)
        try:
            for _ in range(100):
                with directory.claim():
                    assert directory.is_open
        finally:
            done.set()
        looking.result()


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It means the same folder after the process has gone elsewhere."""
    monkeypatch.chdir(tmp_path)
    directory = DataDirectory(Path("data"))
    monkeypatch.chdir("/")
    assert directory.path == tmp_path / "data"
