"""Named speakers: takes a remark; gives its parts, each with the speakers whom it names.

"Quill says the bridge is safe, while Chen won't cross it" has two parts; the words of the first must be in what Quill
says. Also says whether a quote is by one of them. Reads words and commas, no grammar: where nobody is named before a
word of saying, the part has no speaker.

Pure. Knows quotes. Does not know what is wrong with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.types import Quote
from index.language.lexicon import forms_asking
from index.language.word_forms import WORD, bare
from index.language.wordlists import words

# The end of a sentence, but not the point of "Mr." or of an initial.
SENTENCE = re.compile(r"(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\b[A-Z])[.!?;]\s")
_JOINS = ("and", "but", "while", "whereas", "though", "although", "yet")
_JOINED = re.compile(rf"\b(?:{'|'.join(_JOINS)})\s")
_BE = frozenset("is are was were be been being".split())
_NOUN_AFTER = frozenset("a an the his her its their my our your this that these those no of in for with to".split())

Name = frozenset[str]
Hits = list[re.Match[str]]


class RemarkPart(NamedTuple):
    """A stretch of a remark, and those named as speaking in it, each as the words of a name.

    `says` is False where they are only what it is about: "while Chen won't cross it".
    """

    text: str
    names: tuple[Name, ...]
    says: bool = True


class _ReportingPhrase(NamedTuple):
    """Those who speak, where the words that tell so begin, and whether what they say stands before these."""

    start: int
    names: tuple[Name, ...]
    before: bool


def parts(text: str) -> list[RemarkPart]:
    """A remark cut where another speaker, or another subject of a sentence, begins."""
    found: list[RemarkPart] = []
    for sentence in SENTENCE.split(text):
        for part in _parts(sentence):
            if found and found[-1][1:] == part[1:]:
                found[-1] = part._replace(text=f"{found[-1].text}. {part.text}")
            else:
                found.append(part)
    return found


def _parts(sentence: str) -> Iterator[RemarkPart]:
    """One sentence, cut."""
    begin, names = 0, tuple[Name, ...]()
    for voice in _reporting_phrases(sentence):
        if names or begin:
            joins = [hit.start() for hit in _JOINED.finditer(sentence, begin, voice.start)]
            cut = joins[-1] if voice.before and joins else voice.start
            yield from _subjects(RemarkPart(sentence[begin:cut], names))
            begin = cut
        names = voice.names
    yield from _subjects(RemarkPart(sentence[begin:], names))


def _subjects(part: RemarkPart) -> Iterator[RemarkPart]:
    """A part, cut before "while Chen" and the like; after "and" it may still be what the first speaker says."""
    begin, names = 0, part.names
    hits = list(WORD.finditer(part.text))
    for at, hit in enumerate(hits[:-1]):
        runs = _runs(part.text, hits, at + 1, len(hits)) if hit[0] in _JOINS else []
        if not part.names or not runs or runs[0][0] is not hits[at + 1]:
            continue
        subject = _name(runs[0])
        if subject not in part.names:
            yield RemarkPart(part.text[begin : hit.start()], names, names == part.names)
            begin, names = hit.start(), (*part.names, subject) if hit[0] == "and" else (subject,)
    yield RemarkPart(part.text[begin:], names, names == part.names)


def _name(run: Hits) -> Name:
    return frozenset(bare(word[0]) for word in run)


def speaks(name: Name, quote: Quote) -> bool:
    """Whether this is the name of the quote's speaker, of its publisher, or of somebody who speaks beside the speaker.

    A description alone names nobody: "a spokesman for Clinton" is not Clinton. In the reporter's own prose nobody else
    speaks, whatever it says.
    """
    speaker, mention = quote.speaker, quote.mention or ""
    said = parts(quote.text) if quote.statement else []
    core = {word for part in said for one in part.names for word in one}
    core |= names_in(quote.article.publisher)
    core |= names_in(" ".join((speaker.name, *speaker.aliases)) if speaker else mention)
    described = names_in(f"{speaker.description} {mention}") if speaker else set()
    called = name - words("dates.txt")
    return called <= core | described and not called.isdisjoint(core)


def names_in(text: str) -> set[str]:
    """Its words in small letters, without those that only own something ("Quill's rival")."""
    return {bare(hit[0]) for hit in WORD.finditer(text) if not _owns(hit)}


def opens(word: str) -> bool:
    """Whether a word with a capital may be no name where it begins a sentence."""
    plain = word[1:] == word[1:].lower()
    return plain and bare(word) in words("question_openers.txt") | words("function_words.txt")


def _reporting_phrases(sentence: str) -> Iterator[_ReportingPhrase]:
    """Whoever is named before a word of saying, after "said", or after "according to"."""
    hits = list(WORD.finditer(sentence))
    saying = forms_asking()
    since = 0
    for at, hit in enumerate(hits):
        to_whom = bare(hit[0]) == "according"
        if not to_whom and (bare(hit[0]) not in saying or not _is_verb(hits, at)):
            continue
        turned = to_whom or _inverted(sentence, hits, at)
        runs = _runs(sentence, hits, at + 1, at + 6)[:1] if turned else _before(sentence, hits, since, at)
        if to_whom and runs and _follows(hits, runs[0][0], frozenset({"a", "an"})):
            runs = []  # "according to a Quinnix poll"
        since = at + 1
        if not runs:
            continue
        if not runs[0]:
            yield _ReportingPhrase(
                [join.start() for join in _JOINED.finditer(sentence, 0, hit.start())][-1], (), before=False
            )
            continue
        start = min(hit.start(), runs[0][0].start())
        joined = not sentence[:start].strip() or _JOINED.search(sentence[:start].rstrip() + " ", max(0, start - 9))
        before = not joined if to_whom else turned or re.match(r"\s*(?:[,.;!?]|\Z)", sentence[hit.end() :]) is not None
        yield _ReportingPhrase(start, tuple(map(_name, runs)), bool(before))


def _is_verb(hits: Hits, at: int) -> bool:
    """Whether a word of saying is one here: not a name, a noun, an infinitive, or passive."""
    last = bare(hits[at - 1][0]) if at else ""
    if at > 1 and (last in words("function_words.txt") - _BE - _NOUN_AFTER or last.endswith("ly")):
        last = bare(hits[at - 2][0]) if bare(hits[at - 2][0]) in _BE else last
    passive = last in _BE and not hits[at][0].endswith("ing")
    noun = last in _NOUN_AFTER or (at > 0 and _owns(hits[at - 1]))
    return hits[at][0].islower() and not passive and not noun


def _inverted(sentence: str, hits: Hits, at: int) -> bool:
    """Whether whoever speaks stands after the word: "..., said Chen."."""
    if not at or bare(hits[at][0]) not in ("said", "says"):
        return False
    after = _runs(sentence, hits, at + 1, at + 6)
    if not after or after[0][0] is not hits[at + 1] or not sentence[hits[at - 1].end() : hits[at].start()].strip():
        return False
    return re.match(r"\s*(?:[,.;!?]|\Z|of\b|in\b|who\b)", sentence[after[0][-1].end() :]) is not None


def _before(sentence: str, hits: Hits, since: int, at: int) -> list[Hits]:
    """The names that speak before a word of saying: none where the last ones go on, an empty one for somebody else."""
    runs = _runs(sentence, hits, since, at)
    gap = sentence[runs[-1][-1].end() if runs else hits[since].start() : hits[at].start()]
    if runs and gap.strip() == ",":  # "Quill, the Mayor, says" is one name; what she is mayor "of" is no part of it
        own = [run for run in runs if not _follows(hits, run[0], _NOUN_AFTER)] or runs
        return [[word for run in own for word in run]]
    *_, subject = _JOINED.split(gap)
    plain = map(bare, WORD.findall(subject))
    if subject != gap and any(not one.endswith("ly") and one not in words("function_words.txt") for one in plain):
        return [[]]  # "... on Friday, and residents said"
    if not runs or (subject != gap and since):  # "Chen called Moss a liar and said"
        return []
    group = runs[-1:]
    for left, right in reversed(list(pairwise(runs))):
        if sentence[left[-1].end() : right[0].start()].strip() != "and":
            break
        group.insert(0, left)
    return group


def _follows(hits: Hits, word: re.Match[str], words: frozenset[str]) -> bool:
    return any(left[0] in words and right is word for left, right in pairwise(hits))


def _runs(sentence: str, hits: Hits, first: int, last: int) -> list[Hits]:
    """Names among some words, each as its words; a name that only owns something is none."""
    runs: list[Hits] = []
    end = None
    for at in range(first, min(last, len(hits))):
        if not _named(hits, at):
            end = None
            continue
        if end is not None and not sentence[end : hits[at].start()].strip(" .-–"):
            runs[-1].append(hits[at])
        else:
            runs.append([hits[at]])
        end = hits[at].end()
    dates = words("dates.txt")
    return [run for run in runs if not any(map(_owns, run)) and not {bare(word[0]) for word in run} <= dates]


def _named(hits: Hits, at: int) -> bool:
    word = hits[at][0]
    return not word.islower() and not word.isdigit() and not (at == 0 and opens(word))


def _owns(hit: re.Match[str]) -> bool:
    return re.search(r"['’]s?$", hit[0]) is not None
