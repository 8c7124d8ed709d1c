"""`tingsuo laws import DIR`: official statute texts into the project's `statutes/` folder (法条原文)."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.markup import escape
from rich.table import Column, Table

from ..findings import Finding, error, warning
from ..library import TEXTS
from ..load import load, locate
from ..model import KINDS
from ..model.law import Law, LawVersion
from ..register import Register
from ..statutes import Statute, named_by_file, parse
from .chinese import ChineseCommand, ChineseGroup
from .output import console, count_text, need_project, show_findings

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that a .docx may hold unpacked."""
TAKEN = (".txt", ".md", ".docx")
REFUSED = (".doc", ".wps", ".pdf", ".ofd", ".rtf", ".odt", ".htm", ".html")
_LAWS = KINDS["laws"].pattern


@dataclass
class Imported:
    """What an import did: `versions` are (law's short name, version's day in ISO form, number of articles)."""

    findings: list[Finding]
    versions: list[tuple[str, str, int]] = field(default_factory=list)


def import_texts(root: Path, folder: Path) -> Imported:
    """Read the statute texts right in a folder and keep them as `statutes/<law id>-<passed>.json` in the project.

    A file with errors changes nothing; the others are imported all the same. Never raises for bad files.
    """
    if not (root / _LAWS).is_file():
        return Imported([error(_LAWS, "file-missing", "缺少法律登记册文件", "在项目文件夹里运行，或加 -C 项目文件夹")])
    laws, found = load(root / _LAWS, _LAWS, KINDS["laws"])
    done = Imported(locate(found, root))
    if laws is None:
        return done
    register = Register(laws.laws)
    try:
        # ~$ files are Word's locks.
        paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in TAKEN + REFUSED and not p.name.startswith((".", "~$")))
    except OSError:
        done.findings.append(error(folder.as_posix(), "statute-folder", "文件夹不存在或打不开", "写上放法律文本的文件夹"))
        return done
    if not paths:
        done.findings.append(error(folder.as_posix(), "statute-folder", "文件夹里没有法律文本", "放入 .txt、.md 或 .docx 文件"))
    targets: dict[Path, str] = {}
    for path in paths:
        version, found = _import_file(path, root, register, targets)
        done.findings += found
        if version:
            done.versions.append(version)
    return done


def _import_file(path: Path, root: Path, register: Register, targets: dict[Path, str]) -> tuple[tuple[str, str, int] | None, list[Finding]]:
    """Import one file and note in `targets` what it became. Returns a row of `Imported.versions` or None, and findings."""
    shown = path.absolute().relative_to(root.absolute()) if path.absolute().is_relative_to(root.absolute()) else path
    # File names unpacked from a GBK zip may not be text.
    name = shown.as_posix().encode("utf-8", "replace").decode()
    data = _bytes(path, name)
    if isinstance(data, Finding):
        return None, [data]
    text, found = read(data, name)
    if text is None:
        return None, found
    statute, wrong = parse(text, name)
    found += wrong
    meant = _identify(statute, path.stem, name, register)
    if isinstance(meant, Finding):
        return None, [*found, meant] if statute.articles else found
    law, version, doubts = meant
    day, target = version.passed.isoformat(), root / TEXTS / f"{law.id}-{version.passed}.json"
    found = _compare(statute, law, version, name, found) + doubts
    if target in targets:
        found.append(error(name, "statute-twice", f"《{law.short}》{day}这一版已经由 {targets[target]} 导入", "两个文件只留一个"))
    if any(one.severity == "error" for one in found):
        return None, found
    record = {"law": law.id, "version": day, "source": Path(name).name, "sha256": hashlib.sha256(data).hexdigest()}
    try:
        _replace(target, json.dumps(record | {"articles": statute.articles}, ensure_ascii=False, indent=0) + "\n")
    except OSError as problem:
        why = problem.strerror or "系统拒绝"
        return None, [*found, error(name, "statute-write", f"写不进 {TEXTS}/{target.name}（{why}）", "检查磁盘空间和写权限")]
    targets[target] = Path(name).name
    return (law.short, day, len(statute.articles)), found


def _replace(target: Path, text: str) -> None:
    """Write a file whole or not at all. Raises OSError."""
    target.parent.mkdir(exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, "utf-8", newline="\n")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


# ---- which law and version ----------------------------------------------------------


def _identify(statute: Statute, stem: str, name: str, register: Register) -> tuple[Law, LawVersion, list[Finding]] | Finding:
    """The law and version that a text is, with doubts; or the finding that says what the register lacks.

    A file name that names a law or a day wins over the text's head.
    """
    by_name, day = named_by_file(stem)
    titled = next((law for title in statute.titles if (law := register.named(title))), None)
    law = register.named(by_name) or titled
    size, when = len(statute.articles), day or statute.passed or statute.issued
    if law is None:
        title = by_name if day or not statute.titles else statute.titles[0]
        hint = f"在 {_LAWS} 里补上 name: {title[:60]}，versions 里写 passed: {when or '通过日期'}、from: 施行日期、articles: {size}"
        hint += "；如果登记册里是别的写法，加到那部法律的 aliases，或把文件名改成 登记册里的名称_通过日期"
        return error(name, "statute-law", f"登记册里没有《{title[:60]}》", hint)
    doubts: list[Finding] = []
    if titled and titled.id != law.id:
        return error(name, "statute-law", f"文件名说是《{law.short}》，正文的标题却是《{titled.short}》", "核对文件内容，改正文件名")
    by_day = {version.passed: version for version in law.versions}
    passed = statute.passed or date.min
    days = [day] if day else [passed, statute.issued if statute.issued and statute.issued > passed else None]
    version = next((by_day[one] for one in days if one in by_day), None)
    if not day and version is None and statute.effective and statute.effective >= passed:
        # A judicial interpretation's head gives the day the court passed it and the day it takes force, not the day of issue.
        version = next((one for one in law.versions if one.from_ == statute.effective), None)
        if version:
            said = f"正文没有写{version.passed}，按施行日期 {version.from_} 认作《{law.short}》{version.passed}这一版"
            doubts.append(warning(name, "statute-version", said, f"核对无误后，文件名改成 {law.short}_{version.passed} 就不再提醒"))
    if day and version and statute.passed != day and statute.passed in by_day:
        said = f"文件名的日期是 {day}，正文题注最后一次通过或修改却是 {statute.passed}；已按文件名导入"
        doubts.append(warning(name, "statute-version", said, "核对是哪一版；文件名错了就改名重新导入"))
    if version:
        return law, version, doubts
    known = "、".join(str(passed) for passed in by_day)
    if when is None:
        hint = f"把文件名改成 {law.short}_日期，例如 {law.short}_{known[-10:]}"
        return error(name, "statute-version", f"看不出是《{law.short}》的哪一版（登记册里有：{known}）", hint)
    hint = f"确有这一版，就在 {_LAWS} 的 {law.id} 下补上 passed: {when}、from: 施行日期、articles: {size}"
    hint += f"；如果就是已有的某一版，把文件名改成 {law.short}_那一版的日期"
    return error(name, "statute-version", f"登记册里《{law.short}》没有 {when} 这一版（已有：{known}）", hint)


def _compare(statute: Statute, law: Law, version: LawVersion, name: str, found: list[Finding]) -> list[Finding]:
    """The findings on a text, held against the register. Gaps are forgiven when it counts the articles just as they are."""
    what, size = f"《{law.short}》{version.passed}这一版", len(statute.articles)
    fix = f"对照官方文本；如果文件没错，改 {_LAWS} 里 {law.id} 的这一版"
    if version.articles == 0:
        return [error(name, "statute-count", f"登记册说{what}不分条，没有条文可导入", fix)]
    if not size:
        return found
    if version.articles == size:
        found = [replace(one, severity="warning") if one.code == "statute-gap" else one for one in found]
    elif version.articles is None:
        found = [*found, warning(name, "statute-count", f"登记册没有写{what}有几条，没有核对", f"核对后在这一版写上 articles: {size}")]
    else:
        said = f"{what}应有 {version.articles} 条，文件里有 {size} 条，最后是{list(statute.articles)[-1]}"
        found = [*found, error(name, "statute-count", said, f"{fix}的 articles")]
    inserted = {one for one in statute.articles if "之" in one}
    if version.inserted and inserted != set(version.inserted):
        differ = "、".join(sorted(inserted ^ set(version.inserted))[:8])
        found = [*found, error(name, "statute-count", f"{what}的“之一”各条和登记册不同：{differ}", f"{fix}的 inserted")]
    return found


# ---- files to text ------------------------------------------------------------------


def _bytes(path: Path, name: str) -> bytes | Finding:
    """A file's bytes, or why it isn't read."""
    if path.is_symlink():
        return error(name, "statute-link", "这是指向别处的链接，不读取", "把文件本身复制到这个文件夹")
    if path.suffix.lower() in REFUSED:
        hint = "用 Word 或 WPS 打开，另存为 .docx 或纯文本（.txt）；国家法律法规数据库可以下载 .docx"
        return error(name, "statute-format", f"不能导入 {path.suffix} 文件", hint)
    try:
        if not path.is_file():
            return error(name, "statute-format", "这不是文件", "文件夹要逐个导入")
        if (size := path.stat().st_size) > MAX_BYTES:
            return error(name, "statute-size", f"文件有 {size / 1024 / 1024:.1f} MB，超过 5 MB 的上限", "删去图片和扫描页，或另存为纯文本")
        return path.read_bytes()
    except OSError as problem:
        return error(name, "file-unreadable", f"文件打不开（{problem.strerror or '系统拒绝'}）", "检查文件是否被别的程序占用")


def read(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """A file's text by the ending of its name, None when it can't be read, with the findings that say why.

    Text is UTF-8, UTF-16 with a byte-order mark, or GB18030, which is noted.
    """
    if name.lower().endswith(".docx"):
        return _read_docx(data, name)
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        note = warning(name, "statute-encoding", "文件不是 UTF-8 编码，已按 GB18030（GBK）读取", "看看条文有没有乱码；最好另存为 UTF-8")
        return text, [note] if encoding == "gb18030" else []
    return None, [error(name, "statute-encoding", "读不出文字，不是 UTF-8 也不是 GB18030（GBK）", "用记事本打开后“另存为”，编码选 UTF-8")]


def _read_docx(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    # Imported here: half a second that the other commands needn't pay.
    import docx

    problem = "打不开，可能已损坏"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "其实是旧版的 .doc，或者加了密码"
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) <= MAX_UNPACKED:
                return "\n".join(_blocks(docx.Document(BytesIO(data)).element.body)), []
            problem = "解开后太大"
    except Exception:  # noqa: S110 - whatever zip, XML or python-docx object to, the clerk needs one answer
        pass
    return None, [error(name, "statute-docx", f"这个 Word 文件{problem}", "用 Word 或 WPS 打开，另存为不加密码的 .docx 或纯文本")]


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows in body order; content controls and inserted blocks are looked into."""
    for child in parent:
        kind = _local(child)
        if kind == "p":
            yield _runs(child)
        elif kind == "tbl":
            for row in (one for one in child.iter() if _local(one) == "tr"):
                cells = ["\n".join(_blocks(cell)).strip() for cell in row if _local(cell) == "tc"]
                yield "\u3000".join(cell for cell in cells if cell)
        elif kind in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _blocks(child)


def _runs(element: Any) -> str:
    """A paragraph's text: tracked insertions in, deletions and text boxes out."""
    out = []
    for child in element:
        kind = _local(child)
        if kind == "t":
            out.append(child.text or "")
        elif kind in ("br", "cr", "tab"):
            out.append("\t" if kind == "tab" else "\n")
        elif kind not in ("del", "moveFrom", "pPr", "rPr", "Fallback", "txbxContent"):
            out.append(_runs(child))
    return "".join(out)


# ---- the command --------------------------------------------------------------------

app = typer.Typer(cls=ChineseGroup, help="法条原文", no_args_is_help=True)


@app.callback()
def laws() -> None:
    """法条原文：官方文本由本单位导入，保存在项目的 statutes 文件夹。"""


@app.command("import", cls=ChineseCommand)
def import_command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="目录", help="放法律文本（.txt、.md、.docx）的文件夹")],
) -> None:
    """导入文件夹里的法律文本。文件名写成 民法典_2020-05-28.docx 最稳妥。"""
    root: Path = ctx.obj or Path()
    need_project(root)
    done = import_texts(root, folder)
    show_findings(done.findings)
    if done.versions:
        table = Table("法律", "版本", Column("条文", justify="right"), box=box.SIMPLE)
        for short, version, size in done.versions:
            table.add_row(escape(short), version, str(size))
        console.print(table)
    typer.echo(f"导入了 {len(done.versions)} 部法律的原文，保存在 {TEXTS} 文件夹：{count_text(done.findings)}。")
    raise typer.Exit(1 if any(found.severity == "error" for found in done.findings) else 0)
