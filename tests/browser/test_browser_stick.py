"""The stick as people get it: the zip unpacked into a folder with an awkward name, write-protected, opened by a double click, no network."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsing import Site, Visits, fresh_context
from playwright.sync_api import Browser, expect
from searching import ask, hits
from site_pages import CASES, PAGES, PHONE, SIZES

from html_page import HtmlPage
from project import Project, digests

pytestmark = pytest.mark.browser

OPEN = "打开.html"
NETWORK = ("http:", "https:", "ws:", "wss:", "ftp:", "//")


@pytest.fixture(scope="session")
def stick(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped content's stick, from its zip, read-only."""
    place = tmp_path_factory.mktemp("desk") / "我的 U盘（1）"
    dist = tmp_path_factory.mktemp("dist")
    Project(site.root.parent, None).run("pack", "stick", "-o", str(dist)).exits(0)
    (archive,) = dist.glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(place)
    (folder,) = place.iterdir()
    protect(folder, writable=False)
    before = digests(folder)
    yield Site(folder)
    assert before == digests(folder)
    protect(folder, writable=True)


def protect(folder: Path, *, writable: bool) -> None:
    """`chmod -R a-w`, and back."""
    for path in (folder, *folder.rglob("*")):
        path.chmod((path.stat().st_mode | 0o200) if writable else (path.stat().st_mode & ~0o222))


def outside(visits: Visits, folder: Path) -> list[str]:
    """What was asked for that isn't a file of the stick."""
    return [url for url in visits.requests if not url.startswith((folder.as_uri() + "/", "data:", "about:"))]


def test_a_double_click_leads_to_a_case(stick: Site, chromium: Browser) -> None:
    """打开.html → home → 漏水 is found → the guide → a case; nothing outside the stick is asked for."""
    context = fresh_context(chromium, stick, PHONE, has_touch=True)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(stick.url(OPEN))
    tab.wait_for_url(stick.url("site/index.html"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("你现在要做什么？")
    ask(tab, "漏水唔认")
    hits(tab, "指引").first.tap()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("相邻关系")
    tab.locator('a[href*="../cases/neighbours/"]').first.tap()
    expect(tab.get_by_role("heading", name="发生了什么")).to_be_visible()
    assert "/site/cases/neighbours/" in tab.url
    context.close()
    assert visits.problems == []
    assert outside(visits, stick.root) == []
    assert len(visits.requests) > 20


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_page_asks_for_nothing_outside(stick: Site, chromium: Browser, size: str) -> None:
    """All kinds of page, at this size: every request is for a file of the stick, none fails, the console stays empty."""
    context = fresh_context(chromium, stick, SIZES[size])
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    opened = [*(f"site/{page}" for page in PAGES.values()), "验证.html"]
    for page in opened:
        tab.goto(stick.url(page))
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    context.close()
    assert visits.problems == []
    assert outside(visits, stick.root) == []
    assert {stick.url(page) for page in opened} <= set(visits.requests)


def test_without_javascript_it_opens_too(stick: Site, chromium: Browser) -> None:
    """With scripts off 打开.html goes on by itself, and its link is there; a guide and a case are reached by links alone."""
    context = fresh_context(chromium, stick, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(stick.url(OPEN))
    expect(tab.get_by_role("link", name="打开")).to_have_attribute("href", "site/index.html")
    tab.wait_for_url(stick.url("site/index.html"))
    tab.get_by_role("link", name="相邻关系").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("相邻关系")
    tab.goto(stick.url(f"site/{next(iter(CASES.values()))}"))
    expect(tab.get_by_role("heading", name="发生了什么")).to_be_visible()
    context.close()


def test_the_page_alone_says_what_to_do(stick: Site, chromium: Browser, tmp_path: Path) -> None:
    """Opened inside a zip, or copied without its folder, 打开.html says so instead of leading to nothing."""
    alone = Site(tmp_path)
    (tmp_path / OPEN).write_bytes((stick.root / OPEN).read_bytes())
    context = fresh_context(chromium, alone, PHONE)
    tab = context.new_page()
    tab.goto(alone.url(OPEN))
    expect(tab.get_by_text("找不到 site 文件夹")).to_be_visible()
    expect(tab.get_by_text("先把它全部解压")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    context.close()


def test_every_link_inside_the_stick_resolves(stick: Site) -> None:
    """Each link, picture, script and style of each page is a file of the stick, each #anchor is on its page, none leads to the network."""
    pages = {path.relative_to(stick.root).as_posix(): HtmlPage(path.read_text("utf-8")) for path in sorted(stick.root.rglob("*.html"))}
    anchors = {name: {attrs["id"] for _, attrs in page.elements if "id" in attrs} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for link in [attrs[key] for _, attrs in page.elements for key in ("href", "src", "action", "poster") if attrs.get(key)]:
            parts = urlsplit(link)
            if name == "site/404.html" or re.fullmatch(r"tel:\d{3,5}|data:image/.*", link, re.DOTALL):
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            there = not parts.scheme and not link.startswith(NETWORK) and (stick.root / place).is_file()
            # What a script reads after the # (kit=…) is no anchor.
            named = parts.fragment and "=" not in parts.fragment
            if not there or named and unquote(parts.fragment) not in anchors.get(place, ()):
                broken.append((name, link))
    assert broken == []
    assert len(pages) > 300
