"""Writing to the warehouse in a process of its own."""

from pipeline.warehouse.process._messages import Delivery, Unusable
from pipeline.warehouse.process._writing_process import WritingProcess

__all__ = ["Delivery", "Unusable", "WritingProcess"]
