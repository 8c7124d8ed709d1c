"""What is wrong with the frame (mkdocs.yml and the handwritten pages), as findings in plain Chinese.

Some of it is seen before MkDocs is asked; the rest is what MkDocs says, put into findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from .findings import Finding
from .load import decode, read_text
from .yaml_text import place, syntax_error, syntax_mistake

CONFIG = "mkdocs.yml"


def frame_findings(root: Path, urls: Iterable[str]) -> list[Finding]:
    """Mistakes that stop MkDocs in a way that nobody would understand. `urls` are the generated pages."""
    name = CONFIG
    if not (root / name).is_file():
        return [syntax_error(name, (1, 1), "file-missing", "缺少 mkdocs.yml", "用 tingsuo init 生成，或从样板复制")]
    text = read_text(root / name, name)
    if isinstance(text, Finding):
        return [_at_start(text)]
    wrong = syntax_mistake(text, name)
    if wrong:
        return [wrong]
    folder = re.search(r"^docs_dir:\s*[\"']?([^\"'#\s]+)", text, re.MULTILINE)
    return list(_handwritten(root, folder[1].rstrip("/") if folder else "docs", frozenset(urls)))


def _handwritten(root: Path, docs: str, urls: frozenset[str]) -> Iterator[Finding]:
    """Pages that aren't UTF-8, and files that would take the place of a generated page."""
    folder = root / docs
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not path.is_file():
            continue
        inside = path.relative_to(folder).as_posix()
        name = f"{docs}/{inside}"
        if path.suffix == ".md":
            text = decode(path.read_bytes(), name)
            if isinstance(text, Finding):
                yield text
            inside = re.sub(r"(^|/)README\.md$", r"\1index.md", inside)[:-3] + ".html"
        if inside in urls:
            yield syntax_error(name, (1, 1), "page-twice", f"网址 {inside} 是自动生成的页面，不能再手写", "换一个文件名，或放到 handbook 里")


def _at_start(found: Finding) -> Finding:
    return found if found.line else replace(found, line=1, column=1)


# What MkDocs says → code, where (a group of the pattern is looked for in the file), message, hint.
_SAID: tuple[tuple[str, str, str, str], ...] = (
    (r"Doc file '(?P<doc>[^']+)' contains a link '(?P<what>[^']+)', but the target", "link", "链接“{what}”指向的页面不存在", "核对文件名；自动生成的页面写成 ../disputes/neighbours.html 这样"),
    (r"Doc file '(?P<doc>[^']+)' contains a link '(?P<what>[^']+)', but (?:there is no such|the doc)", "link", "链接“{what}”指向的小标题不存在", "核对 # 后面的字"),
    (r"Doc file '(?P<doc>[^']+)' contains an absolute link '(?P<what>[^']+)'", "link", "链接“{what}”以 / 开头，双击打开时会断", "写成从这一页出发的链接，例如 ../index.html"),
    (r"Doc file '(?P<doc>[^']+)' contains an unrecognized relative link '(?P<what>[^']+)'", "link", "看不懂链接“{what}”", "写到具体的文件，例如 ../index.html"),
    (r"A (?:reference|relative path) to '(?P<what>[^']+)' is included in the 'nav'", "nav", "nav 里的“{what}”不存在", "核对文件名，从 docs 文件夹写起"),
    (r"Unrecognised configuration name: (?P<what>\S+)", "mkdocs", "不认识“{what}”", "对照样板的 mkdocs.yml，或删去这一行"),
    (r"Config value '(?P<what>[^']+)': Required configuration not provided", "mkdocs", "缺少“{what}”", "在 mkdocs.yml 里补上“{what}: …”"),
    (r"Unrecognised theme name: '(?P<what>[^']+)'", "mkdocs", "没有主题“{what}”", "写 name: material"),
    (r"The \"(?P<what>[^\"]+)\" plugin is not installed", "mkdocs", "没有安装插件“{what}”", "删去这一行，或先安装这个插件"),
    (r"Failed to load extension '(?P<what>[^']+)'", "mkdocs", "没有 Markdown 扩展“{what}”", "核对名称，或删去这一行"),
    (r"Config value '(?P<what>docs_dir)': The path '[^']*' isn't an existing directory", "mkdocs", "手写页面的文件夹不存在", "建一个 docs 文件夹，里面放 handbook/index.md"),
    (r"Config value '(?P<what>docs_dir|site_dir)'", "mkdocs", "“{what}”写得不对", "docs_dir 和 site_dir 要是两个分开的文件夹"),
    (r"Config value '(?P<what>[^']+)': ", "mkdocs", "“{what}”写得不对", "对照样板的 mkdocs.yml"),
    (r"Expected a key-value mapping", "mkdocs", "文件应当是一行行的“名称: 内容”", "对照样板的 mkdocs.yml"),
)  # fmt: skip


def said_by_mkdocs(lines: list[str], root: Path, docs: str = "docs") -> list[Finding]:
    """MkDocs' own warnings and errors as findings. A sentence that we don't know is handed on as it is."""
    out = [found for line in lines for found in _translated(line, root, docs)]
    known = [found for found in out if found.code != "mkdocs-other"]
    return list(dict.fromkeys(known or out))


def _translated(line: str, root: Path, docs: str) -> Iterator[Finding]:
    for pattern, code, message, hint in _SAID:
        m = re.search(pattern, line)
        if m:
            groups = m.groupdict()
            what = groups.get("what") or ""
            name = f"{docs}/{groups['doc']}" if groups.get("doc") else CONFIG
            yield syntax_error(name, _where(root / name, what, in_link=code == "link"), code, message.format(what=what), hint.format(what=what))
            return
    first = line.strip().splitlines()[0] if line.strip() else ""
    if first:
        yield syntax_error(CONFIG, (1, 1), "mkdocs-other", f"MkDocs 说：{first}", "对照样板的 mkdocs.yml 和手写页面检查")


def _where(path: Path, what: str, *, in_link: bool) -> tuple[int, int]:
    """The line and column at which a file says something, its start when it can't be found."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return 1, 1
    if in_link:
        m = re.search(rf"\]\(<?(?={re.escape(what)})", text) or re.search(re.escape(what), text)
        return place(text, m.end() if m and m[0].startswith("]") else m.start()) if m else (1, 1)
    m = re.search(rf"(?<![\w-]){re.escape(what)}(?![\w-])", text) if what else None
    return place(text, m.start()) if m else (1, 1)
