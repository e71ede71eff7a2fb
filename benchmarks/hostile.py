"""Hostile input at full size: how long each takes, and how much memory, to become articles or reasons.

    python benchmarks/hostile.py --generated 10000

Each case runs in a process of its own; the memory is that process's most, what it imports included, together with that
of the process that reads pages. (A process is born with its parent's most, so this one stays small.)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generated", type=int, default=10_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        measure(given.read)
        return
    print(f"{'case':34} {'articles':>9} {'reasons':>9} {'seconds':>8} {'MB':>6}")
    for name, make in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            if make is generated:
                generated(Path(folder), given.generated)
            else:
                make(Path(folder))
            run = [sys.executable, __file__, "--read", folder]
            found = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        print(f"{name:34} {found[0]:9,} {found[1]:9,} {found[2]:8} {found[3]:6}", flush=True)


if __name__ == "__main__":
    main()
