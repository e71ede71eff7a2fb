"""The tab of articles: what is in the library, and how articles get in and out of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.render.wording import day, label
from assistant.web.catalogue import articles
from assistant.web.html_tables import ROWS, more, table
from assistant.web.markup import button, element, escape, shown
from assistant.web.masthead import on
from assistant.web.uploads import Uploads
from index.errors import OnTheRecordError, UnreadableArticle
from index.loaders import registry
from index.types import Article

if TYPE_CHECKING:
    from assistant import Assistant
    from index.build import Progress, Summary
    from index.storage.library import Library
    from index.storage.library_queries import ArticleEntry

FILES = 200  # uploaded at once
_LONGEST_TEXT = 300_000  # characters of a pasted text, which a request of a megabyte can carry


def articles_tab(assistant: Assistant, desk: gr.HTML, tab: gr.Tab) -> Any:  # noqa: ANN401 - gradio's Dependency
    """Build the tab.

    :return: What happens whenever the library has changed; others follow with `.then`.
    """
    library = assistant.store.library
    with gr.Accordion("Add articles", open=not library.counts().articles, elem_id="otr-adding"):
        inputs = _inputs()
        results = gr.HTML("", elem_id="otr-results", apply_default_css=False)
    search = gr.Textbox(
        label="Find an article",
        placeholder="A title, publisher, author or date",
        elem_id="otr-find-article",
        max_length=200,
    )
    view = gr.HTML("", elem_id="otr-articles", apply_default_css=False)
    asking = gr.State("")
    with gr.Column(visible=False, elem_id="otr-removing") as question:
        sentence = gr.HTML("", apply_default_css=False)
        with gr.Row():
            keep = gr.Button("Keep it", size="sm", elem_id="otr-keep")
            remove = gr.Button("Remove it", variant="stop", size="sm", elem_id="otr-remove")
    changed = gr.State(0)

    def longer(words: str, event: gr.EventData) -> str:
        return listed(library, words, int(event.rows))

    on(tab.select, lambda words: listed(library, words), search, view)
    on(search.change, lambda words: listed(library, words), search, view, trigger_mode="always_last")
    on(desk.more_articles, longer, search, view)
    _wire_adding(assistant, inputs, results, changed)
    _wire_removing(assistant, desk, question, sentence, keep, remove, asking, changed)
    return on(changed.change, lambda words: listed(library, words), search, view)


def _inputs() -> dict[str, Any]:
    made: dict[str, Any] = {}
    with gr.Tabs():
        with gr.Tab("Files"):
            made["files"] = gr.File(
                label=registry.listed("or"),
                file_count="multiple",
                file_types=list(registry.suffixes()),
                height=140,
                elem_id="otr-files",
            )
            made["add_files"] = gr.Button("Add these files", variant="primary", size="sm", elem_id="otr-add-files")
        with gr.Tab("A web page"):
            made["url"] = gr.Textbox(label="Address", placeholder="https://", elem_id="otr-url", max_length=2000)
            made["add_url"] = gr.Button("Add this page", variant="primary", size="sm", elem_id="otr-add-url")
        with gr.Tab("Pasted text"):
            with gr.Row():
                made["title"] = gr.Textbox(label="Title", elem_id="otr-title", max_length=2000)
                made["publisher"] = gr.Textbox(label="Publisher", max_length=2000)
            with gr.Row():
                made["author"] = gr.Textbox(label="Author", max_length=2000)
                made["published"] = gr.DateTime(label="Published", include_time=False, type="string")
            made["text"] = gr.Textbox(label="Text", lines=6, max_lines=12, max_length=_LONGEST_TEXT, elem_id="otr-text")
            made["add_text"] = gr.Button("Add this text", variant="primary", size="sm", elem_id="otr-add-text")
    return made


def _wire_adding(assistant: Assistant, inputs: dict[str, Any], results: gr.HTML, changed: gr.State) -> None:
    def files(paths: list[str] | None, at: int, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        if not paths:
            return _told("Choose some files first."), at, None
        if len(paths) > FILES:
            _forget(paths)
            return (
                _told(f"That is {len(paths)} files; {FILES} at once is the most. The command line takes any number."),
                at,
                None,
            )
        notes = Uploads()
        try:
            return add(assistant, notes, notes.files(paths), len(paths), progress), at + 1, None
        finally:
            _forget(paths)

    def address(url: str, at: int, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        notes = Uploads()
        return add(assistant, notes, notes.address(url), 1, progress), at + 1, ""

    def pasted(
        title: str,
        publisher: str,
        author: str,
        published: str,
        text: str,
        at: int,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        notes = Uploads()
        given = {"title": title, "publisher": publisher, "author": author, "published": published or ""}
        told = add(assistant, notes, notes.pasted(text, given), 1, progress)
        return told, at + 1, "" if any(notes.articles.values()) else gr.skip()

    fields = [inputs[name] for name in ("title", "publisher", "author", "published", "text")]
    for click, function, given, cleared in (
        (inputs["add_files"].click, files, [inputs["files"]], inputs["files"]),
        (inputs["add_url"].click, address, [inputs["url"]], inputs["url"]),
        (inputs["add_text"].click, pasted, fields, inputs["text"]),
    ):
        click(
            function,
            [*given, changed],
            [results, changed, cleared],
            api_visibility="private",
            show_progress_on=results,
            concurrency_id="adding",
            concurrency_limit=1,
        )


def _wire_removing(
    assistant: Assistant,
    desk: gr.HTML,
    question: gr.Column,
    sentence: gr.HTML,
    keep: gr.Button,
    remove: gr.Button,
    asking: gr.State,
    changed: gr.State,
) -> None:
    def ask(event: gr.EventData) -> tuple[Any, ...]:
        title = f"“{label(str(event.title))}”" if event.title else "this article"
        words = f"Remove {title}? Its text and its statements leave the library for good."
        return (
            gr.update(visible=True),
            element("p", escape(words), class_="otr-ask-first", role="alert"),
            str(event.article),
        )

    def gone(article: str, at: int) -> tuple[Any, ...]:
        try:
            assistant.remove([article])
        except OnTheRecordError as error:
            gr.Warning(escape(str(error)))
        return gr.update(visible=False), "", at + 1

    on(desk.remove, ask, None, [question, sentence, asking])
    on(keep.click, lambda: gr.update(visible=False), None, question)
    on(remove.click, gone, [asking, changed], [question, asking, changed])


def add(
    assistant: Assistant,
    notes: Uploads,
    inputs: Iterable[Article | UnreadableArticle],
    total: int,
    progress: gr.Progress,
) -> str:
    """Add what is read, show how far it is, and say what became of each input."""

    def watch(done: Progress) -> None:
        words = f"{done.articles:,} articles, {done.passages:,} passages"
        progress(min(len(notes.articles) / max(total, 1), 0.99), desc=words)

    progress(0.02, desc="Reading")
    try:
        summary = assistant.store.add(inputs, watch)
    except OnTheRecordError as error:
        return _told(str(error))
    return told(notes, summary)


def told(notes: Uploads, summary: Summary) -> str:
    """A line for each input: what was in it, or why it could not be read."""
    fates = {
        "added": set(summary.added),
        "updated": set(summary.updated),
        "there already": set(summary.unchanged),
        "kept as prose, without statements, as it takes too long to read": set(summary.prose_only),
    }
    lines = []
    for name, ids in notes.articles.items():
        here = [fate for one in dict.fromkeys(ids) for fate, known in fates.items() if one in known]
        wrong = [one for one in summary.failed if _of(one, name, ids)]
        lines.append(_line(name, here, wrong))
    notices = "".join(element("li", shown(notice), class_="notice") for notice in notes.notices)
    return element("ul", "".join(lines) + notices, class_="otr-result", role="status")


def _of(failed: UnreadableArticle, name: str, ids: Sequence[str]) -> bool:
    return failed.where == name or failed.where.startswith(f"{name}:") or failed.where in ids


def _line(name: str, fates: Sequence[str], wrong: Sequence[UnreadableArticle]) -> str:
    counts = {fate: fates.count(fate) for fate in dict.fromkeys(fates)}
    parts = [fate if len(fates) == 1 else f"{count:,} {fate}" for fate, count in counts.items()]
    good = element("span", escape(", ".join(parts)), class_="fate") if parts else ""
    bad = "".join(
        element("span", f"not added{shown(one.where.removeprefix(name))}: {shown(one.why)}", class_="fate failed")
        for one in wrong
    )
    return element(
        "li", element("bdi", shown(name)) + (good + bad or element("span", "holds no article", class_="fate failed"))
    )


def _told(words: str) -> str:
    return element("p", shown(words), class_="otr-refusal", role="alert")


def _forget(paths: Iterable[str]) -> None:
    """Take uploads off the disk: what is removed from the library must not live on in a folder for uploads."""
    for path in map(Path, paths):
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def listed(library: Library, words: str = "", rows: int = ROWS) -> str:
    """The articles, the latest first; those alone whose title, publisher, author or date holds the words."""
    found = articles(library, words)
    if not found and not words.strip():
        return element("p", "The library is empty. Add files, a web page or pasted text above.", class_="otr-hint")
    if not found:
        return element(
            "p", f"No article has “{shown(words.strip())}” in its title, publisher, author or date.", class_="otr-hint"
        )
    heads = ("Article", "Words", "Statements", "Actions")
    cells = (_cells(one) for one in found[:rows])
    return table("Articles in the library", heads, cells, frozenset({1, 2}), "articles") + more(
        len(found), rows, "articles", "more_articles"
    )


def _cells(one: ArticleEntry) -> Sequence[str]:
    title = label(one.title) or label(one.id)
    tools = button("Ask only this", "narrow", article=one.id, aria_label=f"Ask only this article: {title}") + button(
        "Remove", "remove", look="danger", article=one.id, title=title, aria_label=f"Remove {title}"
    )
    where = " · ".join(part for part in (label(one.publisher), label(one.author), day(one.published)) if part)
    name = button(title, "open", look="link", article=one.id) + element(
        "p", escape(where), class_="otr-printed", dir="auto"
    )
    statements = "not looked for" if one.prose_only else f"{one.statements:,}"
    return name, f"{one.words:,}", statements, element("div", tools, class_="otr-tools")
