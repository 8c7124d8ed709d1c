"""Mechanisms: the two documents as pages, their inventory, the posters, and the office's directory."""

from __future__ import annotations

import re
import zipfile
from html import unescape

import pytest

from project import DATA, EAVES, LANE, OFFICE, REPO, Project
from tingsuo.library import Library, Reference, load_reference
from tingsuo.model.reference import Desk, LiaisonPoint, Town
from tingsuo.pages.mechanism import flow_of, split
from tingsuo.pages.office import Standard, four_ones, summary, team
from tingsuo.pages.poster import articles, text_size, title_size, with_blanks
from tingsuo.pages.seeds import rows
from tingsuo.pages.stations import stations
from tingsuo.search.documents import reference_documents

WAY = "guides/mechanisms/together.yaml"
SEEDS = "guides/reference/seeds.yaml"
TOGETHER = """id: together
title: 共同研判
order: 1
group: 共建机制
document: 庭所共建
lead: 坐到一起看
review_due: 2027-05-31
seed: [1]
duties:
- {role: 司法所, does: 算出类型, when: 会前三天}
steps:
- 1. 排查：村里排一遍，不写姓名。
- 2. 汇总：做成三个数。
- 多久开一次，由本地定。
checklist: [没有一个姓名]
measures:
- {name: 化解率, formula: 成功 ÷ 受理, source: 台账}
model_text:
- 第一条 每月一次，时间由本地填写，<不误>农时。
- 开过的写下来。
related: {procedures: [judicial-confirmation], guides: [neighbours]}
ledger:
  tab: 研判
  columns:
  - {name: 月份, type: 月份}
  - {name: 镇街, type: 选项, options: [东镇, 西街道]}
laws: [民法典第288条]
"""
HIDDEN = """id: roster
title: 人员名单
order: 2
group: 机构
document: 法官联络点
lead: 名单有身份证号
seed: [2]
duties:
- {role: 某人, does: 收名单}
steps: [只在内部传]
checklist: [没有外传]
model_text: [第一条 名单不外传。]
laws: [民法典第288条]
not_published: 名单里的信息泄露了容易被人冒用。
"""
INVENTORY = """seeds:
- {number: 1, part: 机构和人, sources: [庭所共建], label: 坐到一起}
- {number: 2, part: 机构和人, sources: [法官联络点], label: 名单}
- {number: 3, part: 机制, sources: [庭所共建, 法官联络点], label: 用案子讲法}
"""


@pytest.fixture
def together(project: Project) -> Project:
    """The small project with two mechanisms and an inventory of three."""
    project.write(WAY, TOGETHER).write("guides/mechanisms/roster.yaml", HIDDEN).write(SEEDS, INVENTORY)
    return project.change(LANE, "status: 已发布", "status: 已发布\nseed: [3]")


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The shipped content but the cases."""
    loaded, _ = load_reference(REPO)
    assert loaded
    return loaded


# ---- the inventory ----


def test_inventory_has_all_94_items_in_our_own_words(reference: Reference) -> None:
    """Numbers 1 to 94, each once; no label of ten characters and more stands in the documents as it is."""
    assert list(range(1, 95)) == list(reference.seeds)
    folder = DATA.parent / "seeds"
    if not folder.is_dir():
        pytest.skip("the two documents beside the repository (../shared/seeds) aren't here")
    documents = "".join(path.read_text("utf-8") for path in folder.glob("*.md"))
    copied = [seed.label for seed in reference.seeds.values() if len(seed.label) > 24 and seed.label in documents]
    assert copied == []


def test_every_item_lives_somewhere_and_every_tag_names_an_item(shipped: Project) -> None:
    """`check` of the shipped content finds no uncovered number, no unknown tag and no ledger that has drifted."""
    shipped.check()
    assert [f for f in shipped.findings if f["code"] in ("seed-uncovered", "seed-unknown", "ledger-options", "office-line")] == []


def test_page_of_the_inventory_leads_from_every_item_to_pages_that_are_there(shipped: Project) -> None:
    """Every number has its row; a row leads to existing pages or says why it isn't public."""
    shipped.build().exits(0)
    page = shipped.page("mechanisms/seeds.html")
    ids = [attrs["id"] for tag, attrs in page.elements if tag == "li" and re.fullmatch(r"s\d+", attrs.get("id", ""))]
    assert [f"s{n}" for n in range(1, 95)] == ids
    body = page.html.partition('<ol class="ts-seeds">')[2]
    each = re.split(r'<li id="s\d+">', body)[1:]
    assert len(each) == 94
    withheld = [n for n, row in enumerate(each, 1) if "不公开" in row]
    assert withheld == [18, 19, 69]
    for number, row in enumerate(each, 1):
        links = re.findall(r'href="\.\./([^"#]+)"', row.partition("</li>")[0])
        assert links, f"item {number} leads nowhere"
        assert [link for link in links if not (shipped.root / "site" / unescape(link)).is_file()] == []


def test_inventory_page_names_cases_and_follows_them(together: Project) -> None:
    """A case's tag brings it onto the page; when the tag moves, an incremental build moves it, and equals a fresh one."""
    together.check().expect()
    together.build().exits(0)
    title = re.search(r"^title: (.*)$", together.read(LANE), re.MULTILINE)
    assert title
    assert title[1] in together.page("mechanisms/seeds.html").text

    together.change(LANE, "\nseed: [3]", "").append(EAVES, "seed: [3]\n").build().exits(0)
    assert title[1] not in together.page("mechanisms/seeds.html").text
    incremental = together.site()
    together.build("--fresh").exits(0)
    assert incremental == together.site()


def test_rows_say_what_is_withheld(together: Project) -> None:
    """The reason of a mechanism that isn't public stands beside every number that it carries."""
    loaded, _ = load_reference(together.root)
    assert loaded
    made = rows(Library.of(loaded, ()))
    assert [row.withheld for row in made] == ["", "名单里的信息泄露了容易被人冒用。", ""]
    assert [[place.title for place in row.places] for row in made] == [["共同研判"], ["人员名单"], []]


# ---- a mechanism's page ----


def test_mechanism_page_has_all_that_is_written(together: Project) -> None:
    """Who does what and when, the steps, the checklist with ticks, the text, the ledger's columns, the numbers, law and relations."""
    together.build().exits(0)
    page = together.page("mechanisms/together.html")
    for words in (
        "司法所",
        "算出类型",
        "会前三天",
        "村里排一遍",
        "没有一个姓名",
        "成功 ÷ 受理",
        "第一条 每月一次",
        "月份",
        "东镇、西街道",
        "民法典第288条",
    ):
        assert words in page.text
    assert {"../procedures/judicial-confirmation.html", "../disputes/neighbours.html", "together-poster.html", "together.docx"} <= set(page.links)
    assert [attrs["data-check"] for tag, attrs in page.elements if "data-check" in attrs] == ["m-together-1"]
    assert page.html.count('<svg class="ts-flow__svg"') == 2, "the numbered steps are drawn"
    assert "../mechanisms/together.html" in together.page("laws/civil-code.html").links


def test_what_is_not_public_shows_its_reason_and_nothing_else(together: Project) -> None:
    """No duties, steps, checklist, text, poster or Word file of a mechanism that isn't public; the search knows no more."""
    together.build().exits(0)
    page = together.page("mechanisms/roster.html")
    assert "名单里的信息泄露了容易被人冒用。" in page.text
    for words in ("收名单", "只在内部传", "没有外传", "名单不外传", "名单有身份证号", "第288条"):
        assert words not in page.text
    assert not (together.root / "site/mechanisms/roster-poster.html").exists()
    assert not (together.root / "site/mechanisms/roster.docx").exists()
    loaded, _ = load_reference(together.root)
    assert loaded
    found = {d.url: d for d in reference_documents(Library.of(loaded, ()), []) if d.kind == "m"}
    assert found["mechanisms/roster.html"].body == "名单里的信息泄露了容易被人冒用。"
    assert "村里排一遍" in found["mechanisms/together.html"].body
    assert "东镇" not in found["mechanisms/together.html"].body, "a town leads to its own page"


def test_index_leads_to_every_mechanism_once(shipped: Project, reference: Reference) -> None:
    """Two doors, and behind them every published mechanism."""
    shipped.build().exits(0)
    page = shipped.page("mechanisms/index.html")
    main = page.html.partition("<article")[2].partition("</article>")[0]
    assert {"#gongjian", "#lianluodian"} <= set(page.links)
    listed = [link.removesuffix(".html") for link in re.findall(r'<li(?: class="ts-card")?><a href="([a-z0-9-]+\.html)">', main)]
    missing = {key for key, m in reference.mechanisms.items() if m.published} - set(listed)
    assert missing == set()
    assert "way-t" in main, "the way of a dispute is drawn"


def test_inspection_day_has_papers_and_definitions(shipped: Project) -> None:
    """The page for the inspection leads to outline and form and says how both rates are reckoned and from what."""
    shipped.build().exits(0)
    page = shipped.page("mechanisms/inspection.html")
    assert {"../documents/residents-discussion-outline.html", "../documents/evaluation-form.html", "indicators.html"} <= set(page.links)
    for words in ("化解率", "万人起诉率", "数从哪里来", "立案庭"):
        assert words in page.text


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("查：照表看", ("查", "照表看")),
        ("3. 调解：提方案", ("调解", "提方案")),
        ("没有名字的一步。", ("", "没有名字的一步。")),
        ("这个名字长得不像名字了：照表看", ("", "这个名字长得不像名字了：照表看")),
        ("先查，再定：照表看", ("", "先查，再定：照表看")),
    ],
)
def test_steps_have_names(line: str, parts: tuple[str, str]) -> None:
    """The words before the colon, when they are a name."""
    assert parts == split(line)


def test_flow_is_drawn_from_numbered_steps(reference: Reference) -> None:
    """The way of a dispute has its eight stations in the order of the plan."""
    names = [name for name, _ in flow_of(reference.mechanisms["dispute-flow"])]
    assert names == ["预警", "分流", "化解", "调解", "司法确认", "跟踪", "反馈", "督办"]
    drawing = stations("<走>", names)
    assert "&lt;走&gt;" in drawing
    assert drawing.count("<circle") == 8
    assert drawing.count("<path") == 7


# ---- posters ----


def test_every_text_has_a_poster_and_a_word_file(shipped: Project, reference: Reference) -> None:
    """The six systems and what else has a text: one sheet for the wall, one Word file, all articles in both."""
    shipped.build().exits(0)
    texts = {m.id: m for m in reference.mechanisms.values() if m.model_text}
    assert {
        "duty-system",
        "judge-guidance-system",
        "pre-litigation-system",
        "confirmation-link-system",
        "grid-court-system",
        "cooperation-system",
    } <= set(texts)
    for key, mechanism in texts.items():
        page = shipped.page(f"mechanisms/{key}-poster.html")
        with zipfile.ZipFile(shipped.root / "site/mechanisms" / f"{key}.docx") as archive:
            word = unescape(re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode()))
        for line in mechanism.model_text:
            for piece in line.split("由本地填写"):
                assert piece in word
                assert articles([piece])[0][1] in page.text
        assert "由本地填写" not in page.html.partition("data-poster ")[2].partition("</article>")[0]


def test_poster_type_is_as_large_as_a_sheet_allows() -> None:
    """Few words are set large, many small; a longer headline is smaller."""
    few, many = ["第一条 来了有人接。"], [f"第一条 {'讲清楚' * 18}。"] * 14
    assert text_size("值班制度", few) == 30
    assert 10 <= text_size("值班制度", many) < 20
    assert title_size("值班制度") > title_size("基层网格和人民法院联调联动制度")


def test_blanks_are_lines_to_write_on() -> None:
    """由本地填写 becomes a line with what it is for; all else is text."""
    made = with_blanks("值班时间由本地填写，<b>", "duty-1")
    assert made == '值班时间<span class="ts-poster__blank" data-blank="duty-1-1" data-hint="值班时间"></span>，&lt;b&gt;'


# ---- the office ----


def test_office_has_no_place_for_personal_data() -> None:
    """What a desk and a liaison point may hold: names of offices, lines, hours, counts. A new field needs a thought here."""
    assert {"id", "name", "towns", "line", "hours", "place"} == set(Desk.model_fields)
    assert {
        "id", "town", "name", "inside", "line", "hours", "office_room", "sign", "liaison_officer", "rules", "judges", "assistants", "mediators",
    } == set(LiaisonPoint.model_fields)  # fmt: skip
    assert {"id", "name", "kind"} == set(Town.model_fields)


def test_standards_say_what_is_there_what_is_missing_and_what_is_unknown() -> None:
    """有 is met, 没有 is missing, not filled in is neither; one judge, assistants, six mediators."""
    point = LiaisonPoint.model_validate(
        {"id": "p", "town": "east", "name": "点", "office_room": "true", "sign": "false", "judges": "1", "assistants": "0", "mediators": "4"}
    )
    assert [s.met for s in four_ones(point)] == [True, False, None, None]
    assert [s.state for s in four_ones(point)] == ["已具备", "还缺", "由本地填写", "由本地填写"]
    assert [(s.name, s.met) for s in team(point)] == [("1名法官", True), ("至少1名法官助理", False), ("6名调解人员", False)]
    assert team(point)[2].state == "现有4名，还缺2名"
    assert summary(four_ones(point)) == "还缺：一块牌子；2项没填"
    assert summary([Standard("一", None, ""), Standard("二", None, "")]) == "由本地填写"
    assert summary([Standard("一", True, "")]) == "齐了"


def test_town_page_shows_what_is_filled_in_and_says_so_where_nothing_is(project: Project) -> None:
    """Court, justice office, point and standard of a town; a town without any says 由本地填写 and how."""
    centre = "centres:\n- {id: c, name: 东镇综治中心, towns: [east], place: 东镇}\ncourts:"
    project.change(OFFICE, "courts:", centre).change(OFFICE, "judges: 1", "judges: 1, sign: true, rules: false, mediators: 6").check().expect()
    project.build().exits(0)
    east, west = project.page("office/east.html"), project.page("office/west.html")
    for words in (
        "东镇综治中心",
        "东镇人民法庭",
        "0766-3812345",
        "东镇法官联络点",
        "一块牌子：已具备",
        "一套管理机制：还缺",
        "6名调解人员：现有6名，够",
    ):
        assert words in east.text.replace("\n", "")
    assert "东镇人民法庭" not in west.text
    assert west.text.count("由本地填写") >= 4
    assert "../handbook/office.html" in west.links
    index = project.page("office/index.html").text
    assert "已填 1 个" in index
    assert "还没有填的：西街道" in index


def test_shipped_towns_are_names_only(shipped: Project, reference: Reference) -> None:
    """21 towns and streets, the note about them shown, nothing invented: everything else says 由本地填写."""
    office = reference.office
    assert len(office.towns) == 21
    assert (office.centres, office.courts, office.justice_offices, office.points) == ([], [], [], [])
    shipped.build().exits(0)
    page = shipped.page("office/index.html")
    assert office.towns_note
    assert office.towns_note in page.text
    assert "由本地填写" in page.text
    for town in office.towns:
        assert f"{town.id}.html" in page.links
        assert shipped.page(f"office/{town.id}.html").text.count("由本地填写") >= 3


def test_every_guide_procedure_and_pathway_leads_to_the_office(shipped: Project) -> None:
    """找谁 is one tap away from wherever one is told to find somebody."""
    shipped.build().exits(0)
    without = []
    for name in shipped.pages():
        if name.startswith(("disputes/", "procedures/", "pathways/", "mechanisms/")) and not name.endswith(
            ("index.html", "-poster.html", "seeds.html")
        ):
            main = shipped.page(name).html.partition("<article")[2].partition("</article>")[0]
            if "../office/index.html" not in main and "不公开这一项" not in main:
                without.append(name)
    assert without == []
