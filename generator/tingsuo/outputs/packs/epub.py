"""The EPUB: guides, pathways, procedures and cases as a book, with the gists of the articles they cite."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from ...case_store import Progress
from ...library import CaseCard, Library
from .epub_parts import Book, Chapter, about_page, cover_image, cover_page, write_book
from .epub_xhtml import article, document, heading, identifiers, prune, remove
from .page_parts import PagePart, page_parts
from .source import PackSource

MOST_CASES = 1_000
"""Up to so many cases stand there in full; more would choke an e-reader, and only their digests are in the book."""
_CSS = "book.css"
_TOOLS = ("calculators/", "laws/", "search", "ledger", "analysis")
"""Pages that aren't in the book and of which a name alone is no use; of papers the name says what to bring."""
_OPEN = ("http:", "https:", "tel:", "mailto:")


@dataclass
class _Page:
    """A page of the book: the site's page that it comes from, its tree, the part of the book that it is in."""

    name: str
    title: str
    tree: Element
    section: str
    part: PagePart | None = None
    ids: set[str] = field(default_factory=set)

    @property
    def file(self) -> str:
        """Its file in the book."""
        return self.name.removesuffix(".html") + ".xhtml"


def make(source: PackSource, target: Path, progress: Progress) -> list[Path]:
    """Write <name>.epub."""
    progress("编电子书", 0, 1)
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{source.name}.epub"
    write_book(path, book(source), source.stamp)
    progress("编电子书", 1, 1)
    return [path]


def book(source: PackSource) -> Book:
    """Everything that the book holds."""
    office = source.library.reference.office
    parts = page_parts(source.site, source.files())
    pages = {page.name: page for page in _pages(source.library, parts)}
    for page in pages.values():
        _unlink(page, pages)
        page.ids = identifiers(page.tree)
    cited: dict[str, dict[str, tuple[str, str, str]]] = {}
    for page in pages.values():
        _link(page, pages, cited)
    laws = [_law(source.library, name, articles) for name, articles in sorted(cited.items())]
    name = _site_name(source.site)
    chapters = [
        Chapter("cover.xhtml", "封面", "", document("封面", cover_page(), _CSS), drawn=False, listed=False),
        Chapter(
            "about.xhtml", "怎样用这本书", "", document("怎样用这本书", about_page(office, source.library, len(laws), _full(source.library)), _CSS)
        ),
    ]
    for page in [*pages.values(), *laws]:
        css = "../" * page.file.count("/") + _CSS
        drawn = next(page.tree.iter("svg"), None) is not None
        chapters.append(Chapter(page.file, page.title, page.section, document(page.title, page.tree, css), drawn))
    return Book(name, office, chapters, cover_image(name, office))


# ---- which pages --------------------------------------------------------------------


def _pages(library: Library, parts: Mapping[str, PagePart]) -> Iterator[_Page]:
    """The pages of the book in reading order; what the site doesn't have isn't in the book."""
    reference = library.reference

    def of(names: Iterator[str] | list[str], section: str) -> Iterator[_Page]:
        for name in names:
            if name in parts:
                tree = article(parts[name].body)
                yield _Page(name, heading(tree) or parts[name].title, tree, section, parts[name])

    yield from of([f"pathways/{key}.html" for key in reference.pathways], "该走哪条路")
    yield from of(["compare.html"], "该走哪条路")
    yield from of([f"disputes/{key}.html" for key in reference.guides], "给调解员：调解指引")
    yield from of([f"disputes/{key}-villager.html" for key in reference.guides], "给群众：遇到纠纷怎么办")
    yield from of([f"procedures/{key}.html" for key in reference.procedures], "办事流程")
    full = _full(library)
    for dispute, cards in library.by_dispute.items():
        if not cards:
            continue
        title = f"典型案例：{reference.guides[dispute].title}"
        yield _digests(f"cases/{dispute}/index.html", title, cards, linked=full)
        if full:
            yield from of([card.url for card in cards], title)
    yield from of(["office/index.html"], "找谁")


def _full(library: Library) -> bool:
    return len(library.cards) <= MOST_CASES


def _digests(name: str, title: str, cards: list[CaseCard], *, linked: bool) -> _Page:
    """A dispute's cases in a line or two each."""
    root = Element("section")
    SubElement(root, "h1").text = title
    SubElement(root, "p", {"class": "ts-quiet"}).text = f"共 {len(cards)} 件，新的在前。"
    rows = SubElement(root, "ul", {"class": "ts-cards"})
    for card in cards:
        row = SubElement(rows, "li")
        SubElement(SubElement(row, "p"), "a" if linked else "b", {"href": "../../" + card.url} if linked else {}).text = card.title
        for text in (card.subtitle, card.outcome_line):
            if text:
                SubElement(row, "p").text = text
    return _Page(name, title, root, title, PagePart(name, title, "", "", (), ()))


# ---- links --------------------------------------------------------------------------


def _goal(page: _Page, link: Element) -> tuple[str, str]:
    """(page of the site, anchor) of a link inside it."""
    assert page.part
    path, _, anchor = link.attrib.get("href", "").partition("#")
    return page.part.beside(unquote(path)) if path else page.name, unquote(anchor)


def _unlink(page: _Page, pages: Mapping[str, _Page]) -> None:
    """Make links that lead out of the book plain text; those of which the text alone is no use go."""
    parents = {child: parent for parent in page.tree.iter() for child in parent}
    for link in [*page.tree.iter("a")]:
        name, anchor = _goal(page, link)
        if link.attrib.get("href", "").startswith(_OPEN) or name in pages or ("data-gist" in link.attrib and anchor):
            continue
        link.tag, link.attrib = "span", {}
        holder = parents[link]
        if name.startswith(_TOOLS) and holder.tag in ("li", "p") and len(holder) == 1 and not (holder.text or link.tail or "").strip():
            remove(holder, link)
    prune(page.tree)


def _link(page: _Page, pages: Mapping[str, _Page], cited: dict[str, dict[str, tuple[str, str, str]]]) -> None:
    """Lead every link to its place in the book. Notes the articles cited."""
    here = posixpath.dirname(page.name) or "."
    for link in page.tree.iter("a"):
        if link.attrib["href"].startswith(_OPEN):
            continue
        name, anchor = _goal(page, link)
        gist, title = link.attrib.pop("data-gist", ""), link.attrib.pop("data-title", "")
        if gist:
            cited.setdefault(name, {})[anchor] = ("".join(link.itertext()), title, gist)
            link.set("href", posixpath.relpath(name.removesuffix(".html") + ".xhtml", here) + f"#{anchor}")
        else:
            fragment = f"#{anchor}" if anchor in pages[name].ids else ""
            link.set("href", fragment if fragment and name == page.name else posixpath.relpath(pages[name].file, here) + fragment)


def _law(library: Library, name: str, articles: Mapping[str, tuple[str, str, str]]) -> _Page:
    """The gists of a law's articles that the book cites, as notes."""
    key, _, version = name.removeprefix("laws/").removesuffix(".html").partition("/")
    law = library.reference.register.laws[key]
    title = f"{law.name}（{version}）" if version else law.name
    root = Element("section")
    SubElement(root, "h1").text = title
    SubElement(root, "p", {"class": "ts-quiet"}).text = "要旨是用自己的话写的，帮助理解，不能当原文引用。原文以官方文本为准。"
    for anchor in sorted(articles, key=_order):
        label, about, gist = articles[anchor]
        note = SubElement(root, "aside", {"epub:type": "footnote", "id": anchor})
        line = SubElement(note, "p")
        SubElement(line, "b").text = f"{label}　{about}" if about else label
        SubElement(note, "p").text = f"要旨：{gist}"
    return _Page(name, title, root, "法条要旨")


def _order(anchor: str) -> tuple[int, ...]:
    """a293-1 after a293."""
    return tuple(int(piece) if piece.isdigit() else 0 for piece in anchor.removeprefix("a").split("-"))


def _site_name(site: Path) -> str:
    html = (site / "index.html").read_text("utf-8")
    title = html[html.index("<title>") + len("<title>") : html.index("</title>")]
    return title.rpartition(" - ")[2]
