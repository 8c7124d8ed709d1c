"""The site for https hosting: a service worker keeps it on the device, so that it opens without a network.

What is kept is named by content: each file has its hash in a list, and the service worker stores it under address and
hash. An update therefore fetches only what changed, takes no second copy of the rest, and the edition in use stays whole
until the reader switches. Only this pack has the registration; from file:// and in a ZIM it couldn't work.
"""

from __future__ import annotations

import json
import re
import shutil
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from ...case_store import Progress
from ...library import Library
from ...printed import AT as PRINTED
from .content_types import endings
from .host_settings import Inline, headers, inline_of, nginx_file, static_host_file
from .plain_text import PlainText, plain_text
from .source import PackFailed, PackSource

ALL_AT_ONCE = 30_000_000
"""Bytes: a site up to this size is kept whole on the first visit. Of a larger one printed files, then cases wait until somebody asks."""
EXTRAS = ("register.js", "web-app.css", "icon-192.png", "icon-512.png", "icon-maskable-192.png", "icon-maskable-512.png")
FOLDER = "web-app"
_LEFT_OUT = frozenset(["build-id.txt"])
_ALONE = frozenset(["404.html", "offline.html"])
"""Pages that stand for any address: they are without frame and scripts."""
_CASES = re.compile(r"cases/|cases-by/|laws/[^/]+/")
_LATER = ("", "案例和案例名单", "印刷件")
"""By rank: what waits, in words."""
_TEXT_BLOCK = re.compile(r"search/text-\d+\.js")
_CASE_FIRST = re.compile(rb'tingsuoIndex\(\["[^"]*?\\tcases/')


class Kept(NamedTuple):
    """A file that the service worker keeps: address, hash, size in bytes, and how readily it can wait (see `rank`)."""

    url: str
    digest: str
    size: int
    rank: int


def make(source: PackSource, target: Path, progress: Progress) -> list[Path]:
    """The folder `<name>-web` and, beside it, `<name>-web-nginx.conf`. Raises PackFailed when there is no site."""
    names = [name for name in source.files() if name not in _LEFT_OUT]
    if "index.html" not in names:
        raise PackFailed("网站里没有首页 index.html。先 tingsuo build。")
    place = target / f"{source.name}-web"
    half = target / f".{place.name}.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        settings = _write(source, names, half, progress)
        nginx = target / f"{place.name}-nginx.conf"
        nginx.write_text(nginx_file(settings, endings(), place.name), "utf-8", newline="\n")
        shutil.rmtree(place, ignore_errors=True)
        half.replace(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return [place, nginx]


def _write(source: PackSource, names: list[str], folder: Path, progress: Progress) -> dict[str, str]:
    front = plain_text((source.site / "index.html").read_text("utf-8"))
    kept: list[Kept] = []
    inline = Inline()
    made = {
        "manifest.webmanifest": _json(manifest(front, source.library)),
        "offline.html": _asset("offline.html").read_bytes().replace(b"@@site@@", (front.site or front.title).encode()),
        **{f"{FOLDER}/{name}": _asset(name).read_bytes() for name in EXTRAS},
    }
    for done, name in enumerate([*names, *made], 1):
        data = made[name] if name in made else (source.site / name).read_bytes()
        if name.endswith(".html"):
            data = data if name in _ALONE else registered(data, "../" * name.count("/"))
            inline |= inline_of(data)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        kept.append(Kept(name, digest(data), len(data), rank(name, data)))
        if done % 64 == 0 or done == len(names) + len(made):
            progress("写网页版", done, len(names) + len(made))
    for name, data in worker_files(kept, source.library).items():
        (folder / name).write_bytes(data)
    settings = headers(inline)
    (folder / "_headers").write_text(static_host_file(settings), "utf-8", newline="\n")
    return settings


def registered(html: bytes, up: str) -> bytes:
    """A page with the manifest in its head and the registration at its end. `up` leads to the site's root."""
    head = (
        f'<link rel="manifest" href="{up}manifest.webmanifest">\n<link rel="apple-touch-icon" href="{up}{FOLDER}/icon-maskable-192.png">\n'
        f'<link rel="stylesheet" href="{up}{FOLDER}/web-app.css">\n</head>'
    )
    before, _, after = html.replace(b"</head>", head.encode(), 1).rpartition(b"</body>")
    return before + f'<script src="{up}{FOLDER}/register.js" data-root="{up}"></script>\n</body>'.encode() + after


def rank(name: str, data: bytes) -> int:
    """0: kept on the first visit, always. 1: cases, their lists, and what search quotes of them. 2: printed files."""
    if name.startswith(f"{PRINTED}/"):
        return 2
    if _TEXT_BLOCK.fullmatch(name):
        return int(bool(_CASE_FIRST.match(data)))
    return int(bool(_CASES.match(name)))


def worker_files(kept: list[Kept], library: Library) -> dict[str, bytes]:
    """The service worker and its two lists: what is kept at once, what on demand."""
    fits = max((most for most in range(len(_LATER)) if sum(file.size for file in kept if file.rank <= most) <= ALL_AT_ONCE), default=0)
    lists = {
        "core": [file for file in kept if file.rank <= fits],
        "more": [file for file in kept if file.rank > fits],
    }
    later = [_LATER[n] for n in sorted({file.rank for file in lists["more"]})]
    out: dict[str, bytes] = {}
    told: dict[str, Any] = {"site": library.reference.office.site_id, "edition": library.reference.office.edition.name, "later": "、".join(later)}
    for group, files in lists.items():
        name = f"offline-{group}.txt"
        out[name] = "".join(f"{file.digest} {file.size} {file.url}\n" for file in sorted(files, key=_importance)).encode()
        told[group] = {"url": name, "digest": digest(out[name]), "count": len(files), "bytes": sum(file.size for file in files)}
    told["version"] = digest(json.dumps(told, sort_keys=True).encode())
    out["sw.js"] = b"var EDITION = " + _json(told).strip() + b";\n" + _asset("sw.js").read_bytes()
    return out


_FIRST = ("index.html", "offline.html", "404.html", "assets/", f"{FOLDER}/", "search", "disputes/", "pathways/", "procedures/", "office/", "laws/")


def _importance(file: Kept) -> tuple[int, str]:
    """On a device that is nearly full what stands first is kept: the frame, search, guides, whom to call."""
    return next((n for n, start in enumerate(_FIRST) if file.url.startswith(start)), len(_FIRST)), file.url


def digest(data: bytes) -> str:
    """The first 128 bits of the SHA-256, as 22 characters that may stand in an address."""
    return urlsafe_b64encode(sha256(data).digest()[:16]).decode().rstrip("=")


def manifest(front: PlainText, library: Library) -> dict[str, Any]:
    """What a device needs to install the site as an app."""
    name = front.site or front.title
    icons = [
        {"src": f"{FOLDER}/icon{kind}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for kind, purpose in (("", "any"), ("-maskable", "maskable"))
        for size in (192, 512)
    ]
    return {
        "name": name,
        "short_name": name.removeprefix(library.reference.office.county.rstrip("市县区")),
        "description": front.description,
        "lang": "zh-CN",
        "id": "./",
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "display_override": ["minimal-ui"],
        "background_color": "#fbfaf7",
        "theme_color": "#1b4a8a",
        "icons": icons,
        "shortcuts": [{"name": "查找", "url": "./search.html"}, {"name": "找谁", "url": "./office/index.html"}],
    }


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _asset(name: str) -> Traversable:
    return resources.files(__package__).joinpath("assets", name)
