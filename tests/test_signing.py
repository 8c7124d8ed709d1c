"""`tingsuo sign`: keys and signatures in minisign's own format, in both directions, and what a clerk does with them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from project import Project
from sticks import Sticks, copied, tingsuo, tree
from tingsuo.outputs.packs import minisign
from tingsuo.outputs.packs.minisign import NotMinisign, WrongPassword

MINISIGN = shutil.which("minisign")
WORD = "庭所 password 1"
PUBLIC_OF_LOCKED = "RWSasgO2WP6Xvm2PYBkP1NYgwsLGB5L7uK5tOLFXM9AfmY9rwJDMqJWN"
LOCKED_BY_MINISIGN = (
    "untrusted comment: minisign encrypted secret key\n"
    "RWRTY0IyixAtibmjHoLYf0UfuKWX57XW8saDMchendek6cTbcYsAAAACAAAAAAAAAEAAAAAAggsqBOuCO+NtBXQ4LgYUxiSeHFdRUrcjBEfTTz+SpaZuPJsb8vO/7MGuOEM/"
    "vgpj7SdRKHlbxy+PO2Us4bQTdIuIzzc1FISvjY5AUbNY9sPbjfqapscFNDiaU2YrrbmMb7O/JKOQgxw=\n"
)
"""Made by `minisign -G` for this test, with the password "pw"."""


def real(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Debian's minisign."""
    if not MINISIGN:
        pytest.skip("没有 minisign：apt-get install minisign")
    return subprocess.run([MINISIGN, *map(str, words)], input=typed, capture_output=True, text=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Something to sign."""
    place = tmp_path / "文件 一.txt"
    place.write_bytes(b"abc\n" * 1000)
    return place


def test_the_real_minisign_verifies_our_signature(sticks: Sticks) -> None:
    """`minisign -V` accepts the stick's list and the zip under our public key file, and under its one line."""
    done = real("-V", "-m", sticks.new / "SHA256SUMS", "-p", sticks.public)
    assert done.returncode == 0
    assert "edition:small-2026-12-01\tdate:2026-11-23" in done.stdout
    assert real("-V", "-m", sticks.new_zip, "-P", sticks.key.public.line).returncode == 0
    assert real("-V", "-m", sticks.old / "SHA256SUMS", "-x", sticks.new / "SHA256SUMS.minisig", "-p", sticks.public).returncode == 1


@pytest.mark.parametrize("way", ["-S", "-Sl"], ids=["hashed first", "as minisign did formerly"])
def test_we_verify_what_the_real_minisign_signs(tmp_path: Path, file: Path, way: str) -> None:
    """A key pair made by minisign, a signature made by minisign: `tingsuo verify` says yes, and no after one changed byte."""
    secret, public = tmp_path / "m.key", tmp_path / "m.pub"
    assert real("-G", "-W", "-s", secret, "-p", public).returncode == 0
    assert real(way, "-s", secret, "-m", file, "-t", "版本一").returncode == 0
    said = tingsuo("verify", file, "--key", public)
    assert (said.code, "版本一" in said.all) == (0, True)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert "签名对不上" in tingsuo("verify", file, "--key", public).all


def test_the_real_minisign_signs_with_our_key(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key made by `tingsuo sign new-key` with a password works in minisign, which asks for that password."""
    monkeypatch.setenv("TINGSUO_KEY_PASSWORD", WORD)
    assert tingsuo("sign", "new-key", tmp_path / "luoding").code == 0
    secret, public = tmp_path / "luoding.key", tmp_path / "luoding.pub"
    assert real("-S", "-s", secret, "-m", file, typed="wrong\n").returncode != 0
    assert real("-S", "-s", secret, "-m", file, typed=WORD + "\n").returncode == 0
    assert tingsuo("verify", file, "--key", public).code == 0


def test_we_open_a_key_that_minisign_locked(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that minisign 0.11 locked, with its own numbers for scrypt (1 GB); what we sign with it, minisign verifies."""
    secret = tmp_path / "m.key"
    secret.write_text(LOCKED_BY_MINISIGN, "utf-8")
    monkeypatch.setenv("TINGSUO_KEY_PASSWORD", "pw")
    assert tingsuo("sign", file, "--key", secret).code == 0
    assert real("-V", "-m", file, "-P", PUBLIC_OF_LOCKED).returncode == 0


def test_new_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret file is for its owner alone and locked; the fingerprint is forty digits in groups of four; nothing is overwritten."""
    monkeypatch.setenv("TINGSUO_KEY_PASSWORD", WORD)
    said = tingsuo("sign", "new-key", tmp_path / "luoding.key")
    secret, public = tmp_path / "luoding.key", tmp_path / "luoding.pub"
    assert secret.stat().st_mode & 0o777 == 0o600
    key = minisign.read_secret(secret.read_text("utf-8"), WORD)
    assert public.read_text("utf-8") == key.public.text
    assert [len(group) for group in key.public.fingerprint.split()] == [4] * 10
    assert key.public.fingerprint in said.out
    for wrong in ("", "wrong"):
        with pytest.raises(WrongPassword):
            minisign.read_secret(secret.read_text("utf-8"), wrong)
    before = tree(tmp_path)
    assert "已经有了，没有动它" in tingsuo("sign", "new-key", tmp_path / "luoding").all
    assert tree(tmp_path) == before


def test_fingerprint_is_the_known_one() -> None:
    """One key, one fingerprint, for ever: it hangs on walls. Worked out by hand from the 42 bytes."""
    key = minisign.read_public(PUBLIC_OF_LOCKED)
    assert key.name == "BE97FE58B603B29A"
    assert key.fingerprint == "3190 1086 7654 5042 0616 0886 5545 5035 7604 2992"


def test_fingerprint_on_paper(tmp_path: Path, sticks: Sticks) -> None:
    """`--print` makes one page with the ten groups, the key and nothing from outside."""
    public = tmp_path / "luoding.pub"
    shutil.copy(sticks.public, public)
    said = tingsuo("sign", "fingerprint", public, "--print")
    page = (tmp_path / "luoding-指纹.html").read_text("utf-8")
    assert said.out.startswith(sticks.key.public.fingerprint)
    assert all(f"<li>{group}</li>" in page for group in sticks.key.public.fingerprint.split())
    assert sticks.key.public.line in page
    assert "http" not in page


def test_signing_is_reproducible(tmp_path: Path, sticks: Sticks) -> None:
    """Same files, same key, same SOURCE_DATE_EPOCH: signing again changes no byte."""
    folder = copied(sticks.new, tmp_path / "stick")
    before = tree(folder)
    assert tingsuo("sign", folder, "--key", sticks.secret).code == 0
    assert tree(folder) == before


def test_an_unsigned_stick_can_be_signed_later(tmp_path: Path, sticks: Sticks) -> None:
    """`tingsuo sign 文件夹` puts key, page, list and signature right; before that `verify --key` refuses."""
    project = Project(tmp_path / "project")
    project.run("pack", "stick").exits(0)
    folder = next((project.root / "dist").glob("*-stick"))
    said = tingsuo("verify", folder)
    assert (said.code, "没有签名。只能证明文件互相对得上，不能证明是谁做的。" in said.all) == (0, True)
    assert "给了公钥，就应当有签名" in tingsuo("verify", folder, "--key", sticks.public).all
    assert tingsuo("sign", folder, "--key", sticks.secret).code == 0
    assert tingsuo("verify", folder, "--key", sticks.public).code == 0
    assert (folder / "验证.html").read_bytes() == (sticks.old / "验证.html").read_bytes()


def test_a_damaged_stick_is_not_signed(tmp_path: Path, sticks: Sticks) -> None:
    """Signing says that this is what was made; so what has changed since isn't signed."""
    folder = copied(sticks.new, tmp_path / "stick")
    (folder / "site" / "index.html").write_text("改了", "utf-8")
    before = tree(folder)
    said = tingsuo("sign", folder, "--key", sticks.secret)
    assert said.code == 1
    assert "内容变了：site/index.html" in said.all
    assert tree(folder) == before


def test_key_in_the_project_is_warned_of(tmp_path: Path, sticks: Sticks, file: Path) -> None:
    """A secret key inside the project would be handed on with it."""
    project = Project(tmp_path / "project")
    shutil.copy(sticks.secret, project.root / "x.key")
    project.run("sign", str(file), "--key", str(project.root / "x.key")).exits(0).says("在项目文件夹里，会跟着项目一起拷出去")
    project.run("sign", str(file), "--key", str(sticks.secret)).exits(0)
    assert "在项目文件夹里" not in project.said.all


def test_pack_without_a_key_leaves_no_old_signature(tmp_path: Path, sticks: Sticks) -> None:
    """A signature beside the zip from last time would accuse the new zip: it goes."""
    project = Project(tmp_path / "project")
    project.run("pack", "stick", "--key", str(sticks.secret)).exits(0)
    dist = project.root / "dist"
    assert len(list(dist.glob("*.minisig"))) == 1
    project.run("pack", "stick").exits(0)
    assert list(dist.glob("**/*.minisig")) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "不是公钥文件"),
        ("RWabcd==", "不是公钥文件"),
        ("untrusted comment: x\nRW!!!", "不是 Base64"),
        ("a\nb\nc\n", "不是公钥文件"),
        ("untrusted comment: x\n" + "RW" + "A" * 70 + "\n", "不是公钥文件"),
    ],
)
def test_what_is_no_public_key(tmp_path: Path, file: Path, text: str, sentence: str) -> None:
    """A file that is no public key is said to be none; exit code 2, because nothing was checked."""
    place = tmp_path / "x.pub"
    place.write_text(text, "utf-8")
    said = tingsuo("verify", file, "--key", place)
    assert said.code == 2
    assert sentence in said.all


def test_secret_key_for_a_public_one(file: Path, sticks: Sticks) -> None:
    """The two files are easily confused: the hint says which is which."""
    assert "公钥文件一般叫 某某.pub" in tingsuo("verify", file, "--key", sticks.secret).all
    assert "签名用私钥 某某.key" in tingsuo("sign", file, "--key", sticks.public).all


def test_secret_key_that_wants_all_memory() -> None:
    """A key file whose numbers ask scrypt for terabytes is refused, not obeyed."""
    import base64

    text = minisign.new_key().text(WORD)
    whole = bytearray(base64.b64decode(text.split("\n")[1]))
    whole[38:54] = (1 << 60).to_bytes(8, "little") + (1 << 50).to_bytes(8, "little")
    with pytest.raises(NotMinisign, match="大得不正常"):
        minisign.read_secret(f"untrusted comment: x\n{base64.b64encode(whole).decode()}\n", WORD)


def test_no_terminal_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can type, the environment variable is named, and no key without a password is made by accident."""
    monkeypatch.delenv("TINGSUO_KEY_PASSWORD", raising=False)
    said = tingsuo("sign", "new-key", tmp_path / "x")
    assert (said.code, "TINGSUO_KEY_PASSWORD" in said.all) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["verify", "sign"])
def test_nothing_there(tmp_path: Path, sticks: Sticks, kind: str) -> None:
    """A name that doesn't exist is said not to exist: exit code 2."""
    said = tingsuo(kind, tmp_path / "x.zip", "--key", sticks.public if kind == "verify" else sticks.secret)
    assert (said.code, "找不到" in said.all) == (2, True)
