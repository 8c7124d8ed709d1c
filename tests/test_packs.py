"""Packs: the stick as a folder and as a zip, the same byte for byte each time; content chosen for it; nothing half done."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from html_page import HtmlPage
from project import LANE, OFFICE, Project, digests
from tingsuo.outputs.packs.minisign import new_key
from tingsuo.outputs.packs.verify import verify

NAME = "small-2026-11-23-stick"
KILLS = 3
SEED = 5


def dist(project: Project) -> dict[str, str]:
    """Every file below dist/ with the hash of its bytes."""
    return digests(project.root / "dist")


def unpacked(archive: Path, place: Path) -> Path:
    """The folder inside a stick's zip, unpacked."""
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(place)
    (folder,) = place.iterdir()
    return folder


def dead_links(site: Path) -> list[tuple[str, str]]:
    """(page, link) of every link, picture, script and style of a site that leads to no file or to no place on its page."""
    pages = {path.relative_to(site).as_posix(): HtmlPage(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    anchors = {name: {attrs["id"] for _, attrs in page.elements if "id" in attrs} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for link in [attrs[key] for _, attrs in page.elements for key in ("href", "src", "action") if attrs.get(key)]:
            parts = urlsplit(link)
            if name == "404.html" or parts.scheme in ("tel", "data"):
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            # What a script reads after the # (kit=…) is no anchor.
            named = parts.fragment and "=" not in parts.fragment
            if not (site / place).is_file() or named and unquote(parts.fragment) not in anchors.get(place, ()):
                dead.append((name, link))
    return dead


# ---- the stick ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project with its stick. Don't change it."""
    return Project(tmp_path_factory.mktemp("packed") / "project").run("pack", "stick").exits(0)


def test_stick_is_a_folder_and_the_same_as_a_zip(packed: Project, tmp_path: Path) -> None:
    """dist/ gets the folder and the zip, and nothing else; unpacked, the zip is the folder; the site in it is the site."""
    place = packed.root / "dist"
    assert sorted(path.name for path in place.iterdir()) == [NAME, f"{NAME}.zip"]
    assert digests(place / NAME) == digests(unpacked(place / f"{NAME}.zip", tmp_path))
    site = packed.site()
    site.pop("build-id.txt")
    assert site == digests(place / NAME / "site")
    packed.says(f"{NAME}.zip")


def test_stick_has_what_its_finder_needs(packed: Project) -> None:
    """打开.html leads to the site without scripts; 先读我.txt is what Notepad of every Windows shows: UTF-8 with its mark, CR LF."""
    folder = packed.root / "dist" / NAME
    assert sorted(path.name for path in folder.iterdir()) == ["SHA256SUMS", "site", "tingsuo.json", "先读我.txt", "打开.html", "验证.html"]
    page = HtmlPage((folder / "打开.html").read_text("utf-8"))
    assert page.links == ["site/index.html"]
    assert ("meta", {"http-equiv": "refresh", "content": "1; url=site/index.html"}) in page.elements
    note = (folder / "先读我.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbf")
    assert note.count(b"\n") == note.count(b"\r\n") > 10
    text = note.decode("utf-8-sig")
    assert "双击“打开.html”" in text
    assert "法律按2026年11月23日核对，下次复核2027年11月23日" in text
    assert not re.search(r"[{}<>&]", text)


def test_every_file_has_its_checksum(packed: Project) -> None:
    """SHA256SUMS names every file but itself, in order, and `sha256sum -c` agrees; the hashes are of the bytes."""
    folder = packed.root / "dist" / NAME
    lines = (folder / "SHA256SUMS").read_bytes().decode().splitlines()
    names = [line[66:] for line in lines]
    assert sorted(names, key=str.encode) == names
    assert set(names) == set(digests(folder)) - {"SHA256SUMS"}
    assert all(line[:66] == f"{hashlib.sha256((folder / line[66:]).read_bytes()).hexdigest()}  " for line in lines)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=folder, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


def test_zip_is_for_every_system(packed: Project) -> None:
    """One top folder, sorted, one time, forward slashes, the UTF-8 flag on every Chinese name, plain files that all may read."""
    with zipfile.ZipFile(packed.root / "dist" / f"{NAME}.zip") as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert sorted(names, key=str.encode) == names
    assert {name.partition("/")[0] for name in names} == {NAME}
    assert {entry.date_time for entry in entries} == {(2026, 11, 23, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries if not entry.filename.isascii() and not entry.flag_bits & 0x800] == []
    assert max(map(len, names)) <= 180


def test_the_same_twice_and_on_two_paths(packed: Project, tmp_path: Path) -> None:
    """Same content, same SOURCE_DATE_EPOCH: folder and zip agree in every byte, made again, made fresh, made elsewhere, with a list of names."""
    first = dist(packed)
    other = Project(tmp_path / "另一个 地方" / "project")
    (tmp_path / "names.txt").write_text("某某某\n欧阳甲乙\n", "utf-8")
    other.run("pack", "stick", "--names", str(tmp_path / "names.txt")).exits(0)
    assert first == dist(other)
    other.change(LANE, "subtitle: 巷口", "subtitle: 村口").run("pack", "stick").exits(0)
    assert first != dist(other)
    other.change(LANE, "subtitle: 村口", "subtitle: 巷口").command("pack", "stick").exits(0)
    assert first == dist(other)
    shutil.rmtree(other.root / ".tingsuo")
    other.run("pack", "stick", "-o", str(tmp_path / "out")).exits(0)
    assert first == digests(tmp_path / "out")


def test_without_an_epoch_the_edition_is_the_time(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without SOURCE_DATE_EPOCH the files are as old as the edition says, whatever the clock."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    project.change(OFFICE, "date: 2026-11-23", "date: 2026-10-01").run("pack", "stick").exits(0)
    folder = project.root / "dist" / "small-2026-10-01-stick"
    with zipfile.ZipFile(f"{folder}.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 10, 1, 0, 0, 0)}
    assert {datetime.fromtimestamp(path.stat().st_mtime, UTC).date() for path in folder.rglob("*")} == {date(2026, 10, 1)}


def test_printed_files_come_along(project: Project) -> None:
    """What stands in dist/print is in the stick and in its checksums; a narrowed stick goes without and says so."""
    project.write("dist/print/手册.pdf", b"%PDF-1.7 ...").run("pack", "stick").exits(0)
    folder = project.root / "dist" / NAME
    assert (folder / "print" / "手册.pdf").read_bytes() == b"%PDF-1.7 ..."
    assert "  print/手册.pdf\n" in (folder / "SHA256SUMS").read_text("utf-8")
    assert "print" in (folder / "先读我.txt").read_text("utf-8-sig")
    project.run("pack", "stick", "--town", "west").exits(0).says("印好的文件没有放进去")
    assert not (project.root / "dist/small-2026-11-23-west-stick/print").exists()


def test_signed_packs(project: Project, tmp_path: Path) -> None:
    """With --key the stick and every file beside it are signed by that key, and the bytes stay the same each time."""
    key = new_key()
    (tmp_path / "secret.key").write_text(key.text(""), "utf-8")
    project.run("pack", "stick", "--key", str(tmp_path / "secret.key")).exits(0)
    place, first = project.root / "dist", dist(project)
    assert sorted(path.name for path in place.iterdir()) == [NAME, f"{NAME}.zip", f"{NAME}.zip.minisig"]
    for path in (place / NAME, place / f"{NAME}.zip"):
        verdict = verify(path, key.public)
        assert verdict.whole
        assert verdict.signed
    assert "是谁做的" in (place / NAME / "先读我.txt").read_text("utf-8-sig")
    project.run("pack", "stick", "--key", str(tmp_path / "secret.key")).exits(0)
    assert first == dist(project)


def test_update_since_an_old_stick(project: Project, tmp_path: Path) -> None:
    """--since gives an update besides, with the changed files alone, from a folder, a zip or the list of checksums."""
    project.run("pack", "stick", "-o", str(tmp_path / "old")).exits(0)
    project.change(LANE, "两家吵了半年", "两家吵了一年半")
    made = []
    for old in (NAME, f"{NAME}.zip", f"{NAME}/SHA256SUMS"):
        project.run("pack", "stick", "--since", str(tmp_path / "old" / old)).exits(0)
        made.append(project.root / "dist" / f"{NAME.removesuffix('-stick')}-update.zip")
        with zipfile.ZipFile(made[-1]) as archive:
            names = archive.namelist()
        assert any(name.endswith("site/cases/neighbours/lane.html") for name in names)
        assert not any(name.endswith("site/cases/neighbours/eaves.html") for name in names)
    project.run("pack", "stick", "--since", str(tmp_path / "nowhere")).exits(2).says("找不到原来的包")
    project.run("pack", "epub", "--since", str(tmp_path / "old" / NAME)).exits(2).says("要和 stick 一起做")


# ---- refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("usb",), "没有“usb”这种包，可以写：stick（U 盘）、single（单个网页文件）、zim（Kiwix）、epub（电子书）、web（网站）"),
        (("stick", "--dispute", "neighbours,land"), "没有纠纷“land”，可以写：neighbours（相邻关系）"),
        (("stick", "--dispute", "，"), "没有写要哪些纠纷，可以写：neighbours（相邻关系）"),
        (("stick", "--town", "north"), "没有镇街“north”，可以写：east（东镇）、west（西街道）"),
        (("stick", "--audience", "大家"), "没有对象“大家”，可以写：群众、调解员"),
        (("stick", "-o", "mkdocs.yml"), "不是文件夹，包放不进去"),
        (("stick", "--key", "nowhere.key"), "找不到“nowhere.key”"),
        (("stick", "--key", "mkdocs.yml"), "密钥“mkdocs.yml”用不了：不是密钥文件"),
    ],
    ids=["kind", "dispute", "no dispute", "town", "audience", "output", "no key", "not a key"],
)
def test_wrong_values_are_answered_with_the_possible_ones(
    packed: Project, words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that can't be: one sentence, exit code 2, nothing touched."""
    monkeypatch.chdir(packed.root)
    before = dist(packed)
    packed.run("pack", *words).exits(2).says(sentence)
    assert before == dist(packed)


def test_content_with_errors_leaves_the_packs(project: Project) -> None:
    """Findings, exit code 1; not a byte of dist/ changes."""
    project.run("pack", "stick").exits(0)
    before = dist(project)
    project.change(LANE, "town: east", "town: north").run("pack", "stick").exits(1).says("没有镇街“north”").says("没有打包，原来的包没有动")
    project.change(LANE, "town: north", "town: east").change("docs/handbook/index.md", "## 写案例", "[x](x.md)\n\n## 写案例")
    project.run("pack", "stick").exits(1).says("链接“x.md”指向的页面不存在").says("没有打包，原来的包没有动")
    assert before == dist(project)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("docs/handbook/aux.txt",), "文件名是 Windows 的保留名：site/handbook/aux.txt"),
        (("docs/handbook/Note.txt", "docs/handbook/note.txt"), "Windows 不分大小写，会当成同一个：site/handbook/Note.txt、site/handbook/note.txt"),
        ((f"docs/handbook/{'长' * 60}/{'名' * 80}.txt",), "最多 180 个）：site/handbook/长长"),
        (("docs/handbook/a?.txt",), "文件名里有 Windows 不许用的符号：site/handbook/a?.txt"),
    ],
    ids=["reserved", "case", "long", "sign"],
)
def test_names_that_windows_refuses(project: Project, names: tuple[str, ...], sentence: str) -> None:
    """A file that can't be unpacked on Windows is named before anything is written."""
    project.run("pack", "stick").exits(0)
    before = dist(project)
    for name in names:
        project.write(name, "x")
    project.run("pack", "stick").exits(1).says(sentence).says("没有打包，原来的包没有动")
    assert before == dist(project)


def test_kiwix_needs_its_library(project: Project, tmp_path: Path) -> None:
    """Where libzim isn't installed, one sentence says what to install; the other kinds are made all the same."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['libzim'] = None\n", "utf-8")
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])}
    project.command("pack", "zim", env=env).exits(1).says("没有做Kiwix包：要先装 libzim，运行 pip install tingsuo[zim]")
    project.command("pack", "stick", "zim", env=env).exits(0).says("要先装 libzim")
    assert sorted(path.name for path in (project.root / "dist").iterdir()) == [NAME, f"{NAME}.zip"]


def test_killed_run_leaves_whole_packs(project: Project, tmp_path: Path) -> None:
    """Kill -9 at random moments: folder and zip are each the old or the new one, whole, and the next run mends all."""
    offices = [project.read(OFFICE), project.read(OFFICE).replace("某县司法局", "某县司法局（新版）")]
    good: list[dict[str, dict[str, str]]] = []
    for office in offices:
        started = time.monotonic()
        project.write(OFFICE, office).command("pack", "stick").exits(0)
        whole = time.monotonic() - started
        good.append(parts(project))
    rng, standing = random.Random(SEED), 1
    for _ in range(KILLS):
        project.write(OFFICE, offices[1 - standing])
        command = [str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), "pack", "stick"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 1.0) * whole)
        process.kill()
        process.wait()
        for name, files in parts(project).items():
            assert files in (good[0][name], good[1][name]), name
        project.command("pack", "stick").exits(0)
        standing = 1 - standing
        assert good[standing] == parts(project)
        assert sorted(path.name for path in (project.root / "dist").iterdir()) == [NAME, f"{NAME}.zip"]


def parts(project: Project) -> dict[str, dict[str, str]]:
    """The stick's folder and its zip, each as files with hashes."""
    place = project.root / "dist"
    return {"folder": digests(place / NAME), "zip": {"": hashlib.sha256((place / f"{NAME}.zip").read_bytes()).hexdigest()}}


# ---- chosen -------------------------------------------------------------------------

CHOICES = {
    "disputes": ("--dispute", "marriage,劳动争议"),
    "villagers": ("--audience", "群众"),
    "all three": ("--dispute", "neighbours", "--town", "罗镜镇", "--audience", "调解员"),
}


@pytest.fixture(scope="module")
def chosen(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites inside the sticks of the shipped content, one for each choice."""
    out = {}
    for name, words in CHOICES.items():
        place = tmp_path_factory.mktemp("chosen")
        shipped.run("pack", "stick", "-o", str(place), *words).exits(0).says("本包只含" if "--dispute" in words else "本包给群众看")
        (folder,) = place.glob("*-stick")
        out[name] = folder / "site"
    return out


@pytest.mark.parametrize("name", CHOICES)
def test_no_link_of_a_chosen_pack_is_dead(chosen: dict[str, Path], name: str) -> None:
    """Every link, picture, script and style, and every #anchor, is there."""
    assert dead_links(chosen[name]) == []


def test_chosen_disputes_only(chosen: dict[str, Path]) -> None:
    """Guides and cases of two dispute types and of no other, on no page and in no file of the search; danger, laws and numbers stay."""
    site = chosen["disputes"]
    assert {path.stem for path in (site / "disputes").glob("*.html")} == {"index", "labour", "labour-villager", "marriage", "marriage-villager"}
    assert {path.name for path in (site / "cases").iterdir() if path.is_dir()} == {"labour", "marriage"}
    text = "".join(path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js"))
    # A link, or a title with its address in the search; the handbook's examples name others.
    assert re.findall(r"""(?:"[./]*|\\t)cases/(?!labour/|marriage/)[a-z]+/[\w-]+\.html""", text) == []
    assert re.findall(r"""(?:"[./]*|\\t)disputes/(?!labour|marriage|index)[a-z-]+\.html""", text) == []
    for page in ("pathways/family-emergency.html", "procedures/protection-order.html", "laws/civil-code.html", "office/luojing.html"):
        assert (site / page).is_file()
    for page in ("index.html", "laws/civil-code.html", "handbook/index.html", "cases/labour/index.html"):
        assert "本包只含：婚姻家庭、劳动争议。" in HtmlPage((site / page).read_text("utf-8")).text


def test_villagers_get_no_mediators_pages(chosen: dict[str, Path], shipped: Project) -> None:
    """No mechanisms, no ledger, no analysis; a guide is the villager's version, on its page and in the search."""
    site = chosen["villagers"]
    for page in ("mechanisms", "ledger.html", "analysis.html", "ledgers", "disputes/labour-villager.html"):
        assert not (site / page).exists()
    guide = HtmlPage((site / "disputes/labour.html").read_text("utf-8"))
    assert "现在先做什么" in guide.text
    papers = {path.stem for path in (site / "documents").glob("*.html")}
    assert {"judicial-confirmation-application", "mediation-agreement", "wage-statement"} <= papers
    assert papers & {"performance-risk-sheet", "mediation-record", "case-cover", "acceptance-register", "liaison-monthly-checklist"} == set()
    text = "".join(path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js"))
    stuck = shipped.read("guides/disputes/labour.yaml").partition("sticking_points:\n- problem: ")[2].partition("\n")[0]
    assert len(stuck) > 10
    assert stuck not in text
    # The handbook's words name the content's folder.
    assert re.findall(r"""(?:"[./]*|\\t)mechanisms/""", text) == []


def test_a_town_s_pack_has_its_own_cases_and_those_of_no_town(project: Project) -> None:
    """The other town's page and case are gone; the pack is called after the town."""
    project.run("pack", "stick", "--town", "西街道").exits(0).says("本包镇街只含：西街道。")
    site = project.root / "dist/small-2026-11-23-west-stick/site"
    assert sorted(path.name for path in (site / "office").iterdir()) == ["index.html", "west.html"]
    assert [path.name for path in (site / "cases/neighbours").iterdir() if "lane" in path.name] == []
    assert (site / "cases/neighbours/eaves.html").is_file()
    # The small project has no handbook page on the office.
    assert [link for link in dead_links(site) if link[1] != "../handbook/office.html"] == []
    assert json.loads((site.parent / "tingsuo.json").read_text("utf-8"))["name"] == "small-2026-11-23-west"


def test_choosing_leaves_the_whole_site(project: Project) -> None:
    """A narrowed pack is built beside the site: the site stays as it was and is not made again."""
    project.build()
    before = project.site()
    project.run("pack", "stick", "--town", "west").exits(0)
    assert before == project.site()
    project.build().says("新做 0 页")
    assert before == project.site()


def test_all_of_them_is_no_choice(project: Project) -> None:
    """Naming every dispute type and every town gives the whole pack under its own name."""
    project.run("pack", "stick", "--dispute", "neighbours", "--town", "east、west").exits(0)
    assert (project.root / "dist" / NAME).is_dir()
    assert "本包" not in project.said.all
