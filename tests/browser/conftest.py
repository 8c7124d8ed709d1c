"""The shipped site in Debian's Chromium, opened from file://, with no network to reach."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import Look, OpenPage, Site, fresh_context
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from site_pages import DESKTOP

from project import Project
from tingsuo.lan_addresses import lan_addresses

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The shipped content, built once, in a folder whose name is as awkward as on people's desktops."""
    project = Project.shipped(tmp_path_factory.mktemp("shipped") / "共建 知识库").build().exits(0)
    return Site(project.root / "site")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium in a network namespace without a network, where the system allows one."""
    if not CHROMIUM:
        pytest.skip("没有 chromium：apt-get install chromium")
    program = CHROMIUM
    cut_off = next((words for words in (["unshare", "-n"], ["unshare", "-rn"]) if _runs([*words, "true"])), None)
    if cut_off:
        wrapper = tmp_path_factory.mktemp("bin") / "chromium"
        wrapper.write_text(f'#!/bin/sh\nexec {" ".join(cut_off)} {CHROMIUM} "$@"\n', "utf-8")
        wrapper.chmod(0o755)
        program = str(wrapper)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def connected(chromium: Browser) -> Iterator[Browser]:
    """Chromium that reaches servers on this computer, and no others."""
    own = "".join(f", EXCLUDE {address}" for address in ("127.0.0.1", *lan_addresses()))
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, f"--host-resolver-rules=MAP * ~NOTFOUND{own}"])
    yield browser
    browser.close()


def _runs(words: list[str]) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages of the shipped site, each in its own profile, closed at the end of the test."""
    opened: list[BrowserContext] = []

    def open_page(page: str, size: tuple[int, int] = DESKTOP, mode: str = "", **options: Any) -> Page:
        context = fresh_context(chromium, site, size, mode, **options)
        opened.append(context)
        tab = context.new_page()
        tab.goto(site.url(page))
        return tab

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def look(site: Site, chromium: Browser) -> Iterator[Look]:
    """Shows pages one after the other in one tab for each screen and mode. Change nothing there."""
    tabs: dict[tuple[tuple[int, int], str], Page] = {}

    def look(page: str, size: tuple[int, int] = DESKTOP, mode: str = "") -> Page:
        if (size, mode) not in tabs:
            tabs[size, mode] = fresh_context(chromium, site, size, mode).new_page()
        tab = tabs[size, mode]
        tab.goto(site.url(page))
        return tab

    yield look
    for tab in tabs.values():
        tab.context.close()
