"""The site as one ZIM file for Kiwix readers, with a full-text index in Chinese.

https://wiki.openzim.org/wiki/Metadata has the rules for the metadata. libzim is GPL, hence an optional extra.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from ... import __version__
from ...case_store import Progress
from ...library import Library
from .plain_text import plain_text
from .source import PackFailed, PackSource

MAIN = "index.html"
LEFT_OUT = frozenset(["404.html", "build-id.txt", "sitemap.xml", "sitemap.xml.gz"])
"""What only hosts and builds need."""
_LISTS = re.compile(r"print\.html|cases-by/|cases/(?:[^/]+/)?index(?:-\d+)?\.html")
"""Not found by their text: they repeat the titles of what they list."""
_TITLE_MOST, _DESCRIPTION_MOST = 30, 80
_AT_A_TIME = "400"
"""Pages that Xapian holds in memory before it writes them down. Its own 10,000 cost 1 GB and a third more time at 9,000 pages."""


def make(source: PackSource, target: Path, progress: Progress) -> list[Path]:
    """`<name>.zim` in the folder `target`. Raises PackFailed when libzim or the site's main page is missing.

    The file isn't the same byte for byte each time: libzim gives every archive a number drawn by lot.
    """
    try:
        from libzim.writer import Creator

        from .zim_items import SiteFile
    except ImportError:
        raise PackFailed("要做 Kiwix 包，先装 libzim：pip install tingsuo[zim]") from None
    names = [name for name in source.files() if name not in LEFT_OUT]
    if MAIN not in names:
        raise PackFailed("网站里没有首页 index.html。先 tingsuo build。")
    target.mkdir(parents=True, exist_ok=True)
    place = target / f"{source.name}.zim"
    half = target / f".{source.name}.zim.half"
    half.unlink(missing_ok=True)
    keywords = dict(_keywords(source.library))
    os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", _AT_A_TIME)
    try:
        # Each worker packs with some 100 MB of memory.
        workers = min(4, os.cpu_count() or 1)
        with _quiet(), Creator(half).config_indexing(True, "zho").config_nbworkers(workers) as creator:
            creator.set_mainpath(MAIN)
            creator.add_illustration(48, resources.files(__package__).joinpath("assets/icon-48.png").read_bytes())
            for key, value in metadata(source).items():
                creator.add_metadata(key, value)
            for done, name in enumerate(names, 1):
                creator.add_item(SiteFile(source.site / name, name, keywords.get(name, ""), not _LISTS.match(name)))
                if done % 64 == 0 or done == len(names):
                    progress("写 ZIM", done, len(names))
        half.replace(place)
    finally:
        # libzim keeps its index beside the file while it writes.
        for left in target.glob(f"{half.name}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
    return [place]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep away from the screen what libzim says in English; it has no switch for that."""
    try:
        screen = os.dup(1)
    except OSError:
        yield
        return
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(screen, 1)
        os.close(screen)


def metadata(source: PackSource) -> dict[str, str]:
    """What Kiwix shows of the file, by openZIM's names."""
    office = source.library.reference.office
    front = plain_text((source.site / MAIN).read_text("utf-8"))
    found = {
        "Title": (front.site or front.title)[:_TITLE_MOST],
        "Description": front.description[:_DESCRIPTION_MOST] or office.name[:_DESCRIPTION_MOST],
        "LongDescription": f"{front.description}{office.edition.name}，下次复核{office.edition.review_due.isoformat()}。",
        "Language": "zho",
        "Name": f"{office.site_id}_zho_all",
        "Creator": office.name,
        "Publisher": office.name,
        "Date": datetime.fromtimestamp(source.stamp, UTC).date().isoformat(),
        "Tags": "law;_category:other;_ftindex:yes;_sw:no;_pictures:no;_videos:no",
        "Scraper": f"tingsuo {__version__}",
    }
    return {**found, "Source": office.public_url} if office.public_url else found


def _keywords(library: Library) -> Iterator[tuple[str, str]]:
    """(page, its keywords): how people call what a guide is about, what a case is filed under."""
    for guide in library.reference.guides.values():
        yield f"disputes/{guide.id}.html", " ".join(guide.says)
    for card in library.cards.values():
        yield card.url, " ".join((card.cause, *card.keywords))
