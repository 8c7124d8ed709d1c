"""Take the README's pictures anew: `python tests/browser/screenshots.py` after `make site`."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

REPO = Path(__file__).resolve().parents[2]
PICTURES = {
    "home-desktop": ("index.html", 1280, 800),
    "guide-phone": ("disputes/neighbours.html", 360, 740),
    "case-tablet": ("cases/neighbours/teach-neighbours-01.html", 800, 1280),
}

if __name__ == "__main__":
    folder = REPO / "docs" / "develop" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (page, width, height) in PICTURES.items():
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto((REPO / "site" / page).as_uri())
            tab.screenshot(path=folder / f"{name}.png")
        browser.close()
