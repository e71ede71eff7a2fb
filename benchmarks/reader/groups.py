"""Groups to train the reader on: a question, a passage that answers it or none, and passages that do not.

Of the open corpus (what `collect.py` wrote) and of the licensed question sets. Names of the corpus are swapped for
others in every second group, in the question and the passages alike, so that none is learnt; and where the question
names a speaker, a right passage is also shown with another speaker, as one that does not answer.
"""

from __future__ import annotations

import calendar
import datetime as dt
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.retrieval.reader import as_read
from index.language.names import is_given

DATES = frozenset(map(str.lower, [*calendar.month_name, *calendar.day_name]))  # "May" is a name, too
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 420  # characters of a licensed passage; longer ones are left out
WRONG = 3  # passages of the corpus beside the right one, in a group
FIRST, FURTHER = 15, 40  # passages, best first, that wrong ones are drawn from; two of three of the first
SWAPPED, BARE, OTHER = 0.5, 0.15, 0.5  # shares of groups
HEADED = 0.4  # of the licensed groups are given titles and speakers of nobody


@dataclass(frozen=True)
class Group:
    """A question and the passages to tell apart; the first answers it where `answered`."""

    question: str
    passages: tuple[str, ...]
    answered: bool


def licensed(path: Path, titles: Sequence[str], chance: random.Random) -> list[Group]:
    """The groups of the licensed sets, some with a title, date and speaker that tell nothing."""
    groups = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            texts = [row["pos"], *row["neg"][:WRONG]] if row["pos"] else row["neg"][: WRONG + 1]
            if len(texts) <= WRONG or max(map(len, texts)) > LONGEST:
                continue
            if chance.random() < HEADED:
                one, day = chance.choice(titles), dt.date(2015, 1, 1) + dt.timedelta(chance.randrange(4000))
                texts = [as_read(text, one, day) for text in texts]
            groups.append(Group(row["q"], tuple(texts), row["pos"] is not None))
    chance.shuffle(groups)
    return groups


class Corpus:
    """The questions of the open corpus that are trained on, and their passages.

    :param rows: As `collect.py` writes them; passages of `held_out` articles' stories are not shown.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]], told: Mapping[str, str], held_out: frozenset[str]) -> None:
        self._rows = [row for row in rows if row["story"] not in held_out]
        self._told, self._held_out = told, held_out
        self._names = names_of(self._rows)
        self.titles = sorted({one["title"] for row in self._rows for one in self._shown(row["found"])})

    def __len__(self) -> int:
        return len(self._rows)

    def groups(self, chance: random.Random) -> Iterator[Group]:
        """Groups without end: every question once, in an order of chance, then again."""
        while True:
            for row in chance.sample(self._rows, len(self._rows)):
                group = self._group(row, chance)
                if group:
                    yield group

    def _shown(self, passages: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return [one for one in passages if self._told[one["article"]] not in self._held_out]

    def _group(self, row: Mapping[str, Any], chance: random.Random) -> Group | None:
        found = self._shown(row["found"])
        right = [one for one in [*found, *self._shown(row["missed"])] if one["gold"]]
        wrong = [one for one in found if not one["near"]][:FURTHER]
        if bool(row["gold"]) != bool(right) or len(wrong) < WRONG + 1:
            return None
        others = drawn(wrong, WRONG + (not right), chance)
        bare = chance.random() < BARE
        first = [chance.choice(right)] if right else []
        every = [parts(one, bare) for one in [*first, *others]]
        if first and not bare and chance.random() < OTHER and asks_of(row["question"], first[0]["speaker"]):
            every[-1] = self._by_another(every[0], chance)
        swaps = self._swaps(chance) if chance.random() < SWAPPED else {}
        texts = [swapped(as_read(**one), swaps) for one in every]
        return Group(swapped(row["question"], swaps), tuple(texts), bool(first))

    def _by_another(self, one: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
        """A passage with another speaker: the right matter, another person."""
        names = {word.lower() for word in WORD.findall(one["speaker"])} & self._names.keys()
        swaps = {name: chance.choice(self._alike(name)) for name in names}
        return {part: swapped(text, swaps) if isinstance(text, str) else text for part, text in one.items()}

    def _swaps(self, chance: random.Random) -> dict[str, str]:
        """For each name another one of its kind, every one once."""
        swaps: dict[str, str] = {}
        for kind in (True, False):
            some = [name for name, given in self._names.items() if given is kind]
            swaps |= zip(some, chance.sample(some, len(some)), strict=True)
        return swaps

    def _alike(self, name: str) -> list[str]:
        return [other for other, given in self._names.items() if given is self._names[name] and other != name]


def drawn(wrong: Sequence[Mapping[str, Any]], count: int, chance: random.Random) -> list[Mapping[str, Any]]:
    """Some of the wrong passages, two of three from the first, for those are hardest to tell."""
    near = chance.sample(wrong[:FIRST], min(len(wrong[:FIRST]), count - count // 3))
    rest = [one for one in wrong if one not in near]
    return [*near, *chance.sample(rest, count - len(near))]


def parts(one: Mapping[str, Any], bare: bool) -> dict[str, Any]:
    """The parts of a passage as `as_read` takes them; a bare one has its text alone."""
    if bare:
        return {"text": one["text"]}
    day = dt.date.fromisoformat(one["date"]) if one["date"] else None
    return {
        "text": one["text"],
        "title": one["title"],
        "published": day,
        "speaker": one["speaker"],
        "role": one["role"],
    }


def asks_of(question: str, speaker: str) -> bool:
    """Whether a question names a speaker by the last word of the name."""
    last = WORD.findall(speaker.lower())[-1:]
    return bool(last) and last[0] in WORD.findall(question.lower())


def names_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, bool]:
    """The words of speakers' names that are never written small, and whether each is a given name."""
    texts = {one["text"] for row in rows for one in [*row["found"], *row["missed"]]}
    speakers = {one["speaker"] for row in rows for one in row["found"]}
    small = {word: True for text in texts for word in WORD.findall(text) if word.islower()}
    words = {word for name in speakers for word in WORD.findall(name) if word.istitle() and len(word) > 2}
    names = sorted({word.lower() for word in words} - DATES - small.keys())
    return {name: is_given(name) for name in names}


def swapped(text: str, swaps: Mapping[str, str]) -> str:
    """A text with each name replaced; the encoder makes no difference between capitals and small letters."""
    return WORD.sub(lambda found: swaps.get(found.group().lower(), found.group()), text)
