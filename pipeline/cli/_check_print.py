"""A judgement as people read it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.signals import SUGGESTIONS, Element, Judgement

_LANGUAGES = {
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "fi": "Finnish",
    "pl": "Polish",
    "cs": "Czech",
    "tr": "Turkish",
    "id": "Indonesian",
    "ro": "Romanian",
    "hu": "Hungarian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "el": "Greek",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
    "ar": "Arabic",
    "fa": "Persian",
    "he": "Hebrew",
    "hi": "Hindi",
    "th": "Thai",
    "und": "language unknown",
}
_GOOD, _FAIR = 75, 50
_FOUND, _MISTAKE = "green", "bold red"


def print_judgement(console: Console, text: str, judgement: Judgement) -> None:
    """Print the quality with its parts, the text with words marked, and what to do."""
    score = judgement.quality.score
    colour = "green" if score >= _GOOD else "yellow" if score >= _FAIR else "red"
    language = _LANGUAGES.get(judgement.language, judgement.language)
    heading = Text.assemble("Quality ", (str(score), f"bold {colour}"), f" of 100, {language}")
    console.print(heading)
    console.print(Padding(_marked(text, judgement), (1, 2)), soft_wrap=False)
    console.print(_elements(judgement))
    if judgement.signals:
        console.print()
        console.print(_signals(judgement))


def _marked(text: str, judgement: Judgement) -> Text:
    """Return the text with what shows elements in green, and what shows mistakes in red."""
    marked = Text(text)
    for evidence in judgement.elements.values():
        for start, end in evidence.spans:
            marked.stylize(_FOUND, start, end)
    for signal in judgement.signals:
        for start, end in signal.evidence.spans:
            marked.stylize(_MISTAKE, start, end)
    return marked


def _elements(judgement: Judgement) -> Table:
    table = _grid()
    for element in Element:
        name = element.value.replace("_", " ")
        if element in judgement.elements:
            points = f"+{judgement.quality.parts.get(element, 0)}"
            table.add_row("✓", name, points, _shown(judgement.elements[element].words), style="")
        elif element in judgement.unjudged:
            table.add_row("?", name, "", Text("cannot be judged in this language", style="dim"))
        else:
            table.add_row(Text("✗", style="yellow"), name, "", SUGGESTIONS[element])
    return table


def _signals(judgement: Judgement) -> Table:
    table = _grid()
    for signal in judgement.signals:
        words = signal.evidence.words
        what = Text.assemble((_short(words), _MISTAKE), "\n" if words else "", signal.suggestion)
        points = str(judgement.quality.parts[signal.code])
        table.add_row(Text("✗", style="red"), signal.code.value, points, what)
    return table


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _shown(words: str) -> Text:
    return Text(_short(words), style=_FOUND)


def _short(words: str, most: int = 160) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
