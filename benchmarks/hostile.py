"""Hostile input at full size: how long each takes, and how much memory, to become articles or reasons, and readings.

    python benchmarks/hostile.py --generated 10000 --real ARTICLES.jsonl

First files, then articles of odd texts, and one of a million characters of the texts of ARTICLES, each after the other.
Each case runs in a process of its own. The memory of a file is that process's most, what it imports included, together
with that of the process that reads pages. (A process is born with its parent's most, so this one stays small.) For an
article the seconds are those of the processor, and both figures are what it takes more than an article of one sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from index.articles import read_paths
from index.language.parser import Parser
from index.reading_ahead import LIMIT, read_ahead
from index.types import Article

MILLION = 1_000_000
PIECES = [
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\r\n", b"\xc3\x28", b"\xed\xa0\x80", b"\x93No,\x94 said Zo\xeb",
    b"---\n", b"title: x\n", b"date: 9999-01-01\n", b"{}\n", b'{"text": "a"}\n', b'{"id": "a", "text": "\\ud800"}\n',
    b'{"id": "a", "text": "b", "published": "0000-01-01"}\n', b"[[[[", b"<p>", b"</div>", b"<!--", b"<![CDATA[",
    b"<table><td>", b"&#0;", b"&#xD800;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", b"<meta charset='\xff'>", b"<script>",
    b"<article><p>A sentence that is long enough to be kept.</p>", b"<base href='//['>",
]  # fmt: skip
PARAGRAPH = b"<p>The ferry will sail again on Monday, the harbour master said.</p>" * 9


def one_line(folder: Path) -> None:
    with (folder / "line.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(200):
            file.write(b"a" * MILLION)
        file.write(b'"}\n{"text": "After."}\n')


def tiny(folder: Path) -> None:
    with (folder / "tiny.jsonl").open("wb") as file:
        file.writelines(b'{"id":"%d","text":"x"}\n' % n for n in range(MILLION))


def doubles(folder: Path) -> None:
    with (folder / "doubles.jsonl").open("wb") as file:
        file.writelines(b'{"id":"a","text":"x"}\n' for _ in range(MILLION))


def tiny_files(folder: Path) -> None:
    for n in range(20_000):
        (folder / f"{n}.txt").write_bytes(b"x")


def nested(folder: Path) -> None:
    (folder / "nested.html").write_bytes(b"<div>" * 100_000 + PARAGRAPH)


def entities(folder: Path) -> None:
    grow = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    (folder / "entities.html").write_bytes(b'<!DOCTYPE html [<!ENTITY a0 "ha">' + grow + b"]><p>&a11;</p>" + PARAGRAPH)


def attributes(folder: Path) -> None:
    every = b" ".join(b"a%d='x'" % n for n in range(100_000))
    (folder / "attributes.html").write_bytes(b"<p " + every + b">" + PARAGRAPH)


def odd_files(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "deep").mkdir()
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "new\nline.txt").write_text("Text.")


def generated(folder: Path, count: int = 10_000) -> None:
    rng = random.Random(8)
    for n in range(count):
        some = [*rng.choices(PIECES, k=rng.randrange(20)), rng.randbytes(rng.randrange(9))]
        rng.shuffle(some)
        (folder / f"{n}{rng.choice(('.txt', '.md', '.jsonl', '.html'))}").write_bytes(b"".join(some))


CASES: dict[str, Callable[[Path], None]] = {
    "200 MB in one line": one_line,
    "1,000,000 tiny articles": tiny,
    "1,000,000 lines of one id": doubles,
    "20,000 tiny files": tiny_files,
    "a page nested 100,000 deep": nested,
    "entities that grow to 200 GB": entities,
    "an element of 100,000 attributes": attributes,
    "pipes, devices and loops": odd_files,
    "generated files": generated,
}

PLAIN = "It is safe, said Ann Lee."
TEXTS: dict[str, str] = {
    '"Mr. " 20,000 times': "Mr. " * 20_000,
    "a quoted letter 100,000 times": '"a" ' * 100_000,
    "a quoted letter 20,000 times": '"a" ' * 20_000,
    "2,500 ordinary quotations": '"The dam is safe," said Ann Lee, and nodded.\n\n' * 2_500,
    "a quotation mark 1,000,000 times": "“" * MILLION,
    "1,000,000 letters without a space": "a" * MILLION,
    "1,000,000 spaces": "a\n" + " " * MILLION,
    "a sentence of 100,000 characters": "and Ann Lee said that he left " * 3_333,
}


def measure(folder: Path) -> None:
    """Read a folder; say how many articles and reasons there were, the seconds, and the most memory in megabytes."""
    begin, articles, reasons = time.perf_counter(), 0, 0
    for one in read_paths([folder], notice=lambda words: None):
        if isinstance(one, Article):
            articles += 1
        else:
            assert one.why and str(one).isprintable(), one
            reasons += 1
    seconds = time.perf_counter() - begin
    most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(json.dumps([articles, reasons, round(seconds, 1), most]))


def measure_reading(file: Path, limit: int) -> None:
    """Read a text as one article; say its statements, whether it is prose only, processor seconds, and megabytes."""
    batch = [Article("a", "", file.read_text(encoding="utf-8"))]
    [[reading]] = read_ahead([batch], Parser(), limit)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    print(
        json.dumps([len(reading.statements), reading.prose_only, seconds, sum(one.ru_maxrss for one in used) // 1024])
    )


def readings(real: Path | None, limit: int) -> None:
    """Print what the reading of each text takes."""
    texts = dict(TEXTS)
    if real:
        articles = [json.loads(line)["text"] for line in real.read_bytes().splitlines()]
        every = "\n\n".join(articles)
        texts["a million characters of articles"] = (f"{every}\n\n" * (MILLION // len(every) + 1))[:MILLION]
    plain = run_reading(PLAIN, limit)
    print(f"\n{'article':34} {'characters':>10} {'statements':>10} {'seconds':>8} {'MB':>6}")
    for name, text in texts.items():
        found = run_reading(text, limit)
        said = "prose only" if found[1] else f"{found[0]:,}"
        seconds, megabytes = (max(0, found[at] - plain[at]) for at in (2, 3))
        print(f"{name:34} {len(text):10,} {said:>10} {seconds:8.1f} {megabytes:6}", flush=True)


def run_reading(text: str, limit: int) -> list[int | float]:
    """What `measure_reading` says of a text, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text"
        file.write_text(text, encoding="utf-8")
        run = [sys.executable, __file__, "--read-text", str(file), "--limit", str(limit)]
        found: list[int | float] = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generated", type=int, default=10_000)
    parser.add_argument("--real", type=Path, help="articles, as JSON lines, that make a long one")
    parser.add_argument("--limit", type=int, default=LIMIT, help="seconds that the reading of an article may take")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--read-text", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read_text:
        measure_reading(given.read_text, given.limit)
        return
    if given.read:
        measure(given.read)
        return
    files(given.generated)
    readings(given.real, given.limit)


def files(count: int) -> None:
    """Print what each case of files takes."""
    print(f"{'case':34} {'articles':>9} {'reasons':>9} {'seconds':>8} {'MB':>6}")
    for name, make in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            if make is generated:
                generated(Path(folder), count)
            else:
                make(Path(folder))
            run = [sys.executable, __file__, "--read", folder]
            found = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        print(f"{name:34} {found[0]:9,} {found[1]:9,} {found[2]:8} {found[3]:6}", flush=True)


if __name__ == "__main__":
    main()
