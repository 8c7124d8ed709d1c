"""A built page as a browser would take it in: elements, attributes and text, read with the standard library's parser."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class HtmlPage(HTMLParser):
    """One page.

    `elements` are (tag, attributes) in document order, `texts` the text pieces between them,
    `shape` the same order with tags and attribute names only.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.shape: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.shape.append("<" + " ".join([tag, *(name for name, _ in attrs)]) + ">")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        self.shape.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text between two tags."""
        if data.strip():
            self.texts.append(data)
            self.shape.append("text")

    def handle_decl(self, decl: str) -> None:
        """The document type."""
        self.shape.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.shape.append("<!--")

    @property
    def text(self) -> str:
        """All text, pieces joined."""
        return "".join(self.texts)

    @property
    def links(self) -> list[str]:
        """Where its links lead, in order."""
        return [attrs["href"] for tag, attrs in self.elements if tag == "a" and "href" in attrs]

    def attributes(self) -> list[str]:
        """Every attribute value, in order."""
        return [value for _, attrs in self.elements for value in attrs.values()]
