"""Papers (文书): blanks, the Word files, the pages, and what search finds of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from bad_input.documents import GOOD, PAPER
from project import PROCEDURE, REPO, Project
from tingsuo.blanks import Gap, empty_text, fields_of, groups, growing, pieces, widths
from tingsuo.library import Library, load_reference
from tingsuo.load import load_text
from tingsuo.model import KINDS
from tingsuo.model.document import Document
from tingsuo.outputs.docx_files import blank_docx, emptied, paper_files, template
from tingsuo.search.documents import KINDS as KINDS_FOUND
from tingsuo.search.documents import reference_documents
from word_file import lines, opened, parts

EAST = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"


def paper(text: str = GOOD) -> Document:
    """A paper from its YAML."""
    made, found = load_text(text, PAPER, KINDS["document"])
    assert not found, found
    assert isinstance(made, Document)
    return made


@cache
def shipped_library() -> Library:
    """What we ship, without the cases."""
    reference, _ = load_reference(REPO)
    assert reference
    return Library.of(reference, [])


PAPERS = [p for p in shipped_library().reference.documents.values() if p.published]


# ---- blanks ----


def test_text_is_cut_at_its_blanks() -> None:
    """Words and blanks in order; a blank knows what follows it."""
    fields = fields_of(paper())
    first, gap, rest = pieces("付{{total}}元。{{nobody}}", fields)
    assert (first, rest) == ("付", "元。{{nobody}}")
    assert gap == Gap(fields["total"], stop=False, alone=False, cell=False, joined=True)
    before_stop = pieces("{{total}}。", fields)[0]
    assert isinstance(before_stop, Gap)
    assert (before_stop.stop, before_stop.joined) == (True, False)


@pytest.mark.parametrize(
    ("key", "sentence", "cell"),
    [
        ("from", "＿＿＿＿＿＿＿＿", ""),
        ("id", "＿＿＿＿＿＿＿＿＿＿＿＿＿＿", ""),
        ("day", "＿＿＿＿年＿＿月＿＿日", "　　　　年　　月　　日"),
        ("way", "☐现金　☐转账　", "☐现金　☐转账"),
        ("agreed", "☐", "☐"),
        ("story", "", ""),
        ("sum", "＿＿＿＿＿＿", ""),
    ],
)
def test_an_empty_blank_leaves_room_for_the_pen(key: str, sentence: str, cell: str) -> None:
    """A line as long as what goes there, a date with its units, boxes to tick; in a cell the cell is enough."""
    fields = fields_of(paper())
    in_sentence, in_cell = pieces(f"甲{{{{{key}}}}}乙", fields)[1], pieces(f"{{{{{key}}}}}", fields, cell=True)[0]
    assert isinstance(in_sentence, Gap)
    assert isinstance(in_cell, Gap)
    assert (sentence, cell) == (empty_text(in_sentence), empty_text(in_cell))


def test_rows_of_repeated_fields_grow() -> None:
    """A row whose fields may repeat grows; a row of words doesn't."""
    fields = fields_of(paper())
    assert growing(["{{n}}", "{{sum}}"], fields) == ["n", "sum"]
    assert growing(["合计", "{{total}}"], fields) == []
    assert groups(paper()) == [["n", "sum"]]


@pytest.mark.parametrize("p", PAPERS, ids=lambda p: p.id)
def test_columns_share_the_whole_width(p: Document) -> None:
    """The shares of every table make 100 percent, none too narrow for two characters."""
    for block in p.body:
        if block.table:
            shares = widths(block.table, fields_of(p))
            assert sum(shares) == 100
            assert min(shares) >= 5


# ---- Word files ----


def wanted(p: Document) -> list[str]:
    """The texts of a paper, empty, in the order in which they must stand in the file."""
    fields = fields_of(p)

    def text(source: str, *, cell: bool = False) -> str:
        return "".join(piece if isinstance(piece, str) else empty_text(piece) for piece in pieces(source, fields, cell=cell))

    out = [p.heading or p.title]
    for block in p.body:
        out += [text(block.heading)] if block.heading else []
        out += [text(part.strip()) for part in block.text.split("\n\n")] if block.text else []
        out += [text(item) for item in block.items or ()]
        if block.table:
            out += block.table.columns
            for cells in block.table.rows:
                out += [text(cell, cell=True) for cell in cells] * (1 + (block.table.blank_rows if growing(cells, fields) else 0))
        out += [f"{line}：" for line in block.sign or ()]
    return [line for line in out if line]


def said(data: bytes) -> list[str]:
    """What a file says, without the lines for writing and the dates beside signatures."""
    return [line for line in (re.sub(r"[\t\n]", "", text) for text in lines(data)) if line and line != "　　年　　月　　日"]


@pytest.mark.parametrize("p", PAPERS, ids=lambda p: p.id)
def test_blank_word_file_says_the_paper_in_order(p: Document) -> None:
    """Opened with python-docx, it holds every heading, sentence, clause, cell and place to sign, once and in order; no mark is left."""
    data = blank_docx(shipped_library(), p)
    assert said(data) == wanted(p)
    assert [name for name, text in parts(data).items() if "{{" in text or "}}" in text] == []


def test_word_file_is_set_as_official_papers_are() -> None:
    """A4 with room for binding; title 宋体, headings 黑体, text 仿宋, tables 宋体, all by name for Chinese; pages are numbered."""
    document = opened(blank_docx(shipped_library(), paper()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm), round(section.top_margin.mm)) == (28, 26, 25)
    fonts = {
        style.name: style.element.rPr.rFonts.get(EAST)
        for style in document.styles
        if style.element.rPr is not None and style.element.rPr.rFonts is not None
    }
    default = document.styles.element.find(".//{*}rPrDefault//{*}rFonts")
    assert default is not None
    assert default.get(EAST) == "仿宋"
    assert (fonts["Title"], fonts["Heading 1"], fonts["Cell"]) == ("宋体", "黑体", "宋体")
    assert [code.text for code in section.footer._element.iter("{*}instrText")] == [" PAGE ", " NUMPAGES "]
    assert document.paragraphs[0].style.name == "Title"


def test_word_file_tells_nothing_of_who_made_it() -> None:
    """The office is named as the author, the edition's day as the day; entries of the zip are dated 1980."""
    library = shipped_library()
    office = library.reference.office
    data = blank_docx(library, paper())
    core = opened(data).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("收条", office.name, "")
    assert core.created
    assert core.created.date() == office.edition.date
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_files_are_reproducible() -> None:
    """Made twice, every file beside the pages has the same bytes."""
    first = {file.url: file.make() for file in paper_files(shipped_library(), b"")}
    assert first == {file.url: file.make() for file in paper_files(shipped_library(), b"")}
    assert len(first) == 2 * len(PAPERS) + 1


def test_template_has_a_mark_for_every_field_on_screen() -> None:
    """What may be filled in has its mark, with what an empty one prints; what is for the pen has none."""
    xml = template(paper())
    assert set(re.findall(r"\{\{([a-z]+)[!^]*\|", xml)) == {"from", "day", "way", "agreed", "story", "n", "sum", "total", "words", "next"}
    assert "{{next!|" in xml
    assert "{{story^|" in xml
    assert re.findall(r"\{\{#([a-z]+)\|(\d)\}\}", xml) == [("n", "2")]
    assert "{{" not in emptied(xml)


def test_hostile_words_are_words_in_the_word_file() -> None:
    """Tags and entities in a paper's text are text."""
    words = "<w:p/>&amp;]]>\"'"
    data = blank_docx(shipped_library(), paper(GOOD.replace("- heading: 经过", "- heading: " + json.dumps(words))))
    assert words in said(data)


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="没有 LibreOffice 和 pdftotext：apt-get install libreoffice-writer-nogui poppler-utils",
)
def test_libreoffice_prints_every_paper_whole(tmp_path: Path) -> None:
    """Converted to PDF, every paper is on A4, says all that it should in order, and has at most four pages."""
    for p in PAPERS:
        (tmp_path / f"{p.id}.docx").write_bytes(blank_docx(shipped_library(), p))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", *(f"{p.id}.docx" for p in PAPERS)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    for p in PAPERS:
        text = subprocess.run(["pdftotext", "-raw", f"{p.id}.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        pages = text.split("\f")[:-1]
        assert 1 <= len(pages) <= 4, p.id
        printed = re.sub(r"[\s_＿　☐□]", "", "".join(pages))
        for heading in (
            p.heading or p.title,
            *(block.heading for block in p.body if block.heading),
            *(line for block in p.body for line in block.sign or ()),
        ):
            assert re.sub(r"\s", "", heading) in printed, (p.id, heading)


# ---- pages ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project with one paper, built."""
    project = Project(tmp_path_factory.mktemp("papers") / "project").write(PAPER, GOOD)
    project.change(PROCEDURE, "disputes: [neighbours]", "disputes: [neighbours]\ndocuments: [receipt]")
    return project.build().exits(0)


def test_page_shows_the_paper_without_scripts(built: Project) -> None:
    """The paper stands in the page: title, sentences, clauses, table with its spare rows, places to sign; a link to the blank Word file."""
    page = built.page("documents/receipt.html")
    sheet = re.search(r'<div class="ts-sheet".*?</section>', page.html, re.DOTALL)
    assert sheet
    text = re.sub(r"<[^>]+>", "", sheet[0])
    places = [text.index(words) for words in ("收条", "今收到", "☐现金", "经过", "合计", "第几笔", "收款人（签名）")]
    assert places == sorted(places)
    assert sheet[0].count("<tr") == 1 + 1 + 2
    assert "receipt.docx" in page.links


def test_form_asks_for_what_belongs_on_a_screen(built: Project) -> None:
    """Every field has its control but those for the pen and the row numbers; what the pen is for is said."""
    page = built.page("documents/receipt.html")
    names = {attributes["name"] for tag, attributes in page.elements if tag in ("input", "select", "textarea") and "name" in attributes}
    assert names == {"from", "day", "way", "agreed", "story", "sum", "total", "words", "next"}
    assert "付款人证件号：<b>打印后用笔填</b>" in page.html


def test_list_of_papers_and_ways_to_them(built: Project) -> None:
    """The list has the paper under its stage, the procedure and the home page lead to it."""
    assert "receipt.html" in built.page("documents/index.html").links
    assert "../documents/receipt.html" in built.page("procedures/judicial-confirmation.html").links
    assert "documents/index.html" in built.page("index.html").links


def test_unchanged_papers_are_kept(built: Project) -> None:
    """A build that changes nothing takes the files over; a changed paper is made anew."""
    file = built.root / "site/documents/receipt.docx"
    before = file.stat()
    built.build().exits(0)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    built.change(PAPER, "title: 收条", "title: 收款条").build().exits(0)
    assert lines(file.read_bytes())[0] == "收款条"
    built.change(PAPER, "title: 收款条", "title: 收条").build().exits(0)


def test_draft_papers_are_not_published(tmp_path: Path) -> None:
    """A draft has no page, no file and no hit."""
    project = Project(tmp_path / "project").write(PAPER, GOOD + "status: 草稿\n").build().exits(0)
    assert not [name for name in project.site() if name.startswith("documents/receipt")]


def test_hostile_words_are_words_on_the_page(tmp_path: Path) -> None:
    """A tag in a label, an option, a note or the text makes no element."""
    words = "<img src=x onerror=alert(1)></script>"
    text = GOOD.replace("lead: 收到钱当场写。", f"lead: 收到钱当场写。\nnotes: [{json.dumps(words)}]")
    text = text.replace("label: 付款人,", f"label: {json.dumps(words)},").replace("options: [现金, 转账]", f"options: [现金, {json.dumps(words)}]")
    text = text.replace("- heading: 经过", f"- heading: {json.dumps(words)}")
    page = Project(tmp_path / "project").write(PAPER, text).build().exits(0).page("documents/receipt.html")
    assert [tag for tag, _ in page.elements if tag == "img"] == []
    assert page.html.count("&lt;img src=x") >= 4


def test_every_shipped_paper_is_found_by_search() -> None:
    """Papers are documents of their own kind, after procedures and before laws, without marks in their text."""
    found = list(reference_documents(shipped_library(), []))
    kinds = [document.kind for document in found]
    assert kinds == sorted(kinds, key=list(KINDS_FOUND).index)
    papers = [document for document in found if document.kind == "d"]
    assert {document.url for document in papers} == {f"documents/{p.id}.html" for p in PAPERS}
    assert [document.url for document in papers if "{{" in document.text] == []
    receipt = next(document for document in papers if document.url.endswith("performance-receipt.html"))
    assert "交还的旧凭证" in receipt.text
    assert "received-on" not in receipt.text


def test_the_standard_papers_are_there() -> None:
    """The papers of a file, the applications, the plans and an agreement for each dispute type are shipped."""
    ids = {p.id for p in PAPERS}
    disputes = set(shipped_library().reference.guides)
    assert {f"clauses-{dispute}" for dispute in disputes} <= ids
    assert {
        "mediation-application",
        "acceptance-register",
        "rights-notice",
        "mediation-record",
        "mediation-agreement",
        "case-cover",
        "case-index",
    } <= ids
    assert {
        "judicial-confirmation-application",
        "protection-order-application",
        "undisputed-facts-sheet",
        "guidance-request",
        "instalment-plan",
    } <= ids


def test_identity_numbers_and_telephones_are_left_to_the_pen() -> None:
    """No field on screen asks for an identity card, an account or a telephone number."""
    asked = [
        (p.id, field.label) for p in PAPERS for field in p.fields if not field.paper_only and re.search(r"证件号|身份证号|账号|电话号码", field.label)
    ]
    assert asked == []
