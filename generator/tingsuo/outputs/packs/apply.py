"""Putting an update onto a stick: everything is checked first, then the new stick is made beside the old one, checked, and exchanged."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from . import checksums, facts
from .checksums import NAME, SIGNATURE
from .contents import STAGING, Contents, Fault, FolderContents, Unreadable, open_contents
from .exchange import Exchange, drop, left_over
from .facts import Facts, NotFacts
from .file_names import shown
from .minisign import NotMinisign, PublicKey, read_public
from .update import COPIES, MANIFEST, Update, read_update, sha256, verify_update
from .verify import Progress, silent, verify_pack

_CLUSTER = 32 << 10
"""What a small file takes on a FAT stick."""


class Refused(Exception):
    """The stick is as it was; every reason."""

    def __init__(self, faults: list[Fault] | tuple[Fault, ...]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Applied:
    """`name`: the edition that is on the stick now; `key`: who signed it, if it is signed; `already`: it was there before."""

    name: str
    files: int
    key: PublicKey | None
    remarks: tuple[str, ...]
    already: bool = False


def apply(update_file: Path, stick: Path, key: PublicKey | None = None, progress: Progress = silent) -> Applied:
    """Make the stick what the update says, byte for byte. Refused with every reason, and then nothing has changed."""
    if not stick.is_dir():
        raise Refused([Fault("不是文件夹。要更新的是 U 盘上解开的文件夹，里面有“打开.html”", str(stick))])
    try:
        contents = open_contents(update_file)
    except Unreadable as problem:
        raise Refused(problem.faults) from None
    try:
        if MANIFEST not in contents.sizes:
            raise Refused([Fault(f"不是更新包：里面没有 {MANIFEST}", update_file.name)])
        return _apply(contents, stick, key, progress)
    except Unreadable as problem:
        raise Refused(problem.faults) from None
    finally:
        contents.close()


def _apply(contents: Contents, stick: Path, key: PublicKey | None, progress: Progress) -> Applied:
    verdict = verify_update(contents, key, progress)
    _need(verdict.faults)
    update = read_update(contents)
    _settle_former(stick, update, key, progress)
    old = FolderContents(stick)
    old.unfinished = False  # rubbish of a kill before the exchange; it goes below
    listed = old.whole(NAME, checksums.MOST_BYTES) if NAME in old.sizes else b""
    already = listed == update.listed
    if listed and not already and sha256(listed) != update.fits:
        raise Refused([Fault(_not_for(old, update))])
    signer = key or _own_key(old)
    standing = verify_pack(old, None if key and not already else signer, progress)
    _need(standing.faults)
    signed = verify_update(contents, signer, progress)
    _need(signed.faults)
    if already:
        drop(stick)
        return Applied(update.about.name, standing.files, signer, standing.remarks, already=True)
    _need(_unfit(old, update))
    _put(old, update, stick, progress)
    return Applied(update.about.name, len(update.sums), signer if signed.signed else None, signed.remarks)


def _need(faults: tuple[Fault, ...] | list[Fault]) -> None:
    if faults:
        raise Refused(faults)


def _not_for(old: Contents, update: Update) -> str:
    before = _facts(old)
    return f"这个更新包不是给这个 U 盘的：U 盘上是 {shown(before.name) if before else '另一个版本'}，更新包要从 {shown(update.former) or '另一个版本'} 开始"


def _own_key(old: Contents) -> PublicKey | None:
    """The key that a signed stick carries. It shows that the update comes from the same hand, not whose hand that is."""
    before = _facts(old)
    if SIGNATURE not in old.sizes and not (before and before.key):
        return None
    try:
        return read_public(before.key if before else "")
    except NotMinisign:
        raise Refused([Fault("U 盘有签名，但里面没有公钥。加上 --key 公钥文件再试")]) from None


def _unfit(old: Contents, update: Update) -> list[Fault]:
    """What would keep the result from being the new stick."""
    listed = checksums.read(old.whole(NAME, checksums.MOST_BYTES))
    faults = [
        Fault("更新包里少了文件", name)
        for name, digest in update.sums.items()
        if f"{COPIES}/{name}" not in update.contents.sizes and listed.get(name) != digest
    ]
    if set(update.removed) != set(listed) - set(update.sums):
        faults.append(Fault(f"更新包里 {MANIFEST} 写的要删的文件不对"))
    before = _facts(old)
    if before and update.about.date < before.date:
        faults.append(Fault(f"更新包比 U 盘上的旧：U 盘上是 {before.date} 的，更新包是 {update.about.date} 的"))
    return faults


def _facts(old: Contents) -> Facts | None:
    """What the stick says of itself; None when it can't be read."""
    try:
        return Facts.read(old.whole(facts.NAME, facts.MOST_BYTES))
    except (Unreadable, NotFacts):
        return None


def _settle_former(stick: Path, update: Update, key: PublicKey | None, progress: Progress) -> None:
    """What a kill left: rubbish stays until the checks are over; an exchange that had begun is finished, or else undone."""
    exchange = left_over(stick)
    if exchange is None or exchange.done:
        return
    try:
        ours = exchange.arriving == sha256(update.listed)
        arriving = verify_pack(exchange.new_tree(), None, progress).faults if ours else (Fault(""),)
        if not arriving:
            _need(verify_update(update.contents, key or _own_key(exchange.old_tree()), progress).faults)
            exchange.finish()
        elif not verify_pack(exchange.old_tree(), None, progress).faults:
            exchange.undo()
        else:
            raise Refused([Fault("上次更新没有做完，现在新旧两版都不齐。请用完整的离线包重新拷一份")])
    except OSError as problem:
        raise Refused([Fault(f"上次更新没有做完，现在接不下去（{problem.strerror}）。关掉正在看的网页和文件夹，再试一次")]) from None


def _put(old: Contents, update: Update, stick: Path, progress: Progress) -> None:
    """Make the new stick in the staging folder and exchange."""
    drop(stick)
    new = stick / STAGING / "new"
    try:
        _need(_no_room(old, update, stick))
        _stage(old, update, new, progress)
        _need(verify_pack(FolderContents(new), None).faults)
        tops = {name.split("/")[0] for name in old.sizes}
        exchange = Exchange(stick, tuple(sorted(tops)), tuple(sorted(path.name for path in new.iterdir())), sha256(update.listed))
        exchange.begin()
    except OSError as problem:
        drop(stick)
        raise Refused([Fault(f"U 盘写不进去（{problem.strerror}）。是不是只读，或者满了？")]) from None
    except BaseException:
        drop(stick)
        raise
    try:
        exchange.finish()
    except OSError as problem:
        exchange.undo()
        raise Refused([Fault(f"有文件换不下来（{problem.strerror}）。关掉正在看的网页和文件夹，再试一次")]) from None


def _no_room(old: Contents, update: Update, stick: Path) -> list[Fault]:
    """The new stick has to lie beside the old one for a while."""
    need = 1 << 20
    for name in (*update.sums, NAME, SIGNATURE):
        size = update.contents.sizes.get(f"{COPIES}/{name}", old.sizes.get(name, 0))
        need += -(-size // _CLUSTER) * _CLUSTER
    free = shutil.disk_usage(stick).free
    return [Fault(f"U 盘放不下：更新时要空出 {need / 1e6:.0f} MB，现在只有 {free / 1e6:.0f} MB")] if free < need else []


def _stage(old: Contents, update: Update, new: Path, progress: Progress) -> None:
    """Every file of the new stick, from the update or from the old stick; what is written is counted on the way."""
    names = [*update.sums, NAME, *([SIGNATURE] if f"{COPIES}/{SIGNATURE}" in update.contents.sizes else [])]
    for count, name in enumerate(names, start=1):
        place = new / name
        place.parent.mkdir(parents=True, exist_ok=True)
        copied = f"{COPIES}/{name}" in update.contents.sizes
        with place.open("wb") as file:
            for piece in update.contents.pieces(f"{COPIES}/{name}") if copied else old.pieces(name):
                file.write(piece)
        progress("写新版", count, len(names))
