"""The shipped site in Debian's Chromium, opened from file://, with no network to reach."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from project import Project
from site_pages import DESKTOP

CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-background-networking --disable-component-update --disable-sync --no-first-run --disable-gpu".split()


@dataclass
class Site:
    """A built site: its folder, and where its pages are for a browser."""

    root: Path

    def url(self, page: str) -> str:
        """A page's address."""
        name, _, anchor = page.partition("#")
        return (self.root / name).as_uri() + (f"#{anchor}" if anchor else "")

    def page(self, url: str) -> str:
        """The page at an address, relative to the site; the address itself when it is outside."""
        start = self.root.as_uri() + "/"
        return url.partition("#")[0].removeprefix(start)


@dataclass
class Visits:
    """What a browser context asked for and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Keep book from now on."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", self._failed)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))

    def _failed(self, request: Request) -> None:
        # Aborted: the tab went on to the next page before it had the icon.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.failure}: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")


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


def _runs(words: list[str]) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fresh_context(chromium: Browser, site: Site, size: tuple[int, int] = DESKTOP, mode: str = "", **options: Any) -> BrowserContext:
    """A fresh profile, offline, with the switches in the header pressed that `mode` names (大字, 夜间)."""
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height}, offline=True, **options)
    context.set_default_timeout(5_000)
    if mode:
        tab = context.new_page()
        tab.goto(site.url("disputes/index.html"))
        for switch in mode.split():
            tab.get_by_role("button", name=switch).click()
        tab.close()
    return context


OpenPage = Callable[..., Page]
"""open_page(page, size=…, mode=…, **options of the profile): a page of the site in a fresh profile."""

Look = Callable[..., Page]
"""look(page, size, mode): a page of the site in a profile that is shared by the tests that only look."""


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
