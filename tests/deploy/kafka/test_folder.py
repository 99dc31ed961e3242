"""The folder of a cluster, and who may have it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deploy.kafka import BrokerError
from deploy.kafka._files import BrokerFiles
from deploy.kafka._folder import claimed


def test_a_cluster_keeps_its_id(tmp_path: Path) -> None:
    """The folder is made, and gets an id in Kafka's form that stays."""
    folder = tmp_path / "some" / "folder"

    with claimed(folder, 3) as first:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{21}", first)
    with claimed(folder, 3) as second:
        assert second == first


def test_clusters_have_ids_of_their_own(tmp_path: Path) -> None:
    """Two folders are two clusters."""
    with claimed(tmp_path / "one", 1) as one, claimed(tmp_path / "other", 1) as other:
        assert one != other


def test_a_folder_is_claimed_once(tmp_path: Path) -> None:
    """While one has it, another is told to go elsewhere."""
    with (
        claimed(tmp_path, 1),
        pytest.raises(BrokerError, match="in use by another process"),
        claimed(tmp_path, 1),
    ):
        pass


@pytest.mark.parametrize(("brokers", "asked", "there"), [(1, 3, "1 broker:"), (3, 1, "3 brokers:")])
def test_the_number_of_brokers_stays(tmp_path: Path, brokers: int, asked: int, there: str) -> None:
    """A cluster of another size is refused: its records are spread over all its brokers."""
    with claimed(tmp_path, brokers):
        pass

    with (
        pytest.raises(BrokerError, match=f"holds a cluster with {there} start it with {brokers}"),
        claimed(tmp_path, asked),
    ):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """What cannot be a folder is named, with the reason."""
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(BrokerError, match=r"file cannot be used: .*exists"), claimed(file, 1):
        pass


def test_a_log_directory_has_one_cluster(tmp_path: Path) -> None:
    """Its first cluster finds it again; to any other it is refused."""
    files = BrokerFiles.of(1, tmp_path, tmp_path / "records")
    assert not files.are_formatted_for("mine")
    files.log_directory.mkdir()
    (files.log_directory / "meta.properties").write_text("#\nversion=1\ncluster.id=mine\nnode.id=1")

    assert files.are_formatted_for("mine")
    with pytest.raises(BrokerError, match="holds the records of another Kafka cluster"):
        files.are_formatted_for("yours")


def test_files_lie_in_the_folder(tmp_path: Path) -> None:
    """Each broker has a folder of its own, with its records unless they are to be elsewhere."""
    files = BrokerFiles.of(2, tmp_path, None)

    assert files.log_directory == tmp_path / "broker-2" / "data"
    assert files.log == tmp_path / "broker-2" / "broker.log"
