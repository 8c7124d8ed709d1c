"""The same search wherever the site is put: under a folder of a web server, and inlined in one HTML file."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browsing import Site, Visits, fresh_context
from playwright.sync_api import Browser, Page, expect
from searching import answered, ask, hits, said_so, shown, unfold
from site_pages import PHONE

pytestmark = pytest.mark.browser

SAID = (
    "漏水",
    "老板不给工钱",
    "laodong",
    "ldzy",
    "离昏",
    "樓上漏水",
    "民法典1084",
    "他说要砍我",
    "加班费",
    "协议",
    "xyzxyzq",
    "老公打我还不让我回家怎么办",
)

Answers = dict[str, tuple[str, dict[str, list[str]]]]
"""Query → (what the status says, what is shown)."""


@pytest.fixture(scope="module")
def at_home(site: Site, chromium: Browser) -> Answers:
    """What the site in its folder says and shows for each query."""
    context = fresh_context(chromium, site, PHONE)
    tab = context.new_page()
    tab.goto(site.url("search.html"))
    found = asked(tab)
    context.close()
    return found


def asked(tab: Page) -> Answers:
    """What a page says and shows for each query."""
    found = {}
    for said in SAID:
        ask(tab, said)
        found[said] = (said_so(tab), shown(tab))
    return found


# ---- a web server ------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def served(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a folder of a web server: its address."""
    root = tmp_path_factory.mktemp("www")
    (root / "fa").mkdir()
    (root / "fa" / "共建").symlink_to(site.root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/fa/%E5%85%B1%E5%BB%BA/"
    server.shutdown()
    server.server_close()


def test_below_a_folder_of_a_web_server(chromium: Browser, site: Site, served: str, at_home: Answers) -> None:
    """Over http under a sub-path the same is found, shared links and going back work, and nothing outside the folder is asked for."""
    # The other browser has no network, not even to this machine.
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    context.set_default_timeout(5_000)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(f"{served}search.html")
    assert at_home == asked(tab)
    tab.goto("about:blank")
    tab.goto(f"{served}search.html?q=%E6%BC%8F%E6%B0%B4")
    answered(tab, "漏水")
    hits(tab, "案例").first.click()
    tab.wait_for_url(f"{served}cases/**")
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("漏水")
    expect(hits(tab, "案例").first).to_be_visible()
    tab.goto(f"{served}laws/index.html")
    tab.get_by_role("link", name="查找").first.click()
    tab.wait_for_url(f"{served}search.html")
    ask(tab, "拖粮")
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")
    browser.close()
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith((served, "about:", "data:"))] == []


# ---- one file ----------------------------------------------------------------------


def one_file(site: Path) -> str:
    """The search page with everything that it needs inside: styles, scripts, and the index as text."""
    html = (site / "search.html").read_text("utf-8")
    html = re.sub(r'<link rel="icon"[^>]*>', "", html)

    def style(link: re.Match[str]) -> str:
        return f"<style>{(site / link[1]).read_text('utf-8')}</style>"

    def script(tag: re.Match[str]) -> str:
        return f"<script>{(site / tag[1]).read_text('utf-8')}</script>"

    html = re.sub(r'<link rel="stylesheet" href="([^"]+)">', style, html)
    engine = html.index('<script src="assets/tingsuo/search-core.js">')
    files = "".join(
        f'<script type="text/plain" id="search/{path.stem}">{path.read_text("utf-8")}</script>\n' for path in sorted((site / "search").glob("*.js"))
    )
    return re.sub(r'<script src="([^"]+)"></script>', script, html[:engine] + files + html[engine:])


@pytest.fixture(scope="module")
def inlined(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one file, alone in a folder."""
    path = tmp_path_factory.mktemp("one") / "知识库.html"
    path.write_text(one_file(site.root), "utf-8")
    return path


def test_in_one_file(chromium: Browser, site: Site, inlined: Path, at_home: Answers) -> None:
    """Inlined in one HTML file, opened from an empty folder: the same is found, and nothing else is asked for."""
    context = fresh_context(chromium, site, PHONE)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(inlined.as_uri())
    assert at_home == asked(tab)
    tab.goto("about:blank")
    tab.goto(inlined.as_uri() + "#q=%E5%8D%8F%E8%AE%AE&kind=c")
    answered(tab, "协议")
    assert hits(tab, "案例").count() == 20
    unfold(tab)
    tab.get_by_label("纠纷").select_option("loans")
    expect(hits(tab, "案例").first).to_be_visible()
    context.close()
    assert visits.problems == []
    assert {url.partition("#")[0] for url in visits.requests} <= {inlined.as_uri(), "about:blank"}


def test_a_damaged_part_of_the_one_file(chromium: Browser, site: Site, inlined: Path, tmp_path: Path) -> None:
    """A part of the one file that is cut off is told of; guides come all the same."""
    html = inlined.read_text("utf-8")
    start = html.index('id="search/columns">')
    damaged = tmp_path / "坏.html"
    damaged.write_text(html[: start + 200] + html[html.index("</script>", start) :], "utf-8")
    context = fresh_context(chromium, site, PHONE)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(damaged.as_uri())
    ask(tab, "漏水")
    expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
    assert "有 1 个检索文件打不开" in said_so(tab)
    context.close()
    assert visits.problems == []
