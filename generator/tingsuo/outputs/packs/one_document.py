"""One HTML document of many pages: the frame once, the pages as sections, styles, scripts and search inside."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from .inlined import ABOUT, Inliner, packed
from .page_parts import PagePart
from .search_part import SearchFiles
from .source import PackSource

HOME = "index.html"
_SECURITY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
_SCRIPT = re.compile(r"<script\b([^>]*)>.*?</script>\s*", re.DOTALL)
_LINK = re.compile(r"<link\b[^>]*>\s*")
_MENU = re.compile(r'<nav class="ts-drawer"[^>]*>(.*?)</nav>', re.DOTALL)
_DEFINES = re.compile(r"^(?:var tingsuo|tingsuo\.)", re.MULTILINE)
_ON_A_PAGE = re.compile(r"\bdocument\.|tingsuo\.each")
_FRAME = ("display",)
"""Scripts for the frame, which stays when pages come and go."""
_ASSETS = "assets/tingsuo/"


@dataclass(frozen=True)
class Document:
    """What a file holds: pages by name, the index, and for a part of the whole its title, where other pages are, and the other files."""

    parts: Mapping[str, PagePart]
    search: SearchFiles
    title: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """dispute → (title, file name)"""


def document(source: PackSource, wanted: Document) -> Iterator[str]:
    """The HTML file in pieces. Equal sites give equal files."""
    site, parts = source.site, wanted.parts
    inliner = Inliner({**parts, f"{ABOUT}.html": _blank(ABOUT), "menu.html": _blank("menu")}, wanted.elsewhere)
    before, after = _frame(site, parts[HOME], inliner)
    ordered = [parts[HOME], *(part for name, part in parts.items() if name != HOME)]
    shared = [style for style in parts[HOME].styles if all(style in part.styles for part in ordered)]
    sheets = list(dict.fromkeys(style for part in ordered for style in part.styles))
    scripts = list(dict.fromkeys(script for part in ordered for script in part.scripts))
    always = [script for script in scripts if all(script in part.scripts for part in ordered)]
    head, _, body = before.partition("</head>")
    yield head.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_SECURITY}">', 1)
    yield from _styles(site, sheets, shared)
    yield f'</head>{body}<div class="md-main__inner md-grid ts-leaves" data-leaves>\n'
    for part in ordered:
        yield _section(part, inliner.number(part), inliner.body(part), shared, always)
    yield _menu(before, inliner)
    yield _about(source, wanted)
    yield f"</div>\n</main>{after.partition('</body>')[0]}"
    # What the sections share is known when they are all there.
    yield inliner.drawings()
    yield f'\n<script type="application/json" id="gists">{inliner.gist_table().replace("<", chr(92) + "u003c")}</script>\n'
    for name, text in sorted(wanted.search.items()):
        yield _data_script(f"search/{name}", text, dense=name.startswith("terms-"))
    yield from _scripts(site, scripts, always)
    yield "</body>\n</html>\n"


def _frame(site: Path, home: PagePart, inliner: Inliner) -> tuple[str, str]:
    """The home page before its layout and after its main element, links rewritten, nothing loaded."""
    html = (site / HOME).read_text("utf-8")
    icon = (site / _ASSETS / "icon.svg").read_bytes()
    start = html.index('<div class="md-main__inner')
    before, after = html[:start], html[html.index("</main>", start) + len("</main>") :]

    def rewritten(text: str) -> str:
        text = _SCRIPT.sub(lambda tag: "" if " src=" in tag[1] else tag[0], text)
        part = PagePart(home.name, "", "", text, (), ())
        # The frame is there once: its ids are its own.
        return re.sub(rf' (id|for)="(?:{home.key}|{inliner.number(home)}):', r' \1="', inliner.body(part)).replace(f'"#{home.key}:main"', '"#main"')

    head, _, body = before.partition("</head>")
    head = _LINK.sub("", head).replace("<title>", f'<link rel="icon" href="data:image/svg+xml;base64,{base64.b64encode(icon).decode()}">\n<title>')
    head = re.sub(r"<title>(?:.*? - )?([^<]*)</title>", r"<title>\1</title>", head)
    body = rewritten(body)
    menu = '<a class="ts-button ts-menu-page" href="#menu">'
    body = re.sub(
        r'(<details class="ts-menu".*?<summary[^>]*>)(.*?)(</summary>)', lambda m: f"{menu}{m[2]}</a>\n{m[0]}", body, count=1, flags=re.DOTALL
    )
    return f"{head}</head>{body}", rewritten(after)


def _blank(key: str) -> PagePart:
    return PagePart(f"{key}.html", "", "", "", (), ())


def _section(part: PagePart, number: int, body: str, shared: list[tuple[str, str]], always: list[str]) -> str:
    styles = " ".join(_short(name) for name, media in part.styles if (name, media) not in shared)
    needs = " ".join(_short(name) for name in part.scripts if name not in always)
    extra = (f' data-styles="{escape(styles)}"' if styles else "") + (f' data-needs="{escape(needs)}"' if needs else "")
    tab = escape(part.tab.removesuffix(".html"))
    return f'<section id="{escape(part.key)}" data-n="{number}" data-title="{escape(part.title)}" data-tab="{tab}"{extra}>{body}</section>\n'


def _short(name: str) -> str:
    """What a script or a stylesheet is called inside: calculator, documents/loan-statement.js."""
    return name.removeprefix(_ASSETS).rpartition(".")[0] if name.startswith(_ASSETS) else name


# ---- styles and scripts -------------------------------------------------------------


def _styles(site: Path, sheets: list[tuple[str, str]], shared: list[tuple[str, str]]) -> Iterator[str]:
    """Each stylesheet; those that only some pages have can be switched off."""
    for name, media in sheets:
        # An anchor's mark follows the page that is put in by script, too.
        text = (site / name).read_text("utf-8").replace(":target", ":is(:target, .is-target)").replace("</style", "<\\/style")
        if (name, media) in shared:
            yield f"<style>{text}</style>\n"
        else:
            extra = " data-a3" if name.endswith("poster-a3.css") else ""
            yield f'<style data-style="{escape(_short(name))}" data-media="{media or "all"}" media="{media or "all"}"{extra}>{text}</style>\n'
    yield f"<style>{_own('one-file.css')}</style>\n"


def _scripts(site: Path, scripts: list[str], always: list[str]) -> Iterator[str]:
    """What defines something runs once; what works on a page runs whenever its page comes; data waits."""
    yield f"<script>{_own('one-file.js')}</script>\n"
    inflate = f"{_ASSETS}inflate.js"
    for name in [inflate, *(script for script in scripts if script != inflate)]:
        text = (site / name).read_text("utf-8").replace("</script", "<\\/script")
        if not name.startswith(_ASSETS):
            yield _data_script(f"script/{name}", text)
        elif _DEFINES.search(text) or not _ON_A_PAGE.search(text):
            yield f"<script>{text}</script>\n"
        else:
            yield f"<script>tingsuoPages.run[{json.dumps(_short(name))}] = function (location, history) {{\n{text}}};</script>\n"
    every = [_short(name) for name in always if _short(name) not in _FRAME]
    yield f"<script>tingsuoPages.frame = {json.dumps(_FRAME)};\ntingsuoPages.always = {json.dumps(every)};\ntingsuoPages.start();</script>\n"


def _data_script(name: str, text: str, *, dense: bool = False) -> str:
    """Text that a script asks for, packed unless it is dense already."""
    attributes = f'type="text/plain" id="{escape(name)}"'
    made = "" if dense else packed(text, attributes)
    return (made or f"<script {attributes}>{text}</script>") + "\n"


def _own(name: str) -> str:
    return (resources.files(__package__) / "assets" / name).read_text("utf-8")


# ---- the two pages that only a single file has --------------------------------------


def _page(key: str, title: str, body: str) -> str:
    return (
        f'<section id="{key}" data-n="{key}" data-title="{title}" data-tab=""><div class="ts-layout ts-layout--plain">\n'
        '<nav class="ts-crumbs" aria-label="当前位置"><ol><li><a href="#index">首页</a></li></ol></nav>\n<div class="ts-side"></div>\n'
        f'<article class="md-content__inner md-typeset ts-page" id="{key}:main" tabindex="-1">\n<h1>{title}</h1>\n{body}</article>\n</div></section>\n'
    )


def _menu(frame: str, inliner: Inliner) -> str:
    """The sections of the site, for a phone without scripts."""
    found = _MENU.search(frame)
    about = f'<p><a href="#{ABOUT}">这份文件</a></p>\n'
    return _page("menu", "全部栏目", (found[1].replace("<ul>", '<ul class="ts-list">', 1) if found else "") + about)


def _about(source: PackSource, wanted: Document) -> str:
    """What this file is, what isn't in it, and in which file the rest is."""
    edition = source.library.reference.office.edition
    what = f"{escape(edition.name)}，只收“{escape(wanted.title)}”和大家都用的部分" if wanted.title else f"{escape(edition.name)}，全部内容"
    lines = [
        f'<p class="ts-lead">{what}，都在这一个文件里，不用网络。</p>',
        "<p>浏览器打开了 JavaScript：检索、打勾、计算器、分流导航、文书都能用，填的东西留在这台设备上。没有打开：照样看，照样点。</p>",
        f'<h2 id="{ABOUT}:missing">这份文件里没有的</h2>',
        "<p>空白 Word 文件、Excel 文件、印好的 PDF 不在这一个文件里，在整套文件（U 盘）里。文书可以在这里填好，再存成 Word 或者打印。</p>",
    ]
    if wanted.others:
        lines.append("<p>别的纠纷的指引和案例、按年份和按种类的案例目录、这一份没有用到的法条也不在这里。别的纠纷在下面几份里。</p>")
        lines.append(f'<h2 id="{ABOUT}:parts">其他几份文件</h2><p>放在同一个文件夹里才点得开。点不开，就回到文件管理器，找下面的文件名。</p><ul>')
        for dispute, (title, name) in wanted.others.items():
            link = f'<a href="{quote(name)}#disputes/{dispute}" data-file>{escape(name)}</a>'
            lines.append(f'<li id="{ABOUT}:part-{escape(dispute)}" tabindex="-1"><b>{escape(title)}</b>：{link}</li>')
        lines.append("</ul>")
    return _page(ABOUT, "这份文件", "\n".join(lines) + "\n")
