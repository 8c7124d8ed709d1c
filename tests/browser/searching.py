"""What the tests of the search share: how a query is typed, and what of the index a test reads for itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browsing import Site
from playwright.sync_api import Locator, Page


def ask(tab: Page, said: str) -> None:
    """Type a query and wait for all of its results."""
    tab.get_by_role("searchbox").fill(said)
    answered(tab, said)


def answered(tab: Page, said: str) -> None:
    """Wait for all results of a query that is on its way."""
    tab.wait_for_function("said => window.tingsuoSearch.whole === tingsuoSearchCore.clean(said)", arg=said)


@contextmanager
def searched_again(tab: Page) -> Iterator[None]:
    """Wait for all results of what is chosen or pressed meanwhile."""
    tab.evaluate("tingsuoSearch.whole = null")
    yield
    tab.wait_for_function("tingsuoSearch.whole")


def unfold(tab: Page) -> None:
    """Unfold 缩小范围 where it is folded."""
    box = tab.locator("details", has_text="缩小范围")
    box.wait_for()
    if not box.evaluate("e => e.open"):
        tab.get_by_text("缩小范围", exact=True).click()


def hits(tab: Page, name: str) -> Locator:
    """The links of one group of results, best first."""
    return tab.get_by_role("list", name=f"检索结果：{name}").get_by_role("link")


def shown(tab: Page) -> dict[str, list[str]]:
    """Every group that is shown: name → its items' texts."""
    found: dict[str, list[str]] = tab.get_by_role("list", name="检索结果：").evaluate_all(
        "all => Object.fromEntries(all.map(list => [list.getAttribute('aria-label').slice(5), [...list.children].map(item => item.innerText)]))"
    )
    return found


def said_so(tab: Page) -> str:
    """The line that tells how much was found and whether something is missing."""
    return tab.get_by_role("main").locator("#search-status").inner_text()


def handed(path: Path) -> Any:
    """What a file of the index hands to the page."""
    call = re.fullmatch(r"tingsuoIndex\((.*)\);\n", path.read_text("utf-8"), re.DOTALL)
    assert call
    return json.loads(call[1])


def numbered(site: Site, kind: str) -> list[Any]:
    """What the numbered files of one kind (terms, text) hand to the page, in order."""
    folder = site.root / "search"
    return [handed(folder / f"{kind}-{n}.js") for n in range(len(list(folder.glob(f"{kind}-*.js"))))]


def texts(site: Site) -> dict[str, str]:
    """Everything that is searched: address → title, keywords and body as shown."""
    out = {}
    for block in numbered(site, "text"):
        for whole in block:
            head, _, rest = whole.partition("\n")
            title, _, url = head.partition("\t")
            out[url] = f"{title}\n{rest}"
    return out
