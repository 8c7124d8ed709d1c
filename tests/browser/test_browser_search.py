"""Search in the real page: villagers' words lead to the right guide, by thumb, keyboard, voice or paste, from file://."""

from __future__ import annotations

import pytest
from browsing import Site
from playwright.sync_api import Page, expect
from site_pages import DESKTOP, PHONE, TABLET

from conftest import Look, OpenPage

pytestmark = pytest.mark.browser


def ask(tab: Page, said: str) -> None:
    """Type a query and wait for its results."""
    tab.get_by_role("searchbox").fill(said)
    tab.wait_for_function("said => window.tingsuoSearch.shown === tingsuoSearchCore.clean(said)", arg=said)


def guides(tab: Page) -> list[str]:
    """The guides that are shown, best first."""
    return tab.get_by_role("list", name="检索结果：指引").get_by_role("link").all_inner_texts()


@pytest.mark.parametrize(
    ("said", "guide"),
    [
        ("漏水", "相邻关系"),
        ("漏水唔认", "相邻关系"),
        ("樓上漏水", "相邻关系"),
        ("老板不给工钱", "劳动争议"),
        ("欠薪", "劳动争议"),
        ("拖糧", "劳动争议"),
        ("laodong", "劳动争议"),
        ("ldzy", "劳动争议"),
        ("討債", "民间借贷"),
        ("冇借條有轉賬", "民间借贷"),
        ("离昏", "婚姻家庭"),
        ("老豆冇人理", "家庭赡养"),
        ("老公打我还不让我回家怎么办", "婚姻家庭"),
        ("管理费", "物业服务"),
        ("责任田", "农村土地承包"),
        ("田埂", "农村土地承包"),
        ("买到假货", "消费者权益"),
        ("撞车", "交通事故"),
        ("打穿头", "人身损害"),
        ("拖货款", "小额买卖合同"),
        ("退按金", "房屋租赁"),
    ],
)
def test_villagers_words_lead_to_the_guide(look: Look, said: str, guide: str) -> None:
    """The first answer is the guide of the dispute that people mean, in dialect, pinyin, Traditional and with slips."""
    tab = look("search.html", PHONE)
    ask(tab, said)
    assert guides(tab)[:1] == [f"{guide}调解指引"]


def test_danger_comes_before_any_guide(look: Look) -> None:
    """Words of danger show what to do now before anything else."""
    tab = look("search.html", PHONE)
    ask(tab, "他说要砍我")
    alert = tab.get_by_role("alert")
    expect(alert).to_contain_text("马上拨 110")
    first = tab.get_by_role("list", name="检索结果：指引").bounding_box()
    box = alert.bounding_box()
    assert box and first and box["y"] < first["y"]


@pytest.mark.parametrize("said", ["民法典1084", "民法典第1084条", "《民法典》第一千零八十四条"])
def test_an_article_is_found_by_its_number(look: Look, said: str) -> None:
    """A law's name and a number, however written, lead to the article."""
    tab = look("search.html", DESKTOP)
    ask(tab, said)
    law = tab.get_by_role("list", name="检索结果：法条").get_by_role("link").first
    expect(law).to_have_text("民法典第1084条")
    expect(law).to_have_attribute("href", "laws/civil-code.html#a1084")


def test_results_are_highlighted_and_verified(look: Look) -> None:
    """Each case that is listed bears the words, and its snippet marks them."""
    tab = look("search.html", DESKTOP)
    ask(tab, "加班费")
    hits = tab.get_by_role("list", name="检索结果：案例").get_by_role("listitem")
    expect(hits.first.locator("mark").first).to_have_text("加班费")
    assert all("加班费" in text for text in hits.all_inner_texts())


def test_narrowing_and_going_back(open_page: OpenPage, site: Site) -> None:
    """A choice narrows the results, the address bears it, and coming back finds everything as it was."""
    tab = open_page("search.html", TABLET)
    ask(tab, "协议")
    tab.get_by_text("缩小范围", exact=True).click()
    tab.get_by_label("种类").select_option(label=tab.get_by_label("种类").locator("option", has_text="案例").inner_text())
    expect(tab.get_by_role("list", name="检索结果：指引")).to_have_count(0)
    assert "kind=c" in tab.url
    address = tab.url
    tab.get_by_role("list", name="检索结果：案例").get_by_role("link").first.click()
    tab.wait_for_url("**/cases/**")
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("协议")
    expect(tab.get_by_role("list", name="检索结果：案例").get_by_role("link").first).to_be_visible()
    assert tab.url == address


def test_a_link_to_a_search_opens_it(look: Look) -> None:
    """A shared address shows the results without a key pressed, as ?q= and as #q=."""
    for address in ("search.html#q=%E6%BC%8F%E6%B0%B4",):
        tab = look(address, PHONE)
        expect(tab.get_by_role("list", name="检索结果：指引").get_by_role("link").first).to_have_text("相邻关系调解指引")
    tab = look("search.html", PHONE)
    tab.goto(tab.url.partition("#")[0] + "?q=%E6%BC%8F%E6%B0%B4")
    expect(tab.get_by_role("list", name="检索结果：指引").get_by_role("link").first).to_have_text("相邻关系调解指引")


def test_keyboard_only(open_page: OpenPage, site: Site) -> None:
    """The slash key on any page, words, arrow down, Enter: the guide is open."""
    tab = open_page("laws/index.html", DESKTOP)
    tab.keyboard.press("/")
    tab.wait_for_url("**/search.html")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.type("拖粮")
    tab.wait_for_function("window.tingsuoSearch.shown === '拖粮'")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/disputes/labour.html")


def test_words_without_a_key_press_are_heard(open_page: OpenPage) -> None:
    """Voice, handwriting and pasting change the field without keys; the answers come all the same, on the home page too."""
    tab = open_page("index.html", PHONE)
    tab.get_by_role("searchbox").evaluate("e => { e.focus(); e.value = '拖粮'; e.dispatchEvent(new InputEvent('input', {bubbles: true})) }")
    expect(tab.get_by_role("list", name="检索结果：指引").get_by_role("link").first).to_have_text("劳动争议调解指引")


@pytest.mark.parametrize(
    "said",
    [
        "啊" * 10_000,
        "的了是",
        "(.*+?[\\",
        "<img src=x onerror=window.hit=1>",
        "</script><script>window.hit=1</script>",
        "😀😀",
        "\u200b\u200b漏水\u200b",
        "abc漏水123ＡＢＣ",
        "%%%",
        "§",
        '"\\"',
        "\t",
    ],
)
def test_hostile_input_does_nothing(open_page: OpenPage, said: str) -> None:
    """No script runs, nothing freezes, the console stays silent (the profile is watched), and the next query works."""
    tab = open_page("search.html", PHONE)
    tab.get_by_role("searchbox").fill(said)
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hit") is None
    ask(tab, "漏水")
    assert guides(tab)[0] == "相邻关系调解指引"


def test_no_dead_end(open_page: OpenPage) -> None:
    """What nothing fits gets a sentence with ways on."""
    tab = open_page("search.html", PHONE)
    ask(tab, "xyzxyzq")
    expect(tab.get_by_text("没有找到。")).to_be_visible()
    expect(tab.get_by_role("link", name="打电话问法官联络点")).to_be_visible()


def test_a_missing_shard_gives_a_sentence_and_the_other_results(open_page: OpenPage, site: Site) -> None:
    """When a file of the index wasn't copied, the guides still come and the page says that something is missing."""
    tab = open_page("search.html", PHONE)
    tab.route("**/search/text-*.js", lambda route: route.abort())
    ask(tab, "漏水")
    assert guides(tab)[0] == "相邻关系调解指引"
