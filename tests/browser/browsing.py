"""What the browser tests share: a built site, a watched profile, and the ways in which a page is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from site_pages import DESKTOP


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
