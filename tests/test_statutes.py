"""Official statute texts: a file as downloaded goes in; articles that the library can show come out, or a plain sentence why not."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from typer.testing import CliRunner

from tingsuo.citation import label, number
from tingsuo.cli import laws
from tingsuo.cli.laws import Imported, import_texts
from tingsuo.findings import Finding
from tingsuo.library import load_reference
from tingsuo.statutes import named_by_file, parse

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data" / "statutes"
MEDIATION = ("人民调解法", date(2010, 8, 28), 35)
"""A law in the register: short name, day passed, number of articles."""


# ---- what a clerk has at hand -------------------------------------------------------


def chinese(n: int) -> str:
    """A number up to 9999 as statutes write it: 十二, 一百零五, 一千零八十四."""
    digits, out, zero = "零一二三四五六七八九", "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, power)
        if digit:
            out += ("零" if zero else "") + ("" if digit == 1 and power == 10 and not out else digits[digit]) + unit
            zero = False
        elif out:
            zero = True
    return out


NOTE = "（2010年8月28日第十一届全国人民代表大会常务委员会第十六次会议通过）"


def official(count: int, *, skip: tuple[int, ...] = (), note: str = NOTE) -> str:
    """A made-up text of the Mediation Law's shape with so many articles; the first stands on line 9."""
    body = [f"　　第{chinese(n)}条　第{n}项内容。" for n in range(1, count + 1) if n not in skip]
    return "\n".join(["中华人民共和国人民调解法", note, "", "目　　录", "第一章　总　则", "", "第一章　总　则", "", *body])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The smallest project: the real register and office."""
    root = tmp_path / "project"
    (root / "guides" / "reference").mkdir(parents=True)
    for name in ("laws.yaml", "office.yaml"):
        shutil.copy(REPO / "guides" / "reference" / name, root / "guides" / "reference" / name)
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of downloaded texts."""
    place = tmp_path / "texts"
    place.mkdir()
    return place


def codes(found: list[Finding]) -> list[str]:
    """The findings' codes, in order."""
    return [one.code for one in found]


def stored(root: Path) -> list[str]:
    """The names of everything in the project's statutes folder."""
    return sorted(path.name for path in (root / "statutes").glob("*")) if (root / "statutes").is_dir() else []


def article(root: Path, law: str, passed: date, name: str) -> str:
    """What the library shows for an article."""
    reference, found = load_reference(root)
    assert reference is not None, found
    meant = reference.register.named(law)
    assert meant is not None
    version = next(version for version in meant.versions if version.passed == passed)
    return reference.register.official_text(meant.id, name, version)


def only(done: Imported) -> Finding:
    """The one finding of an import."""
    assert len(done.findings) == 1, [str(one) for one in done.findings]
    return done.findings[0]


# ---- parsing ------------------------------------------------------------------------


def test_articles_keep_their_paragraphs_and_lose_the_headings_between_them() -> None:
    """Headings of every level, the table of contents and blank lines go; paragraphs and items stay, one a line."""
    text = """\ufeff中华人民共和国民法典
　　（2020年5月28日第十三届全国人民代表大会第三次会议通过）
　　目　　录
　　第一编　总　　则
　　　第一章　基本规定……1
　　附　　则
　　第一编　总\u200b则
　　第一章　基本规定
　　第一条　为了保护民事主体的合法\u200b权益，制定本法。
　　第二条　有下列情形之一的：

　　（一）甲；
　　（二）乙。
　　前款规定的乙，包括丙。
　　第二编　物权
　　第一分编　通　则
　　第三章
　　所有权
　　第三条　第二条第一款规定的甲
　　附　　则
　　第四条　本法自公布之日起施行。"""
    statute, found = parse(text, "x.txt")
    assert found == []
    assert statute.articles == {
        "第1条": "为了保护民事主体的合法权益，制定本法。",
        "第2条": "有下列情形之一的：\n（一）甲；\n（二）乙。\n前款规定的乙，包括丙。",
        "第3条": "第二条第一款规定的甲",
        "第4条": "本法自公布之日起施行。",
    }
    assert statute.titles[0] == "中华人民共和国民法典"
    assert statute.passed == date(2020, 5, 28)


def test_inserted_articles_and_arabic_numerals() -> None:
    """第二条之一, 第3条 and full-width digits are articles, whether text follows on the line or below."""
    statute, found = parse("第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第二条之二\n丁。\n第3条　戊。\n第４条　己。", "x.txt")
    assert found == []
    assert list(statute.articles) == ["第1条", "第2条", "第2条之一", "第2条之二", "第3条", "第4条"]
    assert list(statute.articles.values()) == ["甲。", "乙。", "丙。", "丁。", "戊。", "己。"]


def test_markdown_copies_of_two_popular_collections() -> None:
    """Bold labels, # headings, quotes, comments, tables and front matter amid joined files are understood."""
    text = """---
sidebar: auto
---

# 中华人民共和国居民身份证法

2003年6月28日第十届全国人民代表大会常务委员会第三次会议通过

根据2011年10月29日第十一届全国人民代表大会常务委员会《关于修改〈中华人民共和国居民身份证法〉的决定》修正

<!-- INFO END -->

## 第一章　总则

**第一条**　为了证明身份，制定本法。

> 第二款。

---
next: /procedural/02.md
---

### 罚则

| 项目 | 金额 |
|---|---|
| **第二条** | 十元 |

第三条 完。"""
    statute, found = parse(text, "x.md")
    assert found == []
    assert statute.articles == {"第1条": "为了证明身份，制定本法。\n第二款。\n项目　金额", "第2条": "十元", "第3条": "完。"}
    assert (statute.titles[0], statute.passed) == ("中华人民共和国居民身份证法", date(2011, 10, 29))


def test_a_line_that_begins_with_a_reference_is_no_article() -> None:
    """第二条第一款规定的… and 第一条至第二条… go on with the article before."""
    text = "第一条　甲，依照\n第二条第一款规定处理。\n第一条至第二条不适用。\n第二条中华人民共和国境内适用本法。"
    statute, found = parse(text, "x.txt")
    assert found == []
    assert list(statute.articles.values()) == ["甲，依照\n第二条第一款规定处理。\n第一条至第二条不适用。", "中华人民共和国境内适用本法。"]


def test_headings_of_judicial_interpretations_go_and_list_items_stay() -> None:
    """二、结婚 above an article is a heading; the same shape as the next item of the article's own list is text."""
    text = "一、一般规定\n第一条　甲。\n二、结婚\n（一）登记\n第二条　应当有：\n（一）身份证\n（二）户口簿\n"
    text += "第三条　丙。\n三、附则\n第四条　丁。"
    statute, found = parse(text, "x.txt")
    assert found == []
    assert statute.articles == {"第1条": "甲。", "第2条": "应当有：\n（一）身份证\n（二）户口簿", "第3条": "丙。", "第4条": "丁。"}


@pytest.mark.parametrize(
    "tail",
    [
        "附件：1.文书样式\n第一条　样式甲。\n第二条　样式乙。",
        "附　录\n一、禁忌的劳动",
        "# 附件一 目录\n内容。",
        "最高人民法院\n2020年12月29日",
        "二〇二〇年十二月二十九日",
        "责任编辑：某某\n打印",
        "来源：人民法院报",
        "（此件公开发布）",
    ],
)
def test_what_follows_the_last_article_is_kept_out(tail: str) -> None:
    """Annexes, signatures and a website's notes are not part of the last article."""
    text = f"第一条　附条件的，从其约定。\n附义务的，也从其约定。\n第二条　自公布之日起施行。\n同时废止旧办法。\n{tail}"
    statute, found = parse(text, "x.txt")
    assert found == []
    assert statute.articles == {"第1条": "附条件的，从其约定。\n附义务的，也从其约定。", "第2条": "自公布之日起施行。\n同时废止旧办法。"}


def test_a_table_of_contents_that_lists_articles_is_skipped() -> None:
    """Articles named in the contents are not mistaken for the articles themselves."""
    statute, found = parse("某法\n目录\n第一章 总则\n第一条 目的\n第二条 范围\n第一章 总则\n第一条 甲。\n第二条 乙。", "x.txt")
    assert found == []
    assert statute.articles == {"第1条": "甲。", "第2条": "乙。"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("第一条 甲。\n第三条 丙。", 2, "第1条和第3条之间缺少第2条"),
        ("第二条 乙。\n第三条 丙。", 1, "第2条之前缺少第1条"),
        ("第一条 甲。\n\n第六条 己。", 3, "第1条和第6条之间缺少第2条至第5条"),
        ("第一条 甲。\n第一条之三 丙。", 2, "第1条和第1条之三之间缺少第1条之一至第1条之二"),
        ("第一条 甲。\n第二条之一 丙。", 2, "第1条和第2条之一之间缺少第2条"),
        ("第一条 甲。\n第二条 乙。\n第一条 丙。", 3, "第1条写了两次（第 1 行已有）"),
        ("第一条 甲。\n第二条 乙。\n第四条 丁。\n第三条 丙。", 4, "第3条排在第4条后面"),
        ("第一条 甲。\n第二条\n第三条 丙。", 2, "第2条没有内容"),
        ("第一条 甲。\n第一条之十一 乙。", 2, "第1条之11：不支持“之十”以后的条号"),
        ("第一章 总则\n没有条文。", 0, "没有找到条文，也就是以“第一条”“第二条”开头的行"),
    ],
)
def test_wrong_numbering_is_said_with_its_line(text: str, line: int, message: str) -> None:
    """A gap, a repeat, a step back or an empty article is never passed over."""
    _, found = parse(text, "法.txt")
    assert [(one.file, one.line, one.severity) for one in found if one.message == message] == [("法.txt", line, "error")]
    assert all(one.hint for one in found)


def test_a_wholly_different_text_does_not_flood_the_screen() -> None:
    """After twenty findings the rest is counted."""
    _, found = parse("\n".join(f"第{n}条 甲。" for n in range(2, 200, 2)), "x.txt")
    assert len(found) == 21
    assert found[-1].message == "条号的问题太多，还有 79 处没有列出"


def test_title_and_days_of_a_broken_head() -> None:
    """A title over three lines and a note over two are put together; the preamble's dates don't count."""
    text = """法释〔2020〕22号
最高人民法院
关于适用《中华人民共和国民法典》
婚姻家庭编的解释（一）
（2020年12月25日最高人民法院审判委员会第1825次会议通过，
自2021年1月1日起施行）
为正确审理案件，根据2022年3月1日修正的法律，制定本解释。
第一条　甲。"""
    statute, _ = parse(text, "x.txt")
    assert statute.titles[0] == "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）"
    assert (statute.passed, statute.issued, statute.effective) == (date(2020, 12, 25), None, date(2021, 1, 1))


def test_the_last_amendment_is_the_version() -> None:
    """Of several days the last of passing or amending counts; words inside 《》 don't."""
    note = (
        "（２００３年４月２７日中华人民共和国国务院令第375号公布　根据2010年12月20日"
        "《国务院关于2012年1月1日废止修改〈工伤保险条例〉的决定》修订　自2004年1月1日起施行）"
    )
    statute, _ = parse(f"工伤保险条例\n{note}\n第一条　甲。", "x.txt")
    assert (statute.passed, statute.issued, statute.effective) == (date(2010, 12, 20), date(2003, 4, 27), date(2004, 1, 1))


@pytest.mark.parametrize(
    ("stem", "name", "day"),
    [
        ("中华人民共和国民法典_2020-05-28", "中华人民共和国民法典", date(2020, 5, 28)),
        ("民法典(2020-05-28)", "民法典", date(2020, 5, 28)),
        ("民法典（2020年5月28日）", "民法典", date(2020, 5, 28)),
        ("中华人民共和国民法典_20200528 (1)", "中华人民共和国民法典", date(2020, 5, 28)),
        ("关于婚姻家庭编的解释（一）(2020-12-29)", "关于婚姻家庭编的解释（一）", date(2020, 12, 29)),
        ("关于婚姻家庭编的解释（一）", "关于婚姻家庭编的解释（一）", None),
        ("民法典_2020-15-28", "民法典_2020-15-28", None),
    ],
)
def test_name_and_day_in_a_file_name(stem: str, name: str, day: date | None) -> None:
    """The shapes that the databases and people give file names."""
    assert named_by_file(stem) == (name, day)


# ---- files --------------------------------------------------------------------------


def test_import_gives_the_library_its_official_text(project: Path, folder: Path) -> None:
    """What was imported is what the library shows; the record names its source and the source's hash."""
    source = folder / "人民调解法.txt"
    source.write_text(official(35), "utf-8")
    done = import_texts(project, folder)
    assert done.findings == []
    assert done.versions == [("调解法", "2010-08-28", 35)]
    assert stored(project) == ["peoples-mediation-law-2010-08-28.json"]
    assert article(project, *MEDIATION[:2], "第12条") == "第12项内容。"
    raw = (project / "statutes" / "peoples-mediation-law-2010-08-28.json").read_text("utf-8")
    record = json.loads(raw)
    assert raw == json.dumps(record, ensure_ascii=False, indent=0) + "\n"
    assert (record["law"], record["version"], record["source"]) == ("peoples-mediation-law", "2010-08-28", "人民调解法.txt")
    assert record["sha256"] == sha256(source.read_bytes()).hexdigest()
    assert list(record["articles"]) == [f"第{n}条" for n in range(1, 36)]


@pytest.mark.parametrize(
    ("name", "data", "notes"),
    [
        ("人民调解法.txt", official(35).encode("utf-8-sig"), []),
        ("1.txt", official(35).encode("gb18030"), ["statute-encoding"]),
        ("下载.TXT", official(35).encode("utf-16"), []),
        ("人民调解法_20100828.md", official(35, note="").replace("\n", "\r\n").encode(), []),
    ],
)
def test_encodings_and_names(project: Path, folder: Path, name: str, data: bytes, notes: list[str]) -> None:
    """UTF-8 with BOM, GBK (noted), UTF-16 and Windows line ends are read; the day comes from the head or the file name."""
    (folder / name).write_bytes(data)
    done = import_texts(project, folder)
    assert codes(done.findings) == notes
    assert all(one.severity == "warning" for one in done.findings)
    assert article(project, *MEDIATION[:2], "第35条") == "第35项内容。"


def test_word_files(project: Path, folder: Path) -> None:
    """Tables, content controls and tracked insertions are read where they stand; deletions and soft line breaks are understood."""
    document = docx.Document()
    document.add_paragraph("中华人民共和国人民调解法")
    document.add_paragraph(NOTE)
    for n in range(1, 34):
        document.add_paragraph(f"　　第{chinese(n)}条　第{n}项")
    changed = document.paragraphs[2]._p
    for tag, child, text in (("ins", "t", "新增。"), ("del", "delText", "删去。")):
        changed.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:{child}>{text}</w:{child}></w:r></w:{tag}>'))
    document.paragraphs[3].add_run().add_break()
    document.paragraphs[3].add_run("第二款。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "第三十四条", "表内。"
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    last = document.add_paragraph("第三十五条　控件内。")._p
    last.addnext(control)
    control.append(content)
    content.append(last)
    document.save(str(folder / "中华人民共和国人民调解法_20100828.docx"))
    assert import_texts(project, folder).findings == []
    shown: Callable[[str], str] = lambda name: article(project, *MEDIATION[:2], name)  # noqa: E731
    assert [shown(f"第{n}条") for n in (1, 2, 3, 34, 35)] == ["第1项新增。", "第2项\n第二款。", "第3项", "表内。", "控件内。"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("坏.docx", b"PK\x03\x04 not a zip", "这个 Word 文件打不开，可能已损坏"),
        ("坏.docx", b"", "这个 Word 文件打不开，可能已损坏"),
        ("密.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "这个 Word 文件其实是旧版的 .doc，或者加了密码"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", "不能导入 .doc 文件"),
        ("扫描.PDF", b"%PDF-1.7", "不能导入 .PDF 文件"),
        ("大.txt", b" " * (5 * 1024 * 1024 + 1), "文件有 5.0 MB，超过 5 MB 的上限"),
        ("乱.txt", b"\xff\xff\x81", "读不出文字，不是 UTF-8 也不是 GB18030（GBK）"),
        ("二进制.txt", b"\0\0\0\0", "读不出文字，不是 UTF-8 也不是 GB18030（GBK）"),
        ("说明.md", "这里放法律文本".encode(), "没有找到条文，也就是以“第一条”“第二条”开头的行"),
    ],
)
def test_files_that_cannot_be_read(project: Path, folder: Path, name: str, data: bytes, message: str) -> None:
    """One plain sentence with a hint, nothing written, and the good file beside it goes in all the same."""
    (folder / name).write_bytes(data)
    (folder / "人民调解法.txt").write_text(official(35), "utf-8")
    done = import_texts(project, folder)
    found = only(done)
    assert (found.message, found.severity, found.file) == (message, "error", (folder / name).as_posix())
    assert found.hint
    assert done.versions == [("调解法", "2010-08-28", 35)]


def test_links_are_not_followed(project: Path, folder: Path, tmp_path: Path) -> None:
    """A link out of the folder could bring anything into a published site."""
    outside = tmp_path / "outside.txt"
    outside.write_text(official(35), "utf-8")
    (folder / "人民调解法.txt").symlink_to(outside)
    assert only(import_texts(project, folder)).code == "statute-link"
    assert stored(project) == []


def test_lock_files_and_other_files_are_left_alone(project: Path, folder: Path) -> None:
    """Word's ~$ files, hidden files and pictures are no statutes; a folder without any says so."""
    for name in ("~$民法典.docx", ".DS_Store.txt", "封面.jpg"):
        (folder / name).write_bytes(b"x")
    assert only(import_texts(project, folder)).message == "文件夹里没有法律文本"
    assert only(import_texts(project, folder / "没有")).message == "文件夹不存在或打不开"


# ---- against the register -----------------------------------------------------------


def test_a_count_that_differs_changes_nothing(project: Path, folder: Path) -> None:
    """A text cut short is refused with both numbers, and what was imported before stays as it was."""
    (folder / "人民调解法.txt").write_text(official(35), "utf-8")
    import_texts(project, folder)
    kept = (project / "statutes" / "peoples-mediation-law-2010-08-28.json").read_bytes()
    (folder / "人民调解法.txt").write_text(official(34), "utf-8")
    found = only(import_texts(project, folder))
    assert found.message == "《调解法》2010-08-28这一版应有 35 条，文件里有 34 条，最后是第34条"
    assert "laws.yaml" in found.hint
    assert stored(project) == ["peoples-mediation-law-2010-08-28.json"]
    assert (project / "statutes" / "peoples-mediation-law-2010-08-28.json").read_bytes() == kept


def test_a_gap_that_the_register_knows_is_only_a_reminder(project: Path, folder: Path) -> None:
    """Some laws leave out deleted numbers: when the count agrees, the gap is shown and the text goes in."""
    (folder / "人民调解法.txt").write_text(official(36, skip=(20,)), "utf-8")
    done = import_texts(project, folder)
    assert [(one.code, one.severity, one.line) for one in done.findings] == [("statute-gap", "warning", 28)]
    assert done.versions == [("调解法", "2010-08-28", 35)]


def test_inserted_articles_go_in_when_they_are_the_registers(project: Path, folder: Path) -> None:
    """The Criminal Law's 452 numbers with its inserted articles go in; the right number of wrong ones doesn't."""
    reference, _ = load_reference(project)
    assert reference is not None
    inserted = reference.register.laws["criminal-law"].versions[-1].inserted
    assert "第133条之一" in inserted
    text = "\n".join(sorted([f"第{n}条" for n in range(1, 453)] + inserted, key=_order)).replace("条", "条　甲。")
    text = re.sub("条　甲。(之.)", r"条\1　乙。", text)
    (folder / "刑法_2023-12-29.txt").write_text(text, "utf-8")
    assert import_texts(project, folder).findings == []
    assert article(project, "刑法", date(2023, 12, 29), "第133条之一") == "乙。"
    text = text.replace("第449条　甲。", "第449条　甲。\n第449条之一　丙。").replace("第17条之一　乙。\n", "")
    (folder / "刑法_2023-12-29.txt").write_text(text, "utf-8")
    assert only(import_texts(project, folder)).message == "《刑法》2023-12-29这一版的“之一”各条和登记册不同：第17条之一、第449条之一"


def test_an_unknown_law_says_what_to_add(project: Path, folder: Path) -> None:
    """The hint can be typed into laws.yaml."""
    (folder / "1.txt").write_text("月球管理条例\n（2024年5月6日国务院令第1号公布）\n第一条　甲。\n第二条　乙。", "utf-8")
    found = only(import_texts(project, folder))
    assert found.message == "登记册里没有《月球管理条例》"
    assert "name: 月球管理条例，versions 里写 passed: 2024-05-06、from: 施行日期、articles: 2" in found.hint
    assert stored(project) == []


def test_an_unknown_version_says_what_to_add(project: Path, folder: Path) -> None:
    """The versions that there are and the row that is missing."""
    (folder / "人民调解法_2031-02-03.txt").write_text(official(36), "utf-8")
    found = only(import_texts(project, folder))
    assert found.message == "登记册里《调解法》没有 2031-02-03 这一版（已有：2010-08-28）"
    assert "peoples-mediation-law 下补上 passed: 2031-02-03、from: 施行日期、articles: 36" in found.hint


def test_a_text_without_a_day_asks_for_one(project: Path, folder: Path) -> None:
    """Which version a text is, is never guessed."""
    (folder / "人民调解法.txt").write_text(official(35, note=""), "utf-8")
    found = only(import_texts(project, folder))
    assert found.message == "看不出是《调解法》的哪一版（登记册里有：2010-08-28）"
    assert found.hint == "把文件名改成 调解法_日期，例如 调解法_2010-08-28"


def test_an_amended_text_is_not_taken_for_the_original(project: Path, folder: Path) -> None:
    """A day of issue or of taking force before the last amendment doesn't choose the version."""
    note = "（2010年8月28日公布　根据2030年1月1日《关于修改的决定》修正　自2011年1月1日起施行）"
    (folder / "人民调解法.txt").write_text(official(35, note=note), "utf-8")
    assert only(import_texts(project, folder)).message == "登记册里《调解法》没有 2030-01-01 这一版（已有：2010-08-28）"


def test_a_judicial_interpretation_is_found_by_the_day_it_takes_force(project: Path, folder: Path) -> None:
    """Its head names the day the court passed it, the register the day of issue: taken by the day of force, and said."""
    head = (
        "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）\n"
        "（2020年12月25日最高人民法院审判委员会第1825次会议通过，自2021年1月1日起施行）\n"
    )
    (folder / "1.txt").write_text(head + "\n".join(f"第{chinese(n)}条　甲。" for n in range(1, 92)), "utf-8")
    done = import_texts(project, folder)
    assert (only(done).code, only(done).severity) == ("statute-version", "warning")
    assert [row[1:] for row in done.versions] == [("2020-12-29", 91)]


def test_a_file_name_that_contradicts_the_text(project: Path, folder: Path) -> None:
    """Another law's title in the text stops the import: the wrong law's words must never be shown."""
    (folder / "仲裁法_2025-09-12.txt").write_text(official(35), "utf-8")
    found = only(import_texts(project, folder))
    assert found.message == "文件名说是《仲裁法》，正文的标题却是《调解法》"


def test_one_version_twice(project: Path, folder: Path) -> None:
    """Of two files with the same version the first goes in and the second is named."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(official(35), "utf-8")
    done = import_texts(project, folder)
    assert only(done).message == "《调解法》2010-08-28这一版已经由 a.txt 导入"
    assert len(done.versions) == 1


def test_a_law_without_articles(project: Path, folder: Path) -> None:
    """A reply (批复) that the register lists with no articles is refused for that reason."""
    reply = folder / "最高人民法院关于新民间借贷司法解释适用范围问题的批复_2020-12-29.txt"
    reply.write_text("广东省高级人民法院：\n经研究，批复如下。", "utf-8")
    assert "不分条，没有条文可导入" in only(import_texts(project, folder)).message


# ---- the command --------------------------------------------------------------------


def test_command_shows_what_went_in_and_what_did_not(project: Path, folder: Path) -> None:
    """Exit 0 with the list; exit 1 as soon as one file has an error, the good ones imported."""
    (folder / "人民调解法.txt").write_text(official(35), "utf-8")
    result = CliRunner().invoke(laws.app, ["import", str(folder)], obj=project)
    assert result.exit_code == 0, result.output
    assert re.search(r"调解法\s+2010-08-28\s+35", result.output)
    (folder / "旧.doc").write_bytes(b"x")
    result = CliRunner().invoke(laws.app, ["import", str(folder)], obj=project)
    assert result.exit_code == 1
    assert "不能导入 .doc 文件" in result.output
    assert "怎么改：" in result.output
    assert "导入了 1 部法律的原文" in result.output


def test_command_outside_a_project(tmp_path: Path, folder: Path) -> None:
    """A folder that is no project gets a sentence, not a traceback."""
    result = CliRunner().invoke(laws.app, ["import", str(folder)], obj=tmp_path)
    assert result.exit_code != 0
    assert "不是庭所项目" in result.output
    assert codes(import_texts(tmp_path, folder).findings) == ["file-missing"]


# ---- 134 real versions --------------------------------------------------------------

# What the collected texts hold at an article's end and the statutes don't: headings of the next part, and two annexes.
_HEADING = re.compile(r"(### )?第[一二三四五六七八九十]{1,3}[章节]\s.*|[一二三四五六七八九十]{1,3}、[^。；：]+|（[一二三]）[^。；：]+")
_ANNEX = re.compile(r"\n附[录件]：.*", re.DOTALL)


def _expected(source: str) -> str:
    lines = _ANNEX.sub("", source).split("\n")
    while len(lines) > 1 and _HEADING.fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _write(folder: Path, n: int, name: str, passed: date, rows: list[dict[str, str]]) -> None:
    """One statute as a file, in the shape that its turn gives: five formats, the day in the file name or in the head."""
    heads = list(dict.fromkeys(row["head"] for row in rows if row["head"]))
    note = f"（{passed.year}年{passed.month}月{passed.day}日第十三届全国人民代表大会常务委员会第{n}次会议通过）"
    lines = [name, note, "", "目　　录", *heads, ""]
    head, turn = "", n % 5
    for row in rows:
        if row["head"] and row["head"] != head:
            head = row["head"]
            lines.append(f"## {head}" if turn == 3 else head)
        name_ = row["label"] if row["suffix"] in row["label"] else row["label"] + row["suffix"]
        lines += f"{f'**{name_}**' if turn == 3 else name_}　{row['text']}".split("\n")
    if turn == 4:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(folder / f"{name}_{passed:%Y%m%d}.docx"))
    elif turn == 3:
        (folder / f"{name}({passed}).md").write_text("\n".join([f"# {name}", *lines[1:]]), "utf-8")
    else:
        encoding, stem = (("utf-8", f"{name}_{passed}"), ("utf-8-sig", f"{n:03}"), ("gb18030", f"{n:03}"))[turn]
        (folder / f"{stem}.txt").write_bytes("\r\n".join("　　" + line for line in lines).encode(encoding))


@pytest.mark.skipif(not DATA.is_dir(), reason="the collected statutes (shared/data/statutes) are not here")
def test_every_collected_statute_comes_back_word_for_word(project: Path, folder: Path) -> None:
    """134 versions, 11,645 articles, in five formats: all import without an error, and the library shows each article's own words."""
    source: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in (DATA / "articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        # Two articles of the collection end in the front matter of the page that followed.
        row["text"] = row["text"].partition("\n---\n")[0]
        source[row["law"], row["version"]].append(row)
    with (DATA / "index.tsv").open(encoding="utf-8", newline="") as rows:
        listed = [(row["name"], row["version_date"]) for row in csv.DictReader(rows, delimiter="\t") if row["articles"] != "0"]
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    for n, key in enumerate(listed):
        wanted[key] = {}
        for row in source[key]:
            num = number(re.sub("^第|条.*$", "", row["label"])) or 0
            wanted[key][label(num, number(row["suffix"][1:]) or 0 if row["suffix"] else 0)] = _expected(row["text"])
        order = sorted(zip(wanted[key], source[key], strict=True), key=lambda pair: _order(pair[0]))
        _write(folder, n, key[0], date.fromisoformat(key[1]), [row for _, row in order])

    done = import_texts(project, folder)

    assert [str(one) for one in done.findings if one.code != "statute-encoding"] == []
    assert len(done.versions) == len(listed)
    reference, _ = load_reference(project)
    assert reference is not None
    wrong = []
    for (name, passed), articles in wanted.items():
        law = reference.register.named(name)
        assert law is not None
        version = next(version for version in law.versions if str(version.passed) == passed)
        wrong += [(name, no, text) for no, text in articles.items() if reference.register.official_text(law.id, no, version) != text]
    assert wrong == []
    assert sum(map(len, wanted.values())) == sum(size for *_, size in done.versions)


def _order(name: str) -> tuple[int, int]:
    num, _, suffix = name[1:].partition("条")
    return int(num), number(suffix[1:]) or 0 if suffix else 0
