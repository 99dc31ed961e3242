"""The embedded system: everything in one process, in one folder."""

from pipeline.embedded._directory import DataDirectory, DirectoryInUseError, Endpoint
from pipeline.embedded._policies import POLICY_NOTE, has_policy, load_policy
from pipeline.embedded._rebuild import begin_rebuild
from pipeline.embedded._system import EmbeddedSystem, Settings, open_warehouse, running_system
from pipeline.embedded._topics import PARTITIONS

__all__ = [
    "PARTITIONS",
    "POLICY_NOTE",
    "DataDirectory",
    "DirectoryInUseError",
    "EmbeddedSystem",
    "Endpoint",
    "Settings",
    "begin_rebuild",
    "has_policy",
    "load_policy",
    "open_warehouse",
    "running_system",
]
