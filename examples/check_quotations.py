"""Check quotations against the example articles: one that stands, one that was altered, one that nobody said."""

import tempfile
from pathlib import Path

from assistant import Assistant

ARTICLES = Path(__file__).parent / "articles"
QUOTATIONS = [
    ("No water until June means no onions", "Piet Aldous"),
    ("No water until July means no onions", "Piet Aldous"),
    ("No water until June means no onions", "Rosa Delgado"),
    ("The dam will stand for a thousand years", ""),
]


def main() -> None:
    """Make a library that is gone afterwards, and print a verdict for each quotation."""
    with tempfile.TemporaryDirectory() as folder, Assistant.open(Path(folder) / "library") as assistant:
        assistant.add([ARTICLES])
        for words, speaker in QUOTATIONS:
            verdict = assistant.verify(words, speaker)
            print(f"{verdict.finding:14} “{words}”{f', {speaker}' if speaker else ''}: {verdict.detail}")


if __name__ == "__main__":
    main()
