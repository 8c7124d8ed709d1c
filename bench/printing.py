"""Pages per second: the handbook through Typst, and the same text on the same pages through Chromium's print, in one run.

`python -m bench.printing [rounds]`. Both make a tagged PDF with bookmarks from the same data, A5 with the same margins, type and
columns. Chromium's HTML is made beforehand; its time runs from opening the page to the finished PDF, with the browser already up.
Ours runs from the data to the finished PDF with the compiler and its font loaded, index pages looked up (Chromium can't: it gets a
list of pages of the same length, and would have to print twice), in a process of its own each time, because a second run in one
process would find everything in memory.
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
from html import escape
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
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


def cites(laws: list[dict[str, Any]]) -> str:
    """Articles behind what they are for."""
    return f"<small>〔{escape('、'.join(c['t'] for c in laws))}〕</small>" if laws else ""


def flowing(row: Any, level: int) -> str:
    """Any part of the book as headings, paragraphs and lists, its texts in their order."""
    if isinstance(row, str):
        return f"<p>{escape(row)}</p>" if row else ""
    if isinstance(row, list):
        if row and all(isinstance(item, str) for item in row):
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in row) + "</ul>"
        return "".join(flowing(item, level) for item in row)
    if not isinstance(row, dict):
        return ""
    laws = cites(row.get("laws", []))
    texts = [escape(value) for key, value in row.items() if isinstance(value, str) and value and key not in ("title", "to", "k")]
    parts = [value for key, value in row.items() if isinstance(value, (list, dict)) and key not in ("laws", "words")]
    head = f"<h{min(level, 4)}>{escape(row['title'])}</h{min(level, 4)}>" if "title" in row and level <= 4 else ""
    own = f"<p>{'　'.join(texts)}{laws}</p>" if texts or laws else ""
    inner = "".join(flowing(part, level + 1) for part in parts)
    return head + (f'<div class="keep">{own}</div>' if own and not inner else own + inner)


def as_html(data: dict[str, Any]) -> str:
    """The book for Chromium."""
    out = [f"<h1>{escape(data['title'])}</h1>", flowing(data["hotlines"], 4), "<h1>目录</h1>"]
    out += [f"<p>{escape(item['title'])} …… 000</p>" for part in ("guides", "pathways", "procedures", "digests") for item in data[part]]
    for guide in data["guides"]:
        red = flowing(guide["red"], 5)
        rest = {key: value for key, value in guide.items() if key not in ("red", "title")}
        out.append(f'<h2 class="guide">{escape(guide["title"])}</h2><div class="red">{red}</div>{flowing(rest, 3)}')
        out.append(
            '<div class="words">' + "".join(f"<p><b>{escape(r['means'])}</b>：{escape('、'.join(r['say']))}</p>" for r in guide["words"]) + "</div>"
        )
    for name, part in (("该走哪条路", "pathways"), ("办事流程", "procedures"), ("文书", "papers"), ("公式", "formulas"), ("案例", "digests")):
        out += [f"<h1>{name}</h1>", flowing(data[part], 2)]
    out.append("<h1>法条要旨</h1>")
    for law in data["gists"]:
        out.append(f"<h2>{escape(law['name'])}</h2>")
        out += [f"<p><b>{escape(law['name'] + row['no'])}　{escape(row['title'])}</b>　{escape(row['text'])}</p>" for row in law["articles"]]
    uses: dict[str, int] = {}
    count_cites(data, uses)
    out.append('<h1>法条索引</h1><div class="two">')
    for law in data["article_index"]:
        out.append(f"<p><b>{escape(law['name'])}</b></p>")
        out += [f"<p><a href=#x>{row['no']}</a>　{'、'.join(['000'] * uses.get(row['k'], 1))}</p>" for row in law["articles"]]
    out.append('</div><h1 id="x">群众怎么说索引</h1><div class="three">')
    for group in data["word_index"]:
        out.append(f"<p><b>{group['letter']}</b></p>")
        out += [f"<p><a href=#x>{escape(word)}</a>　000</p>" for word in group["words"]]
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{data["title"]}</title><style>{STYLE}</style>{"".join(out)}</div></html>'


def count_cites(value: Any, uses: dict[str, int]) -> None:
    """How often each article is cited."""
    if isinstance(value, dict):
        if "k" in value and "t" in value:
            uses[value["k"]] = uses.get(value["k"], 0) + 1
        for child in value.values():
            count_cites(child, uses)
    elif isinstance(value, list):
        for child in value:
            count_cites(child, uses)


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


def chromium(html: Path, browser: Any) -> dict[str, float]:
    """Open the page and print it; `twice`: and print it again, as it must be when page numbers found in the first print are to stand in it."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(html.as_uri())
    made = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    seconds = time.perf_counter() - start
    page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    twice = time.perf_counter() - start
    page.close()
    return {"seconds": seconds, "twice": twice, "pages": pages_of(made), "bytes": len(made)}


def measure(rounds: int) -> dict[str, Any]:
    """Both in turn, so many times; medians."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("SOURCE_DATE_EPOCH", str(EPOCH))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        html = Path(folder) / "book.html"
        html.write_text(as_html(the_book().data), "utf-8")
        with contextlib.closing(driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])) as browser:
            runs: dict[str, list[dict[str, float]]] = {"typst": [], "chromium": []}
            for _ in range(rounds):
                run = subprocess.run([sys.executable, "-m", "bench.printing", "--ours"], capture_output=True, text=True, check=True, cwd=REPO)
                runs["typst"].append(json.loads(run.stdout))
                runs["chromium"].append(chromium(html, browser))
    out: dict[str, Any] = {}
    for name, all_runs in runs.items():
        out[name] = {**all_runs[0], **{key: statistics.median(run[key] for run in all_runs) for key in ("seconds", "twice") if key in all_runs[0]}}
        out[name]["pages_per_second"] = out[name]["pages"] / out[name]["seconds"]
    pages, ours_pages = out["chromium"]["pages"], out["typst"]["pages_per_second"]
    out["times_faster"] = ours_pages / out["chromium"]["pages_per_second"]
    out["times_faster_with_page_numbers"] = ours_pages / (pages / out["chromium"]["twice"])
    return out


def main() -> None:
    """Say what was measured."""
    if "--ours" in sys.argv:
        ours()
        return
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    for name in ("typst", "chromium"):
        row = found[name]
        print(f"{name:9} {row['pages']:5.0f} pages  {row['seconds']:6.2f} s  {row['pages_per_second']:6.1f} pages/s  {row['bytes'] / 1e6:5.1f} MB")
    print(f"pages per second: {found['times_faster']:.1f} times Chromium's with 000 for page numbers (one print)")
    print(
        f"                  {found['times_faster_with_page_numbers']:.1f} times Chromium's with page numbers (two prints, {found['chromium']['twice']:.2f} s)"
    )


if __name__ == "__main__":
    main()
