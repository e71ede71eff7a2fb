"""Ask the example articles a question from Python: python examples/ask.py ["Your question?"]"""

import sys
import tempfile
from pathlib import Path

from assistant import Assistant

ARTICLES = Path(__file__).parent / "articles"


def main(question: str = "Who says that the dam is safe, and who doubts it?") -> None:
    """Make a library that is gone afterwards, ask, and print each quote with who said it."""
    with tempfile.TemporaryDirectory() as folder, Assistant.open(Path(folder) / "library") as assistant:
        assistant.add([ARTICLES])
        answer = assistant.ask(question)
        if answer.refusal:
            print(answer.refusal.detail)
        for quote in answer.quotes:
            who = quote.speaker.name if quote.speaker else quote.mention or quote.article.publisher
            print(f"{who} ({quote.manner}, {quote.article.publisher}, {quote.article.published}):")
            print(f"    {quote.text}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
