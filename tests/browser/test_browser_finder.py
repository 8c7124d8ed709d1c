"""The finder on the home page: villagers' words lead to the right guide, by thumb, keyboard, voice or paste."""

from __future__ import annotations

import pytest
from browsing import Look, OpenPage, Site
from playwright.sync_api import expect
from site_pages import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("said", "guide"),
    [
        ("漏水", "相邻关系"),
        ("漏水唔认", "相邻关系"),
        ("滴檐水", "相邻关系"),
        ("嘈到瞓唔到", "相邻关系"),
        ("拖粮", "劳动争议"),
        ("拖糧", "劳动争议"),
        ("老板不发工资", "劳动争议"),
        ("炒鱿鱼", "劳动争议"),
        ("唔养老豆", "家庭赡养"),
        ("赡养", "家庭赡养"),
        ("打老婆", "婚姻家庭"),
        ("彩礼", "婚姻家庭"),
        ("冇借条有转账", "民间借贷"),
        ("欠钱不还钱", "民间借贷"),
        ("管理费", "物业服务"),
        ("责任田", "农村土地承包"),
        ("买到假货", "消费者权益"),
        ("撞车", "交通事故"),
        ("打穿头", "人身损害"),
        ("拖货款", "小额买卖合同"),
        ("退按金", "房屋租赁"),
    ],
)
def test_villagers_words_lead_to_the_guide(look: Look, said: str, guide: str) -> None:
    """The first answer is the guide of the dispute that people mean by these words."""
    tab = look("index.html", PHONE)
    tab.get_by_role("combobox").fill(said)
    expect(tab.get_by_role("option").first).to_contain_text(f"{guide}调解指引")


@pytest.mark.parametrize(("said", "first"), [("司法确认", "流程：司法确认"), ("民法典", "法条：民法典"), ("民诉法", "法条：民诉法")])
def test_procedures_and_laws_are_found_by_name(look: Look, said: str, first: str) -> None:
    """The name of a procedure or a law leads to its page before anything that merely mentions it."""
    tab = look("index.html", PHONE)
    tab.get_by_role("combobox").fill(said)
    expect(tab.get_by_role("option").first).to_contain_text(first)


def test_arrows_and_enter_choose(open_page: OpenPage, site: Site) -> None:
    """Arrow keys go through the answers and round; Enter opens the chosen one; Escape folds the list."""
    tab = open_page("index.html")
    tab.keyboard.press("/")
    field = tab.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    tab.keyboard.type("漏水")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = tab.get_by_role("option")
    tab.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(options).to_have_count(0)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/disputes/*.html")
    assert site.page(tab.url) == "disputes/neighbours.html"


def test_enter_alone_takes_the_first_and_a_tap_takes_any(open_page: OpenPage, site: Site) -> None:
    """The phone's own search key opens the first answer; a tap opens the one that is tapped."""
    tab = open_page("index.html", PHONE, has_touch=True)
    tab.get_by_role("combobox").fill("拖粮")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/disputes/labour.html")
    tab.goto(site.url("index.html"))
    tab.get_by_role("combobox").fill("漏水")
    tab.get_by_role("option").filter(has_text="物业服务").tap()
    tab.wait_for_url("**/disputes/property.html")


def test_words_without_a_key_press_are_heard(open_page: OpenPage) -> None:
    """Voice, handwriting and pasting change the field without keys; the answers come all the same."""
    tab = open_page("index.html", PHONE)
    tab.get_by_role("combobox").evaluate("e => { e.focus(); e.value = '拖粮'; e.dispatchEvent(new InputEvent('input', {bubbles: true})) }")
    expect(tab.get_by_role("option").first).to_contain_text("劳动争议")


def test_words_that_nothing_fits_get_an_answer(open_page: OpenPage) -> None:
    """No dead end: a sentence says to use the tiles or to telephone, with the link."""
    tab = open_page("index.html", PHONE)
    tab.get_by_role("combobox").fill("xyzxyz")
    expect(tab.get_by_role("option")).to_have_count(0)
    expect(tab.get_by_text("没有对上。").get_by_role("link", name="打电话问")).to_be_visible()
    expect(tab.get_by_text("马上拨 110")).to_be_visible()
