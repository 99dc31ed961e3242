"""Tell of any message which cluster it is a copy of, also where the sample doesn't have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.copies._clusters import Cluster, texts_of
from pipeline.copies._linking import FEWEST_SHINGLES, LEAST_SHARED
from pipeline.copies._masking import MaskedText
from pipeline.copies._own_parts import Common, common_shingles, has_own_part
from pipeline.copies._shingles import Shingled


class KnownCopies:
    """The texts of some clusters, to look others up in. Immutable in effect."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        """Take clusters, the gravest first, as `find_clusters` returns them."""
        self._clusters = clusters
        self._by_text: dict[MaskedText, int] = {}
        self._by_letters: dict[str, int] = {}
        self._common: list[Common] = []
        self._shortest: list[int] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            texts = texts_of(cluster.members)
            for member in cluster.members:
                self._by_text.setdefault(member.text, number)
            for text, _ in texts:
                self._by_letters.setdefault(text.letters, number)
            self._common.append(common_shingles(texts))
            self._shortest.append(min(len(text.set) for text, _ in texts))
            for shingle in self._common[number].creators:
                self._having[shingle].append(number)

    def find(self, text: MaskedText) -> Cluster | None:
        """Return the cluster that a text is a copy of, or None; the same one each time.

        It is one that the text has much in common with, and has no part of its sender's own beside.
        """
        number = self._by_text.get(text)
        if number is None:
            own = Shingled(text)
            number = self._by_letters.get(own.letters)
            if number is None:
                number = next(self._of_one_kind(own), None)
        return None if number is None else self._clusters[number]

    def _of_one_kind(self, text: Shingled) -> Iterator[int]:
        if len(text.set) < FEWEST_SHINGLES:
            return
        candidates: set[int] = set()
        candidates.update(*(self._having.get(shingle, ()) for shingle in text.set))
        for number in sorted(candidates):
            common = self._common[number]
            most = max(len(text.set), self._shortest[number])
            if len(text.set & common.creators.keys()) >= LEAST_SHARED * most and not has_own_part(
                text, common
            ):
                yield number
