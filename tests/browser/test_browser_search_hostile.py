"""Whatever is pasted into the field: no script runs, nothing is asked of the machine that grows with it, and the search goes on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from browsing import Site, Visits, fresh_context
from playwright.sync_api import Browser, Page, expect
from searching import answered, ask, handed, hits, shown
from site_pages import PHONE

pytestmark = pytest.mark.browser

LONG = 10_000
HAN = "".join(random.Random(1).choices("漏水彩礼工资借条赡养押金的一是在不了有和人这中大为上个国我以要他时来用们", k=LONG))
LATIN = "".join(random.Random(2).choices("abcdefghijklmnopqrstuvwxyz ", k=LONG))
MIXED = "".join(random.Random(3).choices("漏水工资ab12.,，。ЖдΩαאבשم한글かな😀\u0301\u200d§№㈠ﷺ", k=LONG))

PASTES = {
    "one Han": "啊" * LONG,
    "one pair": "漏水" * (LONG // 2),
    "Han": HAN,
    "Latin": LATIN,
    "letters without a space": "laodong" * (LONG // 7),
    "digits": "1084" * (LONG // 4),
    "numerals": "第一千零八十四条" * (LONG // 8),
    "an article again and again": "民法典第1084条" * (LONG // 9),
    "mixed": MIXED,
    "expands": "ﷺ㍿㋿" * (LONG // 3),
    "spaces": " " * LONG + "漏水",
    "brackets": "(" * LONG,
    "stop words": "的了是在和不就都而及与着或",
    "one character": "的",
    "regular expression": r"(.*+?[\^$|(?:a+)+$",
    "evil regular expression": "a" * 5000 + "!",
    "image": "<img src=x onerror=window.hit=1>",
    "script": "</script><script>window.hit=1</script>",
    "attribute": "\" autofocus onfocus=window.hit=1 x='",
    "in the words": "<b onmouseover=window.hit=1>漏水</b>",
    "address": "javascript:window.hit=1",
    "template": "${window.hit=1}{{window.hit=1}}",
    "prototype": "__proto__ constructor toString hasOwnProperty",
    "emoji": "😀😀👨‍👩‍👧‍👦🇨🇳漏水",
    "zero width": "\u200b漏\u200b水\u200b\u2060\ufeff",
    "right to left": "\u202e漏水\u202c\u200f\u2067水漏\u2069",
    "half a character": "\ud83d漏水\ude00",
    "half a character at the cut": "漏" * 199 + "😀😀",
    "accents": "e" + "\u0301" * 5000,
    "control": "".join(map(chr, range(32))) + "漏水\x7f",
    "not a character": "\ufffe\uffff漏水",
    "percent": "%%%E0%A4%A",
    "address parts": "#q=1&kind=c&q=2?a=b",
    "quotes": '"\\"\'`',
    "mixed scripts": "abc漏水123ＡＢＣЖΩאם한かな",
}

PUT = """async text => {
  const field = document.querySelector("[role=searchbox]");
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", {bubbles: true}));
}"""
WATCH = """() => {
  window.longest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { window.longest = Math.max(window.longest, e.duration) })).observe({entryTypes: ["longtask"]});
}"""


@dataclass
class Desk:
    """A tab with the search page, what went wrong in it, and the longest task of each paste."""

    tab: Page
    visits: Visits
    longest: dict[str, float] = field(default_factory=dict)


@pytest.fixture(scope="module")
def desk(site: Site, chromium: Browser) -> Iterator[Desk]:
    """One page that takes all pastes one after the other, as an open tab does."""
    context = fresh_context(chromium, site, PHONE)
    visits = Visits()
    visits.watch(context)
    desk = Desk(context.new_page(), visits)
    desk.tab.goto(site.url("search.html"))
    desk.tab.evaluate(WATCH)
    yield desk
    print("longest tasks in ms (0: none over 50): " + ", ".join(f"{name} {ms:.0f}" for name, ms in desk.longest.items() if ms))
    context.close()


def loaded(tab: Page) -> int:
    """How many files of the index the page has asked for so far."""
    return int(tab.evaluate("tingsuoSearch.index.files.scripts"))


def literal(text: str) -> str:
    """A text as JavaScript has it; halves of characters can't be sent otherwise."""
    return '"' + "".join(f"\\u{unit:04x}" for unit in memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")) + '"'


@pytest.mark.parametrize("name", PASTES)
def test_a_paste_does_no_harm(desk: Desk, site: Site, name: str) -> None:
    """No script runs, the console stays silent, at most 200 characters are looked up in a bounded number of files, and the next query works."""
    tab, said = desk.tab, PASTES[name]
    before = loaded(tab)
    tab.evaluate("longest = 0")
    tab.evaluate(f"({PUT})({literal(said)})")
    tab.wait_for_function(
        "() => { const q = tingsuoSearchCore.clean(document.querySelector('[role=searchbox]').value); return !q || tingsuoSearch.whole === q }"
    )
    assert tab.evaluate("tingsuoSearchCore.clean(document.querySelector('[role=searchbox]').value).length") <= 200
    assert tab.evaluate("window.hit") is None
    assert tab.locator("#search-results script, #search-results img, #search-results b").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    desk.longest[name] = float(tab.evaluate("longest"))
    # Each word that is looked up is one file, each hit on the screen another.
    assert loaded(tab) - before <= 60
    ask(tab, "漏水")
    assert hits(tab, "指引").first.inner_text() == "相邻关系调解指引"
    assert desk.visits.problems == []


@pytest.mark.parametrize("said", ["漏\u200b水", "\u200b漏水\ufeff", "漏\u00ad水", "漏\u2060水", "\u202a漏水\u202c", "\u2068漏水\u2069"])
def test_what_cannot_be_seen_does_not_count(desk: Desk, said: str) -> None:
    """Marks without width that come along with a pasted text, even between two characters, change nothing in what is found."""
    ask(desk.tab, "漏水")
    whole = shown(desk.tab)
    ask(desk.tab, said)
    assert whole == shown(desk.tab)


def test_a_bad_address_does_no_harm(desk: Desk, site: Site) -> None:
    """Addresses that somebody made up: broken escapes, unknown kinds, huge numbers, scripts in every part."""
    tab = desk.tab
    for address in (
        "#q=%E6%BC%8F%E6%B0%B4&more=c:99999999999,g:5,x:1",
        "#q=%E6%BC%8F%E6%B0%B4&kind=%3Cimg%20src=x%20onerror=hit=1%3E",
        "#q=%E6%BC%8F%E6%B0%B4&kind=__proto__&town=constructor&year=0&dispute=toString",
        "#q=%E6%BC%8F%E6%B0%B4&article=%3Cscript%3Ehit=1%3C/script%3E",
        "#q=%E6%BC%8F%E6%B0%B4&in=%3Cimg%20src=x%20onerror=hit=1%3E",
        "#q=%E6%BC%8F%E6%B0%B4&broken=%E0%A4%A&q2",
    ):
        tab.goto("about:blank")
        tab.goto(site.url("search.html") + address)
        answered(tab, "漏水")
        assert tab.evaluate("window.hit") is None
        assert tab.get_by_role("listitem").count() < 300
    tab.goto("about:blank")
    tab.goto(site.url("search.html") + "#q=%E0%A4%A&kind=c")
    ask(tab, "漏水")
    expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
    assert desk.visits.problems == []
    tab.evaluate(WATCH)


def test_every_known_phrase_at_once(desk: Desk, site: Site) -> None:
    """200 characters made of known phrases, the most that a query can ask: the number of files that it needs stays small."""
    prior = handed(site.root / "search" / "index.js")["prior"]
    phrases = [line.partition("\t")[0] for line in prior["phrases"].split("\n")]
    random.Random(5).shuffle(phrases)
    said = "".join(phrase for phrase in phrases if len(phrase) <= 3)[:200]
    before = loaded(desk.tab)
    desk.tab.evaluate("longest = 0")
    ask(desk.tab, said)
    desk.longest["known phrases"] = float(desk.tab.evaluate("longest"))
    print(f"{loaded(desk.tab) - before} files for a query of {len(said)} characters of known phrases")
    assert loaded(desk.tab) - before <= 60
