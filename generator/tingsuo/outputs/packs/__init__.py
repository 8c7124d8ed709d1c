"""The site as things to carry: stick, single file, ZIM, EPUB, web app.

Every module here that makes a pack offers `make(source, target, progress)`: it writes into the folder `target` and
returns what it wrote.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...case_store import Progress
from ..swap import clear_leftovers, delete, put
from .checksums import chunks
from .source import PackSource

if TYPE_CHECKING:
    from .minisign import SecretKey

_BESIDE = "pack"


class Pack(NamedTuple):
    """A kind of pack: what it is called, the module that makes it, what that needs besides and where it comes from."""

    label: str
    module: str
    needs: str = ""
    install: str = ""


PACKS = {
    "stick": Pack("U 盘", "stick"),
    "single": Pack("单个网页文件", "single_file"),
    "zim": Pack("Kiwix", "zim", "libzim", "pip install tingsuo[zim]"),
    "epub": Pack("电子书", "epub"),
    "web": Pack("网站", "web_app"),
}
"""Every kind by the word that is typed for it."""


def can_be_made(kind: str) -> bool:
    """Whether what this kind needs is installed."""
    needs = PACKS[kind].needs
    return not needs or util.find_spec(needs) is not None


def make_packs(kinds: Sequence[str], source: PackSource, target: Path, progress: Progress) -> list[Path]:
    """Make these kinds and put them into the folder `target`; the former ones are replaced when all new ones are finished.

    Raises PackFailed, and whatever else a pack's `make` raises, with the former ones as they were.
    """
    target.mkdir(parents=True, exist_ok=True)
    clear_leftovers(target / _BESIDE)
    staging = target / f".{_BESIDE}.{os.getpid()}.new"
    staging.mkdir()
    try:
        made = [path for kind in kinds for path in import_module(f".{PACKS[kind].module}", __package__).make(source, staging, progress)]
        if source.key:
            made += [sign_file(path, source.key, source.stamp) for path in made if path.is_file()]
        return [_settle(path, target / path.name) for path in made]
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def sign_file(made: Path, key: SecretKey, stamp: int) -> Path:
    """The signature beside a file, as `minisign -V` looks for it."""
    signature = made.with_name(f"{made.name}.minisig")
    signature.write_text(key.sign(chunks(made), f"timestamp:{stamp}\tfile:{made.name}\thashed"), "utf-8", newline="\n")
    return signature


def _settle(made: Path, place: Path) -> Path:
    clear_leftovers(place)
    delete(put(made, place))
    # A signature from last time would accuse what is new; this time's comes next.
    place.with_name(f"{place.name}.minisig").unlink(missing_ok=True)
    return place
