"""What a book has besides its pages: cover, package file, contents, and the zip that holds it all together."""

from __future__ import annotations

import uuid
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib import resources
from itertools import groupby, pairwise
from pathlib import Path

from ...library import Library
from ...model.reference import Office

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_FIRST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier time."""
_LINE = 7
"""Characters that fit beside each other on the cover."""
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


@dataclass(frozen=True)
class Chapter:
    """A file of the book: its title, the part of the book in which the contents list it, its bytes."""

    file: str
    title: str
    section: str
    data: bytes
    drawn: bool = False
    listed: bool = True


@dataclass(frozen=True)
class Book:
    """The pages in reading order."""

    name: str
    office: Office
    chapters: list[Chapter]
    cover: str


# ---- the first pages ----------------------------------------------------------------


def cover_image(name: str, office: Office) -> str:
    """The cover as SVG: name, edition, from when the law is, who publishes it."""
    lines = _lines(name)
    title = "".join(
        f'<text x="60" y="{250 + 92 * n}" font-size="76" font-weight="700" fill="#ffffff">{escape(line)}</text>' for n, line in enumerate(lines)
    )
    below = 250 + 92 * len(lines)
    edition = office.edition
    rest = [(edition.name, 40), (f"{edition.date.isoformat()}，下次复核 {edition.review_due.isoformat()}", 26)]
    small = "".join(
        f'<text x="60" y="{below + 40 + 56 * n}" font-size="{size}" fill="#ffffff">{escape(text)}</text>' for n, (text, size) in enumerate(rest)
    )
    makers = office.name.split()
    feet = "".join(
        f'<text x="60" y="{880 - 40 * (len(makers) - 1 - n)}" font-size="28" fill="#ffffff">{escape(text)}</text>' for n, text in enumerate(makers)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 675 960" width="675" height="960" role="img" aria-labelledby="t">'
        f'<title id="t">{escape(name)}，{escape(edition.name)}</title><rect width="675" height="960" fill="#1b4a8a"/>'
        f'<rect x="60" y="130" width="120" height="8" fill="#ffffff"/><g font-family="{_FONTS}">{title}{small}{feet}</g></svg>\n'
    )


def _lines(name: str) -> list[str]:
    """A name in lines of about the same length, the shorter ones first."""
    count = -(-len(name) // _LINE)
    ends = [len(name) * n // count for n in range(count + 1)]
    return [name[start:end] for start, end in pairwise(ends)]


def cover_page() -> str:
    """The page that shows the cover."""
    return '<section epub:type="cover" class="ts-cover"><img src="cover.svg" alt="封面"/></section>'


def about_page(office: Office, library: Library, laws: int, full: bool) -> str:
    """How to use the book, and what isn't in it; `full`: cases are there in full."""
    edition = office.edition
    day = library.reference.day
    return (
        '<section epub:type="preface"><h1>怎样用这本书</h1>\n'
        f"<p>{escape(office.name)}，{escape(edition.name)}。法律按 {day.isoformat()} 核对，下次复核 {edition.review_due.isoformat()}。"
        "过了复核日期，法条和数字可能变了，先问法官联络点。</p>\n"
        "<p>有人动手、拿刀、要自杀：马上拨 110，先把人分开，不再当面谈。</p>\n"
        "<ul><li>调解员从“调解指引”看起，一步一步做。</li><li>群众看“遇到纠纷怎么办”。</li>"
        "<li>不知道走哪条路，看“该走哪条路”，一次答一问。</li>"
        f"<li>点法条，看这一条的要旨；{laws} 部法律的要旨都在书后。</li></ul>\n"
        + ("" if full else f"<p>案例有 {len(library.cards)} 件，书里每件只有题目和结果，全文在整套文件里。</p>\n")
        + "<p>计算器要在整套文件或者单个网页文件里用，电子书里没有。文书、台账和检索也在那里。</p>\n"
        "<p>本书是普法和调解参考，不代替法律文书和法律意见。</p></section>"
    )


# ---- contents and package -----------------------------------------------------------


def _navigation(book: Book) -> bytes:
    rows = []
    for section, chapters in groupby((c for c in book.chapters if c.listed), key=lambda chapter: chapter.section):
        items = [f'<li><a href="{escape(c.file)}">{escape(c.title)}</a></li>' for c in chapters]
        rows += [f"<li><span>{escape(section)}</span><ol>{''.join(items)}</ol></li>"] if section else items
    first = next(c for c in book.chapters if c.section)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-CN" xml:lang="zh-CN">\n'
        '<head><title>目录</title><link rel="stylesheet" type="text/css" href="book.css"/></head>\n<body>\n'
        f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>目录</h1><ol>{"".join(rows)}</ol></nav>\n'
        '<nav epub:type="landmarks" id="landmarks" hidden="hidden"><h2>要处</h2><ol>'
        '<li><a epub:type="cover" href="cover.xhtml">封面</a></li><li><a epub:type="toc" href="nav.xhtml">目录</a></li>'
        f'<li><a epub:type="bodymatter" href="{escape(first.file)}">正文</a></li></ol></nav>\n</body>\n</html>\n'
    ).encode()


def _package(book: Book, stamp: int) -> bytes:
    office, edition = book.office, book.office.edition
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"tingsuo:{office.site_id}")
    modified = datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    drawn = any(chapter.drawn for chapter in book.chapters)
    described = [
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(
            ("schema:accessibilityFeature", feature)
            for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")
        ),
        *([("schema:accessibilityFeature", "alternativeText")] if drawn else []),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", "全书是可以放大、可以朗读的文字，有目录和各级标题。流程图都有文字说明。"),
    ]
    metas = "".join(f'<meta property="{name}">{escape(value)}</meta>\n' for name, value in described)
    items, spine = [], []
    for n, chapter in enumerate(book.chapters):
        properties = ' properties="svg"' if chapter.drawn else ""
        items.append(f'<item id="c{n}" href="{escape(chapter.file)}" media-type="application/xhtml+xml"{properties}/>')
        spine.append(f'<itemref idref="c{n}"/>')
    spine.insert(1, '<itemref idref="nav"/>')
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-CN" prefix="schema: http://schema.org/">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>\n<dc:title>{escape(book.name)}（{escape(edition.name)}）</dc:title>\n'
        f"<dc:language>zh-CN</dc:language>\n<dc:creator>{escape(office.name)}</dc:creator>\n<dc:publisher>{escape(office.name)}</dc:publisher>\n"
        f'<dc:date>{edition.date.isoformat()}</dc:date>\n<meta property="dcterms:modified">{modified}</meta>\n{metas}</metadata>\n<manifest>\n'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="css" href="book.css" media-type="text/css"/>\n'
        '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>\n'
        + "\n".join(items)
        + "\n</manifest>\n<spine>\n"
        + "\n".join(spine)
        + "\n</spine>\n</package>\n"
    ).encode()


def write_book(path: Path, book: Book, stamp: int) -> None:
    """The zip: mimetype first and stored, every file at one time, the same bytes each time."""
    css = (resources.files(__package__) / "assets" / "epub.css").read_bytes()
    files = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": _package(book, stamp),
        "EPUB/nav.xhtml": _navigation(book),
        "EPUB/book.css": css,
        "EPUB/cover.svg": book.cover.encode(),
        **{f"EPUB/{chapter.file}": chapter.data for chapter in book.chapters},
    }
    time = max(_FIRST, datetime.fromtimestamp(stamp, UTC).timetuple()[:6])
    half = path.with_name(f".{path.name}.half")
    with zipfile.ZipFile(half, "w") as archive:
        for name, data in {"mimetype": b"application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, time)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    half.replace(path)
