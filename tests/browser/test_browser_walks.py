"""Five walks, whole: what people come to do, tap by tap on a phone without a network; every step is found by what is written on it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from browsing import OpenPage, Visits
from playwright.sync_api import Locator, Page, expect
from searching import ask, hits
from site_pages import PHONE

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from word_file import lines, rows

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """The home page on a phone, the thumb in the search box."""
    tab = open_page("index.html", PHONE, has_touch=True)
    tab.get_by_role("searchbox").tap()
    return tab


def seen(place: Locator, text: str | re.Pattern[str]) -> Locator:
    """Words that a reader gets to by scrolling, nothing to unfold."""
    found = place.get_by_text(text).first
    found.scroll_into_view_if_needed()
    expect(found).to_be_in_viewport()
    return found


def guide(tab: Page, said: str, title: str) -> None:
    """From the words to the guide, one tap: it is the first answer."""
    ask(tab, said)
    first = hits(tab, "指引").first
    expect(first).to_have_text(f"{title}调解指引")
    expect(first).to_be_in_viewport(ratio=1)
    first.tap()
    expect(tab.get_by_role("heading", level=1, name=title)).to_be_in_viewport()


def section(tab: Page, name: str) -> Locator:
    """One of the page's sections, by its name in 本页内容."""
    tab.get_by_role("navigation", name="本页内容").get_by_role("link", name=name).tap()
    region = tab.get_by_role("region", name=name).first
    expect(region.get_by_role("heading").first).to_be_in_viewport()
    return region


def tick(region: Locator, *names: str) -> None:
    """Tick what stands in a list, and see it counted."""
    for name in names:
        region.get_by_role("checkbox", name=name).tap()
    expect(region.get_by_role("status")).to_contain_text(f"已勾 {len(names)} /")


def reckoned(tab: Page) -> Locator:
    """Tap 计算; the answer."""
    tab.get_by_role("button", name="计算").tap()
    answer = tab.get_by_role("status").filter(has_text="结果")
    expect(answer).to_be_visible()
    return answer


def word(tab: Page, path: Path) -> list[str]:
    """Tap 下载Word; what the saved file says, paragraph by paragraph."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="下载Word").tap()
    assert waiting.value.suggested_filename.endswith(".docx")
    waiting.value.save_as(path)
    return lines(path.read_bytes())


def calendar(tab: Page, path: Path) -> str:
    """Tap 存进日历; what the saved file says."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="存进日历").tap()
    assert waiting.value.suggested_filename.endswith(".ics")
    waiting.value.save_as(path)
    said = path.read_bytes().decode("utf-8").replace("\r\n ", "")
    assert said.startswith("BEGIN:VCALENDAR\r\n")
    return said


def printing(tab: Page) -> None:
    """Tap 打印; the browser is asked to print. What is then on paper is left on the screen."""
    tab.evaluate("window.print = () => { document.title = '打印了' }")
    tab.get_by_role("button", name="打印", exact=True).last.tap()
    expect(tab).to_have_title("打印了")
    tab.emulate_media(media="print")


def test_walk_1_shouting_in_the_room(phone: Page, tmp_path: Path) -> None:
    """漏水唔认 → red stops → questions, an article and back → a case's outcome in one line → 谈成了: agreement, Word, print → confirmation, last day."""
    visits = Visits()
    visits.watch(phone.context)
    guide(phone, "漏水唔认", "相邻关系")
    red = phone.get_by_role("region", name="先看能不能调")
    expect(red.get_by_role("heading").first).to_be_in_viewport(ratio=1)
    expect(red.get_by_role("listitem").first).to_be_in_viewport()

    questions = section(phone, "问清要素")
    tick(questions, "晴天漏还是雨天漏", "已经坏了什么", "你最想改的一样是什么")
    article = questions.get_by_role("listitem").filter(has_text="晴天漏还是雨天漏").get_by_role("link", name="民法典第296条")
    article.scroll_into_view_if_needed()
    here = phone.evaluate("scrollY")
    gist = phone.get_by_role("dialog", name="法条要旨")

    def back_at_the_question() -> None:
        expect(gist).to_have_count(0)
        expect(article).to_be_in_viewport(ratio=1)
        phone.wait_for_function("here => Math.abs(scrollY - here) < 3", arg=here)
        expect(questions.get_by_role("checkbox", name="晴天漏还是雨天漏")).to_be_checked()

    article.tap()
    expect(gist).to_contain_text("要旨：用水、排水")
    gist.get_by_role("button", name="回到原处").tap()
    back_at_the_question()
    article.tap()
    expect(gist).to_be_visible()
    phone.go_back()
    back_at_the_question()
    article.tap()
    gist.get_by_role("link", name="打开这一条").tap()
    expect(phone.get_by_role("heading", level=1, name="民法典")).to_be_attached()
    phone.go_back()
    back_at_the_question()

    section(phone, "对照法条和类案").get_by_role("link", name="楼上楼下渗漏水").tap()
    expect(phone.get_by_text("楼上修防水3000元自付，赔楼下1800元，试水24小时验收。").first).to_be_in_viewport(ratio=1)
    phone.get_by_role("link", name="谈成了").tap()
    expect(phone.get_by_role("heading", name="写协议")).to_be_in_viewport()
    done = phone.get_by_role("list", name="谈成了")
    expect(done.get_by_role("link", name="司法确认最后一天")).to_be_in_viewport()
    done.get_by_role("link", name="相邻纠纷调解协议").tap()

    phone.get_by_label("修好漏水的日期", exact=True).fill("2026-12-10")
    phone.get_by_label("赔修复费").fill("1800")
    plan = phone.get_by_role("group", name="付款表")
    plan.get_by_role("button", name="加一行").tap()
    for row, (day, sum_) in enumerate((("2026-12-10", "1000"), ("2027-01-10", "800")), 1):
        plan.get_by_role("group", name=f"第{row}行").get_by_label("付款日期").first.fill(day)
        plan.get_by_role("group", name=f"第{row}行").get_by_label("金额（元）").fill(sum_)
    said = "\n".join(word(phone, tmp_path / "agreement.docx"))
    assert "漏水：甲方于2026年12月10日前修好" in said
    assert "赔乙方修复费1800元，写进付款表" in said
    assert "甲方一共付乙方1800元（大写壹仟捌佰元整）" in said
    assert [row[:3] for row in rows(tmp_path / "agreement.docx", 0)[1:]] == [["1", "2026年12月10日", "1000"], ["2", "2027年1月10日", "800"]]
    printing(phone)
    expect(phone.get_by_text("漏水：甲方于2026年12月10日前修好").first).to_be_visible()
    expect(phone.get_by_role("button", name="下载Word")).to_be_hidden()
    phone.emulate_media(media="screen")

    phone.get_by_role("region", name="签了以后").get_by_role("link", name="要不要司法确认").tap()
    seen(phone.get_by_role("main"), "协议约定以后付钱、分期付款或以后交东西")
    phone.go_back()
    assert "壹仟捌佰元整" in phone.get_by_role("region", name="文书", exact=True).inner_text()
    phone.get_by_role("region", name="签了以后").get_by_role("link", name="司法确认最后一天").tap()
    expect(phone.get_by_role("heading", name="最后一天是哪天")).to_be_in_viewport()
    phone.get_by_label("哪一种期限").select_option(label="申请司法确认（30日）")
    phone.get_by_label("起算那天").fill("2026-11-23")
    expect(reckoned(phone)).to_contain_text("2026年12月23日")
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith(("file:", "blob:"))] == []


def test_walk_2_he_says_he_will_kill_her(phone: Page, tmp_path: Path) -> None:
    """他说要砍我 → what to do now, before any guide → the protection order: who may ask, which court, what to bring, the form."""
    ask(phone, "他说要砍我")
    now = phone.get_by_role("alert")
    expect(now).to_be_in_viewport(ratio=1)
    for words in ("拨 110", "分开", "告诉派出所"):
        expect(now).to_contain_text(words)
    alert, first = now.bounding_box(), hits(phone, "指引").first.bounding_box()
    assert alert
    assert first
    assert alert["y"] + alert["height"] < first["y"]

    now.get_by_role("link", name="人身安全保护令").tap()
    expect(phone.get_by_role("heading", level=1, name="人身安全保护令")).to_be_in_viewport()
    steps = section(phone, "一步一步办")
    seen(steps, "本人能申请的，本人申请")
    seen(steps, "能代办的：近亲属、公安、妇联、村居")
    seen(steps, "哪里的基层法院都行")
    tick(section(phone, "材料清单"), "申请人身份证明", "关系证明")
    section(phone, "文书").get_by_role("link", name="人身安全保护令申请书").tap()
    phone.get_by_role("radio", name="夫妻").tap()
    phone.get_by_role("checkbox", name="禁止施暴").tap()
    said = "\n".join(word(phone, tmp_path / "order.docx"))
    assert "请求作出人身安全保护令" in said
    assert "和申请人的关系：夫妻。" in said


def test_walk_3_boss_will_not_pay(phone: Page, tmp_path: Path) -> None:
    """拖粮 → arbitration first, and what is excepted → four months at 5,800 → what to photograph → payment order, arbitration → its last day in the calendar."""
    guide(phone, "拖粮", "劳动争议")
    expect(phone.get_by_text("先去仲裁，手上有工资欠条、不争别的，才能直接起诉").first).to_be_in_viewport(ratio=1)

    section(phone, "对照法条和类案").get_by_role("link", name="拖欠工资").tap()
    asked = phone.get_by_role("textbox")
    expect(asked).to_have_count(4)
    assert {box.get_attribute("inputmode") for box in asked.all()} == {"decimal"}
    phone.get_by_label("每月工资").fill("5800")
    phone.get_by_label("欠几个月").fill("4")
    expect(reckoned(phone)).to_contain_text("23,200元")
    phone.go_back()

    evidence = section(phone, "收证据")
    seen(evidence, "有一样拍一样")
    tick(evidence, "工资流水或微信收款记录", "证明在那里做过工的东西", "工资欠条")

    section(phone, "后续").get_by_role("link", name="支付令").tap()
    expect(phone.get_by_role("heading", level=1, name="支付令")).to_be_in_viewport()
    phone.go_back()
    phone.get_by_role("region", name="后续").get_by_role("link", name="劳动仲裁", exact=True).tap()
    expect(phone.get_by_role("heading", level=1, name="劳动仲裁")).to_be_in_viewport()
    section(phone, "期限")
    phone.get_by_label("哪一种期限").select_option(label="离开后追欠薪的申请期限（1年）")
    phone.get_by_label("起算那天").fill("2026-11-20")
    expect(reckoned(phone)).to_contain_text("2027年11月22日")
    event = calendar(phone, tmp_path / "last-day.ics")
    assert "DTSTART;VALUE=DATE:20271122" in event
    assert re.search(r"SUMMARY:最后一天：.*欠薪", event)
    assert event.count("BEGIN:VALARM") == 2


def test_walk_4_a_loan_without_an_iou(phone: Page) -> None:
    """冇借条有转账 → what proves a loan → the cap by the contract's day with its row, and a day that nobody knows yet → a plan of repayment, printed."""
    guide(phone, "冇借条有转账", "民间借贷")
    seen(section(phone, "收证据"), "没有条子的，转账、聊天、催款、在场人合起来证明是借")
    outlook = section(phone, "对照法条和类案")
    seen(outlook, "没有借条，只有转账")
    seen(outlook, "凭转账可以起诉")

    outlook.get_by_role("link", name="民间借贷利率上限").tap()
    phone.get_by_label("哪一天借的").fill("2024-11-05")
    cap = reckoned(phone)
    expect(cap).to_contain_text("12.4%")
    expect(cap).to_contain_text("3.10%（2024-10-21起")
    phone.get_by_label("哪一天借的").fill("2026-11-01")
    phone.get_by_role("button", name="计算").tap()
    expect(phone.get_by_text("没有2026-11-01的数（只知道到")).to_be_in_viewport(ratio=1)
    expect(phone.get_by_text("请查全国银行间同业拆借中心公布的数")).to_be_in_viewport(ratio=1)
    expect(cap).to_be_hidden()
    phone.go_back()

    phone.get_by_role("region", name="对照法条和类案").get_by_role("link", name="分期还款表").tap()
    phone.get_by_label("一共要还").fill("21000")
    phone.get_by_label("分几期").fill("7")
    phone.get_by_label("第一期哪天付").fill("2026-12-31")
    reckoned(phone)
    table = phone.get_by_role("region", name="分期付款表").get_by_role("row")
    expect(table).to_have_count(8)
    expect(table.nth(3)).to_have_text(re.compile("第3期.*2027-02-28.*3,000.*12,000"))
    printing(phone)
    expect(table.last).to_be_visible()
    expect(phone.get_by_role("button", name="计算")).to_be_hidden()
    expect(phone.get_by_role("banner")).to_be_hidden()


def test_walk_5_land(phone: Page) -> None:
    """田埂 → which of five: contract, transfer, ownership, membership, requisition; ownership can't be mediated; a transfer can, or goes to arbitration within two years."""
    guide(phone, "田埂", "农村土地承包")
    path = phone.get_by_role("link", name="田地的事走哪个门")
    expect(path).to_be_in_viewport(ratio=1)
    path.tap()
    first = phone.get_by_role("region", name="争的到底是什么？")
    for kind in ("承包：", "流转：", "权属：", "成员：", "征地："):
        expect(first.get_by_role("link", name=kind)).to_be_visible()

    first.get_by_role("link", name="权属：").tap()
    phone.get_by_role("link", name="两边都没证").tap()
    ownership = phone.get_by_role("region", name="不能调，先找镇政府")
    expect(ownership.get_by_role("heading", name="不能调，先找镇政府")).to_be_in_viewport(ratio=1)
    ownership.get_by_text("土管法第14条").tap()
    seen(ownership, "要旨")

    phone.get_by_role("link", name="从头来").tap()
    first.get_by_role("link", name="流转：").tap()
    phone.get_by_role("link", name="其他：租金").tap()
    lease = phone.get_by_role("region", name="可以调")
    seen(lease, "两年内仲裁或直接起诉")
    expect(lease.get_by_role("link", name="农村土地承包指引")).to_be_visible()
    lease.get_by_role("link", name="农村土地承包仲裁").tap()
    expect(phone.get_by_role("heading", level=1, name="农村土地承包仲裁")).to_be_in_viewport()
    seen(section(phone, "一步一步办"), "知道受损起两年内申请仲裁")
    section(phone, "期限")
    phone.get_by_label("哪一种期限").select_option(label="申请土地承包仲裁（2年）")
    phone.get_by_label("起算那天").fill("2026-11-20")
    expect(reckoned(phone)).to_contain_text("2028年11月20日")
