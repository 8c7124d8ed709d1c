"""Pathways in Chromium: by thumb on a phone, by keyboard, backwards, with a mended answer, without JavaScript, on paper; and the flow."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pytest
from browsing import Look, OpenPage, Site
from playwright.sync_api import Page, expect
from site_pages import DESKTOP, PHONE, SIZES, TABLET
from test_browser_access import RULES, violations
from test_browser_sizes import measured

from project import REPO
from tingsuo.load import files_of, load
from tingsuo.model import KINDS
from tingsuo.model.pathway import Pathway
from tingsuo.pages.pathway import tokens

pytestmark = pytest.mark.browser

LABOUR = "pathways/labour.html"
COMPLAIN = f"{LABOUR}#/boss/want/wage/complain"
NONE = "以上都不是，或拿不准"
PATHWAYS: list[Pathway] = [load(source.path, source.name, KINDS["pathway"])[0] for source in files_of(KINDS["pathway"], REPO)]


def screen(tab: Page) -> str:
    """The heading of the question or ending that is shown; there is exactly one."""
    headings = tab.locator(".ts-screen > h2:visible")
    expect(headings).to_have_count(1)
    return headings.inner_text().strip()


SETTLED = "was => location.href !== was && document.activeElement.matches('.ts-screen.is-here > h2')"


def answer(tab: Page, label: str) -> None:
    """Tap an answer and wait for the next screen."""
    was = tab.url
    tab.locator(".ts-screen.is-here").get_by_role("link", name=label).first.tap()
    tab.wait_for_function(SETTLED, arg=was)


def back(tab: Page) -> None:
    """The browser's back button, within a pathway."""
    was = tab.url
    tab.go_back()
    tab.wait_for_function(SETTLED, arg=was)


def walks(path: Pathway) -> Iterator[tuple[list[str], str]]:
    """Every way through a pathway: its address, and the title of its ending."""
    questions = {q.id: q for q in path.questions}
    endings = {e.id: e.title for e in path.endings}

    def on(place: str, taken: list[str]) -> Iterator[tuple[list[str], str]]:
        if place in endings:
            yield taken, endings[place]
            return
        question = questions[place]
        for option, token in zip(question.options, tokens(question), strict=True):
            yield from on(option.go, [*taken, token])

    yield from on(path.start, [])


def test_a_worker_finds_the_way_with_the_thumb(open_page: OpenPage) -> None:
    """From the home page, by touch only: one question a screen, answers of 56px and more, the path in view, then what to do, bring and whom to find."""
    tab = open_page("index.html", PHONE, has_touch=True)
    tab.get_by_role("link", name="不知道该走哪条路").tap()
    tab.get_by_role("link", name="做工的事走哪条路").tap()
    expect(tab.get_by_role("heading", level=1)).to_have_text("做工的事走哪条路")
    for label, asked in (("都没有", "谁请你做工？"), ("公司、工厂", "你要的是什么？"), ("欠我的工资", "欠工资，你手上有什么？")):
        answers = tab.locator(".ts-screen.is-here .ts-way")
        assert min(box["height"] for one in answers.all() if (box := one.bounding_box())) >= 56
        answer(tab, label)
        assert screen(tab) == asked
    answer(tab, "老板认账")
    assert screen(tab) == "请老板写欠条，同时向人社投诉"
    shown = tab.locator(".ts-screen.is-here")
    for heading in ("先后这样做", "带什么", "找谁", "依据"):
        expect(shown.get_by_role("heading", name=heading)).to_be_visible()
    expect(shown.get_by_role("link", name="拨 12333")).to_have_attribute("href", "tel:12333")
    expect(tab.get_by_role("navigation", name="走过的路").get_by_role("link")).to_have_count(4)
    shown.get_by_role("checkbox").first.tap()
    expect(shown.get_by_text("已勾 1 /")).to_be_visible()
    law = shown.locator(".ts-laws summary").first
    law.tap()
    expect(shown.get_by_text("要旨").first).to_be_visible()


def test_red_comes_first_and_ends_at_the_telephone(open_page: OpenPage) -> None:
    """A red answer stands first, in red, and leads at once to a number to call, without scrolling."""
    tab = open_page(LABOUR, PHONE, has_touch=True)
    first = tab.locator(".ts-screen.is-here .ts-way").first
    plain = tab.locator(".ts-screen.is-here .ts-way:not(.ts-way--red)").first
    colour = "e => getComputedStyle(e).color"
    assert first.evaluate(colour) != plain.evaluate(colour)
    first.tap()
    call = tab.get_by_role("link", name="拨 110")
    expect(call).to_be_in_viewport()
    expect(call).to_have_attribute("href", "tel:110")


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_every_address_leads_to_its_ending(look: Look, path: Pathway) -> None:
    """The answers in the address lead to the ending that the content says; papers, person and articles are on the screen."""
    for taken, title in walks(path):
        look("index.html", PHONE).goto("about:blank")
        tab = look(f"pathways/{path.id}.html#/{'/'.join(taken)}", PHONE)
        assert screen(tab) == title, taken
        shown = tab.locator(".ts-screen.is-here")
        assert shown.locator(".ts-checks input").count() >= 1, taken
        assert shown.locator(".ts-end__who").inner_text().strip(), taken
        assert shown.locator(".ts-laws > li").count() >= 1, taken


def test_every_question_has_a_way_to_a_person(open_page: OpenPage) -> None:
    """“以上都不是” on each question leads to whom to ask and where; the path shows it, and it can be taken back."""
    tab = open_page(LABOUR, PHONE, has_touch=True)
    for step in ("都没有", "公司、工厂", None):
        answer(tab, NONE)
        assert screen(tab) == "找人问"
        expect(tab.get_by_role("region", name="找人问")).to_contain_text("去镇街的法官联络点或司法所")
        expect(tab.locator(".ts-screen.is-here").get_by_role("link", name="法官联络点、司法所")).to_be_visible()
        expect(tab.get_by_role("navigation", name="走过的路")).to_contain_text(NONE)
        back(tab)
        if step:
            answer(tab, step)


def test_the_back_button_goes_one_question_back(open_page: OpenPage) -> None:
    """Back and forward of the browser walk the questions; before the first one lies the page from which one came."""
    tab = open_page("pathways/index.html", PHONE, has_touch=True)
    tab.get_by_role("link", name="做工的事走哪条路").tap()
    expect(tab.get_by_role("heading", level=1)).to_have_text("做工的事走哪条路")
    answer(tab, "都没有")
    answer(tab, "公司、工厂")
    back(tab)
    assert screen(tab) == "谁请你做工？"
    tab.go_forward()
    tab.wait_for_url("**#/boss/want")
    assert screen(tab) == "你要的是什么？"
    back(tab)
    back(tab)
    assert screen(tab) == "现在有没有下面的急事？"
    tab.go_back()
    expect(tab).to_have_url(re.compile("pathways/index.html$"))


def test_an_earlier_answer_can_be_mended(open_page: OpenPage, site: Site) -> None:
    """Tapping an answer in the path leads back to its question; what came after it is gone."""
    tab = open_page(COMPLAIN, PHONE, has_touch=True)
    trail = tab.get_by_role("navigation", name="走过的路")
    trail.get_by_role("link", name="谁请你做工").tap()
    assert screen(tab) == "谁请你做工？"
    expect(trail.get_by_role("link")).to_have_count(1)
    answer(tab, "私人家里")
    assert screen(tab) == "不用仲裁，可以调，也可以直接起诉"
    assert tab.url == site.url(f"{LABOUR}#/boss/private-hire")
    tab.get_by_role("link", name="从头来").tap()
    assert screen(tab) == "现在有没有下面的急事？"
    expect(trail).to_be_hidden()


def test_a_link_leads_to_the_same_place_for_somebody_else(open_page: OpenPage) -> None:
    """The address says where one is; what can't be followed any more leads as far as it can; an anchor leads to its ending."""
    assert screen(open_page(COMPLAIN)) == "请老板写欠条，同时向人社投诉"
    tab = open_page(f"{LABOUR}#/boss/want/gone/complain")
    assert screen(tab) == "你要的是什么？"
    assert tab.url.endswith("#/boss/want")
    tab = open_page(f"{LABOUR}#end-award")
    assert screen(tab) == "看清是不是终局，15日内定"
    assert tab.url.endswith("#/boss/want/award")
    tab = open_page("pathways/can-it-be-mediated.html#/crime/settled/what/willing/mediate.2")
    expect(tab.get_by_role("navigation", name="走过的路")).to_contain_text("都愿意")


def test_nothing_of_the_answers_is_kept(open_page: OpenPage) -> None:
    """After a walk the device remembers no answer."""
    tab = open_page(COMPLAIN, PHONE, has_touch=True)
    assert tab.evaluate("() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter(k => !/:(large|dark)$/.test(k))") == []


def test_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    """Tab and Enter walk to an ending; the heading of each new screen has the focus, so that reading goes on there."""
    tab = open_page(LABOUR)
    for label in ("都没有", "公司、工厂", "欠我的工资", "老板签名"):
        for _ in range(40):
            tab.keyboard.press("Tab")
            if tab.evaluate("() => document.activeElement.textContent").strip().startswith(label):
                break
        tab.keyboard.press("Enter")
        tab.wait_for_function("() => document.activeElement.tagName === 'H2'")
    assert screen(tab) == "拿欠条直接去法院，不用先仲裁"
    assert tab.evaluate("() => document.activeElement.textContent") == "拿欠条直接去法院，不用先仲裁"
    assert tab.title().startswith("拿欠条直接去法院")


def test_skipping_to_the_text_keeps_the_place(open_page: OpenPage) -> None:
    """The skip link changes the address and not the question."""
    tab = open_page(f"{LABOUR}#/boss")
    tab.keyboard.press("Shift+Tab")
    tab.locator(".ts-skip").focus()
    tab.keyboard.press("Enter")
    assert screen(tab) == "谁请你做工？"


def test_without_javascript_anchors_do_the_work(open_page: OpenPage, site: Site) -> None:
    """Everything is on the page; an answer leads to its question or ending; “以上都不是” to a person; no dead button."""
    tab = open_page(LABOUR, PHONE, java_script_enabled=False)
    labour = next(path for path in PATHWAYS if path.id == "labour")
    expect(tab.locator(".ts-screen > h2:visible")).to_have_count(len(labour.questions) + len(labour.endings) + 1)
    danger = tab.get_by_role("region", name="现在有没有下面的急事？")
    danger.get_by_role("link", name="都没有").click()
    expect(tab).to_have_url(re.compile("#q-boss$"))
    boss = tab.get_by_role("region", name="谁请你做工？")
    expect(boss).to_be_in_viewport()
    boss.get_by_role("link", name="私人家里").click()
    ending = tab.get_by_role("region", name="不用仲裁，可以调，也可以直接起诉")
    expect(ending.get_by_role("heading", level=2)).to_be_in_viewport()
    expect(ending.get_by_role("heading", name="带什么")).to_be_visible()
    tab.go_back()
    boss.get_by_role("link", name=NONE).click()
    expect(tab.get_by_role("heading", name="找人问")).to_be_in_viewport()
    for name in ("打印", "上一问", "从头来"):
        expect(tab.get_by_role("button", name=name)).to_have_count(0)


def printed(tab: Page) -> tuple[int, bytes]:
    """The pages of a printed page, and its bytes."""
    data = tab.pdf(prefer_css_page_size=True)
    whole = data + b"".join(_inflated(data))
    return len(re.findall(rb"/Type\s*/Page\b", whole)), data


def _inflated(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            continue


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_it_is_a_tree(open_page: OpenPage, scripts: bool) -> None:
    """From the first question all of it is printed: the tree with every question on the first page, then the endings; no questions twice."""
    tab = open_page(LABOUR, java_script_enabled=scripts)
    tab.emulate_media(media="print")
    labour = next(path for path in PATHWAYS if path.id == "labour")
    tree = tab.locator(".ts-tree")
    expect(tree).to_be_visible()
    for question in labour.questions:
        expect(tree.get_by_text(question.ask)).to_be_visible()
        expect(tab.locator(f"#q-{question.id}")).to_be_hidden()
    for ending in labour.endings:
        expect(tab.locator(f"#end-{ending.id}")).to_be_visible()
    box = tree.bounding_box()
    assert box
    assert box["width"] > 400
    assert printed(tab)[0] <= 10


def test_an_ending_is_printed_alone_with_its_path(open_page: OpenPage) -> None:
    """From an ending one page is printed: the answers that led there, what to do, empty boxes to tick."""
    tab = open_page(COMPLAIN)
    tab.emulate_media(media="print")
    expect(tab.locator(".ts-end:visible")).to_have_count(1)
    expect(tab.get_by_text("老板认账，就是拖着不给").first).to_be_visible()
    expect(tab.locator(".ts-tree")).to_be_hidden()
    assert printed(tab)[0] == 1


@pytest.mark.parametrize("mode", ["", "夜间", "大字"])
def test_axe_finds_nothing_on_the_way(look: Look, mode: str) -> None:
    """Question, path, red and yellow ending, person: zero violations; in large type contrast of 7 : 1."""
    size = TABLET if mode == "大字" else PHONE
    rules = {"type": "rule", "values": ["color-contrast-enhanced"]} if mode == "大字" else {"type": "tag", "values": RULES}
    for place in ("", "#/boss/want", "#/stop-now", "#/boss/want/wage/complain", "#/~"):
        look("index.html", size, mode)
        assert violations(look(LABOUR + place, size, mode), rules) == []


@pytest.mark.parametrize("place", [f"{LABOUR}#/boss/want/wage/complain", "pathways/after-failure.html#/kind/money", f"{LABOUR}#/~"])
def test_pages_fit_every_screen(look: Look, place: str) -> None:
    """Nothing sticks out, no letter is below 12px, targets are thumb-sized; in large type 24px and 60px."""
    for size in SIZES.values():
        look("index.html", size)
        found = measured(look(place, size))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        assert (size, []) == (size, [text for text in found["texts"] if text["size"] < 12])
        look("index.html", size, "大字")
        found = measured(look(place, size, "大字"))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        assert (size, []) == (size, [text for text in found["texts"] if text["size"] < (24 if text["main"] else 18)])
        assert (size, []) == (size, [target for target in found["targets"] if min(target["width"], target["height"]) < 59.5])


# ---- the flow of a procedure ----

OUTSIDE = """() => [...document.querySelectorAll('.ts-flow__svg')].flatMap(svg => {
  const inside = (a, b, slack) => a.x >= b.x - slack && a.y >= b.y - slack && a.x + a.width <= b.x + b.width + slack && a.y + a.height <= b.y + b.height + slack;
  const canvas = {x: 0, y: 0, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height};
  const out = [...svg.querySelectorAll('text, rect, path, circle')].filter(e => !inside(e.getBBox(), canvas, 1)).map(e => 'canvas: ' + e.outerHTML);
  for (const item of svg.querySelectorAll('.ts-flow__item')) {
    const box = item.querySelector(':scope > rect').getBBox();
    for (const text of item.querySelectorAll('text')) if (!inside(text.getBBox(), box, 0)) out.push('box: ' + text.textContent);
  }
  const lines = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  lines.forEach(([a, one], i) => lines.slice(i + 1).forEach(([b, other]) => {
    const x = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x), y = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
    if (x > 1 && y > 4) out.push('over each other: ' + a + ' / ' + b);
  }));
  return out;
})"""


def test_no_text_of_a_flow_leaves_its_box(look: Look, site: Site) -> None:
    """On a phone and a desktop, in every procedure: each line inside its box, each box inside its drawing, no line over another; letters of 12px and more."""
    pages = sorted(path.name for path in (site.root / "procedures").glob("*.html") if path.name != "index.html")
    assert len(pages) >= 16
    for page in pages:
        for size in (PHONE, DESKTOP):
            tab = look(f"procedures/{page}", size)
            assert tab.locator(".ts-flow__svg:visible").count() >= 2, page
            assert tab.evaluate(OUTSIDE) == [], page
            found = measured(tab)
            assert (page, 0) == (page, found["overflow"])
            assert [text for text in found["texts"] if text["size"] < 12] == []


def test_flow_changes_its_colours_at_night(look: Look) -> None:
    """Text and boxes follow the page's colours."""
    name = "() => [...document.querySelectorAll('.ts-flow__name, .ts-flow__box--step')].slice(0, 4).map(e => getComputedStyle(e).fill)"
    page = "procedures/small-claims.html"
    assert look(page, DESKTOP).evaluate(name) != look(page, DESKTOP, "夜间").evaluate(name)


def test_flow_is_not_cut_on_paper(look: Look) -> None:
    """Each drawing is lower than a page and may not be torn."""
    tab = look("procedures/labour-arbitration.html", DESKTOP)
    tab.emulate_media(media="print")
    torn = tab.evaluate(
        "() => [...document.querySelectorAll('.ts-flow__svg')].filter(e => getComputedStyle(e).breakInside !== 'avoid' || e.getBoundingClientRect().height > 900).length"
    )
    tab.emulate_media(media="screen")
    assert torn == 0


# ---- the comparison and old beside new ----


def test_fee_is_reckoned_in_the_comparison(open_page: OpenPage) -> None:
    """The amount field reckons with the calculator's own function; the examples in the table agree with it."""
    tab = open_page("compare.html", PHONE)
    for row in tab.get_by_role("region", name="诉讼费举例").locator("tbody tr").all():
        amount = re.sub(r"\D", "", row.locator("th").inner_text())
        order, half, full = (cell.inner_text().removesuffix("元") for cell in row.locator("td").all()[1:])
        tab.get_by_label("争几多钱").fill(amount)
        tab.get_by_role("button", name="计算").click()
        for key, value in (("order", order), ("half", half), ("full", full)):
            expect(tab.locator(f'data[data-key="{key}"]')).to_have_attribute("value", re.compile(rf"^{re.escape(value)}(\.00)?$"))


def test_tables_are_whole_without_javascript(open_page: OpenPage, site: Site) -> None:
    """Comparison and changes are plain tables; the old side of a change leads to the law's own list of changes."""
    tab = open_page("compare.html", PHONE, java_script_enabled=False)
    expect(tab.get_by_role("table", name="一条一条比").get_by_role("row")).to_have_count(7)
    expect(tab.get_by_role("region", name="诉讼费举例")).to_contain_text("2300元")
    tab.goto(site.url("laws/changes.html"))
    row = tab.get_by_role("row", name=re.compile("支付令"))
    row.get_by_role("link", name="民诉法第221条至第224条").click()
    expect(tab.get_by_role("heading", name="改了什么")).to_be_in_viewport()
    expect(tab.get_by_role("table", name="改了什么")).to_contain_text("民诉法第225条至第228条")
