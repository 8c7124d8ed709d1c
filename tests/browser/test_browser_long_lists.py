"""A dispute with 130 cases: its list comes in pages that links alone lead through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import Site, fresh_context
from playwright.sync_api import Browser, expect
from site_pages import PHONE

from project import LANE, Project

pytestmark = pytest.mark.browser

CASES = 130


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project with 130 copies of one case in its one dispute, months apart."""
    project = Project(tmp_path_factory.mktemp("many") / "project")
    text = project.read(LANE)
    for path in (project.root / "cases").rglob("*.yaml"):
        path.unlink()
    name = Path(LANE)
    for n in range(CASES):
        month = f"{2026 - n // 12}-{12 - n % 12:02d}"
        one = re.sub(r"^id: .*$", f"id: lane-{n:03d}", text, flags=re.MULTILINE)
        one = re.sub(r"^month: .*$", f"month: {month}", one, flags=re.MULTILINE)
        one = re.sub(r"^title: (.*)$", rf"title: \1（{n:03d}）", one, flags=re.MULTILINE)
        project.write(f"{name.parent.as_posix()}/lane-{n:03d}.yaml", one)
    project.build().exits(0)
    return Site(project.root / "site")


def test_a_long_list_is_walked_by_links_alone(many: Site, chromium: Browser) -> None:
    """Without JavaScript: 60, 60 and 10 cases on three pages, every case once, newest first; the current page is marked."""
    tab = fresh_context(chromium, many, PHONE, java_script_enabled=False).new_page()
    tab.goto(many.url("cases/neighbours/index.html"))
    seen: list[str] = []
    for n in (1, 2, 3):
        pager = tab.get_by_role("navigation", name="分页")
        expect(pager.get_by_role("link", name=re.compile(f"^第\\s*{n}\\s*页$"))).to_have_attribute("aria-current", "page")
        found = tab.get_by_role("article").locator("ul").get_by_role("listitem").get_by_role("link").all_inner_texts()
        assert (60, 60, 10)[n - 1] == len(found)
        seen += found
        if n < 3:
            pager.get_by_role("link", name=re.compile(f"^第\\s*{n + 1}\\s*页$")).click()
    assert [f"（{n:03d}）" for n in range(CASES)] == [re.search(r"（\d+）", title)[0] for title in seen]  # type: ignore[index]
    tab.get_by_role("navigation", name="分页").get_by_role("link", name=re.compile(r"^第\s*1\s*页$")).click()
    assert many.page(tab.url) == "cases/neighbours/index.html"
    tab.context.close()
