"""The state that agents keep: on disk, exact, behind a cache of fixed size.

A store is never ahead of the log: a batch collects its `Changes`, their changelog records go into
the transaction of the batch, and only once that holds does the store follow. A store that is
behind, or lost, is brought up from the changelog. `pipeline.state.table` hangs this into Faust.
"""

from pipeline.keyed import Kind, StateError, StateFormatError
from pipeline.state._cache import DEFAULT_CACHE_BYTES, Cache
from pipeline.state._changes import Changes
from pipeline.state._errors import (
    ConflictingChangesError,
    StateAheadOfLogError,
    StateDamagedError,
    StateInDoubtError,
    StateInUseError,
    StateNotHereError,
)
from pipeline.state._store import PartitionStore

__all__ = [
    "DEFAULT_CACHE_BYTES",
    "Cache",
    "Changes",
    "ConflictingChangesError",
    "Kind",
    "PartitionStore",
    "StateAheadOfLogError",
    "StateDamagedError",
    "StateError",
    "StateFormatError",
    "StateInDoubtError",
    "StateInUseError",
    "StateNotHereError",
]
