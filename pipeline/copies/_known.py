"""Tell of any message which cluster it is a copy of, also where the sample doesn't have it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.copies._clusters import Cluster
from pipeline.copies._likeness import alike
from pipeline.copies._linking import StretchIndex
from pipeline.copies._masking import MaskedText
from pipeline.copies._shingles import Shingled, shingled


class KnownCopies:
    """The texts of some clusters, to look others up in. Immutable in effect."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        """Take clusters, the gravest first, as `find_clusters` returns them."""
        self._by_text: dict[MaskedText, Cluster] = {}
        self._texts: dict[str, tuple[Shingled, Cluster]] = {}
        for cluster in clusters:
            for member in cluster.members:
                text = shingled(member.text)
                self._by_text.setdefault(member.text, cluster)
                self._texts.setdefault(text.letters, (text, cluster))
        self._places = list(self._texts.values())
        self._index = StretchIndex()
        for place, (text, _) in enumerate(self._places):
            self._index.add(place, text)

    def find(self, text: MaskedText) -> Cluster | None:
        """Return the cluster that a text is a copy of, or None; the same one each time."""
        if text in self._by_text:
            return self._by_text[text]
        own = Shingled(text)
        if own.letters in self._texts:
            return self._texts[own.letters][1]
        if self._places and alike(own, self._places[0][0]):
            return self._places[0][1]
        for place in sorted(self._index.candidates(own)):
            other, cluster = self._places[place]
            if alike(own, other):
                return cluster
        return None
