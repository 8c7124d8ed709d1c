"""An update of a stick: only what has changed, and which edition it fits.

The zip holds `怎么更新.html`, `update.json` and the folder 复制到U盘 with the changed files, the new SHA256SUMS and its signature.
What is trusted is the new SHA256SUMS alone: `update.json` can only make an update not fit.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import archive, checksums, facts
from .checksums import NAME, SIGNATURE, NotListable
from .contents import Contents, Fault, Unreadable, open_contents
from .facts import Facts, NotFacts, plain_object
from .file_names import shown
from .minisign import PublicKey
from .own_pages import update_page
from .source import PackFailed
from .verify import Progress, Verdict, check_signature, silent

MANIFEST = "update.json"
PAGE = "怎么更新.html"
COPIES = "复制到U盘"
_FORMAT = 1
_MOST_MANIFEST = 128 << 20
_FIELDS = {"format": int, "fits": str, "from": str, "removed": list}


@dataclass(frozen=True)
class Former:
    """The edition that an update starts from: its list, and the list's SHA-256 in hexadecimal; `name` when it is known."""

    sums: Mapping[str, str]
    fits: str
    name: str


@dataclass(frozen=True)
class Update:
    """An update, read. `listed`: the new SHA256SUMS; `removed`: what goes; `fits`: SHA-256 of the old SHA256SUMS."""

    contents: Contents
    listed: bytes
    sums: Mapping[str, str]
    fits: str
    former: str
    removed: tuple[str, ...]
    about: Facts


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def former(place: Path) -> Former:
    """The edition of a stick's folder, its zip, or its SHA256SUMS alone. PackFailed when it can't be read."""
    if not place.exists():
        raise PackFailed(f"找不到原来的包：{place}")
    try:
        if place.is_file() and place.suffix.lower() != ".zip":
            listed, about = place.read_bytes(), None
        else:
            contents = open_contents(place)
            try:
                listed = contents.whole(NAME, checksums.MOST_BYTES)
                about = contents.whole(facts.NAME, facts.MOST_BYTES) if facts.NAME in contents.sizes else None
            finally:
                contents.close()
        return Former(checksums.read(listed), sha256(listed), Facts.read(about).name if about else "")
    except (Unreadable, NotListable, NotFacts, OSError) as problem:
        raise PackFailed(f"原来的包“{place.name}”读不了：{problem}") from None


def make(stick: Path, old: Former, target: Path, stamp: int, progress: Progress = silent) -> Path:
    """`<name>-update.zip` in the folder `target`: from the edition `old` to the sealed folder `stick`."""
    listed = (stick / NAME).read_bytes()
    about = Facts.read((stick / facts.NAME).read_bytes())
    if sha256(listed) == old.fits:
        raise PackFailed("和原来的包一模一样，没有什么要更新。")
    sums = checksums.read(listed)
    changed = [name for name in sums if sums[name] != old.sums.get(name)]
    removed = [name for name in old.sums if name not in sums]
    folder = target / f"{about.name}-update"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        signature = [SIGNATURE] if (stick / SIGNATURE).exists() else []
        for name in sorted({*changed, facts.NAME, NAME, *signature}):
            place = folder / COPIES / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(stick / name, place)
        manifest = {"format": _FORMAT, "fits": old.fits, "from": old.name, "removed": removed}
        (folder / MANIFEST).write_bytes((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        (folder / PAGE).write_bytes(update_page(about, old.name, len(changed), removed, COPIES).encode())
        packed, place = target / f".{folder.name}.new", target / f"{folder.name}.zip"
        archive.write(folder, packed, stamp, progress)
        packed.replace(place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return place


def read_update(contents: Contents) -> Update:
    """What an update says; Unreadable with all that can't be read."""
    try:
        manifest = plain_object(contents.whole(MANIFEST, _MOST_MANIFEST), MANIFEST)
        if set(manifest) != set(_FIELDS) or not all(isinstance(manifest[key], kind) for key, kind in _FIELDS.items()):
            raise NotFacts(f"{MANIFEST} 看不懂：内容不对")
        if manifest["format"] != _FORMAT:
            raise NotFacts(f"{MANIFEST} 是别的版本的程序写的，要用新一点的庭所打开")
        if not all(isinstance(name, str) for name in manifest["removed"]):
            raise NotFacts(f"{MANIFEST} 看不懂：内容不对")
        listed = contents.whole(f"{COPIES}/{NAME}", checksums.MOST_BYTES)
        about = Facts.read(contents.whole(f"{COPIES}/{facts.NAME}", facts.MOST_BYTES))
        sums = checksums.read(listed)
    except NotFacts as problem:
        raise Unreadable([Fault(str(problem))]) from None
    except NotListable as problem:
        raise Unreadable([Fault(sentence) for sentence in problem.sentences]) from None
    return Update(contents, listed, sums, manifest["fits"], manifest["from"], tuple(manifest["removed"]), about)


def verify_update(contents: Contents, key: PublicKey | None, progress: Progress = silent) -> Verdict:
    """Every file of the update unchanged, none besides, its list signed by the key."""
    try:
        update = read_update(contents)
    except Unreadable as problem:
        return Verdict(0, (*contents.faults, *problem.faults))
    faults, remarks, signed = check_signature(contents, f"{COPIES}/{SIGNATURE}", update.listed, key, update.about)
    copied = [name for name in contents.sizes if name not in (MANIFEST, PAGE, f"{COPIES}/{NAME}", f"{COPIES}/{SIGNATURE}")]
    for count, name in enumerate(copied, start=1):
        expected = update.sums.get(name.removeprefix(f"{COPIES}/")) if name.startswith(f"{COPIES}/") else None
        try:
            if expected is None:
                faults.append(Fault("多出来的文件", name))
            elif checksums.digest(contents.pieces(name)) != expected:
                faults.append(Fault("内容变了", name))
        except Unreadable as problem:
            faults += problem.faults
        progress("核对", count, len(copied))
    remarks.append(
        f"这是更新包：从 {shown(update.former) or '原来的版本'} 到 {shown(update.about.name)}。签名管的是要复制的文件，不管“{PAGE}”这一页。"
    )
    return Verdict(len(copied), (*contents.faults, *faults), tuple(remarks), signed)
