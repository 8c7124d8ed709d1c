"""The ZIM for Kiwix, read back with libzim. In a real Kiwix and Chromium: tests/browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pack_source import source_of
from project import Project, digests
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import zim
from tingsuo.outputs.packs.plain_text import UNQUOTED, plain_text
from tingsuo.outputs.packs.source import PackFailed, PackSource

LANE_PAGE = "cases/neighbours/lane.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, built."""
    return Project(tmp_path_factory.mktemp("zim") / "项目 一").build().exits(0)


@pytest.fixture(scope="module")
def made(project: Project) -> Path:
    """Its ZIM."""
    pytest.importorskip("libzim", reason="没有 libzim：pip install tingsuo[zim]")
    return zim.make(source_of(project), project.root / "dist", no_progress)[0]


def test_the_archive_is_sound_and_holds_the_site(project: Project, made: Path) -> None:
    """Its own checksum holds; every file of the site is in it, byte for byte but for the comments that Kiwix heeds; nothing else; nothing is left beside it."""
    from libzim.reader import Archive

    archive = Archive(made)
    assert archive.check()
    site = project.root / "site"
    names = set(digests(site)) - zim.LEFT_OUT
    assert len(names) == archive.entry_count
    for name in names:
        item = archive.get_entry_by_path(name).get_item()
        content = bytes(item.content)
        for comment in UNQUOTED if name.endswith(".html") else ():
            content = content.replace(comment.encode(), b"")
        assert (site / name).read_bytes() == content, name
        assert not archive.get_entry_by_path(name).is_redirect
    assert archive.get_entry_by_path(LANE_PAGE).get_item().mimetype == "text/html"
    assert archive.get_entry_by_path("search/index.js").get_item().mimetype == "text/javascript"
    assert [made.name] == [path.name for path in made.parent.iterdir()]


def test_what_a_reader_shows_of_it(project: Project, made: Path) -> None:
    """Main page, 48 px picture, and metadata by openZIM's rules: lengths, language, the edition's day."""
    from libzim.reader import Archive

    archive = Archive(made)
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.has_illustration(48)
    assert bytes(archive.get_illustration_item(48).content)[:4] == b"\x89PNG"
    told = {key: archive.get_metadata(key).decode() for key in archive.metadata_keys if not key.startswith(("Illustration", "Counter"))}
    assert 0 < len(told["Title"]) <= 30
    assert 0 < len(told["Description"]) <= 80
    assert (told["Language"], told["Date"]) == ("zho", "2026-11-23")
    assert {"Name", "Creator", "Publisher", "Tags", "Scraper", "LongDescription"} <= told.keys()
    assert told["Title"] in project.page("index.html").text
    pages = [name for name in digests(project.root / "site") if name.endswith(".html") and name not in zim.LEFT_OUT]
    assert len(pages) == archive.article_count


def test_kiwix_search_finds_words_of_two_characters(project: Project, made: Path) -> None:
    """The index is Chinese: a word that one page says finds that page and not those without it; neither the navigation nor lists of cases are indexed."""
    from libzim.reader import Archive
    from libzim.search import Query, Searcher

    archive = Archive(made)

    def found(words: str) -> set[str]:
        search = Searcher(archive).search(Query().set_query(words))
        return set(search.getResults(0, search.getEstimatedMatches()))

    texts = {name: plain_text(project.read(f"site/{name}")) for name in project.pages() if name not in zim.LEFT_OUT}
    lists = {name for name in texts if name.startswith("cases-by/") or name in ("cases/index.html", "cases/neighbours/index.html")}
    for word, page in (("石头", LANE_PAGE), ("檐沟", "cases/neighbours/eaves.html"), ("墙脚", "cases/neighbours/eaves.html")):
        saying = {name for name, words in texts.items() if word in words.text or word in words.title} - lists
        assert page in saying
        assert saying == found(word), word
    assert set() == found("跳到正文")


def test_text_without_the_frame() -> None:
    """Inline marks don't cut words, blocks do; navigation, scripts, pictures and entities don't get in."""
    page = (
        '<title>彩礼案 - 知识库</title><meta name="description" content="一&amp;二"><nav>菜单</nav><article class="x" id="main">'
        "<nav>目录</nav><h1>彩<b>礼</b></h1><p>退<a href='x'>还</a>&nbsp;吗</p><script>var x = '不是';</script>"
        "<svg><path d='M1'/><title>图</title></svg><style>p{}</style><ul><li>甲</li><li>乙</li></ul></article><footer>页脚</footer>"
    )
    assert plain_text(page) == ("彩礼案", "知识库", "一&二", "彩礼\n退还\xa0吗\n甲\n乙")


def test_without_libzim_it_says_what_to_install(project: Project, tmp_path: Path) -> None:
    """A plain sentence, no traceback, and the last good file stays."""
    last = tmp_path / "luoding.zim"
    last.write_text("last")
    program = (
        "import sys; sys.modules['libzim'] = None; sys.modules['libzim.writer'] = None\n"
        "from pathlib import Path\nfrom tingsuo.outputs.packs import zim\nfrom tingsuo.outputs.packs.source import PackFailed\n"
        "try: zim.make(None, Path(sys.argv[1]), None)\nexcept PackFailed as problem: print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("要做 Kiwix 包，先装 libzim：pip install tingsuo[zim]\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["luoding.zim"]


def test_without_a_site_the_last_file_stays(project: Project, made: Path) -> None:
    """No built site: a sentence; the ZIM that is there is as it was."""
    before = made.read_bytes()
    source = source_of(project)
    with pytest.raises(PackFailed, match="先 tingsuo build"):
        zim.make(PackSource(source.root, project.root / "nothing", source.library), made.parent, no_progress)
    assert before == made.read_bytes()


def test_nothing_is_said_in_english(project: Project, made: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What libzim prints while it works stays away from the screen; what comes after is seen again."""
    zim.make(source_of(project), tmp_path, no_progress)
    print("seen")
    assert capfd.readouterr().out == "seen\n"
