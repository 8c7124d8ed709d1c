"""The web pack on a host: installed by Chromium, read after the host is dead, updated, and with a device that is full."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, Visits
from hosting import Host
from playwright.sync_api import Browser, BrowserContext, Page, expect
from searching import ask, hits
from site_pages import CASES, DESKTOP, PAGES, PHONE

from project import LANE, Project, digests
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import web_app
from tingsuo.outputs.packs.source import PackSource
from tingsuo.prepare import prepare

pytestmark = pytest.mark.browser
ALL_KEPT = "没有网络也能看：全部内容已存在这台设备上。"


def pack(root: Path, site: Path, target: Path) -> Path:
    """The web pack of a built project."""
    library = prepare(root, bodies=False).library
    assert library
    return web_app.make(PackSource(root, site, library), target, no_progress)[0]


@pytest.fixture(scope="module")
def whole(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content as a web pack. Don't change it."""
    return pack(site.root.parent, site.root, tmp_path_factory.mktemp("web"))


@pytest.fixture
def profile(connected: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    context = connected.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def install(context: BrowserContext, host: Host, says: str = ALL_KEPT) -> Page:
    """Visit for the first time and wait until what should be kept is kept."""
    tab = context.new_page()
    tab.goto(host.url("index.html"))
    expect(tab.locator(".ts-webapp")).to_contain_text(says, timeout=60_000)
    return tab


def kept(tab: Page) -> set[str]:
    """The names of the files that the device keeps."""
    root = tab.evaluate("navigator.serviceWorker.ready.then(r => r.scope)")
    keys = tab.evaluate("scope => caches.open('tingsuo ' + scope).then(c => c.keys()).then(all => all.map(r => decodeURI(r.url)))", root)
    return {key.removeprefix(root).split("?")[0] for key in keys if "/note?" not in key}


def listed(folder: Path) -> set[str]:
    """What a pack's lists name, and the lists."""
    lists = {f"offline-{group}.txt" for group in ("core", "more")}
    return lists | {line.split(" ", 2)[2] for name in lists for line in (folder / name).read_text("utf-8").splitlines()}


def test_no_page_breaks_the_security_policy(whole: Path, connected: Browser) -> None:
    """Under the headers for hosts every kind of page loads with an empty console, asks only this host, and search, forms and saving work."""
    with Host(whole) as host:
        context = connected.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
        # Every page from the host itself, with the host's headers.
        context.add_init_script("Object.defineProperty(Navigator.prototype, 'serviceWorker', {get() {}})")
        visits = Visits()
        visits.watch(context)
        tab = context.new_page()
        for page in PAGES.values():
            tab.goto(host.url(page))
        tab.goto(host.url("search.html"))
        ask(tab, "彩礼")
        assert hits(tab, "案例").count()
        tab.goto(host.url(PAGES["guide"]))
        tab.get_by_role("checkbox").first.check()
        with tab.expect_download():
            tab.get_by_role("button", name="存成文字").first.click()
        context.close()
        assert visits.problems == []
        assert [url for url in visits.requests if not url.startswith((host.url(), "data:", "blob:"))] == []


def test_everything_works_after_the_host_is_dead(whole: Path, profile: BrowserContext) -> None:
    """One visit; then no host any more: every kind of page, search and its hits, folders, queries, anchors, unknown addresses, papers."""
    visits = Visits()
    with Host(whole, "/tingsuo/") as host:
        tab = install(profile, host)
        assert listed(whole) == kept(tab)
        assert len(host.sent) <= len(listed(whole)) + 20, "each file once; the first page's own files may come twice"
        host.stop()
        visits.watch(profile)
        for page in PAGES.values():
            answer = tab.goto(host.url(page))
            assert answer and answer.status == 200, page
        assert visits.problems == []
        for address in ("search.html?q=彩礼", "search.html#q=彩礼"):
            tab.goto(host.url(address))
            hits(tab, "案例").first.wait_for()
        hits(tab, "案例").first.click()
        tab.wait_for_url("**/cases/marriage/*.html*")
        for address in ("cases/", "", f"{CASES['教学案例'] if '教学案例' in CASES else PAGES['guide']}?from=qr#top", "cases/index"):
            answer = tab.goto(host.url(address))
            assert answer and answer.status == 200, address
        paper = tab.evaluate("fetch('../documents/mediation-agreement.docx').then(r => r.arrayBuffer()).then(b => b.byteLength)")
        assert (whole / "documents" / "mediation-agreement.docx").stat().st_size == paper
        answer = tab.goto(host.url("no/such/page.html"))
        assert answer and answer.status == 404
        tab.get_by_role("link", name="回到首页").click()
        tab.wait_for_url(host.url("index.html"))


def test_an_update_fetches_what_changed_and_waits_for_the_button(profile: BrowserContext, tmp_path: Path) -> None:
    """One case changed: only changed files are fetched, the old edition stays until the button is pressed, another tab is told, old files are dropped."""
    project = Project(tmp_path / "project").build().exits(0)
    old = pack(project.root, project.root / "site", tmp_path / "old")
    project.change(LANE, "\ntitle: ", "\ntitle: 新写的").change("guides/reference/office.yaml", "name: 2026", "name: 新的2026").build().exits(0)
    new = pack(project.root, project.root / "site", tmp_path / "new")
    page = "cases/neighbours/lane.html"
    with Host(old) as host:
        tab = install(profile, host)
        other = profile.new_page()
        other.goto(host.url("index.html"))
        host.folder = new
        host.forget()
        tab.goto(host.url(page))
        bar = tab.locator(".ts-webapp-bar")
        expect(bar).to_contain_text("有新版（新的2026")
        was, now = digests(old), digests(new)
        changed = {name for name in now if was.get(name) != now[name]} - {"_headers"}
        assert changed == set(host.sent)
        assert len(changed) == len(host.sent)
        assert page in changed
        assert changed < set(now) - {"assets/tingsuo/tingsuo.css"}
        assert "新写的" not in tab.content()
        tab.reload()
        assert "新写的" not in tab.content()
        with tab.expect_navigation():
            bar.get_by_role("button", name="点这里换上").click()
        assert "新写的" in tab.content()
        expect(bar).to_have_count(0)
        expect(other.locator(".ts-webapp-bar")).to_contain_text("已经换上新版")
        assert listed(new) == kept(tab)
        host.stop()
        tab.goto(host.url(page))
        assert "新写的" in tab.content()


def test_a_full_device_keeps_what_fits(whole: Path, profile: BrowserContext) -> None:
    """Four megabytes of room: says that the copy is incomplete, pages work online, what is kept works offline; with room it is completed."""
    with Host(whole) as host:
        tab = profile.new_page()
        devtools = profile.new_cdp_session(tab)
        quota = {"origin": host.url().rstrip("/")}
        devtools.send("Storage.overrideQuotaForOrigin", {**quota, "quotaSize": 4_000_000})
        tab.goto(host.url("index.html"))
        line = tab.locator(".ts-webapp")
        expect(line).to_contain_text("离线存的不全")
        expect(line).to_contain_text("本机空间不够")
        some = kept(tab)
        assert 0 < len(some) < len(listed(whole))
        for page in ("index.html", PAGES["guide"], "ledger.html"):
            answer = tab.goto(host.url(page))
            assert answer and answer.status == 200
        host.stop()
        stays, gone = (next(p for p in sorted(PAGES.values(), reverse=True) if (p in some) is here) for here in (True, False))
        answer = tab.goto(host.url(stays))
        assert answer and answer.status == 200
        answer = tab.goto(host.url(gone))
        assert answer and answer.status == 503
        assert "这一页没有存到本机" in tab.inner_text("h1")
        host.start()
        devtools.send("Storage.overrideQuotaForOrigin", quota)
        tab.goto(host.url(stays))
        line.get_by_role("button", name="再试一次").click()
        expect(line).to_contain_text(ALL_KEPT, timeout=60_000)
        assert listed(whole) == kept(tab)


def test_a_large_site_asks_before_it_keeps_all_cases(profile: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases aren't fetched unasked; one that was opened is kept; the button, which says how much it is, keeps the rest."""
    monkeypatch.setattr(web_app, "ALL_AT_ONCE", 0)
    project = Project(tmp_path / "project").build().exits(0)
    folder = pack(project.root, project.root / "site", tmp_path / "dist")
    opened, unopened = "cases/neighbours/lane.html", "cases/neighbours/eaves.html"
    with Host(folder) as host:
        tab = install(profile, host, "只有案例和案例名单，打开过的才存在这台设备上。")
        assert [name for name in host.sent if name.startswith("cases/")] == []
        tab.goto(host.url(opened))
        tab.wait_for_function(
            "name => caches.open('tingsuo ' + location.origin + '/').then(c => c.keys()).then(all => all.some(r => r.url.includes(name)))", arg=opened
        )
        host.stop()
        answer = tab.goto(host.url(opened))
        assert answer and answer.status == 200
        answer = tab.goto(host.url(unopened))
        assert answer and answer.status == 503
        tab.get_by_role("link", name="回到首页").click()
        tab.wait_for_url(host.url("index.html"))
        host.start()
        tab.goto(host.url("index.html"))
        tab.get_by_role("button", name="全部存到本机（约 1 MB）").click()
        expect(tab.locator(".ts-webapp")).to_contain_text(ALL_KEPT)
        assert listed(folder) == kept(tab)
        host.stop()
        answer = tab.goto(host.url(unopened))
        assert answer and answer.status == 200


def test_a_host_that_alters_a_file_is_found_out(profile: BrowserContext, tmp_path: Path) -> None:
    """A file that isn't the edition's is shown but never kept under its name; the line says so; the rest is kept."""
    project = Project(tmp_path / "project").build().exits(0)
    folder = pack(project.root, project.root / "site", tmp_path / "dist")
    altered = folder / "ledger.html" if (folder / "ledger.html").is_file() else folder / "calendar.html"
    shutil.copy(altered, tmp_path / "good")
    altered.write_bytes(altered.read_bytes().replace(b"</body>", b"<!-- added --></body>"))
    with Host(folder) as host:
        tab = install(profile, host, "还差 1 个文件（有的文件和清单对不上")
        assert listed(folder) - {altered.name} == kept(tab)
        tab.goto(host.url(altered.name))
        assert "<!-- added -->" in tab.content()
        shutil.copy(tmp_path / "good", altered)
        tab.goto(host.url("index.html"))
        tab.get_by_role("button", name="再试一次").click()
        expect(tab.locator(".ts-webapp")).to_contain_text(ALL_KEPT)
        assert listed(folder) == kept(tab)
