"""`tingsuo serve --lan` as a tablet meets it: Chromium opens the shipped site through it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from browsing import Site, Visits
from playwright.sync_api import Browser, expect
from searching import ask, hits
from site_pages import PAGES, TABLET

from tingsuo.lan import LanServer
from tingsuo.lan_addresses import lan_addresses

pytestmark = pytest.mark.browser
KINDS = ("home", "search", "guide", "villager", "procedure", "pathway", "paper", "ledger", "calculator", "law", "town", "handbook", "not found")


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[LanServer]:
    """The shipped site on this computer."""
    server = LanServer(site.root, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_tablet_reads_the_site(server: LanServer, connected: Browser) -> None:
    """Pages with all our scripts load with an empty console under the server's own policy and asks nobody else; search answers, papers come down."""
    context = connected.new_context(viewport={"width": TABLET[0], "height": TABLET[1]})
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    for page in (PAGES[kind] for kind in KINDS):
        answer = tab.goto(server.url + page)
        assert answer and answer.status == 200, page
    tab.goto(server.url)
    ask(tab, "彩礼")
    hits(tab, "案例").first.click()
    tab.wait_for_url("**/cases/marriage/*.html")
    tab.goto(server.url + PAGES["paper"])
    with tab.expect_download() as paper:
        tab.locator("a[href$='.docx']").first.click()
    assert paper.value.path().read_bytes()[:2] == b"PK"
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith((server.url, "data:", "blob:"))] == []
    context.close()


def test_five_tablets_at_once(server: LanServer, connected: Browser) -> None:
    """Five profiles open a page at the same time; each has its page and its search."""
    contexts = [connected.new_context() for _ in range(5)]
    tabs = [context.new_page() for context in contexts]
    for tab in tabs:
        tab.evaluate("url => { location.href = url }", server.url + "search.html#q=彩礼")
    for tab in tabs:
        hits(tab, "案例").first.wait_for()
    for context in contexts:
        context.close()


def test_an_address_of_the_network_works_like_the_own_one(site: Site, connected: Browser) -> None:
    """Under the address that the command would print, which is no secure place for a browser, pages and search work all the same."""
    addresses = lan_addresses()
    if not addresses:
        pytest.skip("这台电脑没有局域网地址")
    server = LanServer(site.root, addresses[0], 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = connected.new_context()
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(server.url + "search.html")
    assert not tab.evaluate("isSecureContext")
    ask(tab, "漏水")
    expect(hits(tab, "案例").first).to_be_visible()
    context.close()
    server.shutdown()
    server.server_close()
    assert visits.problems == []
