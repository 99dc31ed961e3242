"""Calls in other processes than that of the tests.

The engine serves one directory a process at a time, and the process of the tests may have one
open. A new interpreter that imports everything takes a second or two of a processor, so most calls
share a process that stays.
"""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function returns in the process that stays; raise what it raises.

    Calls from several threads follow one another.
    """
    try:
        return _second_process().submit(function, *args, **kwargs).result()
    except BrokenProcessPool:
        _second_process.cache_clear()
        raise


def alone(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function returns in a new process, in which nothing else was done."""
    with _process() as process:
        return process.submit(function, *args, **kwargs).result()


@cache
def _second_process() -> ProcessPoolExecutor:
    return _process()


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1,
        multiprocessing.get_context("spawn"),
        initializer=_take_warnings_for_errors,
    )


def _take_warnings_for_errors() -> None:
    """Do as `python -W error` does."""
    warnings.simplefilter("error")
