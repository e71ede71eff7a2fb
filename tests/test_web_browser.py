"""The page in a real browser: what a journalist does with it, and what it must never do.

A page takes seconds to load, so that most tests share one (`seen`), cleared before each; `visit` opens another.
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import EVIL, ROOT

pytestmark = pytest.mark.slow

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
CRACK = "What did Tomas Quill say about the crack?"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WAIT = 60_000  # milliseconds; generous, since many tests may share one processor


class Visit:
    """A page of its own, with a record of what it fetched and of what went wrong in it."""

    def __init__(self, browser, site, scheme):
        self.context = browser.new_context(viewport=LAPTOP, color_scheme=scheme, accept_downloads=True)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        self.site, self.page = site, self.context.new_page()
        self.requests, self.troubles = [], []
        self.page.set_default_timeout(WAIT)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))

    def open(self, path="/"):
        self.page.add_init_script(
            "window.jumps = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {"
            " if (!one.hadRecentInput) window.jumps += one.value; })).observe({type: 'layout-shift', buffered: true})"
        )
        self.page.goto(f"{self.site}{path}")
        self.page.wait_for_selector("#otr-question textarea")
        self.page.wait_for_selector(".otr-greeting")
        return self

    def clear(self):
        """As it was when it was opened: no chat, no filter, no article."""
        self.page.set_viewport_size(LAPTOP)
        self.page.keyboard.press("Escape")
        self.tab("ask")
        while self.page.locator(".otr-chip").count():
            chips = self.page.locator(".otr-chip").count()
            self.page.locator(".otr-chip").first.click()
            self.page.wait_for_function(f"document.querySelectorAll('.otr-chip').length < {chips}")
        for shut, shown in ((".otr-button.close", ".otr-how-to"), ("[data-do=fresh]", ".otr-greeting")):
            if self.page.locator(shut).count():
                self.page.click(shut)
            self.page.wait_for_selector(shown)
        if self.page.locator("#otr-said-by").is_visible():
            self.page.click("#otr-filters > button")

    def ask(self, question):
        """Ask, and wait for the whole answer: all quotes are there, and the foot of the chat stands below them."""
        turns = self.page.locator(".otr-turn").count()
        self.page.fill("#otr-question textarea", question)
        self.page.press("#otr-question textarea", "Enter")
        self.page.locator(".otr-turn").nth(turns).locator(".otr-export").wait_for()
        self.page.wait_for_selector(".otr-export.whole")
        return self.page.locator(".otr-turn").nth(turns)

    def reload(self):
        """Load the page again, once the tab has kept all the turns that are drawn."""
        self.page.wait_for_function(
            "turns => (JSON.parse(sessionStorage['on-the-record chat'] ?? '{}').turns ?? []).length == turns",
            arg=self.page.locator(".otr-turn").count(),
        )
        self.page.reload()

    def open_first(self, article):
        """Open an article from the list of articles, as a reader would."""
        self.tab("articles")
        self.page.click(f"#otr-articles [data-do=open][data-article={article}]")
        self.page.wait_for_selector(f".otr-source-article[data-article={article}]")

    def tab(self, name):
        self.page.click(f"#otr-{name}-tab-button")

    def end(self):
        """Close it. Nothing was fetched from elsewhere, no script failed or spoke up."""
        self.context.close()
        assert self.left_loopback() == []
        assert self.troubles == []

    def left_loopback(self):
        return [url for url in self.requests if urlsplit(url).scheme in ("http", "https", "ws", "wss")
                and urlsplit(url).hostname not in ("127.0.0.1", "localhost")]  # fmt: skip


@pytest.fixture
def visit(browser):
    """Open pages, for one test."""
    visits = []

    def start(site, path="/", scheme="light"):
        visits.append(Visit(browser, site, scheme))
        return visits[-1].open(path)

    yield start
    for one in visits:
        one.end()


@pytest.fixture(scope="module")
def shared(browser, site):
    """The page that most tests share."""
    one = Visit(browser, site, "light").open()
    yield one
    one.end()


@pytest.fixture
def seen(shared):
    """The shared page, cleared."""
    shared.clear()
    yield shared
    assert shared.left_loopback() == []
    assert shared.troubles == []


# Asking


def test_a_question_brings_quotes_with_their_speakers(seen):
    turn = seen.ask(CRACK)
    first = turn.locator(".otr-card").first
    assert "Tomas Quill" in first.locator("header").inner_text()
    assert first.locator(".otr-content").count() >= 1
    assert turn.locator(".otr-card").count() <= 5


def test_an_example_question_is_asked_with_one_click(seen):
    examples = seen.page.locator(".otr-examples button")
    assert examples.count() >= 3
    question = examples.first.inner_text()
    examples.first.click()
    seen.page.wait_for_selector(".otr-export.whole")
    assert seen.page.locator(".otr-question").inner_text() == question


def test_a_follow_up_shows_how_it_was_understood(seen):
    seen.ask("What did Adaeze Brandt say about the crack?")
    turn = seen.ask("And what did she say about the reservoir?")
    assert "Adaeze Brandt" in turn.locator(".otr-understood").inner_text()
    top = turn.bounding_box()["y"] - seen.page.locator(".otr-log").bounding_box()["y"]
    assert -5 < top < 40, "a new question stands at the top of the chat"


def test_a_question_the_articles_do_not_answer_is_refused(seen):
    turn = seen.ask("What did Boris Fenwicke say about the elections in Peru?")
    assert turn.locator(".otr-refusal").is_visible()
    assert turn.locator("> .otr-card").count() == 0


def test_a_chat_can_begin_anew(seen):
    seen.ask(CRACK)
    seen.page.click("[data-do=fresh]")
    seen.page.wait_for_selector(".otr-greeting")
    assert seen.page.locator(".otr-turn").count() == 0


def test_a_chat_model_s_sentences_lead_to_their_quotes_and_can_be_stopped(sites, visit):
    seen = visit(sites["model"])
    seen.page.fill("#otr-question textarea", "Who says the dam is safe?")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".otr-remarks:has-text('sleep in the valley')")
    assert seen.page.locator(".otr-turn > .otr-card").count() == 2
    seen.page.locator(".otr-remarks a").first.click()
    assert urlsplit(seen.page.url).fragment == seen.page.locator(".otr-card").first.get_attribute("id")
    assert not seen.page.locator("#otr-ask").is_visible()
    seen.page.click("#otr-stop")
    seen.page.wait_for_selector(".otr-notice:has-text('Stopped')")
    seen.page.wait_for_selector("#otr-ask")
    assert not seen.page.locator("#otr-stop").is_visible()
    assert seen.page.locator(".otr-remarks a").count() == 2, "what there was stays"


def test_a_chat_is_there_again_after_a_reload_and_in_no_other_tab(site, visit):
    one, two = visit(site), visit(site)
    one.ask(CRACK)
    two.ask("What did Rosa Delgado say?")
    one.ask("And what did he say about the valley?")
    drawn = one.page.locator(".otr-chat").inner_html()
    one.reload()
    one.page.wait_for_selector(".otr-turn")
    assert one.page.locator(".otr-chat").inner_html() == drawn
    assert one.ask("And what did he say about the frost?").locator(".otr-understood").is_visible()
    assert two.page.locator(".otr-turn").count() == 1
    assert CRACK not in two.page.locator("#otr-chat").inner_text()
    assert "Understood" not in two.page.locator("#otr-chat").inner_text()
    one.page.click("[data-do=fresh]")
    one.page.wait_for_selector(".otr-greeting")
    one.reload()
    one.page.wait_for_selector(".otr-greeting")
    assert one.page.locator(".otr-turn").count() == 0


def test_who_asks_before_the_page_is_all_there_loses_nothing(browser, site):
    seen, held = Visit(browser, site, "light"), []

    def hold(route):
        held.append(route) if '"data":["",null]' in route.request.post_data else route.continue_()

    seen.page.route("**/queue/join*", hold)  # of the chat that the tab has kept
    seen.open().ask(CRACK)
    held[0].continue_()
    assert seen.ask("And what did he say about the valley?").locator(".otr-understood").is_visible()
    assert seen.page.locator(".otr-turn").count() == 2
    seen.end()


def test_everything_works_from_the_keyboard(seen):
    page = seen.page
    focused = "document.activeElement"

    def walk(to, key="Tab"):
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate(f"{focused}.matches({json.dumps(to)})"):
                style = page.evaluate(f"(e => [e.outlineStyle, e.outlineWidth])(getComputedStyle({focused}))")
                assert style[0] != "none" and style[1] != "0px", f"focus on {to} can be seen"
                return
        raise AssertionError(f"{to} cannot be reached with {key}")

    page.focus("#otr-ask-tab-button")
    walk(".otr-button.example")
    walk("#otr-question textarea")
    page.keyboard.type(CRACK)
    page.keyboard.press("Enter")
    page.wait_for_selector(".otr-export.whole")
    page.focus("#otr-ask-tab-button")
    walk(".otr-card [data-do=open]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-here]")
    walk(".otr-text [role=button]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".otr-said.chosen")
    walk(".otr-button.close", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".otr-how-to")
    assert page.evaluate(f"{focused}.matches('.otr-card [data-do=open]')"), "focus goes back to where one came from"
    walk("#otr-question textarea")
    walk("#otr-filters > button")
    page.keyboard.press("Enter")
    walk("#otr-said-by input")


# The source


def test_a_quote_opens_in_its_article_at_its_passage(seen):
    card = seen.ask(CRACK).locator(".otr-card").nth(1)
    words = card.locator("blockquote").inner_text()
    card.locator("[data-do=open]").click()
    seen.page.wait_for_selector("[data-here]")
    marked = seen.page.locator(".otr-text .otr-here").all_inner_texts()
    assert re.sub(r"\s+", " ", "".join(marked)) == re.sub(r"\s+", " ", words)
    seen.page.wait_for_function(
        "() => { const box = document.querySelector('[data-here]').getBoundingClientRect();"
        " return box.top > 0 && box.bottom < innerHeight; }"
    )
    assert seen.page.locator(".otr-panel").is_visible()
    assert seen.page.locator(".otr-legend li").count() >= 2


def test_a_statement_tells_who_said_it_and_how_we_know(seen):
    seen.open_first("courier-crack-found")
    seen.page.locator(".otr-text .otr-said", has_text="it had not moved since it was first measured").first.click()
    seen.page.wait_for_selector(".otr-panel")
    assert "Tomas Quill" in seen.page.locator(".otr-panel strong").inner_text()
    assert re.search(r"“He”, taken as Tomas Quill, named .* before", seen.page.locator(".otr-how").inner_text())


def test_a_link_opens_an_article_at_a_passage(seen, site, visit):
    card = seen.ask(CRACK).locator(".otr-card").first
    words = card.locator("blockquote").inner_text()
    card.locator("[data-do=link]").click()
    seen.page.wait_for_selector("text=Copied")
    address = seen.page.evaluate("navigator.clipboard.readText()")
    assert urlsplit(address).query.startswith("article=")
    other = visit(site, f"/?{urlsplit(address).query}")
    other.page.wait_for_selector("[data-here]")
    assert "".join(other.page.locator(".otr-here").all_inner_texts()).split() == words.split()


def test_a_card_is_copied_in_three_forms(seen):
    card = seen.ask(CRACK).locator(".otr-card").first
    words = " ".join(card.locator("blockquote").inner_text().split())
    copied = []
    for name in ("Copy text", "Copy Markdown", "Copy citation"):
        card.locator("button", has_text=name).click()
        seen.page.wait_for_function(f"navigator.clipboard.readText().then(t => !{json.dumps(copied)}.includes(t))")
        copied.append(seen.page.evaluate("navigator.clipboard.readText()"))
    assert words in " ".join(copied[0].split())
    assert copied[1].startswith("**Tomas Quill")
    assert "Tomas Quill" in copied[2] and "2026" in copied[2]


# Filters


def test_the_chat_obeys_its_filters_and_shows_them(seen):
    seen.page.click("#otr-filters > button")
    seen.page.fill("#otr-said-by input", "Adaeze Brandt")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".otr-chip:has-text('Adaeze Brandt')")
    turn = seen.ask("What was said about the crack?")
    assert set(turn.locator("> .otr-card h3").all_inner_texts()) == {"Adaeze Brandt"}
    seen.page.click(".otr-chip")
    seen.page.wait_for_selector(".otr-chip", state="detached")
    turn = seen.ask("What did Tomas Quill say about the crack?")
    assert "Tomas Quill" in turn.locator("> .otr-card h3").all_inner_texts()


def test_one_article_alone_can_be_asked(seen):
    seen.open_first("courier-crack-found")
    seen.page.click(".otr-source-article [data-do=narrow]")
    seen.page.wait_for_selector(".otr-chip:has-text('Crack found in Sorrel Dam')")
    turn = seen.ask("What was said about the crack?")
    titles = set(turn.locator("> .otr-card cite").all_inner_texts())
    assert len(titles) == 1 and titles.pop().startswith("Crack found in Sorrel Dam")


# Speakers, articles, quotations


def test_everybody_quoted_is_listed_and_drawn(seen):
    seen.tab("speakers")
    seen.page.wait_for_selector("#otr-speakers circle")
    row = seen.page.locator("#otr-speakers tr", has_text="Tomas Quill")
    count = int(row.locator("td").nth(2).inner_text())
    row.locator("[data-do=speaker]").click()
    seen.page.wait_for_selector(".otr-statements")
    assert seen.page.locator(".otr-statements > li").count() == count
    seen.page.click("#otr-speakers [data-do=speakers]")
    seen.page.fill("#otr-find-speaker textarea, #otr-find-speaker input", "hydrology")
    seen.page.wait_for_function("document.querySelectorAll('#otr-speakers tbody tr').length === 1")
    assert "Adaeze Brandt" in seen.page.locator("#otr-speakers tbody").inner_text()
    seen.page.locator("#otr-speakers circle").first.click()
    seen.page.wait_for_selector(".otr-panel")


def test_articles_are_added_found_and_removed_and_a_bad_one_says_why(tmp_path, sites, visit):
    good, bad = tmp_path / "ferry <b>.txt", tmp_path / "bad.txt"
    good.write_text(
        "The ferry is late\n\n“The ferry is late,” said Bo Chen, who steers it. “It leaks.”\n", encoding="utf-8"
    )
    bad.write_bytes(b"\xff\xfe\x00")
    seen = visit(sites["shelf"])
    assert "No articles yet" in seen.page.locator(".otr-greeting").inner_text()
    seen.page.click(".otr-greeting [data-do=tab]")
    seen.page.set_input_files("#otr-files input[type=file]", [str(good), str(bad)])
    seen.page.wait_for_selector("#otr-files :text('bad')")
    seen.page.click("#otr-add-files")
    seen.page.wait_for_selector(".otr-result")
    told = seen.page.locator(".otr-result").inner_text()
    assert re.search(r"ferry.*\n?added", told) and "not added" in told
    seen.tab("ask")
    assert "Bo Chen" in seen.ask("What did Bo Chen say about the ferry?").locator(".otr-card").first.inner_text()
    seen.tab("articles")
    seen.page.click("#otr-adding [role=tab]:has-text('A web page')")
    seen.page.fill("#otr-url textarea, #otr-url input", "/etc/passwd")
    seen.page.click("#otr-add-url")
    seen.page.wait_for_selector(".otr-result:has-text('not a web address')")
    seen.page.click("#otr-adding [role=tab]:has-text('Pasted text')")
    seen.page.fill("#otr-title textarea, #otr-title input", "The quay")
    seen.page.fill("#otr-text textarea", "“The quay is wet,” said Bo Chen.")
    seen.page.click("#otr-add-text")
    seen.page.wait_for_selector(".otr-result:has-text('The quay')")
    seen.page.wait_for_selector("#otr-articles tr:has-text('The quay')")
    seen.page.fill("#otr-find-article textarea, #otr-find-article input", "ferry")
    seen.page.wait_for_function("document.querySelectorAll('#otr-articles tbody tr').length === 1")
    seen.page.locator("#otr-articles [data-do=remove]").click()
    seen.page.wait_for_selector(".otr-ask-first")
    assert "The ferry is late" in seen.page.locator(".otr-ask-first").inner_text()
    box = seen.page.locator("#otr-removing").bounding_box()
    assert box["y"] > 0 and box["y"] + box["height"] <= LAPTOP["height"], "the question is where one looks"
    seen.page.wait_for_selector("#otr-keep:focus")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("#otr-articles [data-do=remove]:focus")
    seen.page.keyboard.press("Enter")
    seen.page.click("#otr-remove")
    seen.page.wait_for_selector("text=No article has “ferry”")
    kept = [path for path in Path(os.environ.get("GRADIO_TEMP_DIR", "/tmp/gradio")).rglob("ferry*.txt")]
    assert kept == [], "what is removed lives on in no folder of uploads"


def test_a_quotation_is_checked_word_by_word(seen):
    seen.tab("check")
    seen.page.fill("#otr-quotation textarea", "This is a crack in the bones of the structure and not in its bones")
    seen.page.click("#otr-check")
    seen.page.wait_for_selector(".otr-finding.altered")
    assert seen.page.locator(".otr-given .otr-differs").all_inner_texts() == ["bones"]
    assert "skin" in seen.page.locator(".otr-card .otr-differs").all_inner_texts()
    seen.page.fill("#otr-quotation textarea", "This is a crack in the skin of the structure")
    seen.page.fill("#otr-said textarea, #otr-said input", "Adaeze Brandt")
    seen.page.click("#otr-check")
    seen.page.wait_for_selector(".otr-finding.misattributed")


def test_an_answer_is_saved_in_three_forms(seen):
    turn = seen.ask(CRACK)
    for form, start in (("Markdown", "## "), ("JSON", "["), ("CSV", "question,")):
        with seen.page.expect_download() as download:
            turn.locator(".otr-export button", has_text=form).click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "Tomas Quill" in text
        if form == "JSON":
            assert json.loads(text)[0]["quotes"][0]["end"] > 0


# Good manners


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_dark_mode_is_dark(site, visit, scheme):
    if not AXE.exists():
        missing = f"{AXE} is not there; run: npm install --no-save axe-core"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    seen = visit(site, scheme=scheme)
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {}

    def look(view):
        result = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [one for one in result["violations"] if one["impact"] in ("serious", "critical")]
        found.update({f"{view}: {one['id']}": [node["html"][:200] for node in one["nodes"]][:4] for one in grave})

    look("greeting")
    assert seen.page.evaluate("window.jumps") < 0.1, "what is there stays where it is while the page loads"
    seen.ask(CRACK).locator("[data-do=open]").first.click()
    seen.page.wait_for_selector("[data-here]")
    look("answer and source")
    for where in ("body", ".otr-card"):
        colour = seen.page.locator(where).first.evaluate("e => getComputedStyle(e).backgroundColor")
        light = sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
        assert light < 50 if scheme == "dark" else light > 200, where
    seen.page.click("#otr-filters > button")
    look("filters")
    seen.tab("speakers")
    seen.page.wait_for_selector("#otr-speakers circle")
    look("speakers")
    seen.page.locator("#otr-speakers [data-do=speaker]").first.click()
    seen.page.wait_for_selector(".otr-statements")
    look("one speaker")
    seen.tab("articles")
    seen.page.wait_for_selector("#otr-articles table")
    look("articles")
    seen.page.click("#otr-adding > button")
    look("adding")
    seen.tab("check")
    seen.page.fill("#otr-quotation textarea", "This is a crack in the bones of the structure and not in its bones")
    seen.page.click("#otr-check")
    seen.page.wait_for_selector(".otr-finding")
    look("checking")
    assert found == {}


def test_on_a_phone_the_source_is_below_the_chat_and_nothing_is_wider_than_the_screen(seen):
    seen.page.set_viewport_size(PHONE)
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not seen.page.evaluate(wide)
    turn = seen.ask(CRACK)
    turn.locator("[data-do=open]").first.click()
    seen.page.wait_for_selector("[data-here]")
    below = seen.page.locator("#otr-source").bounding_box()["y"] > seen.page.locator(".otr-asking").bounding_box()["y"]
    assert below
    seen.page.wait_for_function("() => { const y = document.querySelector('[data-here]').getBoundingClientRect().top;"
                                " return y > 0 && y < innerHeight; }")  # fmt: skip
    assert not seen.page.evaluate(wide)
    for name in ("speakers", "articles", "check"):
        seen.tab(name)
        assert not seen.page.evaluate(wide), name


# Hostile articles


def test_hostile_articles_go_through_every_view_as_text(sites, visit, tmp_path):
    seen = visit(sites["hostile"], "/?article=%3Cb%3E&start=1&end=99999999")
    assert seen.page.locator("[data-here]").count() == 0
    turn = seen.ask("What did Bo Chen say about the evil words?")
    assert turn.locator(".otr-card").count() >= 1
    for number in range(len(EVIL)):
        seen.tab("articles")
        seen.page.locator("#otr-articles tbody [data-do=open]").nth(number).click()
        seen.page.wait_for_selector(".otr-source-article")
        seen.page.locator(".otr-text [role=button]").first.click()
    seen.page.locator("#otr-articles [data-do=remove]").first.click()
    seen.page.wait_for_selector(".otr-ask-first")
    seen.page.locator("#otr-articles [data-do=narrow]").first.click()
    seen.page.wait_for_selector(".otr-chip")
    seen.page.click("#otr-filters > button")
    for field in ("#otr-only", "#otr-said-by"):
        seen.page.locator(f"{field} input").click()
        assert not re.search("[\u202e\u2066\U000e0069]", "".join(seen.page.locator("[role=listbox]").all_inner_texts()))
        seen.page.keyboard.press("Escape")
    seen.tab("speakers")
    seen.page.locator("#otr-speakers tbody [data-do=speaker]").first.click()
    seen.page.wait_for_selector(".otr-statements")
    seen.tab("check")
    seen.page.fill("#otr-quotation textarea", f"The evil words are {EVIL[0]}")
    seen.page.click("#otr-check")
    seen.page.wait_for_selector(".otr-finding")
    name = tmp_path / "<img src=x onerror=alert(1)>.txt"
    name.write_text("", encoding="utf-8")
    seen.tab("articles")
    seen.page.click("#otr-adding > button")
    seen.page.set_input_files("#otr-files input[type=file]", [str(name)])
    seen.page.wait_for_selector("#otr-files :text('.txt')")
    seen.page.click("#otr-add-files")
    seen.page.wait_for_selector(".otr-result")
    assert seen.page.locator("#otr-main :is(img, iframe, script, style, link)").count() == 0
    assert seen.page.locator("#otr-main a[href^='javascript' i]").count() == 0
