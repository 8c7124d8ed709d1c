"""Damage and malice: each kind is named in a sentence, the exit code isn't zero, nothing changes anywhere, nothing is unpacked.

Three tables: damage to a stick's folder, to any zip, and to an update in particular. A row is (what was done, what is said).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sticks import Sticks, copied, sign_list, tingsuo, tree
from tingsuo.outputs.packs.minisign import SecretKey, new_key

LIST, SIGNATURE, PAGE = "SHA256SUMS", "SHA256SUMS.minisig", "site/index.html"


# ---- A stick's folder ----


@dataclass(frozen=True)
class Spoil:
    """What a damage may use: the folder to spoil, the other edition, the key."""

    folder: Path
    sticks: Sticks

    def list(self, change: Callable[[bytes], bytes]) -> None:
        """Change the list and sign it anew, so that only its own faults remain."""
        place = self.folder / LIST
        place.write_bytes(change(place.read_bytes()))
        sign_list(self.folder, self.sticks.key)

    def page(self, change: Callable[[bytes], bytes]) -> None:
        """Change a page."""
        place = self.folder / PAGE
        place.write_bytes(change(place.read_bytes()))

    def extra(self, name: str) -> None:
        """A file more."""
        (self.folder / name).write_bytes(b"x")

    def signature(self, change: Callable[[str], str]) -> None:
        """Change the signature file."""
        place = self.folder / SIGNATURE
        place.write_text(change(place.read_text("utf-8")), "utf-8")

    def outside(self, name: str) -> Path:
        """Something of the user's, beside the stick."""
        place = self.folder.parent / name
        place.write_text("别人的文件", "utf-8")
        return place


def forged(s: Spoil) -> None:
    """A changed page, and a list that agrees with it."""
    import hashlib

    old = hashlib.sha256((s.folder / PAGE).read_bytes()).hexdigest()
    s.page(lambda data: data.replace("东镇".encode(), "西镇".encode()) + b" ")
    new = hashlib.sha256((s.folder / PAGE).read_bytes()).hexdigest()
    (s.folder / LIST).write_text((s.folder / LIST).read_text("utf-8").replace(old, new), "utf-8")


def enormous(s: Spoil) -> None:
    """A list of two gigabytes, sparse."""
    with (s.folder / LIST).open("r+b") as file:
        file.truncate(2 << 30)


def named_pipe(s: Spoil) -> None:
    """Whoever opens it waits for ever."""
    (s.folder / PAGE).unlink()
    os.mkfifo(s.folder / PAGE)


def listening(s: Spoil) -> None:
    """A socket."""
    here = Path.cwd()
    os.chdir(s.folder)
    try:
        with socket.socket(socket.AF_UNIX) as it:
            it.bind("s")
    finally:
        os.chdir(here)


def endless(s: Spoil) -> None:
    """/dev/zero under the name of a page."""
    (s.folder / PAGE).unlink()
    try:
        os.mknod(s.folder / PAGE, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("只有 root 能做设备文件")


def foreign_under_our_number(s: Spoil) -> None:
    """Another key that calls itself by our number."""
    sign_list(s.folder, SecretKey(s.sticks.key.number, new_key().seed))


def linked_file(s: Spoil) -> None:
    """A page that is a link to the user's file."""
    (s.folder / PAGE).unlink()
    (s.folder / PAGE).symlink_to(s.outside("别人.txt"))


def linked_folder(s: Spoil) -> None:
    """The site is a link to the same site elsewhere."""
    (s.folder / "site").rename(s.folder.parent / "site")
    (s.folder / "site").symlink_to(s.folder.parent / "site")


def linked_staging(s: Spoil) -> None:
    """What an update would clear away is a link to the user's folder."""
    place = s.folder.parent / "相册"
    place.mkdir()
    (place / "new").write_text("别人的文件", "utf-8")
    (s.folder / ".tingsuo-update").symlink_to(place)


def staged(state: object, *, link: bool = False) -> Callable[[Spoil], None]:
    """A record of an exchange that nobody began."""

    def damage(s: Spoil) -> None:
        place = s.folder / ".tingsuo-update"
        (place / "new").mkdir(parents=True)
        (place / "state.json").write_text(state if isinstance(state, str) else json.dumps(state), "utf-8")
        if link:
            (place / "old").symlink_to(s.outside("别人.txt").parent)

    return damage


def folder_for_file(s: Spoil) -> None:
    """A folder where a page was."""
    (s.folder / PAGE).unlink()
    (s.folder / PAGE).mkdir()


def swapped(s: Spoil) -> None:
    """The other edition's signature."""
    shutil.copy(s.sticks.new / SIGNATURE, s.folder / SIGNATURE)


Row = tuple[Callable[[Spoil], object], str]
FOLDER: dict[str, Row] = {
    "file missing": (lambda s: (s.folder / PAGE).unlink(), f"少了文件：{PAGE}"),
    "file too many": (lambda s: s.extra("site/evil.html"), "多出来的文件：site/evil.html"),
    "program that Windows would start": (lambda s: s.extra("autorun.inf"), "多出来的文件：autorun.inf"),
    "bit flipped": (lambda s: s.page(lambda data: data[:99] + bytes([data[99] ^ 1]) + data[100:]), f"内容变了：{PAGE}"),
    "file cut short": (lambda s: s.page(lambda data: data[:-1]), f"内容变了：{PAGE}"),
    "file empty": (lambda s: s.page(lambda data: b""), f"内容变了：{PAGE}"),
    "folder for a file": (folder_for_file, f"少了文件：{PAGE}"),
    "no list": (lambda s: (s.folder / LIST).unlink(), f"没有清单 {LIST}"),
    "no signature": (lambda s: (s.folder / SIGNATURE).unlink(), f"签名不见了，做的时候是签了名的：{SIGNATURE}"),
    "signature of another edition": (swapped, f"签名对不上：内容在签名以后改过，或者签名是从别处拿来的：{SIGNATURE}"),
    "other key": (lambda s: sign_list(s.folder, new_key()), "不是这把密钥签的：签名用的是"),
    "other key under our number": (foreign_under_our_number, "签名对不上"),
    "trusted comment altered": (lambda s: s.signature(lambda t: t.replace("edition:small-2026-11", "edition:small-2027-11")), "签名里的说明（版本和日期）被改过"),
    "signature is rubbish": (lambda s: s.signature(lambda t: "x\ny\n"), f"签名文件看不懂：应当是 minisign 格式的四行：{SIGNATURE}"),
    "signature isn't text": (lambda s: (s.folder / SIGNATURE).write_bytes(b"\xff\xfe" * 50), f"签名文件看不懂：应当是 minisign 格式的四行：{SIGNATURE}"),
    "signature isn't Base64": (lambda s: s.signature(lambda t: t.replace("\nR", "\n!")), "有一行不是 Base64"),
    "signature enormous": (lambda s: s.signature(lambda t: t + "x" * 99999), f"大得不正常：{SIGNATURE}"),
    "page and list forged": (forged, "签名对不上"),
    "list: line that is none": (lambda s: s.list(lambda d: b"hello\n" + d), f"清单 {LIST} 第 1 行看不懂：hello"),
    "list: not UTF-8": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  \xff\n"), f"清单 {LIST} 不是 UTF-8 文本"),
    "list: line twice": (lambda s: s.list(lambda d: d + d.split(b"\n")[0] + b"\n"), "行重复："),
    "list: names itself": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  SHA256SUMS\n"), f"写的是清单自己：{LIST}"),
    "list: Windows line ends": (lambda s: s.list(lambda d: d.replace(b"\n", b"\r\n")), "第 1 行，文件名里有看不见的字符"),
    "list: cut short": (lambda s: s.list(lambda d: d[:-5]), f"清单 {LIST} 不完整：最后一行没有写完"),
    "list: empty": (lambda s: s.list(lambda d: b""), f"清单 {LIST} 是空的"),
    "list: enormous": (enormous, f"大得不正常：{LIST}"),
    "list: out of the folder": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  ../x\n"), "文件名里有空的一段、“.”或“..”：../x"),
    "list: from the root": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  /etc/passwd\n"), "文件名从根目录写起：/etc/passwd"),
    "list: drive": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  C:/x\n"), "文件名里有冒号（盘符或附加流）：C:/x"),
    "list: names that are one": (lambda s: s.list(lambda d: d + b"0" * 64 + b"  Site/index.html\n"), "换一个系统就是同一个文件"),
    "link to a file": (linked_file, f"是链接，不是文件：{PAGE}"),
    "link to a folder": (linked_folder, "是链接，不是文件：site"),
    "link where updates work": (linked_staging, ".tingsuo-update"),
    "pipe": (named_pipe, f"是设备或管道，不是文件：{PAGE}"),
    "socket": (listening, "是设备或管道，不是文件：s"),
    "device": (endless, f"是设备或管道，不是文件：{PAGE}"),
    "upper and lower case": (lambda s: s.extra("site/INDEX.html"), "换一个系统就是同一个文件：site/INDEX.html、site/index.html"),
    "one letter written in two ways": (lambda s: s.extra("site/cafe\u0301.html"), "文件名的字符写法不统一：site/cafe"),
    "reserved name": (lambda s: s.extra("site/CON.html"), "文件名是 Windows 的保留名：site/CON.html"),
    "dot at the end": (lambda s: s.extra("site/index.html."), "文件名以点或空格结尾"),
    "stream": (lambda s: s.extra("site/index.html:evil"), "文件名里有冒号（盘符或附加流）：site/index.html:evil"),
    "backslash": (lambda s: s.extra("site\\index.html"), "文件名里有反斜杠"),
    "name that colours the screen": (lambda s: s.extra("\x1b[31mred"), "文件名里有看不见的字符：\\u001b[31mred"),
    "name that turns round": (lambda s: s.extra("site/\u202elmth.exe"), "文件名里有看不见的字符：site/\\u202elmth.exe"),
    "name that isn't UTF-8": (lambda s: (Path(os.fsdecode(os.fsencode(s.folder) + b"/\xff.html"))).write_bytes(b"x"), "文件名里有看不见的字符：\\udcff.html"),
    "record of an exchange: rubbish": (staged("{"), "上一次更新没有做完"),
    "record of an exchange: names outside": (
        staged({"phase": "moving", "away": ["../别人.txt"], "here": [], "arriving": ""}), "上一次更新没有做完"),
    "record of an exchange: links": (staged({"phase": "moving", "away": [], "here": [], "arriving": ""}, link=True), "上一次更新没有做完"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDER)
def test_damaged_folder(name: str, sticks: Sticks, tmp_path: Path) -> None:
    """`verify` names the damage; `apply` doesn't touch such a stick."""
    damage, sentence = FOLDER[name]
    folder = copied(sticks.old, tmp_path / "stick")
    damage(Spoil(folder, sticks))
    before = tree(tmp_path)
    said = tingsuo("verify", folder, "--key", sticks.public)
    assert sentence in said.all
    assert said.code == 1
    assert tree(tmp_path) == before
    said = tingsuo("apply", sticks.update, folder)
    assert said.code == 1
    assert "没有更新，U 盘上还是原来的。" in said.all
    assert tree(tmp_path) == before


def test_undamaged_folder(sticks: Sticks, tmp_path: Path) -> None:
    """What the damages start from is good; what Windows and macOS leave lying about is mentioned and no damage."""
    folder = copied(sticks.old, tmp_path / "stick")
    assert tingsuo("verify", folder, "--key", sticks.public).code == 0
    (folder / "System Volume Information").mkdir()
    (folder / "System Volume Information" / "IndexerVolumeGuid").write_bytes(b"x")
    (folder / "site" / "Thumbs.db").write_bytes(b"x")
    said = tingsuo("verify", folder, "--key", sticks.public)
    assert said.code == 0
    assert "系统自己放的文件没有算进去：System Volume Information、site/Thumbs.db" in said.all


def test_every_fault_is_named_and_long_rows_are_cut(sticks: Sticks, tmp_path: Path) -> None:
    """Several kinds of damage at once are all named; of a hundred of one kind, twenty and the number of the others."""
    folder = copied(sticks.old, tmp_path / "stick")
    (folder / PAGE).unlink()
    (folder / "打开.html").write_text("x", "utf-8")
    for number in range(50):
        (folder / f"x{number}").write_bytes(b"")
    said = tingsuo("verify", folder, "--key", sticks.public)
    assert f"少了文件：{PAGE}" in said.all
    assert "内容变了：打开.html" in said.all
    assert said.all.count("多出来的文件：x") == 20
    assert "多出来的文件：另有 30 个没有列出" in said.all
    assert "不对：52 处" in said.all


def test_unreadable_file(sticks: Sticks, tmp_path: Path) -> None:
    """A file that may not be read is named. The superuser may read everything, so another user looks."""
    folder = copied(sticks.old, tmp_path / "stick")
    (folder / PAGE).chmod(0)
    # Imported before the change of user, because the package may lie where others can't read.
    program = (
        "import os, sys\nfrom pathlib import Path\nimport tingsuo.outputs.packs.update\nfrom tingsuo.outputs.packs.verify import verify\n"
        "os.chdir(sys.argv[1])\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "print(*verify(Path('.')).faults, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert f"读不出来：{PAGE}" in done.stdout


# ---- Any zip: a stick or an update ----

Entries = list[tuple[zipfile.ZipInfo, bytes]]


def entries_of(place: Path) -> Entries:
    """A zip's entries and their bytes."""
    with zipfile.ZipFile(place) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def zipped(place: Path, entries: Entries) -> None:
    """Write a zip of them; names are written as they are, wrong as they may be."""
    with zipfile.ZipFile(place, "w") as archive:
        for info, data in entries:
            fresh = zipfile.ZipInfo("x", info.date_time)
            fresh.filename = info.filename
            fresh.compress_type, fresh.external_attr, fresh.create_system = info.compress_type, info.external_attr, info.create_system
            archive.writestr(fresh, data)


def entry(name: str, data: bytes = b"x", **about: int) -> tuple[zipfile.ZipInfo, bytes]:
    """One more entry, below the zip's folder if the name doesn't lead elsewhere."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    info.create_system, info.external_attr, info.compress_type = 3, about.get("mode", 0o100644) << 16, about.get("method", zipfile.ZIP_DEFLATED)
    return info, data


def more(*names: str, **about: int) -> Callable[[Path], None]:
    """Entries more; "@" stands for the zip's folder."""

    def damage(place: Path) -> None:
        entries = entries_of(place)
        top = entries[0][0].filename.split("/")[0]
        zipped(place, [*entries, *(entry(name.replace("@", top), **about) for name in names)])

    return damage


def bytes_changed(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """The zip's own bytes changed."""

    def damage(place: Path) -> None:
        place.write_bytes(change(place.read_bytes()))

    return damage


def first_entry_flags(data: bytes) -> bytes:
    """The first entry says that it is encrypted, in both places."""
    at = data.index(b"PK\1\2")
    whole = bytearray(data)
    whole[6] |= 1
    whole[at + 8] |= 1
    return bytes(whole)


def renamed_in_one_place(data: bytes) -> bytes:
    """The first entry has another name where it begins than in the list of contents."""
    return data[:30] + b"X" + data[31:]


def overlapping(data: bytes) -> bytes:
    """The second entry begins where the first does, under the first one's name in that place."""
    whole = bytearray(data)
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 4)
    length = struct.unpack_from("<H", data, first + 28)[0]
    inside = data.index(b"PK\3\4", 4)
    # The first entry claims to reach into the second.
    struct.pack_into("<L", whole, first + 20, inside + 99)
    struct.pack_into("<L", whole, 18, inside + 99)
    assert second > first + length
    return bytes(whole)


def crowded(data: bytes) -> bytes:
    """The end says that there are a million entries."""
    at = data.rindex(b"PK\5\6")
    record = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, 46 * 10**6, 0)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, at, 1)
    end = bytearray(data[at:])
    struct.pack_into("<HHLL", end, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return data[:at] + record + locator + bytes(end)


def bomb(place: Path) -> None:
    """Sixty-four megabytes of nothing in sixty-four kilobytes."""
    entries = entries_of(place)
    zipped(place, [*entries, entry("bomb.html", bytes(64 << 20))])


def claims(size: int) -> Callable[[bytes], bytes]:
    """The first entry claims a size in the list of contents."""

    def change(data: bytes) -> bytes:
        whole = bytearray(data)
        struct.pack_into("<L", whole, data.index(b"PK\1\2") + 24, size)
        return bytes(whole)

    return change


def repeated(place: Path) -> None:
    """The first file twice."""
    entries = entries_of(place)
    with pytest.warns(UserWarning, match="Duplicate"):
        zipped(place, [*entries, entries[0]])


def emptied(place: Path) -> None:
    """A zip without a file."""
    zipped(place, [])


def without(part: str) -> Callable[[Path], None]:
    """A file is missing."""
    return lambda place: zipped(place, [(info, data) for info, data in entries_of(place) if not info.filename.endswith(part)])


def altered(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A file's content changed, the zip itself in order."""
    return lambda place: zipped(place, [(info, change(data) if info.filename.endswith(part) else data) for info, data in entries_of(place)])


ZIP: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut short": (bytes_changed(lambda d: d[: len(d) // 2]), "不是完整的 zip 文件：没有下载完，或者坏了"),
    "cut short by a little": (bytes_changed(lambda d: d[:-30]), "不是完整的 zip 文件"),
    "beginning gone": (bytes_changed(lambda d: d[5000:]), "不是完整的 zip 文件"),
    "no zip": (bytes_changed(lambda d: b"<!doctype html>" * 9), "不是完整的 zip 文件"),
    "nothing": (bytes_changed(lambda d: b""), "文件是空的，一个字节也没有"),
    "empty zip": (emptied, "zip 是空的"),
    "out of the folder": (more("../../escaped.html"), "文件名里有空的一段、“.”或“..”：../../escaped.html"),
    "out of the folder, further in": (more("@/site/../../../escaped.html"), "文件名里有空的一段、“.”或“..”"),
    "from the root": (more("/tmp/escaped.html"), "文件名从根目录写起：/tmp/escaped.html"),
    "drive": (more("C:/Windows/escaped.html"), "文件名里有冒号（盘符或附加流）：C:/Windows/escaped.html"),
    "backslashes": (more("..\\escaped.html"), "文件名里有反斜杠：..\\escaped.html"),
    "network share": (more("\\\\server\\share\\x"), "文件名里有反斜杠"),
    "stream": (more("@/site/index.html:evil"), "文件名里有冒号（盘符或附加流）"),
    "upper and lower case": (more("@/Site/x.html", "@/site/x.html"), "换一个系统就是同一个文件"),
    "one letter written in two ways": (more("@/café.html", "@/cafe\u0301.html"), "文件名的字符写法不统一"),
    "reserved name": (more("@/nul.txt"), "文件名是 Windows 的保留名"),
    "reserved folder": (more("@/COM1/x.txt"), "文件名是 Windows 的保留名"),
    "dot at the end": (more("@/x./y"), "文件名以点或空格结尾"),
    "space at the end": (more("@/x.html "), "文件名以点或空格结尾"),
    "control character": (more("@/x\x07.html"), "文件名里有看不见的字符"),
    "very long name": (more("@/" + "x" * 300), "文件名太长"),
    "file under a file": (more("@/x", "@/x/y"), "换一个系统就是同一个文件"),
    "link": (more("@/link", mode=0o120777), "是链接或设备，不是文件"),
    "device": (more("@/dev", mode=0o020666), "是链接或设备，不是文件"),
    "unknown packing": (more("@/x", method=zipfile.ZIP_BZIP2), "压缩方法不认识"),
    "bomb": (bomb, "解开会大 200 倍以上（压缩炸弹）：bomb.html"),
    "claims four gigabytes": (bytes_changed(claims(0xFFFFFFF0)), "压缩炸弹"),
    "claims less than there is": (bytes_changed(claims(1)), "：没有下载完，或者坏了|压缩包坏了，读不出来|内容变了|看不懂"),
    "million entries": (bytes_changed(crowded), "zip 里的文件多得不正常"),
    "file twice": (repeated, "同一个文件在 zip 里有两份"),
    "encrypted": (bytes_changed(first_entry_flags), "加了密码，不能核对"),
    "two names for one entry": (bytes_changed(renamed_in_one_place), "在 zip 的两个地方名字不同"),
    "entries one over another": (bytes_changed(overlapping), "和别的文件叠在一起"),
    "bytes flipped inside": (bytes_changed(lambda d: d[:400] + bytes(b ^ 255 for b in d[400:420]) + d[420:]), "压缩包坏了，读不出来|两个地方名字不同"),
    "file too many": (more("@/复制到U盘/evil.html", "@/evil.html"), "多出来的文件：复制到U盘/evil.html"),
    "no list": (without(f"/{LIST}"), f"没有清单 {LIST}|少了文件：复制到U盘/{LIST}"),
    "no signature": (without(SIGNATURE), "签名不见了，做的时候是签了名的"),
    "content changed": (altered(PAGE, lambda d: d + b" "), f"内容变了：site/index.html|内容变了：复制到U盘/{PAGE}"),
    "facts: not JSON": (altered("tingsuo.json", lambda d: b"[" * 99), "tingsuo.json"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["stick", "update"])
@pytest.mark.parametrize("name", ZIP)
def test_damaged_zip(name: str, kind: str, sticks: Sticks, tmp_path: Path) -> None:
    """`verify` names the damage in a stick's zip and in an update; `apply` of such an update changes nothing, inside or outside."""
    damage, sentences = ZIP[name]
    place = copied(sticks.old_zip if kind == "stick" else sticks.update, tmp_path / "got")
    damage(place)
    folder = copied(sticks.old, tmp_path / "stick")
    before = tree(tmp_path)
    said = tingsuo("verify", place, "--key", sticks.public)
    assert any(sentence in said.all for sentence in sentences.split("|")), said.all
    assert said.code == 1
    assert tree(tmp_path) == before
    said = tingsuo("apply", place, folder)
    assert said.code == 1
    assert "没有更新，U 盘上还是原来的。" in said.all
    assert tree(tmp_path) == before


def test_undamaged_zip(sticks: Sticks) -> None:
    """What the damages start from is good."""
    for place in (sticks.old_zip, sticks.new_zip, sticks.update):
        assert tingsuo("verify", place, "--key", sticks.public).code == 0


# ---- An update ----


def manifest(**changes: object) -> Callable[[Path], None]:
    """Other values in update.json; its own are in no signature."""

    def change(data: bytes) -> bytes:
        return json.dumps({**json.loads(data), **changes}).encode()

    return altered("update.json", change)


UPDATE: dict[str, tuple[Callable[[Path], None], str]] = {
    "fits another stick": (manifest(fits="0" * 64), "这个更新包不是给这个 U 盘的：U 盘上是 small-2026-11-23"),
    "removes what it mustn't": (manifest(removed=["打开.html"]), "更新包里 update.json 写的要删的文件不对"),
    "removes what is outside": (manifest(removed=["../别人.txt"]), "更新包里 update.json 写的要删的文件不对"),
    "removes nothing": (manifest(removed=[]), "更新包里 update.json 写的要删的文件不对"),
    "of another kind": (manifest(format=2), "update.json 是别的版本的程序写的"),
    "with a field more": (manifest(run="x.exe"), "update.json 看不懂：内容不对"),
    "numbers for names": (manifest(removed=[1]), "update.json 看不懂：内容不对"),
    "no JSON": (altered("update.json", lambda d: b"{"), "update.json 看不懂：不是 JSON"),
    "JSON without end": (altered("update.json", lambda d: b"[" * 200_000), "update.json 看不懂"),
    "no update": (without("update.json"), "不是更新包：里面没有 update.json"),
    "changed file missing": (without("cases/neighbours/lane.html"), "更新包里少了文件：site/cases/neighbours/lane.html"),
    "file that the list doesn't know": (more("@/复制到U盘/site/evil.html"), "多出来的文件：复制到U盘/site/evil.html"),
    "not signed": (without(SIGNATURE), "签名不见了，做的时候是签了名的：复制到U盘/SHA256SUMS.minisig"),
}  # fmt: skip


@pytest.mark.parametrize("name", UPDATE)
def test_damaged_update(name: str, sticks: Sticks, tmp_path: Path) -> None:
    """An update that is wrong in itself is refused by `apply` with its reason, and the stick stays."""
    damage, sentence = UPDATE[name]
    place = copied(sticks.update, tmp_path / "got")
    damage(place)
    folder = copied(sticks.old, tmp_path / "stick")
    (tmp_path / "别人.txt").write_text("别人的文件", "utf-8")
    before = tree(tmp_path)
    said = tingsuo("apply", place, folder)
    assert sentence in said.all
    assert said.code == 1
    assert tree(tmp_path) == before


def foreign(sticks: Sticks, place: Path) -> Path:
    """An update with everything right, but signed by another key."""
    other = new_key()
    entries = entries_of(sticks.update)
    listed = next(data for info, data in entries if info.filename.endswith(f"/{LIST}"))
    zipped(place, [(info, other.sign([listed], "x").encode() if info.filename.endswith(SIGNATURE) else data) for info, data in entries])
    return place


def test_update_by_somebody_else(sticks: Sticks, tmp_path: Path) -> None:
    """A signed stick takes updates from its own maker only, without being told; nor does --key of the maker help the forger."""
    place = foreign(sticks, tmp_path / "x-update.zip")
    folder = copied(sticks.old, tmp_path / "stick")
    before = tree(tmp_path)
    for words in ((), ("--key", sticks.public)):
        said = tingsuo("apply", place, folder, *words)
        assert (said.code, "不是这把密钥签的" in said.all) == (1, True)
    assert tree(tmp_path) == before


def test_older_edition_is_no_update(sticks: Sticks, tmp_path: Path) -> None:
    """An old edition, rightly signed in its time, doesn't come back as an update."""
    folder = copied(sticks.new, tmp_path / "stick")
    before = tree(tmp_path)
    said = tingsuo("apply", sticks.back, folder)
    assert (said.code, "更新包比 U 盘上的旧：U 盘上是 2026-12-01 的，更新包是 2026-11-23 的" in said.all) == (1, True)
    assert tree(tmp_path) == before


def test_stick_that_is_no_folder(sticks: Sticks, tmp_path: Path) -> None:
    """The zip itself can't be updated, and an empty folder isn't a stick."""
    assert "不是文件夹" in tingsuo("apply", sticks.update, copied(sticks.old_zip, tmp_path / "zip")).all
    (tmp_path / "empty").mkdir()
    said = tingsuo("apply", sticks.update, tmp_path / "empty")
    assert (said.code, f"没有清单 {LIST}" in said.all) == (1, True)
    assert list((tmp_path / "empty").iterdir()) == []


def test_single_file_with_nothing_beside(tmp_path: Path) -> None:
    """One file without a signature or a sum can't be checked, and that is what is said."""
    place = tmp_path / "x.epub"
    place.write_bytes(b"x")
    said = tingsuo("verify", place)
    assert (said.code, "没有东西可以核对" in said.all) == (2, True)


def test_zip_of_another_kind(sticks: Sticks, tmp_path: Path) -> None:
    """A zip without a list of ours is judged by the signature beside it; without one, it isn't one of ours."""
    place = tmp_path / "papers.zip"
    zipped(place, [entry("a/x.txt")])
    assert f"没有清单 {LIST}" in tingsuo("verify", place).all
    assert tingsuo("sign", place, "--key", sticks.secret).code == 0
    assert tingsuo("verify", place, "--key", sticks.public).code == 0
    place.write_bytes(place.read_bytes() + b"x")
    assert tingsuo("verify", place, "--key", sticks.public).code == 1


@pytest.mark.parametrize("change", ["", "content", "sum", "list"])
def test_single_file_with_its_sum(change: str, tmp_path: Path) -> None:
    """FILE.sha256 beside FILE: equal, changed, for another file, rubbish."""
    import hashlib

    place, listed = tmp_path / "x.epub", tmp_path / "x.epub.sha256"
    place.write_bytes(b"x")
    listed.write_text(f"{hashlib.sha256(b'x').hexdigest()}  {'y' if change == 'sum' else 'x'}.epub\n" if change != "list" else "?", "utf-8")
    if change == "content":
        place.write_bytes(b"y")
    said = tingsuo("verify", place)
    expected = {"": "只能证明文件互相对得上", "content": "内容变了：x.epub", "sum": "里没有这个文件", "list": "清单 x.epub.sha256 不完整"}
    assert expected[change] in said.all
    assert said.code == (1 if change else 0)
