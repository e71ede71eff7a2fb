"""Who speaks when: a row a speaker, a dot a day and article, the larger the more was said. Takes points, gives SVG."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.render.wording import day, label
from assistant.web.markup import element, escape, plural

WIDTH, NAMES, ROW, TOP, EDGE = 760, 190, 30, 30, 24  # pixels: all, the names' column, a row, the axis, the right margin
BESIDE = 9  # pixels: dots that are nearer than that are one
_LONGEST_LABEL = 26  # characters of a name that fit
_MOST_TICKS = 7
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between ticks


@dataclass(frozen=True, slots=True)
class Point:
    """What one speaker said in one article, published on a day. `statement` is the first one's number."""

    published: dt.date
    article: str
    title: str
    statement: int
    count: int


def plot(rows: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """Speakers and their points, by date, as SVG; empty where nothing is dated. Each dot opens what was said there."""
    dates = [point.published for _, points in rows for point in points]
    if not dates:
        return ""
    first, last = min(dates), max(dates)
    height = TOP + ROW * len(rows) + 8
    lines = "".join(_row(name, points, at, first, last) for at, (name, points) in enumerate(rows))
    spoken = f"Who speaks when, from {day(first)} to {day(last)}; the table below holds the same"
    inner = _axis(first, last, height) + lines
    svg = element("svg", inner, viewBox=f"0 0 {WIDTH} {height}", role="group", aria_label=spoken, class_="otr-plot-svg")
    return element("div", svg, class_="otr-plot", tabindex=0, role="region", aria_label="Plot: who speaks when")


def _x(date: dt.date, first: dt.date, last: dt.date) -> float:
    room = WIDTH - NAMES - EDGE * 2
    days = (last - first).days
    return NAMES + EDGE + (room * (date - first).days / days if days else room / 2)


def _row(name: str, points: Sequence[Point], at: int, first: dt.date, last: dt.date) -> str:
    y = TOP + ROW * at + ROW / 2
    short = label(name)
    short = short if len(short) <= _LONGEST_LABEL else short[: _LONGEST_LABEL - 1].rstrip() + "…"
    who = element("text", escape(short) + element("title", escape(label(name))), x=0, y=y + 4, class_="name")
    line = element("line", x1=NAMES, x2=WIDTH, y1=y, y2=y, class_="row")
    near = itertools.groupby(points, key=lambda point: _x(point.published, first, last) // BESIDE)
    return who + line + "".join(_dot(label(name), list(some), y, first, last) for _, some in near)


def _dot(name: str, points: Sequence[Point], y: float, first: dt.date, last: dt.date) -> str:
    """One dot for one article, or for several that would lie on one another; a click opens the first."""
    point, count = points[0], sum(point.count for point in points)
    until = points[-1].published
    when = day(point.published) + (f" to {day(until)}" if until != point.published else "")
    where = label(point.title) + (f" and {plural(len(points) - 1, 'more article')}" if len(points) > 1 else "")
    words = f"{name}, {when}: {plural(count, 'statement')} in {where}"
    size = min(3.5 + 1.8 * math.sqrt(count), ROW / 2 - 1)
    do = {"data_do": "open", "data_article": point.article, "data_statement": point.statement}
    x = round(_x(point.published, first, last), 1)
    tip = element("title", escape(words))
    return element("circle", tip, cx=x, cy=y, r=round(size, 1), role="button", tabindex=0, aria_label=words, **do)


def _axis(first: dt.date, last: dt.date, height: int) -> str:
    parts = []
    for date, words in _ticks(first, last):
        x = round(_x(date, first, last), 1)
        parts.append(element("line", x1=x, x2=x, y1=TOP - 6, y2=height - 4, class_="tick"))
        parts.append(element("text", words, x=x, y=14, class_="tick"))
    return "".join(parts)


def _ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """Firsts of months within the range, few enough to read; the two ends where there would be fewer than two."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
    begin = first.year * 12 + first.month - 1
    marks = [dt.date(month // 12, month % 12 + 1, 1) for month in range(begin, begin + months + 1) if month % step == 0]
    inside = [date for date in marks if first <= date <= last]
    if len(inside) < 2:
        return [(date, day(date)) for date in dict.fromkeys((first, last))]
    return [(date, str(date.year) if step >= 12 else f"{date:%b} {date.year}") for date in inside]
