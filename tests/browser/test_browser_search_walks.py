"""The searches of the first five walks: what people type in the room, what must come first, on a phone without a network."""

from __future__ import annotations

import pytest
from browsing import OpenPage, Site
from playwright.sync_api import Page, expect
from searching import ask, hits
from site_pages import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def home(open_page: OpenPage) -> Page:
    """The home page on a phone in one hand."""
    tab = open_page("index.html", PHONE, has_touch=True)
    tab.get_by_role("searchbox").tap()
    return tab


def first_guide(tab: Page, said: str, guide: str) -> None:
    """These words bring this guide to the top of the first screen."""
    ask(tab, said)
    expect(hits(tab, "指引").first).to_have_text(f"{guide}调解指引")
    expect(hits(tab, "指引").first).to_be_in_viewport(ratio=1)


def test_walk_1_shouting_in_the_room(home: Page) -> None:
    """漏水唔认: the neighbours' guide, one tap, and the red stops are in view; going back, the words and the guide are there."""
    first_guide(home, "漏水唔认", "相邻关系")
    hits(home, "指引").first.tap()
    home.wait_for_url("**/disputes/neighbours.html")
    red = home.get_by_role("region", name="先看能不能调")
    expect(red.get_by_role("heading").first).to_be_in_viewport(ratio=1)
    expect(red.get_by_role("listitem").first).to_be_in_viewport()
    home.go_back()
    expect(home.get_by_role("searchbox")).to_have_value("漏水唔认")
    expect(hits(home, "指引").first).to_have_text("相邻关系调解指引")


@pytest.mark.parametrize("said", ["他说要砍我", "佢話要斬我", "拿刀", "他威胁要杀我"])
def test_walk_2_he_says_he_will_kill_her(home: Page, said: str) -> None:
    """Before any guide, without scrolling: 110, separate, whom to tell."""
    ask(home, said)
    alert = home.get_by_role("alert")
    expect(alert).to_be_in_viewport(ratio=1)
    expect(alert).to_contain_text("110")
    top = alert.bounding_box()
    assert top
    others = home.locator("#search-results").get_by_role("list").get_by_role("link")
    assert others.count() > 0
    for box in (link.bounding_box() for link in others.all()):
        assert box and box["y"] > top["y"] + top["height"]


def test_walk_2_the_protection_order_is_one_tap_away(home: Page) -> None:
    """From 他说要砍我 the protection order is linked in the results: who may ask, which court, what to bring."""
    ask(home, "他说要砍我")
    home.locator("#search-results").get_by_role("link", name="人身安全保护令").first.tap()
    home.wait_for_url("**/procedures/protection-order.html")


@pytest.mark.parametrize("said", ["保护令", "人身安全保护令", "rsaqbhl", "保護令"])
def test_walk_2_the_protection_order_is_found(home: Page, said: str) -> None:
    """Asked for by name, short, in pinyin initials, in Traditional: the procedure is the first of its kind."""
    ask(home, said)
    expect(hits(home, "流程").first).to_have_text("人身安全保护令")
    hits(home, "流程").first.tap()
    home.wait_for_url("**/procedures/protection-order.html")


@pytest.mark.parametrize("said", ["拖粮", "拖糧", "老板不给工钱", "老细走佬拖粮", "工资四个月没发"])
def test_walk_3_the_boss_does_not_pay(home: Page, said: str) -> None:
    """The labour guide comes first."""
    first_guide(home, said, "劳动争议")


def test_walk_3_from_the_words_to_the_payment_order(home: Page) -> None:
    """拖粮 lists the payment order among the procedures."""
    ask(home, "拖粮")
    hits(home, "流程").filter(has_text="支付令").first.tap()
    home.wait_for_url("**/procedures/payment-order.html")


@pytest.mark.parametrize("said", ["冇借条有转账", "冇借條有轉賬", "没打借条只有微信转账", "借钱不还"])
def test_walk_4_a_loan_with_no_iou(home: Page, said: str) -> None:
    """The loans guide comes first."""
    first_guide(home, said, "民间借贷")


@pytest.mark.parametrize("said", ["田埂", "隔离屋犁咗我条田埂", "责任田", "征地补偿款"])
def test_walk_5_land(home: Page, said: str) -> None:
    """The land guide comes first."""
    first_guide(home, said, "农村土地承包")


def test_walks_need_no_network(open_page: OpenPage, site: Site) -> None:
    """All the walks' searches together ask for nothing but files of the folder."""
    tab = open_page("search.html", PHONE)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for said in ("漏水唔认", "他说要砍我", "拖粮", "冇借条有转账", "田埂"):
        ask(tab, said)
    # The icon of the tab may come late.
    asked = [url for url in asked if not url.endswith("icon.svg")]
    assert asked
    assert [url for url in asked if not url.startswith(site.root.as_uri() + "/search/")] == []
