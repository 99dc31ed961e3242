"""What others have measured, to compare with."""

from __future__ import annotations

from typing import Final, NamedTuple


class Anchor(NamedTuple):
    """Precision and recall of another method, on other texts."""

    name: str
    precision: str
    recall: str


MINHASH: Final = Anchor("to compare: MinHash of text-dedup, on CORE", ".959", ".942")
"""Source: the benchmark in the README of ChenghaoMou/text-dedup."""

SPAM_FILTER: Final = Anchor("to compare: SVM, trained on such texts", ".991", ".901")
"""Source: Almeida, Hidalgo, Yamakami, Contributions to the study of SMS spam filtering, 2011."""
