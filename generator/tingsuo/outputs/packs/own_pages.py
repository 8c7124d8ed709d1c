"""The pages that stand in packs but not in the site: 验证.html and 怎么更新.html, each one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Any

from markupsafe import Markup

from ...pages.html import icon, render
from . import checksums
from .facts import Facts
from .minisign import PublicKey, read_public

_PACKAGE = resources.files("tingsuo")
_THEME = "theme/assets/tingsuo"
_ASSETS = "outputs/packs/assets"
_ALWAYS = ("store.js", "display.js")
_VERIFY = ("verify-hash.js", "verify-ed25519.js", "verify-core.js", "verify.js")


def _text(folder: str, name: str) -> str:
    return _PACKAGE.joinpath(*folder.split("/"), name).read_text("utf-8")


def style() -> Markup:
    """The site's own colours and sizes, and the little that these pages need besides."""
    colours = _text(_THEME, "tingsuo.css").split("/* ---- Base")[0]
    return Markup(colours + _text(_ASSETS, "own-page.css"))


def _scripts(names: Sequence[str] = ()) -> Markup:
    """Scripts for inside the page; none of them may close its own element."""
    texts = [_text(_THEME, name) for name in _ALWAYS] + [_text(_ASSETS, name) for name in names]
    return Markup("\n".join(texts).replace("</script", "<\\/script"))


def _page(template: str, about: Facts, scripts: Sequence[str] = (), **facts: Any) -> str:
    return render(template, about=about, style=style(), scripts=_scripts(scripts), icon=icon, **facts)


def verify_page(about: Facts) -> str:
    """验证.html: checks the stick in a browser; without scripts it says how to check by hand."""
    key = read_public(about.key) if about.key else None
    return _page(
        "stick_verify.html", about, _VERIFY, fingerprint=key.fingerprint if key else "", listed=checksums.NAME, signature=checksums.SIGNATURE
    )


def update_page(about: Facts, old: str, changed: int, removed: Sequence[str], copies: str) -> str:
    """怎么更新.html: how this update gets onto the stick. `old`: the edition that it fits; `copies`: the folder of changed files."""
    return _page("stick_update.html", about, old=old, changed=changed, removed=removed, copies=copies)


def fingerprint_page(key: PublicKey, day: str) -> str:
    """A sheet for the wall: the public key's fingerprint, and how it is used. `day`: when it was printed, 2026-11-23."""
    return render("stick_fingerprint.html", key=key, day=day, style=style())
