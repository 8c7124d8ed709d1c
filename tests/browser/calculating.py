"""A calculator's page in the hands of a test: fill in, reckon, read."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page

from project import REPO
from tingsuo.load import load
from tingsuo.model import KINDS


@cache
def calculators() -> dict[str, Any]:
    """The shipped calculators by id."""
    kind = KINDS["calculators"]
    model, _ = load(REPO / kind.pattern, kind.pattern, kind)
    return {c.id: c for c in model.calculators}


VECTORS = [(key, n) for key, calculator in calculators().items() for n in range(len(calculator.vectors))]


def page_of(key: str) -> str:
    """A calculator's page."""
    return f"calculators/{key}.html"


def fill(tab: Page, given: dict[str, str]) -> None:
    """Type or choose what is given. A field that isn't shown yet is one that a first try asks for."""
    choices = [name for name in given if field(tab, name).evaluate("e => e.tagName") == "SELECT"]
    for name in sorted(given, key=lambda name: name not in choices):
        control = field(tab, name)
        if name in choices:
            control.select_option(given[name])
        elif control.is_visible():
            control.fill(given[name])


def field(tab: Page, name: str) -> Locator:
    """An input by its key."""
    return tab.locator(f"#f-{name}")


def refusal(tab: Page, name: str) -> Locator:
    """The place of refusal that an input points to."""
    described = field(tab, name).get_attribute("aria-describedby") or ""
    return tab.locator(f"#{described.split()[-1]}")


def reckon(tab: Page) -> None:
    """Press 计算."""
    tab.get_by_role("button", name="计算").click()


def results(tab: Page) -> dict[str, str]:
    """Shown results by key."""
    found = tab.locator("[data-result] data")
    return {d.get_attribute("data-key") or "": d.get_attribute("value") or "" for d in found.all()}
