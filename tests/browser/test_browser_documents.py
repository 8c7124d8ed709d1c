"""Papers in the browser: filled in on the device, shown as they will be, printed, saved as Word, cleared."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from browsing import Look, OpenPage, Site, Visits
from playwright.sync_api import Browser, Download, Page, expect
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations
from test_browser_sizes import measured

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from word_file import lines, parts, rows

pytestmark = pytest.mark.browser

AGREEMENT = "documents/mediation-agreement.html"
RISK = "documents/performance-risk-sheet.html"
LIST = "documents/index.html"
BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked', 'SecurityError') }})"


def sheet(tab: Page) -> str:
    """What the paper says now."""
    return tab.locator("[data-sheet]").inner_text()


def fill(tab: Page) -> None:
    """An agreement over a loan, two instalments."""
    tab.get_by_role("textbox", name="甲方", exact=True).fill("张某")
    tab.get_by_role("textbox", name="乙方", exact=True).fill("李某")
    tab.get_by_label("纠纷名称").fill("民间借贷纠纷")
    tab.get_by_label("主要事实").fill("2025年3月，甲方向乙方借款。\n<b>到期没有还</b> & 没有利息。")
    tab.get_by_role("radio", name="甲方").check()
    tab.get_by_label("签订日期").fill("2026-11-23")
    table = tab.get_by_role("group", name="付款表")
    table.get_by_label("付款日期").fill("2026-12-01")
    table.get_by_label("金额（元）").fill("12,000")
    table.get_by_role("button", name="加一行").click()
    second = table.get_by_role("group", name="第2行")
    second.get_by_label("付款日期").fill("2027-01-01")
    second.get_by_label("金额（元）").fill("500.5")
    tab.get_by_label("原来的条子").fill("还清当天交还借条。")


def saved(tab: Page, path: Path) -> bytes:
    """The Word file that the button makes."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="下载Word").click()
    download: Download = waiting.value
    assert re.fullmatch(r"\S+ \d{4}-\d{2}-\d{2}\.docx", download.suggested_filename)
    download.save_as(path)
    return path.read_bytes()


# ---- filling in ----


def test_what_is_typed_stands_in_the_paper(open_page: OpenPage) -> None:
    """Words, dates in Chinese, choices, rows with their numbers, sums and capitals: all in the paper as they are typed."""
    tab = open_page(AGREEMENT)
    fill(tab)
    said = sheet(tab)
    for words in (
        "甲方：张某（",
        "双方因民间借贷纠纷申请调解。2025年3月",
        "<b>到期没有还</b> & 没有利息。",
        "由甲方付人民币12500.50元（大写壹万贰仟伍佰元伍角整）",
        "签订日期：2026年11月23日",
    ):
        assert words in said
    cells = tab.locator("[data-sheet] tbody tr:visible").all_inner_texts()
    assert [cell.split() for cell in cells] == [["1", "2026年12月1日", "12000"], ["2", "2027年1月1日", "500.50"]]
    assert "☐" in said, "what isn't chosen yet still shows its boxes"


def test_what_is_typed_is_there_after_a_reload_and_gone_when_cleared(open_page: OpenPage, site: Site) -> None:
    """Kept under a key of this site; 清空 asks once, then empties form, paper and device; other papers stay."""
    tab = open_page(AGREEMENT, PHONE)
    fill(tab)
    tab.goto(site.url(RISK))
    tab.get_by_label("纠纷名称").fill("欠薪纠纷")
    tab.goto(site.url(AGREEMENT))
    assert "张某" in sheet(tab)
    assert tab.get_by_role("group", name="第2行").get_by_label("金额（元）").input_value() == "500.5"
    keys = tab.evaluate("Object.keys(localStorage)")
    prefix = tab.evaluate("document.documentElement.getAttribute('data-site')")
    assert {f"{prefix}:paper:mediation-agreement", f"{prefix}:paper:performance-risk-sheet"} <= set(keys)
    assert [key for key in keys if not key.startswith(f"{prefix}:")] == []

    clear = tab.get_by_role("button", name="清空")
    clear.click()
    assert "张某" in sheet(tab), "one tap by accident loses nothing"
    tab.get_by_role("button", name="确定清空").click()
    assert "张某" not in sheet(tab)
    assert tab.get_by_role("textbox", name="甲方", exact=True).input_value() == ""
    tab.reload()
    assert "张某" not in sheet(tab)
    tab.goto(site.url(RISK))
    assert tab.get_by_label("纠纷名称").input_value() == "欠薪纠纷"


def test_list_says_what_is_filled_and_clears_it_all(open_page: OpenPage, site: Site) -> None:
    """On a shared tablet the list shows which papers hold something, and empties them together."""
    tab = open_page(AGREEMENT, TABLET)
    tab.get_by_label("纠纷名称").fill("漏水纠纷")
    tab.goto(site.url(LIST))
    expect(tab.get_by_text("这台设备上填过 1 张")).to_be_visible()
    expect(tab.locator("[data-paper-id=mediation-agreement]").get_by_text("填过")).to_be_visible()
    tab.get_by_role("button", name="清空全部").click()
    tab.get_by_role("button", name="确定清空").click()
    expect(tab.get_by_text("这台设备上没有填过的文书")).to_be_visible()
    tab.goto(site.url(AGREEMENT))
    assert tab.get_by_label("纠纷名称").input_value() == ""


def test_nonsense_is_refused_beside_its_field(open_page: OpenPage) -> None:
    """What isn't an amount leaves the blank and says why; what looks like an identity number is said to belong to the pen."""
    tab = open_page("documents/performance-receipt.html")
    amount = tab.get_by_label("金额", exact=True)
    for nonsense in ("-5", "1e99", "很多", "12.345", "1234567890123"):
        amount.fill(nonsense)
        expect(amount).to_have_attribute("aria-invalid", "true")
        assert "只写数字" in tab.locator("#e-amount").inner_text()
        assert nonsense not in sheet(tab)
    amount.fill("１２，０００元")
    assert "人民币12000元（大写壹万贰仟元整）" in sheet(tab)
    tab.get_by_label("付款（交物）人").fill("张某 13800000000")
    assert "打印后再用笔填" in tab.locator("#e-payer").inner_text()


def test_a_sum_that_was_typed_is_compared(open_page: OpenPage) -> None:
    """A total typed by hand stands, and says so when the rows add up to something else; emptied, it is reckoned again."""
    tab = open_page(AGREEMENT)
    fill(tab)
    total = tab.get_by_label("付款总额", exact=True)
    assert total.input_value() == "12500.50"
    total.fill("13000")
    assert "壹万叁仟元整" in sheet(tab)
    assert "加起来是 12500.50" in tab.locator("#e-pay-total").inner_text()
    total.fill("")
    assert "12500.50" in sheet(tab)


def test_choice_can_be_taken_back_and_rows_removed(open_page: OpenPage) -> None:
    """A choice tapped again is no choice; a row removed is gone from the paper."""
    tab = open_page(AGREEMENT)
    fill(tab)
    tab.get_by_role("radio", name="甲方").click()
    assert "☐甲方" in sheet(tab)
    tab.get_by_role("group", name="第1行").get_by_role("button", name="删去").click()
    assert [cell.split() for cell in tab.locator("[data-sheet] tbody tr:visible").all_inner_texts()] == [["1", "2027年1月1日", "500.50"]]


def test_full_stop_stands_once(open_page: OpenPage) -> None:
    """A value that ends in a full stop before a full stop doesn't double it."""
    tab = open_page("documents/power-of-attorney.html")
    tab.get_by_label("限制").fill("付款总数不超过五千元。")
    assert "付款总数不超过五千元。没有打勾的事" in sheet(tab)


def test_risk_sheet_adds_up_and_advises(open_page: OpenPage) -> None:
    """Eight scores make a total in view all the time, with what it advises; the advice can be overruled."""
    tab = open_page(RISK, PHONE)
    score = tab.locator("[data-score]")
    assert "已打 0 / 8 项" in score.inner_text()
    for n in range(1, 9):
        tab.locator(f"[name=s{n}]").nth(1).check()
    assert score.inner_text() == "总分 8：今天约司法确认"
    assert "总分：8分。建议：今天约司法确认" in sheet(tab)
    tab.locator("[name=s1]").nth(0).check()
    assert score.inner_text() == "总分 7：可以直接签"
    for n in range(1, 7):
        tab.locator(f"[name=s{n}]").nth(2).check()
    assert score.inner_text() == "总分 14：约司法确认并加担保"
    tab.get_by_role("radio", name="先付清再签").check()
    assert "建议：先付清再签" in sheet(tab)
    expect(score).to_be_in_viewport()
    assert tab.get_by_role("radio", name="0 付清或过半").count() == 1


CAPITALS = {
    "0": "零元整", "1": "壹元整", "10": "壹拾元整", "105": "壹佰零伍元整", "1010": "壹仟零壹拾元整", "10000": "壹万元整", "10001": "壹万零壹元整",
    "100500": "壹拾万零伍佰元整", "1000000": "壹佰万元整", "100000001": "壹亿零壹元整", "120030004000": "壹仟贰佰亿零叁仟万零肆仟元整",
    "12000.5": "壹万贰仟元伍角整", "12000.05": "壹万贰仟元零伍分", "3.45": "叁元肆角伍分", "0.5": "伍角整", "0.05": "伍分", "9999999.99": "玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}  # fmt: skip


def test_amounts_are_spelled_as_on_bills(look: Look) -> None:
    """大写 by the rule for bills: one 零 for any run of zeros inside, 整 after 元 and 角."""
    tab = look(AGREEMENT)
    assert {amount: tab.evaluate("amount => tingsuoPaper.capitals(amount)", amount) for amount in CAPITALS} == CAPITALS


# ---- the Word file ----


def test_filled_word_file_opens_and_says_what_was_typed(open_page: OpenPage, tmp_path: Path) -> None:
    """Made in the page from file://, opened with python-docx: the paper's text with the values, no mark, nothing of who filled it in."""
    tab = open_page(AGREEMENT)
    fill(tab)
    path = tmp_path / "agreement.docx"
    data = saved(tab, path)
    said = "\n".join(lines(data))
    for words in (
        "甲方：张某（",
        "由甲方付人民币12500.50元（大写壹万贰仟伍佰元伍角整）",
        "<b>到期没有还</b> & 没有利息。",
        "签订日期：2026年11月23日",
    ):
        assert words in said
    assert "旧凭证和其他要求：还清当天交还借条。" in said
    assert rows(path, 0)[1:] == [["1", "2026年12月1日", "12000", ""], ["2", "2027年1月1日", "500.50", ""]]
    inside = parts(data)
    assert [name for name, text in inside.items() if "{{" in text or "}}" in text] == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
    assert "张某" not in inside["docProps/core.xml"]


def test_unfilled_word_file_is_the_blank_one(look: Look, site: Site) -> None:
    """For every paper: with nothing typed, the browser's file has the same parts, letter for letter, as the blank made at build."""
    differing = []
    for path in sorted((site.root / "documents").glob("*.docx")):
        tab = look(f"documents/{path.stem}.html")
        made = tab.evaluate("""() => new Promise(done => {
            const definition = JSON.parse(document.querySelector("[data-definition]").textContent);
            const paper = tingsuoPaper.finished(definition, {values: {}, rows: {}});
            const reader = new FileReader();
            reader.onload = () => done(reader.result.split(",")[1]);
            reader.readAsDataURL(new Blob(tingsuoPaper.word(paper)));
        })""")
        import base64

        if parts(base64.b64decode(made)) != parts(path.read_bytes()):
            differing.append(path.stem)
    assert differing == []


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="没有 LibreOffice 和 pdftotext：apt-get install libreoffice-writer-nogui poppler-utils",
)
def test_filled_word_file_prints_from_libreoffice(open_page: OpenPage, tmp_path: Path) -> None:
    """LibreOffice reads the browser's zip and prints the values."""
    tab = open_page(AGREEMENT)
    fill(tab)
    saved(tab, tmp_path / "agreement.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "agreement.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    text = subprocess.run(["pdftotext", "-raw", "agreement.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "壹万贰仟伍佰元伍角整" in re.sub(r"\s", "", text)


# ---- where it has to work ----


def test_blocked_storage_breaks_nothing(site: Site, chromium: Browser, tmp_path: Path) -> None:
    """Where localStorage is refused, filling, the Word file and clearing work, and the page says that nothing is kept."""
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    context.add_init_script(BLOCKED)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(site.url(AGREEMENT))
    expect(tab.get_by_text("这台设备不让保存")).to_be_visible()
    fill(tab)
    assert "张某" in "".join(lines(saved(tab, tmp_path / "a.docx")))
    tab.get_by_role("button", name="清空").click()
    tab.get_by_role("button", name="确定清空").click()
    assert "张某" not in sheet(tab)
    tab.goto(site.url(LIST))
    context.close()
    assert visits.problems == []


def test_nothing_is_sent(open_page: OpenPage, site: Site, tmp_path: Path) -> None:
    """Filling in, saving and clearing ask for nothing; loading asks for files of the site only."""
    tab = open_page(AGREEMENT)
    visits = Visits()
    visits.watch(tab.context)
    fill(tab)
    saved(tab, tmp_path / "a.docx")
    tab.get_by_role("button", name="清空").click()
    tab.get_by_role("button", name="确定清空").click()
    assert [url for url in visits.requests if not url.startswith(("blob:", "data:")) and not url.endswith("icon.svg")] == []
    tab.reload()
    assert [url for url in visits.requests if not url.startswith((site.root.as_uri() + "/", "blob:", "data:"))] == []
    assert visits.problems == []
    assert tab.context.cookies() == []


def test_spoiled_memory_is_no_obstacle(open_page: OpenPage) -> None:
    """What stands under the paper's key and isn't ours leaves an empty form."""
    tab = open_page(AGREEMENT)
    for spoiled in ("{", "[]", json.dumps({"values": {"party-a": {"x": 1}, "nobody": "x"}, "rows": {"t-no": "x"}})):
        tab.evaluate("text => localStorage.setItem(document.documentElement.getAttribute('data-site') + ':paper:mediation-agreement', text)", spoiled)
        tab.reload()
        tab.get_by_role("textbox", name="甲方", exact=True).fill("张某")
        assert "甲方：张某" in sheet(tab)


def test_paper_reads_without_scripts(open_page: OpenPage) -> None:
    """Without JavaScript the paper stands there to be read and printed, with the blank Word file; the form is away."""
    tab = open_page(AGREEMENT, PHONE, java_script_enabled=False)
    assert "人民调解协议书" in sheet(tab)
    expect(tab.get_by_role("button", name="下载Word")).to_be_hidden()
    expect(tab.get_by_role("textbox", name="甲方", exact=True)).to_be_hidden()
    expect(tab.get_by_role("link", name="下载空白Word")).to_be_visible()
    expect(tab.get_by_text("不能在网页上填")).to_be_visible()


@pytest.mark.parametrize("page", [AGREEMENT, RISK, LIST, "documents/wage-statement.html"])
def test_axe_finds_nothing(look: Look, page: str) -> None:
    """Zero violations on a desktop by day, a phone by night and a tablet in large type."""
    for size, mode in ((DESKTOP, ""), (PHONE, "夜间"), (TABLET, "大字")):
        assert (size, []) == (size, violations(look(page, size, mode), {"type": "tag", "values": RULES}))


@pytest.mark.parametrize("mode", ["", "大字"])
@pytest.mark.parametrize("page", [AGREEMENT, RISK, LIST, "documents/clauses-marriage.html"])
def test_fits_every_screen(look: Look, page: str, mode: str) -> None:
    """Nothing sticks out sideways; letters and targets are large enough."""
    for size in (PHONE, TABLET, DESKTOP):
        found = measured(look(page, size, mode))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        least = 24 if mode else 12
        assert (size, []) == (size, [text for text in found["texts"] if text["size"] < (least if text["main"] else min(least, 18))])
        if size == PHONE or mode:
            assert (size, []) == (
                size,
                [target for target in found["targets"] if target["height"] < (59.5 if mode else 24 if target["trail"] else 40)],
            )


def test_buttons_stay_in_view(open_page: OpenPage) -> None:
    """At the end of a long form on a phone, 下载Word, 打印 and 清空 are still there, and a link to the paper that leads back."""
    tab = open_page(AGREEMENT, PHONE)
    tab.get_by_label("签订日期").scroll_into_view_if_needed()
    for name in ("下载Word", "打印", "清空"):
        expect(tab.get_by_role("button", name=name)).to_be_in_viewport()
    tab.get_by_role("link", name="看文书").click()
    expect(tab.locator(".ts-sheet__title")).to_be_in_viewport()
    expect(tab.get_by_role("link", name="回去填")).to_be_in_viewport()


def test_only_the_paper_prints_on_a4(open_page: OpenPage, tmp_path: Path) -> None:
    """Print: A4, the paper and its page numbers, neither form nor menus nor the colour behind what was typed."""
    tab = open_page(AGREEMENT)
    fill(tab)
    tab.emulate_media(media="print")
    for selector in (".ts-header", ".ts-desk__bar", ".ts-desk__left", ".ts-footer", ".ts-bottom", "h1", "#laws", "#paper"):
        expect(tab.locator(selector).first).to_be_hidden()
    expect(tab.locator("[data-sheet]")).to_be_visible()
    assert tab.locator(".ts-gap--filled").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    path = tmp_path / "paper.pdf"
    tab.pdf(path=path, prefer_css_page_size=True)
    if not shutil.which("pdftotext"):
        pytest.skip("没有 pdftotext：apt-get install poppler-utils")
    info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Page size: +59[45]\.\d+ x 84[12]\.\d+ pts", info)
    text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout)
    assert "由甲方付人民币12500.50元（大写壹万贰仟伍佰元伍角整）" in text
    assert re.search(r"第1页共\d页", text)
    for stray in ("下载Word", "填写前先看", "首页", "待填"):
        assert stray not in text
