"""Figures: the mentions of an article in, those who (or what) they name out, each with all its printed forms.

A full name makes a figure; a surname, a given name, a short form or an acronym joins the one it fits, or nobody where
it fits several.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.attribution.mentions import Kind, Mention
from index.attribution.names import gender, initial, same_given


@dataclass(eq=False, slots=True)
class Figure:
    """Somebody (or some body) that an article names.

    :param words: The folded words of its fullest form.
    :param mentions: The numbers of its mentions, in order of the text.
    :param votes: How often title, noun or pronoun told the sex.
    """

    words: tuple[str, ...]
    suffix: str
    kind: Kind
    mentions: list[int] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)

    @property
    def sex(self) -> str:
        """ "m" or "f" as titles and nouns say, else as the given name does, else as pronouns do; or nothing."""
        for votes in (self.votes, {gender(self.words[0]): 1} if len(self.words) > 1 else {}):
            told = {sex: n for sex, n in votes.items() if sex}
            if told:
                best = max(told, key=lambda sex: told[sex])
                if told[best] >= 2 * (sum(told.values()) - told[best]):
                    return best
        return ""


class Roster:
    """All the figures of an article.

    :ivar of: For each mention by its number, its figure; None where several would fit.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.starts = [m.run.start for m in mentions]
        self.figures: list[Figure] = []
        self.of: list[Figure | None] = [None] * len(mentions)
        self._by_word: dict[str, list[Figure]] = defaultdict(list)
        self._met: dict[int, int] = {}
        full = [i for i, m in enumerate(mentions) if _is_full(m)]
        for i in full:
            self._place(i)
        rest = sorted(set(range(len(mentions))) - set(full))
        for i in sorted(full + rest):
            if self.of[i] is not None:
                self._met[id(self.of[i])] = i
            elif not mentions[i].heading:
                self._join(i)
        for i in rest:
            if mentions[i].heading:
                self._join_heading(i)
        for figure in self.figures:
            if figure.kind is Kind.UNKNOWN and len(figure.mentions) > 1 and any(mentions[i].speaks for i in figure.mentions):
                figure.kind = Kind.PERSON

    def kind(self, i: int) -> Kind:
        """What a mention names, going by all that is known of its figure."""
        figure = self.of[i]
        return figure.kind if figure is not None else self.mentions[i].kind

    def ending_at(self, at: int) -> int | None:
        """The number of the mention that ends at a place, if one does."""
        i = bisect_left(self.starts, at) - 1
        return i if i >= 0 and self.mentions[i].run.end == at else None

    def _place(self, i: int) -> None:
        """Let a full name join its figure, or make one."""
        mention = self.mentions[i]
        for figure in self._by_word[mention.words[-1]]:
            if _same_name(figure, mention):
                if len(mention.words) > len(figure.words):
                    self._index(figure, mention.words)
                    figure.words = mention.words
                figure.suffix = figure.suffix or mention.suffix
                if figure.kind is Kind.UNKNOWN:
                    figure.kind = mention.kind
                break
        else:
            figure = self._new(mention)
        self._count(figure, i)

    def _new(self, mention: Mention) -> Figure:
        figure = Figure(mention.words, mention.suffix, mention.kind)
        self.figures.append(figure)
        self._index(figure, mention.words)
        return figure

    def _index(self, figure: Figure, words: Iterable[str]) -> None:
        for word in words:
            if figure not in self._by_word[word]:
                self._by_word[word].append(figure)

    def _count(self, figure: Figure, i: int) -> None:
        self.of[i] = figure
        figure.mentions.append(i)
        figure.mentions.sort()
        if self.mentions[i].sex:
            figure.votes[self.mentions[i].sex] += 1

    def _join(self, i: int) -> None:
        """Let a short form join the figure it fits, make one where none does, and nothing where several do."""
        mention = self.mentions[i]
        fits = [f for f in self._by_word.get(mention.words[-1], []) if _tail(f, mention)]
        fits = fits or [f for f in self._by_word.get(mention.words[0], []) if _part(f, mention)]
        fits = [f for f in fits if _agree(f, mention)]
        if not fits and mention.doubtful:
            return
        if not fits:
            figure: Figure | None = self._new(mention)
        else:
            figure = fits[0] if len(fits) == 1 else self._choose(fits, i)
        if figure is not None:
            self._count(figure, i)
            if figure.kind is Kind.UNKNOWN and mention.kind is Kind.PERSON:
                figure.kind = Kind.PERSON

    def _join_heading(self, i: int) -> None:
        """Let a run of words in a headline, most of them capitalised, be the figure that its first words name."""
        every = self.mentions[i].words
        for stop in range(min(len(every), 5), 0, -1):
            fits = [f for f in self._by_word.get(every[stop - 1], []) if f.words[-stop:] == every[:stop]]
            if len(fits) == 1:
                self._count(fits[0], i)
                return

    def _choose(self, fits: list[Figure], i: int) -> Figure | None:
        """Which of several figures a short form means: the one named here alone, or the one the article is about."""
        mention = self.mentions[i]
        near = [f for f in fits if id(f) in self._met and mention.paragraph - self.mentions[self._met[id(f)]].paragraph <= 1]
        if len(near) == 1:
            return near[0]
        ranked = sorted(fits, key=lambda f: (-len(f.mentions), f.mentions[0]))
        if len(ranked[0].mentions) >= 2 * len(ranked[1].mentions):
            return ranked[0]
        return None


def _is_full(mention: Mention) -> bool:
    """Whether a mention is a name that can stand for itself."""
    if mention.heading or mention.kind in {Kind.OTHER, Kind.PLACE}:
        return False
    if mention.kind is Kind.BODY:
        return len(mention.words) > 1
    return 1 < len(mention.words) <= 4


def _same_name(figure: Figure, mention: Mention) -> bool:
    """Whether a full name may be this figure's."""
    a, b = figure.words, mention.words
    if Kind.BODY in {figure.kind, mention.kind}:
        return a == b
    if a[-1] != b[-1] or len(a) < 2 or not same_given(a[0], b[0]):
        return False
    middles = [[w for w in words[1:-1] if initial(w)] for words in (a, b)]
    if all(middles) and middles[0][0][0] != middles[1][0][0]:
        return False
    if figure.suffix != mention.suffix:
        return a[0] != b[0] or len(a) != len(b)
    return True


def _tail(figure: Figure, mention: Mention) -> bool:
    """Whether a short form is the end of a figure's name: a surname, "the Times"."""
    return figure.words[-len(mention.words) :] == mention.words


def _part(figure: Figure, mention: Mention) -> bool:
    """Whether a short form is another part of a figure's name: a given name, the first word of a body's."""
    if len(mention.words) == 1 and figure.kind is Kind.PERSON and same_given(figure.words[0], mention.words[0]):
        return True
    if figure.kind is Kind.BODY:
        if mention.kind is Kind.PLACE:
            return False
        if len(mention.words) == 1 and mention.run.words[0].text.isupper():
            return mention.words[0] == "".join(word[0] for word in figure.words if len(word) > 3 or word.isdigit())
        return figure.words[: len(mention.words)] == mention.words
    return len(mention.words) == 1 and len(figure.words) > 1 and mention.words[0] in figure.words


def _agree(figure: Figure, mention: Mention) -> bool:
    """Whether nothing that a mention says of the person speaks against a figure."""
    if mention.sex and figure.sex and mention.sex != figure.sex:
        return False
    return not (mention.run.called and figure.kind in {Kind.BODY, Kind.PLACE})
