"""State by key, as the folds see it. Pure: where it is kept is not their business."""

from pipeline.keyed._errors import StateError, StateFormatError
from pipeline.keyed._keys import key_of
from pipeline.keyed._kind import Kind
from pipeline.keyed._state import KeyedState

__all__ = ["KeyedState", "Kind", "StateError", "StateFormatError", "key_of"]
