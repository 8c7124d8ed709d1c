"""`tingsuo print`: paper from the same content: the handbook, leaflets, checklists, cards, posters, boards, quiz papers, Word files."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..choice import AUDIENCES, Choice, NoSuchChoice, choose, parse
from ..findings import Finding, error
from ..library import Library, Reference, stamp_of, today
from ..load import load, locate
from ..model import KINDS as CONTENT
from ..outputs.print_files import Failure, document_sheets, print_files
from ..pages.calendar import next_dates
from ..prepare import Prepared, prepare
from ..printed import FOLDER
from ..printing import KINDS, Sheet, sheets
from ..printing.typeset import unprintable
from .options import AsOf, Names, parse_day
from .output import count_text, listed_names, need_project, progress, show_findings, stop

_SOON = 14
"""A day on the calendar that many days after the one asked for still counts."""


def command(
    ctx: typer.Context,
    kinds: Annotated[list[str] | None, typer.Argument(metavar=f"[{'|'.join(KINDS.values())}]…", help="印哪几种，不写就是全印")] = None,
    dispute: Annotated[str, typer.Option("--dispute", metavar="纠纷", help="只要这几类纠纷，例如 marriage,labour 或 婚姻家庭,劳动争议")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇街", help="只要这几个镇街的案例，例如 luojing 或 罗镜镇")] = "",
    audience: Annotated[str, typer.Option("--audience", metavar="|".join(AUDIENCES), help="给谁看，不写就是全部")] = "",
    date_: Annotated[str, typer.Option("--date", metavar="日期", help="只印这一天（或之后两周内）的活动包、它的题卷和案例，例如 12-04")] = "",
    paper: Annotated[
        int, typer.Option("--paper", metavar="卷号", min=0, max=999999, help="答题卷按这个卷号排，和宣传模式里同一个卷号的题一样；不写就是原来的次序")
    ] = 0,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="目录", help="放在哪里，默认是项目里的 dist/print")] = None,
    names: Names = None,
    as_of: AsOf = None,
) -> None:
    """Print what is chosen. What stands in the folder is replaced only when everything is finished."""
    root: Path = ctx.obj
    need_project(root)
    wanted = _kinds(kinds or [])
    target = output.resolve() if output else root / FOLDER
    if target.exists() and not target.is_dir():
        stop(f"“{target}”不是文件夹，印好的文件放不进去。", 2)
    started = time.monotonic()
    gc.disable()  # a run lives for seconds; collecting its many small objects would cost more than it frees
    with progress() as report:
        prepared = prepare(root, day=parse_day(as_of) or today(), names=listed_names(names), bodies=False, progress=report)
        if prepared.errors or prepared.library is None or prepared.store is None:
            show_findings(prepared.findings)
            stop(f"{count_text(prepared.findings)}。没有印，原来印好的没有动。", 1)
        try:
            choice = parse(prepared.library.reference, dispute, town, audience)
        except NoSuchChoice as problem:
            stop(str(problem), 2)
        library = choose(prepared.library.reference, prepared.store.cards, choice)
        chosen = _chosen(prepared, library, wanted, choice, _about_day(library.reference, date_), paper)
        if not chosen:
            stop("照这样选，没有可印的。少加几个条件再试。", 1)
        missing = locate(list(_missing(root, chosen)), root)
        if missing:
            show_findings(missing)
            stop(f"{count_text(missing)}。没有印，原来印好的没有动。", 1)
        part = bool(kinds or choice or date_ or paper)
        done = print_files(library, chosen, target, stamp_of(library.reference.office), part=part, progress=report)
    # That printed files were old is no news any more.
    findings = [found for found in prepared.findings if found.code != "printed-old"]
    if done.failures:
        show_findings([*findings, *locate([_finding(failure) for failure in done.failures], root)])
        stop(f"有 {len(done.failures)} 份印不出来。没有印，原来印好的没有动。", 1)
    show_findings(findings)
    typer.echo(f"印好 {len(chosen)} 份（新做 {done.made} 份，沿用 {done.kept} 份），用时 {time.monotonic() - started:.1f} 秒。")
    typer.echo(f"打开：{target / '目录.html'}")


def _kinds(typed: list[str]) -> list[str]:
    """The kinds to print, by their Chinese or English names; all when none is typed."""
    ids = {label: key for key, label in KINDS.items()}
    wrong = [kind for kind in typed if kind not in KINDS and kind not in ids]
    if wrong:
        stop(f"没有“{'、'.join(wrong)}”这种打印件，可以写：{'、'.join(KINDS.values())}。不写就是全印。", 2)
    chosen = {ids.get(kind, kind) for kind in typed}
    return [kind for kind in KINDS if kind in chosen or not chosen]


_FOR_MEDIATORS = frozenset({"handbook", "booklet", "checklist", "document"})


def _chosen(prepared: Prepared, library: Library, wanted: list[str], choice: Choice, about: set[tuple[str, str]] | None, paper: int) -> list[Sheet]:
    assert prepared.store is not None
    store = prepared.store
    everything = [*sheets(library, lambda card: store.case(card.file), paper), *document_sheets(library)]
    kinds = [kind for kind in wanted if not (choice.audience == "群众" and kind in _FOR_MEDIATORS)]
    return [sheet for sheet in everything if sheet.kind in kinds and (about is None or sheet.about in about)]


def _about_day(reference: Reference, typed: str) -> set[tuple[str, str]] | None:
    """What the events of a day need: kits, their quizzes, cases, guides and papers. None when no day is typed."""
    if not typed:
        return None
    found = re.fullmatch(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", typed.strip())
    try:
        assert found
        day = date(int(found[1] or reference.day.year), int(found[2]), int(found[3]))
    except (AssertionError, ValueError):
        stop(f"日期“{typed}”看不懂，要写成 12-04 或 2026-12-04 这样。", 2)
    days = reference.calendar.days if reference.calendar else ()
    spans = {item.id: next_dates(item.when, day) for item in days}
    near = {key for key, span in spans.items() if span and (span[0] - day).days <= _SOON}
    kits = {kit.id: kit for kit in reference.publicity.values() if kit.published and near & set(kit.days)}
    kits |= {item.kit: reference.publicity[item.kit] for item in days if item.id in near and item.kit in reference.publicity}
    if not kits:
        stop(f"{day.month}月{day.day}日起两周内没有活动包。看普法日历，换一个日期。", 1)
    about = {("publicity", key) for key in kits}
    for kit in kits.values():
        about |= {("quiz", kit.quiz or "")} | {("case", key) for key in kit.cases}
        about |= {("guide", key) for key in kit.disputes} | {("document", key) for key in kit.documents}
    return about


def _missing(root: Path, chosen: Iterable[Sheet]) -> Iterable[Finding]:
    """Every character of the printed content files that the font lacks, with its place."""
    seen = set()
    for name in sorted({name for sheet in chosen for name in sheet.sources}):
        if not unprintable((root / name).read_text("utf-8")):
            continue
        kind = next(kind for kind in CONTENT.values() if Path(name).match(kind.pattern))
        model, _ = load(root / name, name, kind)
        for loc, text in _texts(model.model_dump(mode="json", by_alias=True) if model else {}, ()):
            for char in unprintable(text):
                if (name, loc, char) not in seen:
                    seen.add((name, loc, char))
                    said = f"字库里没有“{char}”（U+{ord(char):04X}），印不出来"
                    yield error(name, "glyph", said, "换成常用字，或写成“草字头加朗”这样", loc, text.index(char))


def _texts(data: object, loc: tuple[str | int, ...]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*loc, index))


def _finding(failure: Failure) -> Finding:
    file = failure.sheet.sources[0] if failure.sheet.sources else failure.sheet.path
    return error(file, "print", f"{KINDS[failure.sheet.kind]}印不出来：{failure.said}", "照提示改短，再印")
