"""A person searches: by touch and by keyboard alone, on phone, tablet and desktop; narrows, looks at more, goes back and finds it all as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browsing import OpenPage, Site, Visits, fresh_context
from playwright.sync_api import Browser, Page, expect
from searching import answered, ask, hits, said_so, searched_again, shown, unfold
from site_pages import DESKTOP, PHONE, SIZES, TABLET

pytestmark = pytest.mark.browser

AGREEMENT = "%E5%8D%8F%E8%AE%AE"


def press(tab: Page, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        tab.keyboard.press(key)


def tab_to(tab: Page, wanted: str) -> None:
    """Go on with Tab until the control of this name has the focus."""
    for _ in range(60):
        if tab.evaluate("(e => e.labels && e.labels.length ? e.labels[0].textContent : e.textContent)(document.activeElement)") == wanted:
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"{wanted} can't be reached with Tab")


def values(tab: Page, label: str) -> list[str]:
    """What can be chosen from."""
    return [value for value in tab.get_by_label(label).locator("option").evaluate_all("all => all.map(e => e.value)") if value]


# ---- touch -------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_by_touch(open_page: OpenPage, site: Site, size: str) -> None:
    """Tap the field, write, tap the first guide; nothing to tap is smaller than a finger, nothing is wider than the screen."""
    tab = open_page("search.html", SIZES[size], has_touch=True)
    tab.get_by_role("searchbox").tap()
    ask(tab, "漏水")
    assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    main = tab.get_by_role("main")
    for control in [tab.get_by_role("searchbox"), *main.get_by_role("button").all(), main.locator("summary")]:
        box = control.bounding_box()
        assert box and box["height"] >= 44, control
    first = hits(tab, "指引").first
    expect(first).to_be_in_viewport(ratio=1)
    first.tap()
    tab.wait_for_url("**/disputes/neighbours.html")


def test_a_word_that_is_offered_is_tapped(open_page: OpenPage) -> None:
    """Of the words that letters may spell, one is tapped and is what is looked for."""
    tab = open_page("search.html", PHONE, has_touch=True)
    ask(tab, "ldzy")
    tab.get_by_role("button", name="劳动争议", exact=True).tap()
    answered(tab, "劳动争议")
    expect(tab.get_by_role("searchbox")).to_have_value("劳动争议")
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")


@pytest.mark.parametrize(("said", "about"), [("彩礼要不要退", "婚约财产"), ("老板不给工资", "劳动报酬"), ("树枝过界", "树木")])
def test_words_that_no_text_has_find_what_is_near(open_page: OpenPage, said: str, about: str) -> None:
    """Where only the pairs of a question occur, here and there, near misses are shown and called so: a case of its dispute first, no empty group."""
    tab = open_page("search.html", PHONE)
    ask(tab, said)
    expect(tab.get_by_text("没有完全一样的，下面是近似结果。")).to_be_visible()
    assert about in hits(tab, "案例").first.inner_text()
    assert all(shown(tab).values())


@pytest.mark.parametrize("said", ["追尾", "房东不退押金", "邻居漏水"])
def test_a_hit_without_the_words_gives_its_row_to_the_next(open_page: OpenPage, said: str) -> None:
    """Where the first hits have but the pairs of what was typed, those that have the words take their rows; no group is empty, none says a page twice."""
    tab = open_page("search.html", PHONE)
    ask(tab, said)
    found = tab.evaluate("said => tingsuoSearch.urls(said)", said)
    for name in shown(tab):
        pages = [str(link.get_attribute("href")) for link in hits(tab, name).all()]
        assert pages
        assert len(set(pages)) == len(pages)
        assert name == "指引" or set(pages) <= set(found)


def test_the_button_searches(open_page: OpenPage) -> None:
    """查找 does what Enter does, and what was found stays."""
    tab = open_page("search.html", PHONE, has_touch=True)
    tab.get_by_role("searchbox").fill("拖粮")
    tab.get_by_role("search").get_by_role("button", name="查找").tap()
    answered(tab, "拖粮")
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")
    assert tab.url.endswith("#q=%E6%8B%96%E7%B2%AE")


def test_an_emptied_field_shows_nothing(open_page: OpenPage) -> None:
    """With the words gone, so are their results, their count and the address."""
    tab = open_page("search.html", PHONE)
    ask(tab, "漏水")
    tab.get_by_role("searchbox").fill("")
    expect(tab.get_by_role("listitem").filter(has_text="调解指引")).to_have_count(0)
    assert said_so(tab) == ""
    expect(tab).to_have_url(re.compile(r"search\.html$"))


# ---- keyboard ----------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_by_keyboard_alone(open_page: OpenPage, size: str) -> None:
    """The field has the focus; arrows go down and up through all hits and back into the field; Enter opens; going back finds the words."""
    tab = open_page("search.html", SIZES[size])
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.type("漏水")
    answered(tab, "漏水")
    links = tab.locator("#search-results").get_by_role("listitem").get_by_role("link")
    count = links.count()
    assert count > 4
    for n in range(count):
        press(tab, "ArrowDown")
        expect(links.nth(n)).to_be_focused()
    press(tab, "ArrowUp")
    expect(links.nth(count - 2)).to_be_focused()
    press(tab, *["ArrowUp"] * (count - 1))
    expect(tab.get_by_role("searchbox")).to_be_focused()
    press(tab, "ArrowDown", "ArrowDown")
    href = links.nth(1).get_attribute("href")
    press(tab, "Enter")
    tab.wait_for_url(f"**/{href}")
    tab.go_back()
    tab.wait_for_url("**/search.html#q=*")
    expect(tab.get_by_role("searchbox")).to_have_value("漏水")
    expect(links).to_have_count(count)


def test_escape_empties_the_field(open_page: OpenPage) -> None:
    """Escape in the field takes the words away, and the next ones are heard."""
    tab = open_page("search.html", DESKTOP)
    tab.keyboard.type("漏水")
    answered(tab, "漏水")
    press(tab, "Escape")
    expect(tab.get_by_role("searchbox")).to_have_value("")
    expect(hits(tab, "指引")).to_have_count(0)
    tab.keyboard.type("拖粮")
    answered(tab, "拖粮")


@pytest.mark.parametrize("size", SIZES)
def test_narrowing_by_keyboard_alone(open_page: OpenPage, size: str) -> None:
    """Tab leads to 缩小范围; a kind chosen with the arrow keys narrows, keeps the focus in its place, and can be taken back."""
    tab = open_page("search.html", SIZES[size])
    tab.keyboard.type("协议")
    answered(tab, "协议")
    before = shown(tab)
    tab_to(tab, "缩小范围")
    if not tab.locator("details", has_text="缩小范围").evaluate("e => e.open"):
        press(tab, "Enter")
    tab_to(tab, "种类")
    with searched_again(tab):
        press(tab, "ArrowDown")
    expect(tab).to_have_url(re.compile("kind="))
    chosen = re.search("kind=(.)", tab.url)
    assert chosen
    expect(tab.get_by_label("种类")).to_be_focused()
    expect(tab.get_by_label("种类")).to_have_value(chosen[1])
    assert len(shown(tab)) == 1
    with searched_again(tab):
        press(tab, "ArrowUp")
    expect(tab).not_to_have_url(re.compile("kind="))
    assert before == shown(tab)
    press(tab, "Shift+Tab")
    tab.keyboard.type("担保")
    press(tab, "Enter")
    expect(tab).to_have_url(re.compile("in=%E6%8B%85%E4%BF%9D"))
    expect(tab.get_by_label("结果里再查")).to_be_focused()


# ---- narrowing ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def agreement(site: Site, chromium: Browser) -> Iterator[Page]:
    """A tab that looks for 协议."""
    context = fresh_context(chromium, site, TABLET)
    visits = Visits()
    visits.watch(context)
    yield context.new_page()
    assert visits.problems == []
    context.close()


def found(tab: Page, site: Site, address: str) -> dict[str, list[str]]:
    """Open a shared address: what is shown."""
    tab.goto("about:blank")
    tab.goto(site.url("search.html") + address)
    answered(tab, "协议")
    return shown(tab)


@pytest.mark.parametrize("name", ["种类", "纠纷", "年份", "镇街", "法条"])
def test_each_choice_narrows(agreement: Page, site: Site, name: str) -> None:
    """A choice leaves what fits it, as many as it says beside it; what is left was there before; a shared link of it opens the same."""
    tab = agreement
    found(tab, site, f"#q={AGREEMENT}&kind=c" if name != "种类" else f"#q={AGREEMENT}")
    everything = set(tab.evaluate("tingsuoSearch.urls('协议')"))
    unfold(tab)
    for value in values(tab, name)[:2]:
        text = tab.get_by_label(name).locator(f"option[value='{value}']").inner_text()
        with searched_again(tab):
            tab.get_by_label(name).select_option(value)
        expect(tab.get_by_label(name)).to_be_focused()
        items = [item for texts in shown(tab).values() for item in texts]
        links = tab.locator("#search-results").get_by_role("listitem").get_by_role("link").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        assert links
        assert len(links) == len(items)
        assert {link for link in links if not link.startswith("disputes/")} <= everything
        counted = re.search(r"（(\d+)）", text)
        assert name == "法条" or (counted and len(links) <= int(counted[1]))
        address = tab.url.partition("search.html")[2]
        found(tab, site, address)
        assert items == [item for texts in shown(tab).values() for item in texts]
        unfold(tab)
        expect(tab.get_by_label(name)).to_have_value(value)
        with searched_again(tab):
            tab.get_by_label(name).select_option("")


def test_within_the_results(agreement: Page, site: Site) -> None:
    """结果里再查 leaves the results that bear the other words too, and a shared link opens the same."""
    tab = agreement
    found(tab, site, f"#q={AGREEMENT}&kind=c")
    both = set(tab.evaluate("tingsuoSearch.urls('协议')")) & set(tab.evaluate("tingsuoSearch.urls('担保')"))
    unfold(tab)
    tab.get_by_label("结果里再查").fill("担保")
    with searched_again(tab):
        tab.get_by_label("结果里再查").press("Enter")
    assert "&in=" in tab.url
    cases = set(hits(tab, "案例").evaluate_all("all => all.map(e => e.getAttribute('href'))"))
    assert cases == {url for url in both if url.startswith("cases/")}
    items = shown(tab)
    assert found(tab, site, tab.url.partition("search.html")[2]) == items


def test_nothing_is_left_after_narrowing(agreement: Page, site: Site) -> None:
    """Where nothing fits all choices, the page says so and the choices can be taken back."""
    tab = agreement
    found(tab, site, f"#q={AGREEMENT}&kind=c&year=2026&article=%E5%AE%AA%E6%B3%95%C2%A71")
    expect(tab.get_by_text("没有找到。")).to_be_visible()
    unfold(tab)
    for name in ("法条", "年份"):
        tab.get_by_label(name).select_option("")
    expect(hits(tab, "案例")).to_have_count(20)


# ---- more, and back ----------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("touch", [True, False], ids=["touch", "keyboard"])
def test_more_and_back(open_page: OpenPage, site: Site, size: str, touch: bool) -> None:
    """Narrow, 再看 20 个, scroll, open a case far down, come back: words, choice, number of hits and place are as they were."""
    tab = open_page(f"search.html#q={AGREEMENT}&kind=c", SIZES[size], has_touch=touch)
    answered(tab, "协议")
    cases = hits(tab, "案例")
    expect(cases).to_have_count(20)
    more = tab.get_by_role("button", name="再看 20 个")
    with searched_again(tab):
        if touch:
            more.tap()
        else:
            more.focus()
            press(tab, "Enter")
    expect(cases).to_have_count(40)
    link = cases.nth(33)
    link.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - innerHeight / 2)")
    # A browser with memory to spare keeps the whole page; here it has to be made anew.
    tab.evaluate("window.kept = true; addEventListener('unload', () => {})")
    words, place, address = link.inner_text(), tab.evaluate("scrollY"), tab.url
    assert place > SIZES[size][1]
    if touch:
        link.tap()
    else:
        link.focus()
        press(tab, "Enter")
    tab.wait_for_url("**/cases/**")
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("协议")
    assert tab.evaluate("window.kept") is None
    expect(cases).to_have_count(40)
    answered(tab, "协议")
    assert tab.url == address
    expect(cases.nth(33)).to_have_text(words)
    expect(cases.nth(33)).to_be_in_viewport()
    assert tab.evaluate("scrollY") == pytest.approx(place, abs=4)
    unfold(tab)
    expect(tab.get_by_label("种类")).to_have_value("c")


def test_back_takes_one_choice_back(open_page: OpenPage) -> None:
    """Each choice is a step: back takes the last one back, forward makes it again."""
    tab = open_page("search.html", DESKTOP)
    ask(tab, "协议")
    unfold(tab)
    tab.get_by_label("种类").select_option("c")
    expect(hits(tab, "案例")).to_have_count(20)
    tab.get_by_label("纠纷").select_option("loans")
    expect(tab).to_have_url(re.compile("dispute=loans"))
    tab.go_back()
    expect(hits(tab, "案例")).to_have_count(20)
    expect(tab.get_by_label("种类")).to_have_value("c")
    expect(tab.get_by_label("纠纷")).to_have_value("")
    tab.go_forward()
    expect(tab).to_have_url(re.compile("dispute=loans"))
    expect(tab.get_by_label("纠纷")).to_have_value("loans")


def test_new_words_start_afresh(open_page: OpenPage) -> None:
    """Other words in the field drop the narrowing that was meant for the former."""
    tab = open_page(f"search.html#q={AGREEMENT}&kind=c", PHONE)
    answered(tab, "协议")
    ask(tab, "漏水")
    expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
    assert "kind" not in tab.url
