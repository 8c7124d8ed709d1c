"""Official statute texts (法律原文): text as published → {article label: text}, with the title and days of its head.

Pure text work: which law and version it is, the register says; reading files is `cli/laws.py`'s. Layouts
known: the national database (flk.npc.gov.cn), releases of courts and the State Council, Markdown copies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from .citation import label, number
from .findings import Finding, error

# The register knows labels up to 之十; past 20 findings a file is another kind of text; title and days stand in the first lines.
MAX_SUFFIX, MAX_FINDINGS, MAX_HEAD = 10, 20, 100

_N = "[零〇○一二两三四五六七八九十百千0-9０-９]{1,9}"
_ARTICLE = re.compile(
    rf"第\s*(?P<num>{_N})\s*条(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{{1,3}}|[1-9]\d?)(?![0-9]))?"
    r"(?P<gap>[\s:：]*)(?P<rest>.*)"
)
# 第二十条第一款规定的… at the start of a line goes on with a sentence.
_GOES_ON = re.compile(r"第|[款项]|规定|之|的|[、，,；;。—～~-]|[和至到及或与]第|以[及外]|中(?!华)|所(?:规定|列|称)|情形")
_HEADING = re.compile(rf"第\s*{_N}\s*(?:分编|部分|[编篇章节])(?P<name>[^，。；;]*)")
_BARE = frozenset({"总则", "分则", "附则", "序言", "正文"})
_CONTENTS = frozenset({"目录", "目次"})
# Judicial interpretations: 二、结婚 and （二）不动产抵押 above an article.
_NUMBERED = re.compile(r"(?P<open>[（(]?)(?P<num>[一二三四五六七八九十]{1,3})(?:[)）]|、)(?P<name>[^，。；;：:]{1,40})")
_ANNEX = re.compile(rf"附\s*(?:[件录表图]\s*(?:{_N})?|(?=[:：]))\s*(?:[:：].*|\s.*)?")
_DAY = rf"(?:[0-9]{{4}}|[零〇○一二三四五六七八九]{{4}})年(?:{_N})月(?:{_N})日"
_SIGNATURE = re.compile(rf"{_DAY}|[（(]此件公开发布[)）]|[\u4e00-\u9fff、\s]{{0,26}}(?:法院|检察院|国务院|委员会|办公[厅室]|[部厅局署])")
_NOTE = re.compile(r"(?:来源|(?:责任?)?编辑?|作者|发布[时日][间期]|打印|相关链接|注|扫一扫|版权所有)\s*(?:[:：].*|$)|https?://\S+|-{3,}|\*{3,}")

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
# Text copied from PDF has Kangxi radicals (⼀) for characters (一).
_LOOKALIKE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
_FRONT_MATTER = re.compile(r"^---[ \t]*\n(?:[\w-]+:[^\n]*\n)+---[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--[^<>\n]*-->")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９○", "0123456789〇")


@dataclass(frozen=True)
class Statute:
    r"""A statute text as read.

    `titles` are what its title may be, likeliest first. `passed` is the last day of passing or amending
    (通过、修订、修正), `issued` the last of 公布/发布, `effective` the last of 施行, each as its head says or None.
    `articles` maps labels (第1084条) to texts in the text's order, paragraphs parted by \n.
    """

    titles: tuple[str, ...]
    passed: date | None
    issued: date | None
    effective: date | None
    articles: dict[str, str]


# ---- text to articles ---------------------------------------------------------------


def _squeeze(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _clean(text: str) -> list[tuple[str, bool]]:
    """(line, whether Markdown marks it as a heading), one per line of the text: no marks, no invisible characters."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = _INVISIBLE.sub("", text)
    text = _LOOKALIKE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = _FRONT_MATTER.sub(lambda m: "\n" * m[0].count("\n"), _COMMENT.sub("", text))
    out = []
    for raw in text.split("\n"):
        line = re.sub(r"^(?:>\s*)+", "", raw.strip())
        bare = re.sub(r"^#{1,6}\s*", "", line)
        marked = bare != line
        bare = re.sub(rf"^\*\*(第\s*{_N}\s*条[^*]*)\*\*", "\\1\u3000", bare)
        bare = re.sub(r"\*\*|<br\s*/?>", "", bare)
        if bare.startswith("|") and bare.endswith("|"):
            bare = "" if not re.search(r"[^|:\s-]", bare) else "\u3000".join(c.strip() for c in bare.strip("|").split("|"))
        out.append((bare.strip(), marked))
    return out


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that begins an article."""

    index: int
    num: int
    suffix: int
    rest: str

    @property
    def key(self) -> tuple[int, int]:
        return self.num, self.suffix


def _follows(key: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether an article may stand right after another: 第3条 or 第2条之一 after 第2条."""
    return key in ((before[0] + 1, 0), (before[0], before[1] + 1))


def _labels(lines: list[tuple[str, bool]]) -> list[_Label]:
    """The lines that begin an article. Sentences that begin with a reference to one are passed over."""
    out: list[_Label] = []
    for index, (line, _) in enumerate(lines):
        found = _ARTICLE.fullmatch(line)
        if not found or (not found["gap"] and _GOES_ON.match(found["rest"])):
            continue
        if num := number(found["num"].translate(_WIDE_DIGITS)):
            out.append(_Label(index, num, (number(found["suffix"]) or 0) if found["suffix"] else 0, found["rest"].strip()))
    return out


def _body(labels: list[_Label], lines: list[tuple[str, bool]]) -> list[_Label]:
    """The labels without those of a table of contents (目录) that lists articles, and without an annex's."""
    firsts = [n for n, found in enumerate(labels) if found.key == (1, 0)]
    if len(firsts) > 1 and any(_squeeze(line) in _CONTENTS for line, _ in lines[: labels[0].index]):
        listed = lines[labels[0].index : labels[firsts[1]].index]
        if not any("。" in line for line, _ in listed):
            labels = labels[firsts[1] :]
    for n, (item, following) in enumerate(pairwise(labels)):
        if not _follows(following.key, item.key) and any(_ANNEX.fullmatch(line) for line, _ in lines[item.index + 1 : following.index]):
            return labels[: n + 1]
    return labels


def _is_heading(line: str, *, marked: bool) -> bool:
    """第三章 法律责任, 附 则, or what Markdown marks with # and is no sentence."""
    if line.endswith(("。", "；", "：", ":")):
        return False
    return marked or _squeeze(line) in _BARE or (len(line) <= 60 and bool(_HEADING.fullmatch(line)))


def _paragraphs(item: _Label, lines: list[tuple[str, bool]], following: _Label | None) -> list[str]:
    """An article's paragraphs: headings of the next part left out and, in the last article, annexes and signatures."""
    out, bare_heading = [item.rest] if item.rest else [], False
    for line, marked in lines[item.index + 1 : following.index if following else len(lines)]:
        if not line:
            continue
        if following is None and out and (_ANNEX.fullmatch(line) or _NOTE.fullmatch(line)):
            break
        if _is_heading(line, marked=marked):
            # 第三章 alone: its name stands on the next line.
            parts = _HEADING.fullmatch(line)
            bare_heading = bool(parts and not parts["name"].strip())
            continue
        if bare_heading and len(line) <= 30 and not re.search("[，。；：]", line):
            bare_heading = False
            continue
        bare_heading = False
        out.append(line)
    surplus = _heads_next if following else _signs
    while len(out) > 1 and surplus(out):
        out.pop()
    return out


def _signs(out: list[str]) -> bool:
    """Whether the last article's last line is a signature or its date."""
    return bool(_SIGNATURE.fullmatch(_squeeze(out[-1]).translate(_WIDE_DIGITS)))


def _heads_next(out: list[str]) -> bool:
    """Whether an article's last line is the numbered heading of what follows, and not an item of its own list."""
    found, before = _NUMBERED.fullmatch(out[-1]), _NUMBERED.match(out[-2])
    if not found or not before or before["open"] != found["open"]:
        return found is not None
    return number(before["num"]) != (number(found["num"]) or 0) - 1


def parse(text: str, name: str) -> tuple[Statute, list[Finding]]:
    """A statute's text as articles, with findings where its numbering has gaps, repeats or goes back.

    `name` is the file's, for the findings. Gaps (code `statute-gap`) are the only findings that a caller may
    forgive: a few laws leave out deleted numbers.
    """
    lines = _clean(text)
    labels = _body(_labels(lines), lines)
    titles, days = _head([line for line, _ in lines[: min(labels[0].index, MAX_HEAD) if labels else MAX_HEAD]])
    articles: dict[str, str] = {}
    at: dict[str, int] = {}
    found: list[Finding] = []

    def say(item: _Label, code: str, message: str, hint: str) -> None:
        found.append(replace(error(name, code, message, hint), line=item.index + 1, column=1))

    before = (0, 0)
    for item, following in zip(labels, [*labels[1:], None], strict=False):
        if item.suffix > MAX_SUFFIX:
            say(item, "statute-label", f"第{item.num}条之{item.suffix}：不支持“之十”以后的条号", "请维护人员扩充条号的写法")
            continue
        this = label(*item.key)
        if this in articles:
            say(item, "statute-duplicate", f"{this}写了两次（第 {at[this]} 行已有）", "删去重复的一条；如果是上一条里的话，和上一行连起来")
            continue
        if item.key < before:
            say(item, "statute-order", f"{this}排在{label(*before)}后面", "按条号由小到大排；从这里起是另一份文件的，分开导入")
        elif not _follows(item.key, before):
            place = f"{label(*before)}和{this}之间" if before[0] else f"{this}之前"
            say(item, "statute-gap", f"{place}缺少{_missing(before, item.key)}", "对照官方文本补上；条号要放在一行的开头")
        articles[this] = "\n".join(_paragraphs(item, lines, following))
        if not articles[this]:
            say(item, "statute-empty", f"{this}没有内容", "对照官方文本补上；已删去的条文写“（删去）”")
        at[this] = item.index + 1
        before = max(before, item.key)
    if not labels:
        hint = "条号要放在一行的开头；如果条号是 Word 的自动编号，先另存为纯文本再导入"
        found.append(error(name, "statute-none", "没有找到条文，也就是以“第一条”“第二条”开头的行", hint))
    if len(found) > MAX_FINDINGS:
        more = f"条号的问题太多，还有 {len(found) - MAX_FINDINGS} 处没有列出"
        found = [*found[:MAX_FINDINGS], error(name, "statute-order", more, "检查文件是不是一部法律的完整文本")]
    return Statute(titles, *days, articles), found


def _missing(before: tuple[int, int], key: tuple[int, int]) -> str:
    """The articles between two: 第3条, 第3条至第5条, 第3条之一."""
    first = (key[0], before[1] + 1) if key[0] == before[0] else (before[0] + 1, 0)
    end = (key[0], key[1] - 1) if key[1] else (key[0] - 1, 0)
    return label(*first) if first == end else f"{label(*first)}至{label(*end)}"


# ---- title and dates ----------------------------------------------------------------

_PART = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DATED = re.compile(f"([0-9]{{4}}|[零〇一二三四五六七八九]{{4}})年({_PART})月({_PART})日")
_ACTS = (
    ("passed", re.compile("通过|修订|修正|修改")),
    ("issued", re.compile("公布|发布")),
    ("effective", re.compile("^起?(?:施行|生效|实施)")),
)
_NUMBER_LINE = re.compile(r".{0,12}[〔\[【（(]\d{4}[〕\]】）)].{0,4}号|第.{1,6}号")


def _head(lines: list[str]) -> tuple[tuple[str, ...], tuple[date | None, date | None, date | None]]:
    """What the title may be and the last days (passed, issued, effective), from the lines above the first article."""
    head: list[str] = []
    for line in filter(None, lines):
        if _squeeze(line) in _CONTENTS or _HEADING.fullmatch(line):
            break
        if head and head[-1].startswith(("（", "(")) and not head[-1].endswith(("）", ")")):
            head[-1] += line
        else:
            head.append(line)
    # A sentence is the preamble (为正确审理…，制定本解释。) or the order that promulgates, not the note under the title.
    head = [line for line in head if line.startswith(("（", "(")) or not line.endswith("。")]
    names: list[str] = []
    for line in head:
        if _DATED.search(_squeeze(line).translate(_WIDE_DIGITS)):
            if names:
                break
        elif not _NUMBER_LINE.fullmatch(_squeeze(line)):
            names.append(re.sub(r"\s+", "", line))
    pieces = (names[start : start + size] for start in range(min(len(names), 12)) for size in range(4, 0, -1))
    last: dict[str, date] = {}
    for act, day in (one for line in head for one in _acts(line)):
        last[act] = max(day, last.get(act, day))
    # 《民法典》 at the start of a line is a piece of a broken title.
    titles = tuple(dict.fromkeys("".join(piece) for piece in pieces if not piece[0].startswith("《")))
    return titles, (last.get("passed"), last.get("issued"), last.get("effective"))


def _acts(line: str) -> Iterator[tuple[str, date]]:
    """The days that a line names, each with what was done on it."""
    line = _squeeze(line).translate(_WIDE_DIGITS)
    for _ in range(2):
        line = re.sub(r"《[^《》]*》|〈[^〈〉]*〉", "", line)
    # [before, year, month, day, what was said of it, year, …]
    parts = _DATED.split(line)
    for n in range(1, len(parts), 4):
        day, said = _day(*parts[n : n + 3]), parts[n + 3]
        act = next((act for act, pattern in _ACTS if pattern.search(said)), None)
        if day and act:
            yield act, day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(*(number(part) or 0 for part in (year, month, day)))
    except ValueError:
        return None


_STEM = re.compile(
    r"(?P<name>.+?)[\s_＿(（\[【-]*(?P<y>\d{4})"
    r"(?:(?P<m>\d\d)(?P<d>\d\d)|[-._年](?P<m2>\d{1,2})[-._月](?P<d2>\d{1,2})日?)[)）\]】]?"
)


def named_by_file(stem: str) -> tuple[str, date | None]:
    """The law's name and the version's day in a file name without its ending: 民法典(2020-05-28), 民法典_20200528."""
    stem = re.sub(r"\s*[(（]\d{1,2}[)）]$", "", stem.strip())
    found = _STEM.fullmatch(stem)
    day = _day(found["y"], found["m"] or found["m2"], found["d"] or found["d2"]) if found else None
    return (found["name"].strip(), day) if found and day else (stem, None)
