"""Batches in, one transaction a batch out: the log behind a small interface."""

from pipeline.transport._batch import Batch, BatchProducer, Output, Record, StaleBatchError
from pipeline.transport._standing import Standing

__all__ = ["Batch", "BatchProducer", "Output", "Record", "StaleBatchError", "Standing"]
