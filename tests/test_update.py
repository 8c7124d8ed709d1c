"""Updates: applied, a stick is byte for byte the new one; cut short anywhere, it is old, or new, or goes on where it stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from html_page import HtmlPage
from sticks import STAMP, Sticks, copied, sign_list, tingsuo, tree
from tingsuo.outputs.packs import update
from tingsuo.outputs.packs.apply import Refused, apply
from tingsuo.outputs.packs.facts import Facts
from tingsuo.outputs.packs.minisign import PublicKey, SecretKey, new_key
from tingsuo.outputs.packs.sealing import seal

STAGING = ".tingsuo-update"
TMPFS_MB = 3


def test_applied_is_the_new_stick(sticks: Sticks, tmp_path: Path) -> None:
    """Old stick + update = freshly packed stick, byte for byte, nothing left over; once more says that there is nothing to do."""
    folder = copied(sticks.old, tmp_path / "U 盘")
    said = tingsuo("apply", sticks.update, folder)
    assert said.code == 0, said.all
    assert "更新好了：small-2026-12-01" in said.out
    assert "和 U 盘原来的是同一把密钥签的" in said.all
    assert tree(folder) == tree(sticks.new)
    said = tingsuo("apply", sticks.update, folder)
    assert (said.code, "U 盘上已经是 small-2026-12-01" in said.out) == (0, True)
    assert tree(folder) == tree(sticks.new)


def test_update_holds_only_what_changed(sticks: Sticks) -> None:
    """Files that are the same in both editions aren't in the update; the page that explains is."""
    with zipfile.ZipFile(sticks.update) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    copies = {name.removeprefix("复制到U盘/") for name in names if name.startswith("复制到U盘/")}
    assert names - {f"复制到U盘/{name}" for name in copies} == {"update.json", "怎么更新.html"}
    old, new = tree(sticks.old), tree(sticks.new)
    changed = {name for name, content in new.items() if content.startswith("100") and old.get(name) != content}
    assert changed <= copies
    assert copies - changed <= {"tingsuo.json"}
    assert "site/cases/neighbours/drain.html" in copies
    assert len(copies) < len(new) / 2
    assert sticks.update.stat().st_size < sticks.new_zip.stat().st_size / 2


@pytest.mark.parametrize("former", ["folder", "zip", "list"])
def test_former_edition_from_folder_zip_or_list(former: str, sticks: Sticks, tmp_path: Path) -> None:
    """`--since` takes the old folder, its zip, or its SHA256SUMS alone: the same update, but for the old edition's name."""
    place = {"folder": sticks.old, "zip": sticks.old_zip, "list": sticks.old / "SHA256SUMS"}[former]
    made = update.make(sticks.new, update.former(place), tmp_path, STAMP)
    if former == "list":
        assert tingsuo("apply", made, copied(sticks.old, tmp_path / "stick")).code == 0
    else:
        assert made.read_bytes() == sticks.update.read_bytes()


@pytest.mark.parametrize(
    ("since", "sentence"),
    [("nothing.zip", "找不到原来的包"), ("keys/luoding.pub", "读不了：清单 SHA256SUMS 第 1 行看不懂"), ("keys", "读不了：少了文件：SHA256SUMS")],
)
def test_since_what_is_no_pack(since: str, sentence: str, sticks: Sticks, tmp_path: Path) -> None:
    """`tingsuo pack --since` something else says what is wrong before anything is built."""
    root = sticks.secret.parents[1]
    said = tingsuo("-C", root / "project", "pack", "stick", "--since", root / since, "-o", tmp_path / "dist")
    assert (said.code, sentence in said.all) == (2, True)
    assert not (tmp_path / "dist").exists()


def test_page_explains(sticks: Sticks) -> None:
    """怎么更新.html names both editions and every file to delete, and asks for nothing from outside."""
    with zipfile.ZipFile(sticks.update) as archive:
        text = archive.read(next(name for name in archive.namelist() if name.endswith("怎么更新.html"))).decode()
    page = HtmlPage(text)
    assert "small-2026-11-23" in page.text
    assert "small-2026-12-01" in page.text
    assert "site/cases/neighbours/eaves.html" in page.text
    assert "tingsuo apply" in page.text
    assert "http" not in text.replace('http-equiv="Content-Security-Policy"', "").replace("http://www.w3.org/2000/svg", "")


def test_by_hand_as_the_page_says(sticks: Sticks, tmp_path: Path) -> None:
    """Copying the folder over the stick and deleting what is listed gives the new stick too."""
    folder = copied(sticks.old, tmp_path / "stick")
    with zipfile.ZipFile(sticks.update) as archive:
        archive.extractall(tmp_path / "unpacked")
        page = HtmlPage(archive.read(next(name for name in archive.namelist() if name.endswith("怎么更新.html"))).decode())
    shutil.copytree(next((tmp_path / "unpacked").glob("*/复制到U盘")), folder, dirs_exist_ok=True)
    for name in tree(folder):
        if name in page.text.split("要删的", 2)[-1] and (folder / name).is_file() and name.startswith("site/"):
            (folder / name).unlink()
    assert tingsuo("verify", folder, "--key", sticks.public).code == 0
    assert {name: content for name, content in tree(folder).items() if content.startswith("100")} == {
        name: content for name, content in tree(sticks.new).items() if content.startswith("100")
    }


def test_folder_with_the_systems_own_files(sticks: Sticks, tmp_path: Path) -> None:
    """On a drive's top folder Windows keeps its own: they stay where they are."""
    folder = copied(sticks.old, tmp_path / "stick")
    own = folder / "System Volume Information" / "x"
    own.parent.mkdir()
    own.write_bytes(b"x")
    assert tingsuo("apply", sticks.update, folder).code == 0
    assert own.read_bytes() == b"x"
    shutil.rmtree(own.parent)
    assert tree(folder) == tree(sticks.new)


def test_hard_links_outside_keep_their_content(sticks: Sticks, tmp_path: Path) -> None:
    """A file of the user's that is one with a file of the stick isn't written through."""
    folder = copied(sticks.old, tmp_path / "stick")
    os.link(folder / "site" / "index.html", tmp_path / "mine.html")
    before = (tmp_path / "mine.html").read_bytes()
    assert tingsuo("apply", sticks.update, folder).code == 0
    assert (tmp_path / "mine.html").read_bytes() == before


def test_new_key_has_to_be_named(sticks: Sticks, tmp_path: Path) -> None:
    """When the maker has a new key, the update is refused until the new public key is given by hand."""
    other = new_key()
    new = copied(sticks.new, tmp_path / "new")
    seal(new, Facts.read((new / "tingsuo.json").read_bytes()), STAMP, other)
    made = update.make(new, update.former(sticks.old), tmp_path, STAMP)
    folder = copied(sticks.old, tmp_path / "stick")
    said = tingsuo("apply", made, folder)
    assert (said.code, "不是这把密钥签的" in said.all) == (1, True)
    said = tingsuo("apply", made, folder, "--key", other.public.line)
    assert (said.code, "是你给的这把密钥签的" in said.all) == (0, True)
    assert tree(folder) == tree(new)


def test_unsigned_sticks_can_be_updated(sticks: Sticks, tmp_path: Path) -> None:
    """Without keys it works as well, and says what that doesn't prove."""
    for name, source in (("old", sticks.old), ("new", sticks.new)):
        folder = copied(source, tmp_path / name)
        seal(folder, Facts.read((folder / "tingsuo.json").read_bytes()), STAMP)
    made = update.make(tmp_path / "new", update.former(tmp_path / "old"), tmp_path, STAMP)
    said = tingsuo("apply", made, tmp_path / "old")
    assert (said.code, "不能证明是谁做的" in said.all) == (0, True)
    assert tree(tmp_path / "old") == tree(tmp_path / "new")


def test_signed_by_hand_needs_the_key(sticks: Sticks, tmp_path: Path) -> None:
    """A stick that was signed from outside carries no key: `apply` asks for it instead of believing anybody."""
    folder = copied(sticks.old, tmp_path / "stick")
    seal(folder, Facts.read((folder / "tingsuo.json").read_bytes()), STAMP)
    sign_list(folder, sticks.key)
    made = update.make(sticks.new, update.former(folder), tmp_path, STAMP)
    before = tree(folder)
    said = tingsuo("apply", made, folder)
    assert (said.code, "加上 --key 公钥文件再试" in said.all) == (1, True)
    assert tree(folder) == before
    assert tingsuo("apply", made, folder, "--key", sticks.public).code == 0


def test_stick_without_room(sticks: Sticks, tmp_path: Path) -> None:
    """A stick that is too full says how much it needs and stays old."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TMPFS_MB}m", "none", place], capture_output=True, check=False).returncode:
        pytest.skip("这里不能挂载小容量的盘")
    try:
        folder = copied(sticks.old, place / "stick")
        before = tree(place)
        said = tingsuo("apply", sticks.update, folder)
        assert (said.code, "U 盘放不下：更新时要空出" in said.all) == (1, True)
        assert tree(place) == before
    finally:
        subprocess.run(["umount", place], check=True)


def test_read_only_stick(sticks: Sticks, tmp_path: Path) -> None:
    """A stick with its write protection on stays as it is, and that is what is said."""
    place = tmp_path / "locked"
    folder = copied(sticks.old, place / "stick")
    bound = subprocess.run(["mount", "--bind", place, place], capture_output=True, check=False).returncode == 0
    if not bound or subprocess.run(["mount", "-o", "remount,ro,bind", place], capture_output=True, check=False).returncode:
        pytest.skip("这里不能挂载只读的盘")
    try:
        before = tree(place)
        said = tingsuo("apply", sticks.update, folder)
        assert (said.code, "U 盘写不进去" in said.all) == (1, True)
        assert tree(place) == before
    finally:
        subprocess.run(["umount", place], check=True)


# ---- Kills ----


@dataclass(frozen=True)
class Tiny:
    """Two editions of a few files, so that every single step can be cut off."""

    old: Path
    new: Path
    update: Path
    key: PublicKey


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """One file stays, one changes, one goes, one comes; a folder goes, a folder comes; one name changes only its case."""
    root = tmp_path_factory.mktemp("tiny")
    key = new_key()
    about = Facts("tiny-2026-11-23", "某县人民法院", "tiny", "一版", "2026-11-23", "2027-11-23")
    editions = (
        {"打开.html": "a", "site/stays.html": "s", "site/changes.html": "1", "site/goes.html": "g", "print/old.pdf": "p", "Note.txt": "n"},
        {"打开.html": "a", "site/stays.html": "s", "site/changes.html": "2", "site/comes.html": "c", "more/new.pdf": "m", "note.txt": "n"},
    )
    folders = [root / "old", root / "new"]
    for folder, files in zip(folders, editions, strict=True):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        seal(folder, about, STAMP, key)
    return Tiny(*folders, update.make(folders[1], update.former(folders[0]), root, STAMP), key.public)


CHANGING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.utime", "os.link", "os.symlink"}


def apply_killed_at(step: int, tiny: Tiny, stick: Path) -> int:
    """Apply in a process of its own that is killed (SIGKILL) before its n-th change to the stick. → the changes made, -1 when killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def watch(event: str, args: tuple[object, ...]) -> None:
            nonlocal count
            writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if (event in CHANGING or writes) and str(args[0]).startswith((str(stick), "new", "old", "state")):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            sys.addaudithook(watch)
            apply(tiny.update, stick)
            os.write(writing, str(count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return int(text) if text else -1


def without_staging(folder: Path) -> dict[str, str]:
    """The stick as its reader sees it."""
    return {name: content for name, content in tree(folder).items() if name.split("/")[0] != STAGING}


def test_killed_at_every_step(tiny: Tiny, tmp_path: Path) -> None:
    """Kill -9 before each change: the stick is old, or new, or says what to do; the next apply always gives the new one."""
    old, new = tree(tiny.old), tree(tiny.new)
    steps = apply_killed_at(0, tiny, copied(tiny.old, tmp_path / "whole"))
    assert steps > 40
    assert tree(tmp_path / "whole") == new
    half = 0
    for step in range(1, steps + 1):
        stick = copied(tiny.old, tmp_path / f"at-{step}")
        assert apply_killed_at(step, tiny, stick) == -1
        now = without_staging(stick)
        if now not in (old, new):
            half += 1
            assert (stick / STAGING / "state.json").is_file()
            assert "再运行一次 tingsuo apply" in tingsuo("verify", stick, "--key", tiny.key.line).all
        if step % 3 == 0:
            apply_killed_at(4, tiny, stick)
        begun = (stick / STAGING / "state.json").is_file() or without_staging(stick) == new
        assert apply(tiny.update, stick).already == begun
        assert tree(stick) == new, step
        shutil.rmtree(stick)
    assert 0 < half < steps / 3


def test_half_done_and_the_new_half_spoilt(tiny: Tiny, tmp_path: Path) -> None:
    """Cut short, then the new files are damaged: the old ones are still there and come back before the update is applied afresh."""
    seen = 0
    for step in range(30, 200, 2):
        stick = copied(tiny.old, tmp_path / f"at-{step}")
        if apply_killed_at(step, tiny, stick) != -1:
            break
        waiting = stick / STAGING / "new" / "打开.html"
        if (stick / STAGING / "state.json").is_file() and waiting.is_file():
            seen += 1
            waiting.write_text("坏了", "utf-8")
            apply(tiny.update, stick)
            assert tree(stick) == tree(tiny.new)
        shutil.rmtree(stick)
    assert seen > 2


def test_half_done_and_both_halves_spoilt(tiny: Tiny, tmp_path: Path) -> None:
    """When neither edition is whole any more, nothing is moved, and a fresh copy is asked for."""
    for step in range(30, 200):
        stick = copied(tiny.old, tmp_path / f"at-{step}")
        assert apply_killed_at(step, tiny, stick) == -1
        if (stick / STAGING / "old").is_dir() and any((stick / STAGING / "old").iterdir()):
            break
    for place in [*stick.rglob("stays.html")]:
        place.write_text("坏了", "utf-8")
    before = tree(stick)
    with pytest.raises(Refused, match="新旧两版都不齐"):
        apply(tiny.update, stick)
    assert tree(stick) == before


def test_half_done_is_not_finished_for_a_forger(tiny: Tiny, tmp_path: Path) -> None:
    """An exchange that was begun is finished only by an update that is rightly signed."""
    for step in range(30, 200):
        stick = copied(tiny.old, tmp_path / f"at-{step}")
        assert apply_killed_at(step, tiny, stick) == -1
        if (stick / STAGING / "old").is_dir():
            break
    forged = tmp_path / "forged-update.zip"
    other = SecretKey(tiny.key.number, new_key().seed).sign([(tiny.new / "SHA256SUMS").read_bytes()], "x").encode()
    with zipfile.ZipFile(tiny.update) as source, zipfile.ZipFile(forged, "w") as target:
        for info in source.infolist():
            target.writestr(info, other if info.filename.endswith(".minisig") else source.read(info))
    before = tree(stick)
    with pytest.raises(Refused, match="签名对不上"):
        apply(forged, stick)
    assert tree(stick) == before
    apply(tiny.update, stick)
    assert tree(stick) == tree(tiny.new)


@pytest.mark.parametrize("names", [["../x"], ["site/index.html"], ["/etc"], [STAGING], [""], [1], "site", None])
def test_record_that_leads_elsewhere(names: object, tiny: Tiny, tmp_path: Path) -> None:
    """A record of an exchange on a stick from somebody may name entries at the top of the stick and nothing else."""
    stick = copied(tiny.old, tmp_path / "stick")
    (stick / STAGING / "new").mkdir(parents=True)
    for record in ({"away": names, "here": []}, {"away": [], "here": names}):
        (stick / STAGING / "state.json").write_text(json.dumps({"phase": "moving", "arriving": "", **record}), "utf-8")
        before = tree(tmp_path)
        with pytest.raises(Refused, match="上次更新留下的记录看不懂"):
            apply(tiny.update, stick)
        assert tree(tmp_path) == before


def test_stick_that_changes_while_it_is_read(tiny: Tiny, tmp_path: Path) -> None:
    """A file that was right when it was checked and isn't when it is copied: what was written is checked before anything is exchanged."""
    stick = copied(tiny.old, tmp_path / "stick")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:

        def loosen(event: str, args: tuple[object, ...]) -> None:
            if event == "open" and str(args[0]).endswith(f"{STAGING}/new/site/stays.html") and args[1] == "w":
                os.truncate(stick / "site" / "stays.html", 0)

        try:
            sys.addaudithook(loosen)
            apply(tiny.update, stick)
        except Refused as problem:
            os.write(write, str(problem).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as answer:
        assert answer.read() == "内容变了：site/stays.html"
    os.waitpid(child, 0)
    (stick / "site" / "stays.html").write_text("s", "utf-8")
    assert tree(stick) == tree(tiny.old)


def test_file_that_cannot_be_moved(tiny: Tiny, tmp_path: Path) -> None:
    """When one entry can't be exchanged (here: it is a mount), what was moved goes back and the stick is the old one."""
    stick = copied(tiny.old, tmp_path / "stick")
    if subprocess.run(["mount", "--bind", stick / "site", stick / "site"], capture_output=True, check=False).returncode:
        pytest.skip("这里不能挂载")
    try:
        before = tree(stick)
        with pytest.raises(Refused, match="有文件换不下来"):
            apply(tiny.update, stick)
        assert tree(stick) == before
    finally:
        subprocess.run(["umount", stick / "site"], check=True)
    apply(tiny.update, stick)
    assert tree(stick) == tree(tiny.new)
