"""The lexicons of workspaces: a folder with a file for each that has one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pipeline.events import WorkspaceId
from pipeline.signals import AdditionsError, read_additions

_SUFFIX: Final = ".toml"

Lexicons = Mapping[WorkspaceId, str]
"""What workspaces add to what is shipped: texts that `read_additions` takes."""

NO_LEXICONS: Final[Lexicons] = MappingProxyType({})


def read_lexicons(folder: Path) -> Lexicons:
    """Return the lexicons in a folder: `northfold.toml` holds for the workspace northfold.

    Files of other kinds are passed over. Blocks while it reads. Raises AdditionsError with every
    problem of every file; each names its file.
    """
    lexicons: dict[WorkspaceId, str] = {}
    problems: list[str] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX)
    except OSError as error:
        raise AdditionsError([f"{folder}: {error.strerror}; name a folder of lexicons"]) from None
    for file in files:
        try:
            text = read_lexicon(file)
            read_additions(text, str(file))
        except AdditionsError as error:
            problems += error.problems
        else:
            lexicons[WorkspaceId(file.stem)] = text
    if problems:
        raise AdditionsError(problems)
    return lexicons


def read_lexicon(file: Path) -> str:
    """Return what a lexicon file holds, without the byte order mark that some editors write.

    What it says is not looked at. Blocks while it reads. Raises AdditionsError.
    """
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AdditionsError([f"{file}: no UTF-8 (at byte {error.start})"]) from None
    except OSError as error:
        raise AdditionsError([f"{file}: {error.strerror}"]) from None
