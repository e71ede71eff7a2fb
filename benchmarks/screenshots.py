"""Takes the README's pictures of the page: python benchmarks/screenshots.py [FOLDER]. Needs Chromium."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import ROOT, ask, chromium, served, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

CRACK = "Who says the dam is safe?"
ALTERED = "This is a crack in the bones of the structure and not in its bones"


def main(folder: Path) -> None:
    """Write answer.png, dark.png, phone.png, speakers.png, articles.png and check.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as url, chromium() as browser:
        for name, size, scheme in (
            ("answer", (1366, 768), "light"),
            ("dark", (1366, 768), "dark"),
            ("phone", (390, 844), "light"),
        ):
            page = visit(browser, url, *size, scheme)
            ask(page, CRACK)
            if name != "phone":
                page.locator(".otr-card [data-do=open]").nth(1).click()
                page.wait_for_selector("[data-here]")
            _take(page, folder / f"{name}.png")
            page.context.close()
        page = visit(browser, url, 1366, 768)
        page.click("#otr-speakers-tab-button")
        page.wait_for_selector("#otr-speakers circle")
        _take(page, folder / "speakers.png")
        page.click("#otr-articles-tab-button")
        page.wait_for_selector("#otr-articles table")
        _take(page, folder / "articles.png")
        page.click("#otr-check-tab-button")
        page.fill("#otr-quotation textarea", ALTERED)
        page.click("#otr-check")
        page.wait_for_selector(".otr-finding")
        _take(page, folder / "check.png")


def _take(page: Page, path: Path) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # for what scrolls smoothly
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
