"""A site that was copied badly: files of the index are missing, cut off or rubbish. The page says so and gives what it still has."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import Site, fresh_context
from playwright.sync_api import Browser, Page, expect
from searching import answered, ask, hits, numbered, said_so, shown, unfold
from site_pages import PHONE

pytestmark = pytest.mark.browser

Harm = Callable[[Path], object]


def deleted(path: Path) -> None:
    """Not copied."""
    path.unlink()


def truncated(path: Path) -> None:
    """The stick was pulled out in the middle of it."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    """Its name was copied, its content wasn't."""
    path.write_bytes(b"")


def rubbish(path: Path) -> None:
    """Other bytes of the same size."""
    path.write_bytes((bytes(range(256)) * (path.stat().st_size // 256 + 1))[: path.stat().st_size])


HARMS = (deleted, truncated, emptied, rubbish)
EVERY_HARM = pytest.mark.parametrize("harm", HARMS, ids=lambda harm: str(harm.__name__))


@dataclass
class Copy:
    """A copy of the search page with its scripts and index, and a watched tab."""

    root: Path
    tab: Page
    problems: list[str]

    def file(self, name: str) -> Path:
        """A file of the index."""
        return self.root / "search" / f"{name}.js"

    def open(self, address: str = "") -> Page:
        """The search page, anew."""
        self.tab.goto("about:blank")
        self.problems.clear()
        self.tab.goto((self.root / "search.html").as_uri() + address)
        return self.tab

    @contextmanager
    def harmed(self, harm: Harm, *names: str) -> Iterator[None]:
        """Do harm to files for a while."""
        whole = {name: self.file(name).read_bytes() for name in names}
        for name in names:
            harm(self.file(name))
        try:
            yield
        finally:
            for name, data in whole.items():
                self.file(name).write_bytes(data)


@pytest.fixture(scope="module")
def damaged(site: Site, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy to do harm to, and a tab. A file that isn't there or is no script may be complained of; nothing else."""
    root = tmp_path_factory.mktemp("copy") / "拷贝"
    for name in ("assets", "search"):
        shutil.copytree(site.root / name, root / name)
    shutil.copy2(site.root / "search.html", root)
    context = fresh_context(chromium, site, PHONE)
    tab = context.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: None if "SyntaxError" in str(error.name) else problems.append(f"{error.name}: {error.message}"))
    tab.on("console", lambda message: None if "ERR_FILE_NOT_FOUND" in message.text else problems.append(message.text))
    yield Copy(root, tab, problems)
    context.close()


@pytest.fixture
def copy(damaged: Copy) -> Iterator[Copy]:
    """The copy; afterwards, whatever was harmed, no script of ours may have failed."""
    yield damaged
    assert damaged.problems == []


def holding(site: Site, pair: str) -> str:
    """The shard that holds a pair's row."""
    return next(f"terms-{n}" for n, shard in enumerate(numbered(site, "terms")) if f"\n{shard}".find(f"\n{pair}\t") >= 0)


def text_of(site: Site, part: str) -> str:
    """The first text file with a text that has this part."""
    return next(f"text-{n}" for n, block in enumerate(numbered(site, "text")) if any(part in whole for whole in block))


@EVERY_HARM
def test_a_shard_of_postings(copy: Copy, site: Site, harm: Harm) -> None:
    """Without the row of its words a query still has its guide; the page tells of one file; words of other shards are found as ever."""
    name = holding(site, "漏水")
    assert name != holding(site, "赡养")
    tab = copy.open()
    ask(tab, "赡养")
    whole = hits(tab, "案例").all_inner_texts()
    assert whole
    with copy.harmed(harm, name):
        copy.open()
        ask(tab, "漏水")
        expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
        assert "有 1 个检索文件打不开，结果可能不全。" in said_so(tab)
        ask(tab, "赡养")
        assert whole == hits(tab, "案例").all_inner_texts()


@EVERY_HARM
def test_one_word_of_several_cannot_be_looked_up(copy: Copy, site: Site, harm: Harm) -> None:
    """A row that can't be read excludes nothing: the other pair of the query finds the pages."""
    tab = copy.open()
    ask(tab, "加班费")
    whole = hits(tab, "案例").all_inner_texts()
    assert whole
    assert holding(site, "加班") != holding(site, "班费")
    with copy.harmed(harm, holding(site, "加班")):
        copy.open()
        ask(tab, "加班费")
        assert sorted(whole) == sorted(hits(tab, "案例").all_inner_texts())
        assert "有 1 个检索文件打不开" in said_so(tab)


@EVERY_HARM
def test_a_file_of_texts(copy: Copy, site: Site, harm: Harm) -> None:
    """A hit whose text can't be read says so in its place; the others stand; the next query works."""
    tab = copy.open()
    ask(tab, "协议")
    whole = shown(tab)["案例"]
    with copy.harmed(harm, text_of(site, hits(tab, "案例").first.inner_text() + "\t")):
        copy.open()
        ask(tab, "协议")
        items = shown(tab)["案例"]
        assert items[0] == "这一条的文件打不开，其他结果不受影响。"
        assert len(items) == len(whole)
        assert [text for text in items if "打不开" not in text]
        assert {text for text in items if "打不开" not in text} <= set(whole)
        assert "有 1 个检索文件打不开" in said_so(tab)
        ask(tab, "赡养")
        expect(hits(tab, "指引").first).to_have_text("家庭赡养调解指引")


@EVERY_HARM
def test_the_columns(copy: Copy, harm: Harm) -> None:
    """Without the table for narrowing the results stand, and can still be narrowed by kind."""
    with copy.harmed(harm, "columns"):
        tab = copy.open()
        ask(tab, "协议")
        assert hits(tab, "案例").count() > 3
        expect(hits(tab, "指引").first).to_be_visible()
        assert "有 1 个检索文件打不开" in said_so(tab)
        unfold(tab)
        tab.get_by_label("种类").select_option("c")
        expect(tab.get_by_role("list", name="检索结果：流程")).to_have_count(0)
        assert hits(tab, "案例").count() > 3


def test_a_link_narrowed_by_what_is_missing(copy: Copy) -> None:
    """A shared link that narrows by town and year shows the results all the same when the table isn't there."""
    with copy.harmed(deleted, "columns"):
        tab = copy.open("#q=%E5%8D%8F%E8%AE%AE&town=luojing&year=2026")
        answered(tab, "协议")
        assert hits(tab, "案例").count() > 3
        assert "有 1 个检索文件打不开" in said_so(tab)


@pytest.mark.parametrize("harm", HARMS[:2], ids=("deleted", "truncated"))
@pytest.mark.parametrize(
    ("name", "said"),
    [("sounds", "laodong"), ("sounds", "离昏"), ("laws", "民法典1084"), ("laws", "二十万彩礼")],
    ids=("pinyin", "same sound", "article", "numeral"),
)
def test_a_table_that_only_some_queries_need(copy: Copy, harm: Harm, name: str, said: str) -> None:
    """Without the sounds or the names of laws, the query that needs them says that a file is missing; others don't notice."""
    with copy.harmed(harm, name):
        tab = copy.open()
        ask(tab, "漏水")
        expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
        assert "打不开" not in said_so(tab)
        ask(tab, said)
        assert "有 1 个检索文件打不开" in said_so(tab)
        ask(tab, "赡养")
        expect(hits(tab, "指引").first).to_have_text("家庭赡养调解指引")


@EVERY_HARM
def test_the_first_file(copy: Copy, harm: Harm) -> None:
    """Without its first file the search says what to do, for every query; when the file has come, the open page works."""
    with copy.harmed(harm, "index"):
        tab = copy.open()
        for said in ("漏水", "民法典1084", "laodong"):
            tab.get_by_role("searchbox").fill(said)
            expect(tab.get_by_text("检索文件打不开，可能没有复制完整。可以按纠纷查找，或请管理员重新复制。")).to_be_visible()
    ask(tab, "漏水")
    expect(hits(tab, "指引").first).to_have_text("相邻关系调解指引")
    expect(tab.get_by_text("检索文件打不开")).to_have_count(0)
    assert "打不开" not in said_so(tab)


def test_everything_but_the_first_file_is_missing(copy: Copy) -> None:
    """With the first file alone people's questions still have their guide, and the page says how much is missing."""
    names = [path.stem for path in (copy.root / "search").iterdir() if path.stem != "index"]
    with copy.harmed(deleted, *names):
        tab = copy.open()
        for said, guide in (("漏水", "相邻关系"), ("欠薪", "劳动争议"), ("民法典1084", None), ("zhedang", None), ("彩礼", "婚姻家庭")):
            ask(tab, said)
            if guide:
                expect(hits(tab, "指引").first).to_have_text(f"{guide}调解指引")
            assert "个检索文件打不开" in said_so(tab)


def test_two_editions_mixed(copy: Copy) -> None:
    """Texts of another edition under our names: whatever is shown, nothing breaks, and guides come as ever."""
    blocks = sorted((copy.root / "search").glob("text-*.js"))
    data = [path.read_bytes() for path in blocks]
    with copy.harmed(lambda path: path.write_bytes(data[blocks.index(path) - 7]), *(path.stem for path in blocks)):
        tab = copy.open()
        for said, guide in (("漏水", "相邻关系"), ("欠薪", "劳动争议"), ("彩礼", "婚姻家庭")):
            ask(tab, said)
            expect(hits(tab, "指引").first).to_have_text(f"{guide}调解指引")
