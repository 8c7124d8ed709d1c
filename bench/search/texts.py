"""A project's cases as every engine gets them: `python -m bench.search.texts PROJECT OUT`.

Makes the project first when `--make N` is given. Writes into OUT: `docs.jsonl` (a case a line: id, url, title, body), `html/` (a bare page a case, for Pagefind),
`material/` (a stock project) and `truth.json` (sampled substrings with the cases that contain them). A process of
its own: the measuring one must stay small (see bench.measure.run).
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tingsuo.load import files_of, parse
from tingsuo.model import KINDS

from ..corpus import make
from .queries import sample

_MATERIAL = """\
site_name: 案例
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune]
plugins: [search, offline]
extra:
  polyfills: [iframe-worker.js]
"""


class Text(NamedTuple):
    """A case. `body` has a paragraph a line; `rest` holds the words of the YAML that `body` leaves out."""

    id: str
    url: str
    title: str
    body: str
    rest: str


def texts_of(project: Path) -> Iterator[Text]:
    """Every case of a project, in the order of its files."""
    titles = {data["id"]: data.get("title", data["id"]) for data in _items(project, "guide")}
    for case in _items(project, "case"):
        if case.get("status", "已发布") != "已发布":
            continue  # drafts are in no index of ours
        body = "\n".join(_lines(case, titles))
        rest = "\n".join(word for word in _words(case) if word not in body)
        yield Text(case["id"], f"cases/{case['dispute']}/{case['id']}.html", case["title"], body, rest)


def _items(project: Path, kind: str) -> Iterator[dict[str, Any]]:
    for source in files_of(KINDS[kind], project):
        data, _ = parse(Path(source.path).read_text("utf-8"), source.name)
        if isinstance(data, dict):
            yield data


def _lines(case: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    """What our page shows of a case itself."""
    meta = (case["kind"], titles.get(case["dispute"], ""), case["cause"], case["month"], case.get("place") or "")
    yield " · ".join(filter(None, meta))
    yield case["subtitle"]
    yield case["outcome"]["line"]
    yield case["takeaway"]["rule"]
    yield from case["story"]
    for text in case["sections"].values():
        yield from filter(None, text.split("\n"))
    yield from case["lessons"]
    for law in case["laws"]:
        yield law["cite"] if isinstance(law, dict) else law


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def write_html(texts: list[Text], out: Path) -> None:
    """A bare page a case."""
    for text in texts:
        path = out / text.url
        path.parent.mkdir(parents=True, exist_ok=True)
        title = html.escape(text.title)
        paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.body.split("\n"))
        path.write_text(
            f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body><main data-pagefind-body>\n<h1>{title}</h1>\n{paragraphs}\n</main></body>\n</html>\n",
            "utf-8",
        )


def write_material(texts: list[Text], out: Path) -> None:
    """A stock Material project with its search and offline plugins; the shim is added by whoever builds it."""
    (out / "docs").mkdir(parents=True)
    (out / "mkdocs.yml").write_text(_MATERIAL, "utf-8")
    (out / "docs/index.md").write_text("# 案例\n", "utf-8")
    for text in texts:
        path = (out / "docs" / text.url).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {text.title}\n\n" + "\n\n".join(text.body.split("\n")) + "\n", "utf-8")


def truth(texts: list[Text], count: int, seed: int) -> list[dict[str, Any]]:
    """For each sampled substring: which cases contain it (`in`), and which only in words that the peers weren't given (`rest`)."""
    out = []
    whole = [f"{text.title}\n{text.body}" for text in texts]
    for query in sample(whole, count, seed):
        found = [n for n, text in enumerate(whole) if query in text]
        have = set(found)
        rest = [n for n, text in enumerate(texts) if query in text.rest and n not in have]
        out.append({"query": query, "in": [texts[n].id for n in found], "rest": [texts[n].id for n in rest]})
    return out


def main() -> int:
    """Write everything."""
    options = argparse.ArgumentParser(prog="python -m bench.search.texts", description=__doc__)
    options.add_argument("project", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--make", type=int, metavar="N", help="make the project first, with N cases (bench.corpus)")
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--material", action=argparse.BooleanOptionalAction, default=False)
    options.add_argument("--no-html", action="store_true")
    chosen = options.parse_args()
    if chosen.make:
        make(chosen.project, chosen.make, chosen.seed)
    shutil.rmtree(chosen.out, ignore_errors=True)
    chosen.out.mkdir(parents=True)
    texts = list(texts_of(chosen.project))
    with (chosen.out / "docs.jsonl").open("w", encoding="utf-8") as file:
        for text in texts:
            row = {"id": text.id, "url": text.url, "title": text.title, "body": text.body}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    if not chosen.no_html:
        write_html(texts, chosen.out / "html")
    if chosen.material:
        write_material(texts, chosen.out / "material")
    (chosen.out / "truth.json").write_text(json.dumps(truth(texts, chosen.count, chosen.seed), ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
