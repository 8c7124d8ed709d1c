"""A built page's article as XHTML for e-readers: what can be read stays, what has to be typed or clicked goes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

_DROPPED = frozenset(["script", "style", "template", "form", "button", "select", "link", "input", "output", "textarea", "noscript"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "wbr", "col", "meta", "source"])
_HIDDEN_CLASSES = frozenset(["ts-icon", "ts-without", "ts-sr", "ts-poster-bar", "ts-turn", "ts-trail", "ts-pager", "ts-crumbs", "ts-print"])
_HIDDEN_DATA = ("data-calculator-old", "data-trail", "data-bar", "data-event", "data-tree")
_RENAMED = {"details": "div", "summary": "div", "label": "span", "nav": "div", "aside": "div"}
"""E-readers fold nothing and fill in nothing."""
_NOT_HERE = (
    "勾选只留在这台设备上。",
    "仅供协商参考，以法院认定为准。填的数只在这台设备上算，不保存，不上传。",
    '<h3 id="last-day">最后一天是哪天</h3>',
)
"""What is said of ticking and reckoning on a screen."""
_KEPT = frozenset(["class", "data-label", "id", "href", "lang", "scope", "colspan", "rowspan", "alt", "title", "datetime", "start", "value"])
_SVG_NAMES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio", "textlength": "textLength", "lengthadjust": "lengthAdjust"}
_SVG_DROPPED = frozenset(["focusable"])
_SPACE = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Builds the tree. `mould` elements that go are followed to their end, so that all that is in them goes too."""

    def __init__(self, root: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, Element | None]] = [("", root)]
        self.drawing = 0

    @property
    def here(self) -> Element | None:
        """The element that is open; None inside of what goes."""
        return self.stack[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or begin to leave one out."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        parent = self.here
        if parent is not None and tag == "input" and given.get("type") == "checkbox":
            _text(parent, "☐ ")
        gone = parent is None or tag in _DROPPED or "hidden" in given
        gone = gone or not _HIDDEN_CLASSES.isdisjoint(classes) or any(name in given for name in _HIDDEN_DATA)
        if tag in _VOID:
            if not gone and parent is not None:
                SubElement(parent, tag, self._attributes(tag, given))
            return
        if gone or parent is None:
            self.stack.append((tag, None))
            return
        if tag == "svg":
            self.drawing += 1
        if tag == "summary":
            given["class"] = "ts-summary"
        self.stack.append((tag, SubElement(parent, tag if self.drawing else _RENAMED.get(tag, tag), self._attributes(tag, given))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that ends where it begins, as they are in drawings."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and any left open in it."""
        depth = next((n for n in range(len(self.stack) - 1, 0, -1) if self.stack[n][0] == tag), 0)
        if depth:
            closed = self.stack[depth:]
            del self.stack[depth:]
            self.drawing -= sum(name == "svg" and element is not None for name, element in closed)

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.here is not None and data:
            _text(self.here, data)

    def _attributes(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        if self.drawing or tag == "svg":
            # No name space of its own for each: the serialiser below writes what it is given.
            return {_SVG_NAMES.get(name, name): value for name, value in given.items() if name not in _SVG_DROPPED and not name.startswith("data-")}
        out = {name: value for name, value in given.items() if name in _KEPT and not (name == "class" and not value)}
        if "lang" in out:
            out["xml:lang"] = out["lang"]
        if tag == "a" and "data-gist" in given:
            out["epub:type"] = "noteref"
            out["data-gist"], out["data-title"] = given["data-gist"], given.get("data-title", "")
        return out


def _text(parent: Element, data: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + data
    else:
        parent.text = (parent.text or "") + data


def article(html: str) -> Element:
    """The article of a page's layout as a tree of plain tag names; links are as they were, gists still on them."""
    start = html.index("<article")
    start = html.index(">", start) + 1
    root = Element("section")
    reader = _Reader(root)
    text = html[start : html.rindex("</article>")]
    for said in _NOT_HERE:
        text = text.replace(said, "")
    reader.feed(text)
    reader.close()
    for table in [*root.iter("table")]:
        if table.find(".//td[@data-label]") is not None:
            _as_rows(table)
    for cell in root.iter():
        cell.attrib.pop("data-label", None)
    prune(root)
    return root


def _as_rows(table: Element) -> None:
    """A wide table, which says above each cell what it is for a phone, as one block for each row."""
    rows = [*table.iter("tr")]
    tail, attributes = table.tail, {name: value for name, value in table.attrib.items() if name == "id"}
    table.clear()
    table.tag, table.tail = "div", tail
    table.attrib.update(attributes)
    for row in rows:
        cells = [cell for cell in row if cell.tag == "td"]
        if not cells:
            continue
        for head in row.findall("th"):
            head.tag, head.attrib = "div", {"class": "ts-row-head"}
            table.append(head)
        facts = SubElement(table, "dl")
        for cell in cells:
            SubElement(facts, "dt").text = cell.get("data-label", "")
            cell.tag, cell.attrib = "dd", {}
            facts.append(cell)


def prune(element: Element) -> None:
    """Drop lists, rows and sections of which nothing is left, or only a heading."""
    for child in [*element]:
        prune(child)
        empty = not len(child) and not (child.text or "").strip()
        if child.tag == "section" and len(child) == 1 and child[0].tag in ("h2", "h3") and not (child[0].tail or "").strip():
            empty = True
        if empty and child.tag in ("p", "ul", "ol", "li", "dl", "div", "section", "span", "header", "a", "small", "b"):
            remove(element, child)
    if element.tag == "dl" and not any(one.tag == "dd" or one.find(".//dd") is not None for one in element):
        element.clear()
        element.tag = "div"


def remove(parent: Element, child: Element) -> None:
    """Take an element out and leave the text that follows it."""
    tail, position = child.tail or "", [*parent].index(child)
    parent.remove(child)
    if position:
        parent[position - 1].tail = (parent[position - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def heading(root: Element) -> str:
    """The first heading's text."""
    found = next(root.iter("h1"), None)
    return _SPACE.sub(" ", "".join(found.itertext())).strip() if found is not None else ""


def identifiers(root: Element) -> set[str]:
    """Every id."""
    return {element.attrib["id"] for element in root.iter() if "id" in element.attrib}


def document(title: str, body: Element | str, css: str) -> bytes:
    """A whole XHTML file. `css` is the stylesheet's address from it."""
    inner = body if isinstance(body, str) else tostring(body, encoding="unicode", short_empty_elements=True)
    head = Element("title")
    head.text = title
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-CN" xml:lang="zh-CN">\n'
        f'<head>{tostring(head, encoding="unicode")}<link rel="stylesheet" type="text/css" href="{css}"/></head>\n'
        f"<body>\n{inner}\n</body>\n</html>\n"
    ).encode()
