"""Avro schemas, one a file (`name.vN.avsc`): every version that was ever written to a topic."""

from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER: Traversable = files(__name__)
"""Where the `.avsc` files stand, and `fingerprints.lock`, which pins those published."""

__all__ = ["FOLDER"]
