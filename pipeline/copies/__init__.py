"""Copy-paste in the stream, and accounts in lockstep. Pure.

What is kept of a scope (a campaign, an account, a workspace) is a sample of bounded size for each
bucket of event time, chosen by hash and so the same in any order of arrival. What is read from it
are clusters of near-duplicates in a sliding window, with their score and evidence.
"""

from pipeline.copies._clusters import Cluster, Example, find_clusters
from pipeline.copies._fold import CopyUpdate, Scope, Wording, fold_copies
from pipeline.copies._known import KnownCopies
from pipeline.copies._lockstep import AccountOnPlatform, Lockstep, LockstepKind, find_lockstep
from pipeline.copies._masking import MaskedText, mask, readable
from pipeline.copies._sample import MessageKey
from pipeline.copies._score import cluster_score, lockstep_score
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.copies._together import Copies, copies_in
from pipeline.copies._window import Window, read_window

__all__ = [
    "DEFAULT_COPY_SETTINGS",
    "AccountOnPlatform",
    "Cluster",
    "Copies",
    "CopySettings",
    "CopyUpdate",
    "Example",
    "KnownCopies",
    "Lockstep",
    "LockstepKind",
    "MaskedText",
    "MessageKey",
    "Scope",
    "Window",
    "Wording",
    "cluster_score",
    "copies_in",
    "find_clusters",
    "find_lockstep",
    "fold_copies",
    "lockstep_score",
    "mask",
    "read_window",
    "readable",
]
