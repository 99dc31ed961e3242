"""A made-up quarter of an agency's outreach: seeded, and the same bytes for the same seed.

It needs the standard library only. `generate` gives the events as dictionaries, `write` puts them
into a file; `python -m examples.agency_quarter` does both.
"""

from examples.agency_quarter._quarter import generate
from examples.agency_quarter._writer import line, write

__all__ = ["generate", "line", "write"]
