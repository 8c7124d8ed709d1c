"""The ZIM in a real Kiwix: Debian's kiwix-serve, read with Chromium."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from browsing import Site, Visits
from playwright.sync_api import Browser, Page, expect
from searching import ask, hits
from site_pages import CASES, DESKTOP, PAGES, PHONE

from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import zim
from tingsuo.outputs.packs.plain_text import plain_text
from tingsuo.outputs.packs.source import PackSource
from tingsuo.prepare import prepare

pytestmark = pytest.mark.browser
IN_IT = {name: page for name, page in PAGES.items() if page not in zim.LEFT_OUT}


class Kiwix:
    """A running kiwix-serve: `start` is the server's address, `book` where the ZIM's files are."""

    def __init__(self, file: Path, port: int) -> None:
        self.start = f"http://127.0.0.1:{port}"
        catalog = urlopen(f"{self.start}/catalog/v2/entries").read().decode()
        link = re.search(r'<link type="text/html" href="([^"]+)"', catalog)
        assert link, catalog
        self.name = file.stem
        # Kiwix leads from the book's address to its main page.
        self.main = urlopen(self.start + link[1].replace("/viewer#", "/content/")).geturl()
        self.book = self.main.rpartition("/")[0] + "/"


@pytest.fixture(scope="module")
def kiwix(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiwix]:
    """The shipped content as ZIM, served by Kiwix on this computer."""
    program = shutil.which("kiwix-serve")
    if not program:
        pytest.skip("没有 kiwix-serve：apt-get install kiwix-tools")
    pytest.importorskip("libzim", reason="没有 libzim：pip install tingsuo[zim]")
    root = site.root.parent
    library = prepare(root, bodies=False).library
    assert library
    file = zim.make(PackSource(root, site.root, library), tmp_path_factory.mktemp("zim"), no_progress)[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([program, "-i", "127.0.0.1", "-p", str(port), str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    yield Kiwix(file, port)
    process.terminate()
    process.wait()


def test_every_kind_of_page_opens_in_kiwix(kiwix: Kiwix, connected: Browser) -> None:
    """Kiwix opens the main page by itself; every kind of page loads with an empty console and asks nobody but Kiwix."""
    context = connected.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(kiwix.main)
    assert "你现在要做什么" in tab.locator("#main").inner_text()
    for page in IN_IT.values():
        answer = tab.goto(kiwix.book + page)
        assert answer and answer.status == 200, page
        assert tab.locator("#main h1").count(), page
        assert tab.evaluate("document.styleSheets.length") >= 3, page
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith((kiwix.start, "data:"))] == []
    context.close()


def test_links_and_our_own_search_work_inside(kiwix: Kiwix, connected: Browser) -> None:
    """From the main page by links to a guide and a law; our search, in its page and from the main page, leads to a case."""
    context = connected.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(kiwix.main)
    tab.locator("#main a[href='disputes/marriage.html']").first.click()
    tab.wait_for_url("**/disputes/marriage.html")
    tab.get_by_role("checkbox").first.check()
    tab.reload()
    assert tab.get_by_role("checkbox").first.is_checked()
    for page in ("index.html", "search.html"):
        tab.goto(kiwix.book + page)
        ask(tab, "彩礼")
        hits(tab, "案例").first.click()
        tab.wait_for_url("**/cases/marriage/*.html*")
        assert "彩礼" in tab.locator("#main").inner_text()
    tab.goto(kiwix.book + "search.html#q=" + quote("漏水"))
    hits(tab, "案例").first.wait_for()
    context.close()
    assert visits.problems == []


def test_kiwix_own_search_finds_the_right_pages(kiwix: Kiwix, connected: Browser) -> None:
    """Typed into Kiwix' own field, a word of two characters finds pages that say it, the right ones first; it quotes them, and they open."""
    tab = connected.new_page()
    for word, expected in (("彩礼", "marriage"), ("漏水", "neighbours"), ("工伤", "injury|labour")):
        tab.goto(f"{kiwix.start}/search?content={quote(kiwix.name)}&pattern={quote(word)}&books.name={quote(kiwix.name)}")
        links = tab.locator(".results a")
        addresses = [str(link.get_attribute("href")) for link in links.all()]
        assert any(re.search(expected, address) for address in addresses[:8]), (word, addresses)
        # What it quotes of a page is the page's, not the frame that all have.
        quotations = tab.locator(".results cite").all_inner_texts()
        assert len(quotations) == len(addresses)
        for quoted in quotations:
            assert "核对，下次复核" not in quoted
            assert "回页首" not in quoted
        links.first.click()
        assert word in tab.locator("#main").inner_text()
    tab.close()


def test_every_page_has_text_for_a_search_engine(site: Site) -> None:
    """No page of the site is empty to Kiwix; the search page has but its field."""
    pages = [path for path in sorted(site.root.rglob("*.html")) if path.name not in zim.LEFT_OUT]
    empty = [path.name for path in pages if len(plain_text(path.read_text("utf-8")).text) < 60]
    assert empty in ([], ["search.html"])


def in_frame(tab: Page, kiwix: Kiwix, page: str, rights: str) -> None:
    """Show a page as the readers do that have their own window around it."""
    tab.goto(kiwix.start + "/catalog/v2/root.xml")
    tab.evaluate(
        "([url, rights]) => { document.documentElement.innerHTML = ''; const frame = document.createElementNS('http://www.w3.org/1999/xhtml', 'iframe');"
        " if (rights) frame.setAttribute('sandbox', rights); frame.setAttribute('width', '800'); frame.setAttribute('height', '900');"
        " frame.setAttribute('src', url); document.documentElement.appendChild(frame); }",
        [kiwix.book + page, rights],
    )


@pytest.mark.parametrize("rights", ["allow-scripts allow-same-origin allow-forms allow-modals", "allow-scripts"])
def test_a_reader_s_frame_breaks_nothing(kiwix: Kiwix, connected: Browser, rights: str) -> None:
    """In a frame, also one without storage: ticks, switches, gists of articles, search and pathways work; only remembering is lost."""
    context = connected.new_context()
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    tab = context.new_page()
    frame = tab.frame_locator("iframe")
    in_frame(tab, kiwix, PAGES["guide"], rights)
    frame.get_by_role("checkbox").first.check()
    expect(frame.get_by_role("status").first).to_contain_text("已勾 1 /")
    frame.get_by_role("button", name="大字").click()
    expect(frame.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    frame.get_by_role("button", name="大字").click()
    frame.locator("a[data-gist]").first.click()
    expect(frame.locator(".ts-pop").first).to_be_visible()
    in_frame(tab, kiwix, "search.html", rights)
    frame.get_by_role("searchbox").fill("彩礼")
    hit = frame.get_by_role("list", name="检索结果：案例").get_by_role("link").first
    hit.click()
    expect(frame.locator("#main h1")).to_be_visible()
    for page in (PAGES["pathway"], PAGES["calculator"], PAGES["ledger"], PAGES["paper"], *CASES.values()):
        in_frame(tab, kiwix, page, rights)
        expect(frame.locator("#main h1")).to_be_visible()
    context.close()
    assert errors == []
