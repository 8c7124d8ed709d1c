"""Ask a built site's search page in Chromium, from file://."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

_ASK = """async ([queries, reached, hits]) => {
  const out = [];
  for (const q of queries) {
    location.hash = 'q=' + encodeURIComponent(q);
    for (let n = 0; n < 400; n++) {
      await new Promise((done) => setTimeout(done, 15));
      if (window.tingsuoSearch[reached] === tingsuoSearchCore.clean(q)) break;
    }
    out.push([...document.querySelectorAll(hits)].map((a) => a.getAttribute('href')));
  }
  return out;
}"""


def ask(site: Path, queries: list[str], *, guides: bool = False) -> list[list[str]]:
    """The addresses that the page lists for each query, in its order; the guides' alone when `guides`."""
    wanted = ("shown", "#hits-g + ul a") if guides else ("whole", "#search-results .ts-hit > a")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((site / "search.html").resolve().as_uri() + "#q=" + quote("一"))
        page.wait_for_function("window.tingsuoSearch && window.tingsuoSearch.stats.readyMs > 0")
        answers: list[list[str]] = page.evaluate(_ASK, [queries, *wanted])
        browser.close()
    return answers
