"""`outreach check`: one message against the five elements and the mistakes, before it is sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import click
import typer

from pipeline.cli._argument_text import require_characters
from pipeline.cli._check_language import LANGUAGE_ALLOWED, is_language
from pipeline.cli._check_lines import BadLine, read_lines, written
from pipeline.cli._check_print import print_judgement
from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.judging import read_lexicon
from pipeline.signals import AdditionsError, Context, Standards, judge, read_additions

_STANDARD_INPUT = "-"

FileArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="The message; with --json, JSON lines of messages. - is standard input.",
    ),
]
TextOption = Annotated[
    str | None, typer.Option("--text", metavar="TEXT", help="The message itself, for FILE.")
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Read JSON lines of body, and if known step, creator_name, creator_content and "
        "language; print one line of JSON for each.",
    ),
]
StepOption = Annotated[
    int, typer.Option("--step", min=0, help="0 for an opener, 1 for the first follow-up, …")
]
FollowUpsOption = Annotated[
    int, typer.Option("--max-follow-ups", min=0, help="How many follow-ups your policy allows.")
]
NameOption = Annotated[
    str, typer.Option("--creator-name", metavar="NAME", help="The creator's name.")
]
ContentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--creator-content",
        metavar="CAPTION",
        help="A caption or title of one of their recent posts; may be given several times.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="CODE",
        help="The message's language, such as en; it is found out where it is not given.",
    ),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="A TOML file of your own words, weights and thresholds, added to what is shipped.",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]


@examples(
    "outreach check message.txt",
    'outreach check --text "Hi Mia! …" --creator-content "My sourdough diary"',
    "outreach check --json messages.jsonl > judged.jsonl",
)
def check(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    file: FileArgument = _STANDARD_INPUT,
    *,
    text: TextOption = None,
    as_json: JsonOption = False,
    step: StepOption = 0,
    max_follow_ups: FollowUpsOption = 2,
    creator_name: NameOption = "",
    creator_content: ContentOption = None,
    language: LanguageOption = "",
    lexicon: LexiconOption = None,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Judge a message before it is sent: what is good in it, what is spammy, and what to change.

    The options say what is known besides the text; with --json they hold for lines that say
    nothing else. Ends with status 1 if a line could not be read.
    """
    installation = Installation.of(context)
    if text is not None and file != _STANDARD_INPUT:
        raise installation.fail("Give either FILE or --text, not both.")
    require_characters(installation, "--text", text or "")
    require_characters(installation, "--creator-name", creator_name)
    require_characters(installation, "--creator-content", *(creator_content or ()))
    if language and not is_language(language):
        raise installation.fail(f"--language is {language!r}; allowed: {LANGUAGE_ALLOWED}")
    known = Context(
        step=step,
        max_follow_ups=max_follow_ups,
        creator_name=creator_name,
        creator_content=tuple(creator_content or ()),
        language=language,
    )
    standards = _standards(installation, lexicon)
    if as_json and text is None:
        with _opened(installation, file) as lines:
            _check_lines(installation, file, lines, known, standards)
        return
    body = _text_of(installation, file) if text is None else text
    if not body.strip():
        raise installation.fail("The message is empty: name a file that holds one, or use --text.")
    judgement = judge(body, known, standards)
    if as_json:
        typer.echo(written(judgement))
    else:
        print_judgement(installation.output, body, judgement)


def _check_lines(
    installation: Installation,
    name: str,
    lines: BinaryIO,
    known: Context,
    standards: Standards | None,
) -> None:
    bad = 0
    for line in read_lines(lines, known):
        if isinstance(line, BadLine):
            bad += 1
            typer.echo(f"{name}:{line}", err=True)
        else:
            typer.echo(written(judge(line.body, line.context, standards)))
    if bad:
        raise installation.fail(f"{bad:,} bad lines were passed over.", Exit.PROBLEMS)


def _standards(installation: Installation, lexicon: Path | None) -> Standards | None:
    """Return the shipped standards (None) or those with what a lexicon file adds."""
    if lexicon is None:
        return None
    try:
        return read_additions(read_lexicon(lexicon), str(lexicon))
    except AdditionsError as error:
        raise installation.fail(str(error)) from None


def _opened(installation: Installation, file: str) -> BinaryIO:
    if file == _STANDARD_INPUT:
        return click.get_binary_stream("stdin")
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise installation.fail(
            f"{file}: {error.strerror}; name a file with a message, or use --text for "
            "the message itself."
        ) from None


def _text_of(installation: Installation, file: str) -> str:
    if file == _STANDARD_INPUT and sys.stdin.isatty():
        installation.messages.print("Write the message; end it with Ctrl-D.", style="dim")
    with _opened(installation, file) as opened:
        content = opened.read()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise installation.fail(f"{file}: no UTF-8 (at byte {error.start})") from None
