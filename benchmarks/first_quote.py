"""From Enter to the first quote card in the page, in milliseconds: python benchmarks/first_quote.py [TIMES]."""

from __future__ import annotations

import statistics
import sys
import time

from browsing import chromium, served, visit

PEOPLE = ("Tomas Quill", "Adaeze Brandt", "Rosa Delgado", "Nadia Osei", "Yusuf Larkin")


def main(times: int) -> None:
    """Ask so often, in one chat after another, and print minimum, median and maximum."""
    taken = []
    with served() as url, chromium() as browser:
        page = visit(browser, url, 1366, 768)
        for number in range(times):
            page.fill("#otr-question textarea", f"What did {PEOPLE[number % len(PEOPLE)]} say about the dam?")
            begun = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_selector(".otr-card")
            taken.append((time.perf_counter() - begun) * 1000)
            page.wait_for_selector(".otr-export.whole")
            page.click("[data-do=fresh]")
            page.wait_for_selector(".otr-greeting")
    print(
        f"{times} questions: {min(taken):.0f} / {statistics.median(taken):.0f} / {max(taken):.0f} ms (min/median/max)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
