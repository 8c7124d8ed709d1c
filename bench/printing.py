"""Pages per second: the handbook through Typst, and the same text on the same pages through Chromium's print, in one run.

`python -m bench.printing [rounds]`. Both make a tagged PDF with bookmarks from the same data, A5 with the same margins, type and
columns. Chromium's HTML is made beforehand; its time runs from opening the page to the finished PDF, with the browser already up.
Ours runs from the data to the finished PDF with the compiler and its font loaded, in a process of its own each time, because a second
run in one process would find everything in memory.

A book whose contents and indexes name pages is what we print. Chromium knows no page numbers of other places (`target-counter`), so it
prints once to learn them from the file and once more with them; beside it stands one print with 000 for every number, which is no book
that anybody could use but shows what its layout alone costs.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
OURS, ONCE, TWICE = "Typst, all page numbers", "Chromium, 000 for each page number", "Chromium, all page numbers (two prints)"
EPOCH = 1795392000

STYLE = """
@page { size: 148mm 210mm; margin: 20mm 15.1mm 19mm 18mm; @bottom-right { content: counter(page); font-size: 9pt } @top-right { content: "调解指引手册"; font-size: 9pt } }
body { font: 10.5pt/1.5 "Noto Sans CJK SC", sans-serif; text-align: justify; margin: 0 }
p, ul, ol, table { margin: 0 0 .45em; padding: 0 } ul, ol { padding-left: 1.2em }
h1, h2, h3, h4 { color: #123f73; break-after: avoid; margin: .8em 0 .4em; text-align: left } h1, .guide { break-before: page }
h1 { font-size: 20pt } h2 { font-size: 16pt } h3 { font-size: 12.5pt } h4 { font-size: 10.5pt; color: #1b1b1b }
small { font-size: 9pt; color: #4a4a4a } .red { background: #fbeaea; border-left: 3pt solid #a61b1b; padding: 9pt } .keep { break-inside: avoid }
.words { font-size: 9pt } .two { columns: 2; font-size: 9pt } .three { columns: 3; font-size: 9pt } .two p, .three p { margin: 0; text-indent: -1em; padding-left: 1em }
"""


class Book:
    """The handbook as one HTML page. `marks` has, for each article and word that an index lists, the ids of the places that it points to."""

    def __init__(self, data: dict[str, Any], links: int | None = None) -> None:
        """`links`: how many of a line's places in the indexes are links; None is all, as it takes to learn their pages."""
        self.data = data
        self.links = links
        self.marks: dict[str, list[str]] = {}

    def html(self) -> str:
        """The book for Chromium: what `handbook.typ` sets, in the same order, with 000 where a page number goes."""
        data = self.data
        contents = [row["title"] for part in ("guides", "pathways", "procedures", "digests") for row in data[part]]
        out = [f"<h1>{escape(data['title'])}</h1>", self.flowing(data["hotlines"], 4), "<h1>目录</h1>"]
        out += [f'<p>{escape(title)} …… <a href="#{title_id(title)}">000</a></p>' for title in contents]
        for guide in data["guides"]:
            red = self.flowing(guide["red"], 5)
            rest = {key: value for key, value in guide.items() if key not in ("red", "title", "words", "says")}
            said = "、".join(self.word(word) for word in guide["says"])
            out.append(f'<h2 class="guide" id="{title_id(guide["title"])}">{escape(guide["title"])}</h2><p>{said}</p><div class="red">{red}</div>')
            out.append(self.flowing(rest, 3))
            rows = (f"<p><b>{escape(row['means'])}</b>：{'、'.join(map(self.word, row['say']))}</p>" for row in guide["words"])
            out.append(f'<div class="words">{"".join(rows)}</div>')
        for name, part in (("该走哪条路", "pathways"), ("办事流程", "procedures"), ("文书", "papers"), ("公式", "formulas"), ("案例", "digests")):
            out += [f"<h1>{name}</h1>", self.flowing(data[part], 2)]
        out.append("<h1>法条要旨</h1>")
        for law in data["gists"]:
            out.append(f"<h2>{escape(law['name'])}</h2>")
            for row in law["articles"]:
                text = f"<b>{escape(law['name'] + row['no'])}　{escape(row['title'])}</b>　{escape(row['text'])}"
                out.append(f"<p>{self.mark('article ' + row['k'], text)}</p>")
        out.append('<h1>法条索引</h1><div class="two">')
        for law in data["article_index"]:
            out.append(f"<p><b>{escape(law['name'])}</b></p>")
            out += [self.entry(row["no"], "article " + row["k"]) for row in law["articles"]]
        out.append('</div><h1>群众怎么说索引</h1><div class="three">')
        for group in data["word_index"]:
            out.append(f"<p><b>{group['letter']}</b></p>")
            out += [self.entry(word, "word " + word) for word in group["words"]]
        out.append("</div>")
        head = f'<meta charset="utf-8"><title>{data["title"]}</title><style>{STYLE}</style>'
        return f'<!doctype html><html lang="zh-CN">{head}{"".join(out)}</html>'

    def mark(self, key: str, html: str) -> str:
        """A place that an index points to."""
        places = self.marks.setdefault(key, [])
        places.append(f"m{len(self.marks)}-{len(places)}")
        return f'<span id="{places[-1]}">{html}</span>' if self.links is None or len(places) <= self.links else html

    def word(self, word: str) -> str:
        """A word that the index of words lists."""
        return self.mark("word " + word, escape(word))

    def cites(self, laws: list[dict[str, Any]]) -> str:
        """Articles behind what they are for."""
        return f"<small>〔{'、'.join(self.mark('article ' + c['k'], escape(c['t'])) for c in laws)}〕</small>" if laws else ""

    def entry(self, name: str, key: str) -> str:
        """A line of an index. Chromium's file names only places that are linked to."""
        places = self.marks.get(key, [])
        links = len(places) if self.links is None else self.links
        pages = "、".join(f'<a href="#{place}">000</a>' if n < links else "000" for n, place in enumerate(places))
        return f"<p>{escape(name)}　{pages}</p>"

    def flowing(self, row: Any, level: int) -> str:
        """Any part of the book as headings, paragraphs and lists, its texts in their order."""
        if isinstance(row, str):
            return f"<p>{escape(row)}</p>" if row else ""
        if isinstance(row, list):
            if row and all(isinstance(item, str) for item in row):
                return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in row) + "</ul>"
            return "".join(self.flowing(item, level) for item in row)
        if not isinstance(row, dict):
            return ""
        laws = self.cites(row.get("laws", []))
        if set(row) >= {"k", "t"}:
            return f"<p>{self.cites([row])}</p>"
        texts = [escape(value) for key, value in row.items() if isinstance(value, str) and value and key not in ("title", "to", "k")]
        parts = [value for key, value in row.items() if isinstance(value, (list, dict)) and key not in ("laws", "words")]
        head = ""
        if "title" in row and level <= 4:
            named = f' id="{title_id(row["title"])}"' if level == 2 else ""
            head = f"<h{level}{named}>{escape(row['title'])}</h{level}>"
        own = f"<p>{'　'.join(texts)}{laws}</p>" if texts or laws else ""
        inner = "".join(self.flowing(part, level + 1) for part in parts)
        return head + (f'<div class="keep">{own}</div>' if own and not inner else own + inner)


def title_id(title: str) -> str:
    """The id of a heading that the contents list."""
    return "h" + sha256(title.encode()).hexdigest()[:8]


def the_book() -> Any:
    """The shipped content's handbook as a sheet."""
    from tingsuo import case_store
    from tingsuo.library import Library, load_reference
    from tingsuo.printing.handbook import handbook_sheets

    reference, _ = load_reference(REPO)
    assert reference
    store = case_store.take(reference, bodies=False)
    return next(iter(handbook_sheets(Library.of(reference, store.cards), lambda card: store.case(card.file))))


def ours() -> None:
    """Set the book once in this process and say how long it took: the compiler starts with nothing in memory."""
    from tingsuo.printing.typeset import Typesetter

    book = the_book()
    setter = Typesetter(EPOCH)
    # As the browser is up already, so is the compiler with its font.
    setter.pdf("booklet.typ", {"title": "预备", "sides": [{"left": 1, "right": 2, "signature": 1, "sheet": 1, "face": "正面", "spine": None}]})
    start = time.perf_counter()
    made = book.make(setter)
    print(json.dumps({"seconds": time.perf_counter() - start, "pages": pages_of(made), "bytes": len(made)}))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def once(html: Path, browser: Any) -> dict[str, float]:
    """Open the page and print it, with 000 where page numbers go."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(html.as_uri())
    made = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    seconds = time.perf_counter() - start
    page.close()
    return {"seconds": seconds, "pages": pages_of(made), "bytes": len(made)}


def twice(html: Path, browser: Any) -> dict[str, float]:
    """Print, look up in the file where each place came to stand, write the pages into contents and indexes, print again."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(html.as_uri())
    first = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.evaluate(FILL, places_in(first))
    made = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    seconds = time.perf_counter() - start
    unknown = page.evaluate("[...document.links].filter(a => !/^[0-9、–]+$/.test(a.textContent)).length")
    assert not unknown, f"{unknown} page numbers weren't found"
    page.close()
    return {"seconds": seconds, "pages": pages_of(made), "bytes": len(made)}


FILL = """pages => {
  for (const line of new Set([...document.links].map(a => a.parentNode))) {
    const links = [...line.querySelectorAll("a")];
    const numbers = [...new Set(links.map(a => pages[a.hash.slice(1)]))].sort((a, b) => a - b);
    const ranges = [];
    for (const n of numbers) {
      const last = ranges.at(-1);
      if (last && last[1] + 1 === n) last[1] = n; else ranges.push([n, n]);
    }
    const text = ranges.flatMap(([a, b]) => b > a + 1 ? [`${a}–${b}`] : b > a ? [a, b] : [a]).join("、");
    while (links[0].nextSibling) links[0].nextSibling.remove();
    links[0].textContent = text;
  }
}"""
"""Write each line's pages, three and more in a row as a range; only the first link stays, as in ours."""


def places_in(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of each named place of a PDF."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(pdf)
    out = {}
    for index in range(pdfium.FPDF_CountNamedDests(document)):
        length = ctypes.c_long(0)
        pdfium.FPDF_GetNamedDest(document, index, None, length)
        name = ctypes.create_string_buffer(length.value)
        place = pdfium.FPDF_GetNamedDest(document, index, name, length)
        out[name.raw.decode("utf-16-le").rstrip("\0")] = pdfium.FPDFDest_GetDestPageIndex(document, place) + 1
    return out


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """All three in turn, so many times; medians."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("SOURCE_DATE_EPOCH", str(EPOCH))
    runs: dict[str, list[dict[str, float]]] = {OURS: [], ONCE: [], TWICE: []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        data = the_book().data
        bare, linked = Path(folder) / "bare.html", Path(folder) / "linked.html"
        bare.write_text(Book(data, links=1).html(), "utf-8")
        linked.write_text(Book(data).html(), "utf-8")
        with contextlib.closing(driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])) as browser:
            for _ in range(rounds):
                run = subprocess.run([sys.executable, "-m", "bench.printing", "--ours"], capture_output=True, text=True, check=True, cwd=REPO)
                runs[OURS].append(json.loads(run.stdout))
                runs[ONCE].append(once(bare, browser))
                runs[TWICE].append(twice(linked, browser))
    return {name: {**made[0], "seconds": statistics.median(run["seconds"] for run in made)} for name, made in runs.items()}


def main() -> None:
    """Say what was measured."""
    if "--ours" in sys.argv:
        ours()
        return
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    speed = {name: row["pages"] / row["seconds"] for name, row in found.items()}
    for name, row in found.items():
        times = f"  ours is {speed[OURS] / speed[name]:.1f} times as fast" if name != OURS else ""
        print(f"{name:38} {row['pages']:5.0f} pages  {row['seconds']:6.2f} s  {speed[name]:6.1f} pages/s  {row['bytes'] / 1e6:5.1f} MB{times}")


if __name__ == "__main__":
    main()
