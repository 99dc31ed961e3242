"""The files of one broker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka._errors import BrokerError
from deploy.kafka._settings import Settings, as_properties


@dataclass(frozen=True)
class BrokerFiles:
    """Where a broker has its settings, its log for people to read, and its log of records."""

    folder: Path
    log_directory: Path

    @classmethod
    def of(cls, node: int, directory: Path, log_directory: Path | None) -> BrokerFiles:
        """Return the files of a broker, by its number, in its cluster's directory.

        Its log directory is there, too, if none is named.
        """
        folder = directory.absolute() / f"broker-{node}"
        return cls(folder, log_directory.absolute() if log_directory else folder / "data")

    @property
    def properties(self) -> Path:
        """The file with its settings."""
        return self.folder / "server.properties"

    @property
    def log(self) -> Path:
        """The file with what it prints."""
        return self.folder / "broker.log"

    def write(self, settings: Settings) -> None:
        """Write its settings, in place of those before."""
        self.folder.mkdir(exist_ok=True)
        self.properties.write_text(as_properties(settings), "ascii")

    def are_formatted_for(self, cluster_id: str) -> bool:
        """Return whether this cluster has used the log directory before.

        Raises BrokerError if another cluster has.
        """
        try:
            stored = (self.log_directory / "meta.properties").read_text("ascii")
        except FileNotFoundError:
            return False
        owner = re.search(r"^cluster\.id=(.*)$", stored, re.MULTILINE)
        if owner is None or owner[1] != cluster_id:
            raise BrokerError(
                f"{self.log_directory} holds the records of another Kafka cluster: "
                f"name another folder, or remove this one if nobody needs them."
            )
        return True
