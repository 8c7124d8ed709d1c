"""Every page of the built site, read without a browser: links, titles, headings, language."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsing import Site

from html_page import HtmlPage

Pages = dict[str, HtmlPage]

ALLOWED = frozenset(
    [
        "LPR",
        "APP",
        "Word",
        "Excel",
        "CSV",
        "LibreOffice",
        "xls",
        "xlsx",
        "csv",
        "WPS",
        "PDF",
        "YAML",
        "Windows",
        "Edge",
        "Chrome",
        "Kiwix",
        "Linux",
        "Code",
        "JavaScript",
        "UTF",
        "Tab",
        "tingsuo",
    ]
)
"""Words in Latin letters that Chinese sentences of the site may use."""
COLLECTIONS = re.compile("LawRefBook|X-STORAGE/Laws|Theonefkguy/Chinese-Laws|just-laws")
"""Public collections of statutes, named as sources on the laws' pages."""
UNREAD = frozenset({"script", "style", "code", "pre", "kbd"})


@pytest.fixture(scope="module")
def pages(site: Site) -> Pages:
    """Every page of the site by its name."""
    return {path.relative_to(site.root).as_posix(): HtmlPage(path.read_text("utf-8")) for path in sorted(site.root.rglob("*.html"))}


def targets(page: HtmlPage) -> set[str]:
    """The anchors of a page."""
    return {attrs["id"] for _, attrs in page.elements if "id" in attrs}


def references(page: HtmlPage) -> list[str]:
    """All that a page links to or loads."""
    return [attrs[name] for _, attrs in page.elements for name in ("href", "src", "action", "poster", "srcset") if attrs.get(name)]


def test_every_link_leads_somewhere(site: Site, pages: Pages) -> None:
    """Each link, picture, script and style of each page is a file of the site, each #anchor is on its page,
    and nothing leads out of the folder or to the network.
    """  # fmt: skip
    anchors = {name: targets(page) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for reference in references(page):
            # A public number to call; nothing longer than a hotline's may be dialled from a page.
            # An empty icon, so that browsers ask for none.
            if re.fullmatch(r"tel:\d{3,5}|data:,", reference):
                continue
            parts = urlsplit(reference)
            # Only a web server shows the 404 page, from any depth: its links start at the root.
            base = "" if name == "404.html" and parts.path.startswith("/") else posixpath.dirname(name)
            place = posixpath.normpath(posixpath.join(base, unquote(parts.path).lstrip("/"))) if parts.path else name
            if (
                parts.scheme
                or parts.netloc
                or place.startswith("..")
                or not (site.root / place).is_file()
                or parts.fragment
                # #name=value isn't a place: the page's script reads it.
                and "=" not in parts.fragment
                and unquote(parts.fragment) not in anchors.get(place, ())
            ):
                broken.append((name, reference))
    assert broken == []


def test_every_page_can_be_reached(pages: Pages) -> None:
    """From the home page links lead to every other page. Only the 404 page stands alone, and search, where a form leads."""
    reached, todo = {"index.html"}, ["index.html"]
    while todo:
        name = todo.pop()
        for link in pages[name].links:
            path = urlsplit(link).path
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            if place in pages and place not in reached:
                reached.add(place)
                todo.append(place)
    assert {"404.html"} == set(pages) - reached - {"search.html"}


def test_styles_and_scripts_name_no_address(site: Site) -> None:
    """No style loads from elsewhere, and none of our scripts fetches anything."""
    for path in site.root.rglob("*.css"):
        text = path.read_text("utf-8")
        assert re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)"']+""", text) == []
    for path in (site.root / "assets" / "tingsuo").glob("*.js"):
        assert re.findall(r"https?://\S+|\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|\bimport\b", path.read_text("utf-8")) == []


def test_every_page_says_what_it_is(pages: Pages) -> None:
    """Language zh, a title, a description or none but never an empty one, exactly one main heading, no heading skipped, no id twice."""
    wrong = []
    for name, page in pages.items():
        tags = [tag for tag, _ in page.elements]
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
        title = re.search(r"<title>(.*?)</title>", page.html, re.DOTALL)
        empty = any(tag == "meta" and attrs.get("name") == "description" and not attrs.get("content") for tag, attrs in page.elements)
        checks = {
            "language": page.elements[0][1].get("lang", "").startswith("zh"),
            "title": bool(title and title[1].strip()),
            "description": not empty,
            "one h1": levels.count(1) == 1,
            "headings in order": all(after - before <= 1 for before, after in pairwise(levels)),
            "ids once": len(ids) == len(set(ids)),
            "no leftover": "@@" not in page.html and "{{" not in page.html and "{%" not in page.html,
        }
        wrong += [(name, check) for check, holds in checks.items() if not holds]
    assert wrong == []


def test_titles_tell_pages_apart(pages: Pages) -> None:
    """No two pages have the same title, so that tabs, bookmarks and histories can be read."""
    titles: dict[str, list[str]] = {}
    for name, page in pages.items():
        title = re.search(r"<title>(.*?)</title>", page.html, re.DOTALL)
        assert title
        titles.setdefault(title[1].strip(), []).append(name)
    assert {title: names for title, names in titles.items() if len(names) > 1} == {}


def words(page: HtmlPage) -> list[str]:
    """Latin words that readers see or hear, outside code and addresses."""
    html = re.sub(rf"<({'|'.join(UNREAD)})\b.*?</\1>", "", page.html, flags=re.DOTALL)
    html = re.sub(r'<span class="ts-url">.*?</span>', "", html)
    rest = HtmlPage(html)
    spoken = [attrs[name] for _, attrs in rest.elements for name in ("aria-label", "alt", "title", "placeholder") if attrs.get(name)]
    return re.findall(r"[A-Za-z]{3,}", COLLECTIONS.sub("", " ".join([*rest.texts, *spoken])))


def test_no_foreign_word_is_left_in_the_interface(pages: Pages) -> None:
    """Readers meet Chinese only, but for a handful of names that everybody knows."""
    found: dict[str, set[str]] = {}
    for name, page in pages.items():
        for word in words(page):
            if word not in ALLOWED:
                found.setdefault(word, set()).add(name)
    assert found == {}


def test_the_frame_ships_no_leftovers(site: Site) -> None:
    """Every file of the site that isn't a page is used by a page, and a template never ships unrendered."""
    text = "".join(path.read_text("utf-8") for path in site.root.rglob("*.html"))
    names = [path.relative_to(site.root).as_posix() for path in sorted(site.root.rglob("*")) if path.is_file()]
    # The search index is loaded piece by piece, by number.
    loose = [name for name in names if not name.endswith(".html") and not name.startswith("search/") and name not in ("build-id.txt", "sitemap.xml")]
    assert [name for name in loose if posixpath.basename(name) not in text] == []
    sitemap = site.root / "sitemap.xml"
    assert not sitemap.exists() or "{%" not in sitemap.read_text("utf-8")


def test_the_repositorys_pictures_of_the_site_are_there(site: Site) -> None:
    """The README's screenshots exist."""
    repo = Path(__file__).resolve().parents[2]
    shots = re.findall(r"\((docs/develop/screenshots/[\w-]+\.png)\)", (repo / "README.md").read_text("utf-8"))
    assert shots
    assert [shot for shot in shots if not (repo / shot).is_file()] == []
