"""验证.html from file://, with no network: the person picks the folder, the page says whether it is whole, unchanged, and by whom."""

from __future__ import annotations

import base64
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Site, Visits, fresh_context
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, BrowserContext, Page
from site_pages import PHONE, SIZES

from sticks import STAMP, Sticks, copied, sign_list
from tingsuo.outputs.packs.facts import Facts
from tingsuo.outputs.packs.minisign import SecretKey, new_key
from tingsuo.outputs.packs.sealing import seal

pytestmark = pytest.mark.browser

PAGE = "site/index.html"
NO_SUBTLE = "Object.defineProperty(crypto, 'subtle', {value: undefined})"
NO_ED25519 = "if (window.crypto && crypto.subtle) crypto.subtle.importKey = function () { return Promise.reject(new Error('NotSupportedError')); }"
NO_BIGINT = "delete window.BigInt; window.BigInt = undefined;" + NO_ED25519

Opened = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    """Shows a folder's 验证.html in a fresh profile that keeps book; at the end nothing else was asked for."""
    kept: list[tuple[BrowserContext, Visits, str]] = []

    def open_page(folder: Path, script: str = "", name: str = "验证.html", **options: Any) -> Page:
        site = Site(folder)
        context = fresh_context(chromium, site, **options)
        visits = Visits()
        visits.watch(context)
        if script:
            context.add_init_script(script)
        tab = context.new_page()
        tab.goto(site.url(name))
        kept.append((context, visits, site.url(name)))
        return tab

    yield open_page
    for context, visits, url in kept:
        context.close()
        assert {asked.partition("#")[0] for asked in visits.requests} == {url}
        assert visits.problems == []


def answer(tab: Page, folder: Path) -> tuple[str, str, list[str]]:
    """Pick a folder → (good, half or wrong; the heading; the lines)."""
    tab.set_input_files("[data-pick]", str(folder))
    box = tab.locator("[data-answer]:is(.ts-answer--good, .ts-answer--half, .ts-answer--wrong)")
    box.wait_for(timeout=30_000)
    kind = (box.get_attribute("class") or "").rpartition("--")[2]
    return kind, box.locator("h2").inner_text(), box.locator("li").all_inner_texts()


@pytest.fixture
def stick(sticks: Sticks, tmp_path: Path) -> Path:
    """A copy of a signed stick, in a folder whose name is as awkward as on people's desktops."""
    return copied(sticks.old, tmp_path / "我的 U 盘（1）")


@pytest.mark.parametrize("script", ["", NO_SUBTLE, NO_ED25519], ids=["as it is", "no crypto.subtle", "subtle without Ed25519"])
def test_whole_stick_passes(script: str, stick: Path, sticks: Sticks, opened: Opened) -> None:
    """All files counted, the signature verified, by the browser's own means and by ours; the person is told to compare with paper."""
    tab = opened(stick, script)
    kind, title, lines = answer(tab, stick)
    count = (stick / "SHA256SUMS").read_text("utf-8").count("\n")
    assert (kind, title) == ("good", f"{count} 个文件齐全，没有改过，签名对得上")
    assert lines[0] == "签名里写着：版本 small-2026-11-23，签名日期 2026-11-23。"
    assert "和纸上的对一遍" in lines[1]


def test_browser_has_its_own_means_on_file(stick: Path, opened: Opened) -> None:
    """What the test above takes away is there at first: pages by double click are a secure context here, with Ed25519."""
    script = "() => crypto.subtle.importKey('raw', new Uint8Array(32).fill(1), {name: 'Ed25519'}, false, ['verify']).then(key => key.type)"
    assert opened(stick).evaluate(script) == "public"


def test_fingerprint_is_the_papers(stick: Path, sticks: Sticks, opened: Opened) -> None:
    """The page shows the same ten groups as `tingsuo sign fingerprint`; its own arithmetic gives them too."""
    tab = opened(stick)
    assert tab.locator(".ts-finger li").all_inner_texts() == sticks.key.public.fingerprint.split()
    assert tab.evaluate("key => tingsuoVerify.fingerprint(tingsuoVerify.readKey(key))", sticks.key.public.line) == sticks.key.public.fingerprint


def flipped(stick: Path, sticks: Sticks) -> None:
    """One bit."""
    data = bytearray((stick / PAGE).read_bytes())
    data[99] ^= 1
    (stick / PAGE).write_bytes(data)


def forged(stick: Path, sticks: Sticks) -> None:
    """A changed page and a list that agrees with it."""
    old = hashlib.sha256((stick / PAGE).read_bytes()).hexdigest()
    flipped(stick, sticks)
    new = hashlib.sha256((stick / PAGE).read_bytes()).hexdigest()
    (stick / "SHA256SUMS").write_text((stick / "SHA256SUMS").read_text("utf-8").replace(old, new), "utf-8")


def comment(stick: Path, sticks: Sticks) -> None:
    """Another edition's name in the signature."""
    place = stick / "SHA256SUMS.minisig"
    place.write_text(place.read_text("utf-8").replace("small-2026", "small-2027"), "utf-8")


def signed_anew(key: SecretKey | None = None) -> Callable[[Path, Sticks], None]:
    """The list signed by another key; without one, by one that calls itself by our number."""
    return lambda stick, sticks: sign_list(stick, key or SecretKey(sticks.key.number, new_key().seed))


def listed(line: bytes) -> Callable[[Path, Sticks], None]:
    """A line more in the list, rightly signed."""

    def damage(stick: Path, sticks: Sticks) -> None:
        (stick / "SHA256SUMS").write_bytes((stick / "SHA256SUMS").read_bytes() + line)
        sign_list(stick, sticks.key)

    return damage


def cut_short(stick: Path, sticks: Sticks) -> None:
    """What an update leaves when it is killed."""
    shutil.copytree(sticks.new, stick / ".tingsuo-update" / "new")


DAMAGE: dict[str, tuple[Callable[[Path, Sticks], object], str]] = {
    "bit flipped": (flipped, f"内容变了：{PAGE}"),
    "file missing": (lambda s, _: (s / PAGE).unlink(), f"少了文件：{PAGE}"),
    "file too many": (lambda s, _: (s / "site" / "evil.html").write_text("x"), "多出来的文件：site/evil.html"),
    "name that turns round": (lambda s, _: (s / "site" / "\u202elmth.exe").write_text("x"), "多出来的文件：site/\\u202elmth.exe"),
    "foreign key": (signed_anew(new_key()), "不是这把密钥签的：签名用的是"),
    "foreign key under our number": (signed_anew(), "签名对不上：清单在签名以后改过，或者签名是从别处拿来的"),
    "page and list forged": (forged, "签名对不上：清单在签名以后改过，或者签名是从别处拿来的"),
    "signature of another edition": (lambda s, k: shutil.copy(k.new / "SHA256SUMS.minisig", s), "签名对不上"),
    "trusted comment altered": (comment, "签名里的说明（版本和日期）被改过"),
    "no signature": (lambda s, _: (s / "SHA256SUMS.minisig").unlink(), "没有签名（SHA256SUMS.minisig 不见了）"),
    "signature is rubbish": (lambda s, _: (s / "SHA256SUMS.minisig").write_text("x\n"), "签名文件看不懂"),
    "no list": (lambda s, _: (s / "SHA256SUMS").unlink(), "请选里面有“打开.html”的那个文件夹"),
    "list: line that is none": (listed(b"hello\n"), "看不懂：hello"),
    "list: names itself": (listed(b"0" * 64 + b"  SHA256SUMS\n"), "写的是清单自己：SHA256SUMS"),
    "list: out of the folder": (listed(b"0" * 64 + b"  ../x\n"), "看不懂：0000"),
    "list: not UTF-8": (listed(b"0" * 64 + b"  \xff\n"), "清单 SHA256SUMS 不是 UTF-8 文本"),
    "list: cut short": (listed(b"0"), "清单 SHA256SUMS 不完整"),
    "update cut short": (cut_short, "上一次更新没有做完。在装了庭所的电脑上，再运行一次 tingsuo apply"),
    "list: prototype's names": (listed(b"0" * 64 + b"  __proto__\n"), "少了文件：__proto__"),
}


@pytest.fixture(scope="module")
def one_tab(chromium: Browser, sticks: Sticks) -> Iterator[Page]:
    """One tab with a good page, that is shown one damaged folder after the other."""
    context = fresh_context(chromium, Site(sticks.old))
    tab = context.new_page()
    tab.goto(Site(sticks.old).url("验证.html"))
    yield tab
    context.close()


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_named(name: str, stick: Path, sticks: Sticks, one_tab: Page) -> None:
    """Each kind of damage is named, and the answer is no."""
    damage, sentence = DAMAGE[name]
    damage(stick, sticks)
    kind, _, lines = answer(one_tab, stick)
    assert kind == "wrong"
    assert any(sentence in line for line in lines), lines


def test_damage_is_named_by_our_own_arithmetic(stick: Path, sticks: Sticks, opened: Opened) -> None:
    """Without crypto.subtle a flipped bit and a foreign key are found all the same."""
    flipped(stick, sticks)
    sign_list(stick, SecretKey(sticks.key.number, new_key().seed))
    tab = opened(stick, NO_SUBTLE)
    assert answer(tab, stick)[2][:2] == ["签名对不上：清单在签名以后改过，或者签名是从别处拿来的", f"内容变了：{PAGE}"]


def test_too_old_a_browser_says_so(stick: Path, opened: Opened) -> None:
    """Where nothing can verify Ed25519, the files are compared and the signature is said to be open: never a yes."""
    tab = opened(stick, NO_BIGINT)
    kind, title, lines = answer(tab, stick)
    assert kind == "half"
    assert "签名对得上" not in title
    assert lines[0].startswith("这个浏览器太旧，核不了签名。")
    assert "不能证明是谁做的" in lines[1]


def test_unsigned_stick(stick: Path, opened: Opened) -> None:
    """Without a signature the page says what that can't prove, and shows no fingerprint."""
    seal(stick, Facts.read((stick / "tingsuo.json").read_bytes()), STAMP)
    tab = opened(stick)
    assert tab.locator(".ts-finger").count() == 0
    kind, _, lines = answer(tab, stick)
    assert (kind, lines[:2]) == ("half", ["没有签名。", "只能证明文件互相对得上，不能证明是谁做的。"])


def test_forged_stick_shows_another_fingerprint(stick: Path, sticks: Sticks, opened: Opened) -> None:
    """A whole stick by somebody else passes its own page, as the page itself says; the fingerprint isn't the paper's."""
    seal(stick, Facts.read((stick / "tingsuo.json").read_bytes()), STAMP, new_key())
    tab = opened(stick)
    assert answer(tab, stick)[0] == "good"
    assert tab.locator(".ts-finger li").all_inner_texts() != sticks.key.public.fingerprint.split()
    assert "有人可以仿一个 U 盘，连这一页和公钥也换成他的" in tab.inner_text("main")


def test_system_files_are_no_damage(stick: Path, opened: Opened) -> None:
    """Thumbs.db and the like are mentioned, not accused."""
    (stick / "site" / "Thumbs.db").write_bytes(b"x")
    kind, _, lines = answer(opened(stick), stick)
    assert (kind, lines[-1]) == ("good", "系统自己放的 1 个文件没有算进去。")


def test_without_javascript(stick: Path, sticks: Sticks, opened: Opened) -> None:
    """The fingerprint, what it proves, and how to check with Windows' own tool are there; the button that can't work isn't."""
    tab = opened(stick, java_script_enabled=False)
    text = tab.inner_text("main")
    assert "certutil -hashfile site\\index.html SHA256" in text
    assert "浏览器关掉了脚本" in text
    assert sticks.key.public.fingerprint.split()[0] in text
    assert not tab.locator("[data-pick]").is_visible()


def test_arithmetic(one_tab: Page) -> None:
    """SHA-256, BLAKE2b-512 and SHA-512 of every length around the blocks' ends agree with Python's, fed in pieces."""
    lengths = [0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 129, 255, 256, 257, 1000, 100_000]
    data = bytes((7 * n + n // 251) % 256 for n in range(max(lengths)))
    script = """([all, lengths]) => {
      var raw = atob(all), bytes = Uint8Array.from(raw, function (c) { return c.charCodeAt(0); });
      function fed(count, part) { for (var at = 0; at < part.length; at += 37) count.update(part.subarray(at, at + 37)); return count.hex(); }
      return lengths.map(function (n) {
        var part = bytes.subarray(0, n);
        return [fed(tingsuoHash.sha256(), part), fed(tingsuoHash.blake2b(), part), tingsuoHash.hex(tingsuoEd25519.sha512(part.subarray(0, 1000)))];
      });
    }"""
    found = one_tab.evaluate(script, [base64.b64encode(data).decode(), lengths])
    ways = (hashlib.sha256, hashlib.blake2b)
    assert found == [[*(way(data[:n]).hexdigest() for way in ways), hashlib.sha512(data[: min(n, 1000)]).hexdigest()] for n in lengths]


def test_signatures_by_our_own_arithmetic(one_tab: Page) -> None:
    """Twelve keys: what `cryptography` signs verifies; a changed message, signature or key doesn't; s + L (malleable) doesn't either."""
    order = 2**252 + 27742317777372353535851937790883648493
    cases = []
    for seed in range(12):
        key = Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))
        message = b"x" * (seed * 11)
        good, public = key.sign(message), key.public_key().public_bytes_raw()
        malleable = good[:32] + (int.from_bytes(good[32:], "little") + order).to_bytes(32, "little")
        changed = bytes([good[0] ^ 1]) + good[1:]
        cases += [
            (public, good, message, True),
            (public, good, message + b"y", False),
            (public, malleable, message, False),
            (public, changed, message, False),
        ]
        cases.append((bytes([public[0] ^ 1]) + public[1:], good, message, False))
    script = """cases => cases.map(function (c) {
      return tingsuoEd25519.verify(new Uint8Array(c[0]), new Uint8Array(c[1]), new Uint8Array(c[2]));
    })"""
    assert one_tab.evaluate(script, [[list(part) for part in case[:3]] for case in cases]) == [case[3] for case in cases]


@pytest.fixture(scope="module")
def own_pages(sticks: Sticks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both pages in one folder."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(sticks.old / "验证.html", folder)
    with zipfile.ZipFile(sticks.update) as archive:
        name = next(name for name in archive.namelist() if name.endswith("怎么更新.html"))
        (folder / "怎么更新.html").write_bytes(archive.read(name))
    return folder


@pytest.mark.parametrize("name", ["验证.html", "怎么更新.html"])
def test_pages_fit_and_can_be_read(name: str, own_pages: Path, opened: Opened) -> None:
    """On every screen, plain, large and by night: nothing is wider than the screen; by axe's rules, no fault."""
    tab = opened(own_pages, name=name)
    for size in SIZES.values():
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        for switches in ((), ("大字",), ("夜间",), ("大字", "夜间")):
            for switch in switches:
                tab.get_by_role("button", name=switch).click()
            wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (size, switches)
            if size == PHONE:
                found = Axe().run(tab).response["violations"]
                assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found] == [], switches
            for switch in switches:
                tab.get_by_role("button", name=switch).click()
