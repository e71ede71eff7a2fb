"""The verbs of the command line: each opens the library, calls the assistant, and prints what it gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import Field
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Any

import typer

from assistant.cli.opening import open_library, there
from assistant.query.filters import BY_NAME, DAY_FILTERS, LIST_FILTERS, Filters, with_filters
from index.errors import QuestionError, SettingsError
from index.loaders.registry import suffixes

HELP = """Ask your articles a question; get the exact passage, and who said it.

Begin with: ontherecord add FOLDER, then: ontherecord ask "What did ... say about ...?", or: ontherecord serve
"""

app = typer.Typer(
    name="ontherecord",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Where = Annotated[
    Path | None, typer.Option("--library", "-l", help="The library's folder. Default: one in your data folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: one object, or one a line for lists.")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="A TOML file. Default: yours, if there is one.")]
Model = Annotated[
    str | None, typer.Option("--model", help="A chat model as PROVIDER:NAME, such as ollama:llama3.2. Default: none.")
]


def print_version(wanted: bool) -> None:
    """Print the version and stop, where that is asked for."""
    if wanted:
        from assistant import __version__

        say(f"ontherecord {__version__}")
        raise typer.Exit


@app.callback()
def ontherecord(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version, and stop.")
    ] = False,
) -> None:
    """Take the options that stand before a verb; the help text is the app's."""


def say(text: str) -> None:
    """Print a line to standard output."""
    typer.echo(text)


@app.command()
def add(
    paths: Annotated[list[str], typer.Argument(help=f"Files, folders ({', '.join(suffixes())}) and http(s) URLs.")],
    library: Where = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Read even the root of a file system, or the home folder.")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Add articles; what is there already and has not changed is left alone."""
    from assistant.cli.add import add_with_bar

    with open_library(library, settings, new=True) as assistant:
        failed = add_with_bar(assistant, paths, anyway)
    if failed:
        raise typer.Exit(1)


def ask(
    question: Annotated[str, typer.Argument(help="What you would like to know.")] = "",
    library: Where = None,
    questions: Annotated[Path | None, typer.Option(help='A file of questions, one {"id", "question"} a line.')] = None,
    model: Model = None,
    json: AsJson = False,
    settings: SettingsFile = None,
    **filters: Any,  # noqa: ANN401 - an option for each, see `Filters`
) -> None:
    """Ask a question: quotes and who said them, or that the articles do not say."""
    from assistant.cli.ask import answer_file, ask_and_show

    days = {name: day(filters[name], BY_NAME[name].metadata["flag"]) for name in DAY_FILTERS}
    given = Filters.read({**filters, **days}).given()
    if bool(question) == bool(questions):
        raise QuestionError("give one question, or a file of them with --questions")
    with open_library(library, settings, model=model) as assistant:
        if questions:
            answer_file(assistant, questions, given, json)
        else:
            ask_and_show(assistant, question, given, json)


def _option(one: Field[Any]) -> Any:  # noqa: ANN401 - a type for typer
    what = f"{one.metadata['what']}{' May be given again.' if one.name in LIST_FILTERS else ''}"
    return Annotated[list[str] if one.name in LIST_FILTERS else str, typer.Option(one.metadata["flag"], help=what)]


with_filters(ask, _option)
app.command()(ask)


@app.command()
def verify(
    quotation: Annotated[str, typer.Argument(help="The words, as somebody quotes them.")],
    speaker: Annotated[str, typer.Option(help="Who is said to have said it.")] = "",
    library: Where = None,
    json: AsJson = False,
    settings: SettingsFile = None,
) -> None:
    """Check a quotation: exact, altered, misattributed, unclear, not said or absent.

    Exits with 0 if it is exact, 1 for any other finding, and 2 where nothing could be checked.
    """
    from assistant.cli.quotation import verdict_for
    from assistant.render import verdict_as_json, verdict_as_text
    from assistant.render.json import dumps

    verdict = verdict_for(quotation, speaker, library, settings)
    say(dumps(verdict_as_json(verdict)) if json else verdict_as_text(verdict))
    if not verdict.exact:
        raise typer.Exit(1)


@app.command()
def articles(library: Where = None, json: AsJson = False, settings: SettingsFile = None) -> None:
    """List the articles."""
    from assistant.cli.lists import article_lines

    with open_library(library, settings) as assistant:
        for line in article_lines(assistant.store.library, json):
            say(line)


@app.command()
def speakers(library: Where = None, json: AsJson = False, settings: SettingsFile = None) -> None:
    """List everybody who is quoted by name, those with the most statements first."""
    from assistant.cli.lists import speaker_lines

    with open_library(library, settings) as assistant:
        for line in speaker_lines(assistant.store.library, json):
            say(line)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `articles` lists it.")],
    library: Where = None,
    json: AsJson = False,
    settings: SettingsFile = None,
) -> None:
    """Show an article with every statement in it marked by its speaker."""
    from assistant.render import attributions_as_json, show
    from assistant.render.json import dumps

    with open_library(library, settings) as assistant:
        reading = assistant.store.library.reading(article_id)
    width = max(40, min(get_terminal_size().columns, 120) - 2)
    say(dumps(attributions_as_json(reading)) if json else show(reading, width))


@app.command()
def statements(
    file: Annotated[Path, typer.Argument(help="Articles, as `add` reads them; .jsonl has one a line.")],
    json: AsJson = False,
    settings: SettingsFile = None,
) -> None:
    """Find the statements in articles, without a library."""
    from assistant.cli.lists import statement_lines
    from assistant.settings import load

    for line in statement_lines(file, load(settings).pipeline, json):
        say(line)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as `articles` lists them.")],
    library: Where = None,
    settings: SettingsFile = None,
) -> None:
    """Remove articles, so that none of their words is left in the library's files."""
    with open_library(library, settings) as assistant:
        for one in assistant.remove(ids):
            say(f"removed {one}")


@app.command()
def update(library: Where = None, settings: SettingsFile = None) -> None:
    """Read the articles again that an older version's rules have read; their texts stay as they are."""
    from assistant.cli.update import update_with_bar

    with open_library(library, settings, advise=False) as assistant:
        say(update_with_bar(assistant))


@app.command()
def serve(
    library: Where = None,
    host: Annotated[str, typer.Option(help="The address to listen on; another than loopback needs a password.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535)] = 7860,
    auth: Annotated[
        Path | None, typer.Option(help="A file with USER:PASSWORD. Default: the variable ONTHERECORD_AUTH.")
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer the same to other assistants, over MCP.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    model: Model = None,
    settings: SettingsFile = None,
) -> None:
    """Open the chat page on http://127.0.0.1:7860."""
    from assistant.cli import memory

    memory.share()
    from assistant.web import serve as run
    from assistant.web.guard import credentials

    with open_library(library, settings, new=True, model=model) as assistant:
        run(assistant, host=host, port=port, auth=credentials(auth), mcp=mcp, open_browser=open_browser)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help="Questions with gold answers; see docs/evaluation.md.")],
    library: Where = None,
    model: Model = None,
    json: AsJson = False,
    settings: SettingsFile = None,
) -> None:
    """Ask questions whose answers are known, and print how many are answered rightly."""
    from assistant.cli.evaluate import evaluate_file

    with open_library(library, settings, model=model) as assistant:
        say(evaluate_file(assistant, questions, json))


@app.command()
def check(
    library: Where = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make words and vectors anew from the stored texts.")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Read the whole library and report whatever does not fit."""
    from assistant.cli.check_library import check_library
    from assistant.settings import load

    if not check_library(there(library), load(settings), repair, say):
        raise typer.Exit(1)


def day(text: str, option: str) -> dt.date | None:
    """A date that was typed; None where none was."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingsError(f"{option} {text}: a date is written YYYY-MM-DD") from None
