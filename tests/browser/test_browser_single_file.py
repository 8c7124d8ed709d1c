"""The single file in Chromium, alone in a folder: read without JavaScript, used with it; nothing is asked for and nothing goes wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Site, Visits
from calculating import calculators, fill, reckon, results
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from searching import ask, hits
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations

from project import GUIDE, LANE, Project
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import single_file
from tingsuo.outputs.packs.source import PackSource
from tingsuo.prepare import prepare

pytestmark = pytest.mark.browser

PLENTY = 1 << 40
LOANS, LABOUR = "民间借贷", "劳动争议"
ARTICLE = re.compile(r"第.+条")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def source(site: Site) -> PackSource:
    """What the packs of the shipped content are made from."""
    prepared = prepare(site.root.parent)
    assert prepared.library
    return PackSource(site.root.parent, site.root, prepared.library)


@pytest.fixture(scope="module")
def one(source: PackSource, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content as one file, whatever its size, alone in a folder with an awkward name."""
    (path,) = single_file.make(source, tmp_path_factory.mktemp("one") / "我的 下载", no_progress, PLENTY)
    return path


@pytest.fixture
def visits() -> Visits:
    """What the test's tabs ask for and complain of."""
    return Visits()


@pytest.fixture
def open_file(chromium: Browser, one: Path, visits: Visits) -> Iterator[Open]:
    """Opens the file at a page, in a fresh profile; at the end of the test nothing was asked for and nothing went wrong."""
    opened: list[BrowserContext] = []
    files = {one.as_uri()}

    def open_file(page: str = "", size: tuple[int, int] = TABLET, file: Path = one, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        context.set_default_timeout(15_000)
        opened.append(context)
        visits.watch(context)
        files.add(file.as_uri())
        tab = context.new_page()
        tab.goto(file.as_uri() + (f"#{page}" if page else ""))
        return tab

    yield open_file
    for context in opened:
        context.close()
    assert visits.problems == []
    assert [url for url in visits.requests if url.partition("#")[0] not in files and not url.startswith(("data:", "blob:"))] == []


@pytest.fixture
def two(project: Project) -> Project:
    """A small project with two kinds of disputes, one case in the second, built."""
    second = project.read(GUIDE).replace("id: neighbours", "id: works").replace("title: 相邻关系", "title: 做工")
    case = project.read(LANE).replace("id: lane", "id: wall").replace("dispute: neighbours", "dispute: works")
    return project.write("guides/disputes/works.yaml", second).write("cases/works/wall.yaml", case).build().exits(0)


def title(tab: Page) -> str:
    """The heading of the page that is shown; there is exactly one."""
    heading = tab.locator("h1:visible")
    expect(heading).to_have_count(1)
    return heading.inner_text().strip()


# ---- without JavaScript ---------------------------------------------------------------


def leaf(tab: Page, key: str) -> Locator:
    """A page's section, which is the only one that is shown."""
    section = tab.locator(f"section[id='{key}']")
    expect(section).to_be_visible()
    assert tab.evaluate("[...document.querySelector('[data-leaves]').children].filter(s => s.getClientRects().length).map(s => s.id)") == [key]
    return section


@pytest.mark.parametrize("size", [TABLET, PHONE])
def test_reads_without_javascript(open_file: Open, size: tuple[int, int]) -> None:
    """Home, guide, a place on it, an article, and back the same way; one page is shown at a time, and nothing that can't work."""
    tab = open_file(size=size, java_script_enabled=False)
    leaf(tab, "index").get_by_role("link", name=LOANS).first.click()
    guide = leaf(tab, "disputes/loans")
    expect(guide.locator("button:visible, form:visible")).to_have_count(0)
    guide.get_by_role("navigation", name="本页内容").get_by_role("link", name="谈方案").click()
    expect(leaf(tab, "disputes/loans").get_by_role("heading", name="谈方案")).to_be_in_viewport()
    guide.locator(".ts-red .ts-cite").first.click()
    article = tab.locator(".ts-article:target")
    expect(article).to_be_in_viewport()
    leaf(tab, tab.url.partition("#")[2].partition(":")[0])
    tab.go_back()
    leaf(tab, "disputes/loans")
    tab.go_back()
    tab.go_back()
    leaf(tab, "index")


def test_phone_menu_without_javascript(open_file: Open) -> None:
    """On a phone the menu is a page of its own, because nothing could fold it away again; what isn't in the file is said."""
    tab = open_file(size=PHONE, java_script_enabled=False)
    tab.locator(".ts-menu-page").click()
    leaf(tab, "menu").get_by_role("link", name="文书", exact=True).click()
    leaf(tab, "documents/index").get_by_role("link", name="借款对账单").first.click()
    leaf(tab, "documents/loan-statement").get_by_role("link", name="下载空白Word").click()
    expect(leaf(tab, "one-file").get_by_role("heading", name="这份文件里没有的")).to_be_in_viewport()


# ---- with JavaScript ------------------------------------------------------------------


@pytest.mark.parametrize("size", [TABLET, PHONE])
def test_a_villagers_words_lead_to_the_guide_and_back(open_file: Open, size: tuple[int, int]) -> None:
    """Search on the home page, the first guide, a tick that lasts, the gist over the page, the article itself, and all the way back to the results."""
    tab = open_file(size=size)
    ask(tab, "老板不给工钱")
    hits(tab, "指引").first.click()
    assert title(tab) == LABOUR
    box = tab.get_by_role("checkbox").first
    box.check()
    expect(tab.get_by_role("status").first).to_contain_text("已勾 1 /")
    tab.reload()
    assert title(tab) == LABOUR
    expect(tab.get_by_role("checkbox").first).to_be_checked()
    cite = tab.get_by_role("region", name="先看能不能调").get_by_role("link", name=ARTICLE).first
    cite.click()
    expect(tab.get_by_role("dialog")).to_contain_text("要旨：")
    tab.get_by_role("button", name="回到原处").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(cite).to_be_in_viewport()
    cite.click()
    where = tab.evaluate("scrollY")
    tab.get_by_role("dialog").get_by_role("link", name="打开这一条").click()
    expect(tab.locator(".ts-article.is-target")).to_be_in_viewport()
    tab.go_back()
    assert title(tab) == LABOUR
    tab.wait_for_function("y => Math.abs(scrollY - y) < 3", arg=where)
    tab.go_back()
    tab.go_back()
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")
    expect(tab.get_by_role("searchbox")).to_have_value("老板不给工钱")


def test_calculators_reckon(open_file: Open) -> None:
    """The vectors of three calculators come out, one after the other in the same tab; what was typed is there again after a look at the law."""
    tab = open_file("calculators/index")
    for key in ("loan-interest", "severance", "deadline"):
        vector = calculators()[key].vectors[0]
        tab.evaluate("key => { location.hash = 'calculators/' + key; }", key)
        tab.locator("[data-calculator]").wait_for()
        expect(tab).to_have_title(re.compile(calculators()[key].title))
        fill(tab, vector.given)
        reckon(tab)
        fill(tab, vector.given)
        reckon(tab)
        assert {name: results(tab)[name] for name in vector.expect} == vector.expect
    found = results(tab)
    tab.get_by_role("navigation", name="当前位置").get_by_role("link", name="计算器").click()
    assert title(tab) != ""
    tab.go_back()
    assert results(tab) == found


def test_a_pathway_is_walked(open_file: Open) -> None:
    """One question a screen, back and forth with the browser's keys; the address can be passed on and leads to the same place."""
    tab = open_file("pathways/labour", PHONE)
    headings = tab.locator(".ts-screen > h2:visible")
    expect(headings).to_have_count(1)
    asked = [headings.inner_text()]
    for label in ("都没有", "公司、工厂", "欠我的工资"):
        tab.locator(".ts-screen.is-here").get_by_role("link", name=label).first.click()
        expect(headings).not_to_contain_text(asked[-1])
        asked.append(headings.inner_text())
    address = tab.url
    assert address.endswith("#pathways/labour:/boss/want/wage")
    tab.go_back()
    expect(headings).to_contain_text(asked[2])
    tab.go_forward()
    expect(headings).to_contain_text(asked[3])
    tab.goto("about:blank")
    tab.goto(address)
    expect(headings).to_contain_text(asked[3])
    tab.locator(".ts-trail").get_by_role("link").first.click()
    expect(headings).to_contain_text(asked[0])


def test_a_paper_is_filled_in_and_saved_as_word(open_file: Open, tmp_path: Path) -> None:
    """What is typed shows in the paper and stays on the device; the Word file is made from the file's own parts, one paper after another."""
    tab = open_file("documents/loan-statement")
    for page in ("loan-statement", "mediation-agreement"):
        tab.evaluate("page => { location.hash = 'documents/' + page; }", page)
        tab.locator(f"[data-page='documents/{page}']").wait_for()
        field = tab.locator("[data-paper] form input[type=text]:visible").first
        field.fill("甲乙丙丁")
        expect(tab.locator("[data-sheet] .ts-gap--filled").first).to_have_text("甲乙丙丁")
        with tab.expect_download() as waiting:
            tab.locator("[data-word]").click()
        saved = tmp_path / f"{page}.docx"
        waiting.value.save_as(saved)
        assert b"word/document.xml" in saved.read_bytes()
    tab.reload()
    expect(tab.locator("[data-sheet] .ts-gap--filled").first).to_have_text("甲乙丙丁")


EVERY = """async keys => {
  const wrong = [];
  for (const key of keys) {
    location.hash = key;
    for (let n = 0; n < 2000 && document.querySelector('[data-page]').dataset.page !== key; n++) await new Promise(go => setTimeout(go));
    const ids = [...document.querySelectorAll('main [id]')].filter(e => !e.closest('svg')).map(e => e.id);
    const faults = [!document.querySelector('main h1') && 'heading', ids.some(id => id.includes(':')) && 'id as in the file',
      new Set(ids).size !== ids.length && 'id twice', document.querySelector('main script[data-packed]') && 'packed'].filter(Boolean);
    if (faults.length) wrong.push([key, ...faults]);
  }
  return wrong;
}"""


def test_every_page_comes_and_goes(open_file: Open, one: Path) -> None:
    """All pages in one tab, one after the other (of cases and laws every eighth): a heading, ids as on the site, scripts that run without an error."""
    keys = re.findall(r'<section id="([^"]+)" data-n=', one.read_text("utf-8"))
    many = [key for key in keys if key.startswith(("cases/", "laws/"))]
    assert open_file().evaluate(EVERY, [key for key in keys if key not in many] + many[::8]) == []


def test_access(open_file: Open) -> None:
    """No finding of axe on the home page and on a guide on a desktop, on a guide with a gist open on a phone; nothing sticks out to the side."""
    rules = {"type": "tag", "values": RULES}
    tab = open_file(size=DESKTOP)
    assert violations(tab, rules) == []
    tab.goto(tab.url + "#disputes/loans")
    assert title(tab) == LOANS
    assert violations(tab, rules) == []
    tab.goto(tab.url.partition("#")[0] + "#one-file")
    assert title(tab) == "这份文件"
    assert violations(tab, rules) == []
    phone = open_file("disputes/loans", PHONE)
    phone.get_by_role("region", name="先看能不能调").get_by_role("link", name=ARTICLE).first.click()
    assert violations(phone, rules) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_switches_and_the_keyboard(open_file: Open) -> None:
    """大字 and 夜间 hold from page to page; the first tab leads past the header; “/” leads to the search."""
    tab = open_file("disputes/loans")
    for switch in ("大字", "夜间"):
        tab.get_by_role("button", name=switch).click()
    tab.get_by_role("navigation", name="主要栏目").get_by_role("link", name="法条").click()
    assert title(tab) == "法条"
    assert {"ts-large", "ts-dark"} <= set(tab.evaluate("[...document.documentElement.classList]"))
    expect(tab.get_by_role("navigation", name="主要栏目").locator("[aria-current]")).to_have_text("法条")
    tab.reload()
    expect(tab.get_by_role("button", name="夜间")).to_have_attribute("aria-pressed", "true")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#main")).to_be_focused()
    tab.keyboard.press("/")
    expect(tab.get_by_role("searchbox")).to_be_focused()


def test_an_event(open_file: Open) -> None:
    """宣传模式 in the file: from the home page to a case and on; when one leaves, nothing of it is left on the next page."""
    tab = open_file()
    tab.get_by_role("link", name="宣传模式").first.click()
    tab.locator("[data-page='event']").wait_for()
    tab.locator("[data-screen]").get_by_text("看案例").click()
    expect(tab.locator("[data-screen] h1")).to_be_visible()
    shown = tab.locator("[data-screen]").inner_text()
    tab.evaluate("location.hash = 'laws/index'")
    assert title(tab) == "法条"
    assert shown
    expect(tab.get_by_role("dialog")).to_have_count(0)
    tab.keyboard.press("PageDown")
    assert title(tab) == "法条"


# ---- the file itself ------------------------------------------------------------------


def test_links_and_labels_of_all_pages(one: Path) -> None:
    """In the whole shipped file no id is there twice, every link arrives, every label finds its field; nothing is loaded."""
    html = re.sub(r"<script\b.*?</script>|<style\b.*?</style>", "", one.read_text("utf-8"), flags=re.DOTALL)
    tags = re.findall(r"<[a-zA-Z][^<>]*>", html)
    ids = [found for tag in tags for found in re.findall(r' id="([^"]*)"', tag)]
    known = set(ids)
    assert len(known) == len(ids)
    named = {one for tag in tags for value in re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]*)"', tag) for one in value.split()}
    named |= {found for tag in tags for found in re.findall(r' href="#([^"]+)"', tag)} - {"main"}
    assert named - known == set()
    outside = {value for tag in tags for value in re.findall(r' (?:href|src|action|srcset|poster)="([^"#][^"]*)"', tag)}
    assert {value for value in outside if not value.startswith(("data:", "tel:"))} == set()


def test_the_same_file_from_another_place(source: PackSource, one: Path, tmp_path: Path) -> None:
    """The shipped site copied elsewhere gives the same file, byte for byte."""
    root = tmp_path / "别处"
    shutil.copytree(source.site, root / "site", copy_function=shutil.copy)
    (other,) = single_file.make(PackSource(root, root / "site", source.library), tmp_path / "dist", no_progress, PLENTY)
    assert other.read_bytes() == one.read_bytes()


def test_a_file_cut_short_still_reads(open_file: Open, one: Path, tmp_path: Path) -> None:
    """Half copied, the pages that have arrived are read as without scripts, with scripts on."""
    half = tmp_path / "半个.html"
    half.write_bytes(one.read_bytes()[: one.stat().st_size // 3])
    tab = open_file(file=half)
    assert title(tab) == "你现在要做什么？"
    tab.get_by_role("navigation", name="主要栏目").get_by_role("link", name="普法日历").click()
    assert title(tab) == "普法日历"


def test_parts_by_dispute(open_file: Open, two: Project, tmp_path: Path) -> None:
    """Above the limit, a file for each dispute: search finds what is in it, a link to another dispute says which file has it."""
    prepared = prepare(two.root)
    assert prepared.library
    made = single_file.make(PackSource(two.root, two.root / "site", prepared.library), tmp_path, no_progress, 1)
    files = {path.stem.rpartition("-")[2]: path for path in made}
    tab = open_file(file=files["做工"])
    ask(tab, "巷口")
    assert hits(tab, "案例").evaluate_all("all => all.map(a => a.getAttribute('href'))") == ["cases/works/wall.html"]
    hits(tab, "案例").first.click()
    tab.wait_for_function("location.hash === '#cases/works/wall'")
    tab.get_by_role("navigation", name="主要栏目").get_by_role("link", name="首页").click()
    tab.get_by_role("main").get_by_role("link", name="相邻关系").first.click()
    assert title(tab) == "这份文件"
    link = tab.get_by_role("link", name=files["相邻关系"].name)
    expect(link).to_be_in_viewport()
    open_file(file=files["相邻关系"])
    link.click()
    tab.wait_for_url("**/*.html#disputes/neighbours")
    assert title(tab) == "相邻关系"
