"""Publishing: the site is the old one or the new one, whole; what hasn't changed isn't done again."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from project import EAVES, LANE, OFFICE, Project, digests

CASES = 200
KILLS = 10
SEED = 20261123
TOWN = ("北", "南", "上", "下", "新", "老")


def with_cases(project: Project, count: int) -> Project:
    """The small project with so many cases more, spread over years, towns and outcomes."""
    text = project.read(LANE)
    for n in range(count):
        own = text.replace("id: lane", f"id: lane-{n:03d}").replace("month: 2026-04", f"month: {2010 + n % 16}-0{1 + n % 9}")
        own = own.replace("巷口的石头", f"{TOWN[n % 6]}巷口的第{n}块石头").replace("town: east", f"town: {('east', 'west')[n % 2]}")
        project.write(f"cases/neighbours/lane-{n:03d}.yaml", own)
    return project


def leftovers(project: Project) -> list[str]:
    """What a build may have left beside the site and in the cache."""
    return sorted(path.name for path in (*project.root.glob(".site.*"), *project.root.glob(".tingsuo/cache/*.new")))


def inodes(site: Path) -> dict[str, int]:
    """Each file with its number on disk: a kept page keeps it, a page poured again gets another."""
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*") if path.is_file()}


# ---- killed -------------------------------------------------------------------------


class Editions:
    """Two editions of a project of 200 cases that differ on every page, and the site that each must give."""

    def __init__(self, folder: Path) -> None:
        self.project = with_cases(Project(folder / "project"), CASES)
        self.offices = [self.project.read(OFFICE), self.project.read(OFFICE).replace("某县司法局", "某县司法局（新版）")]
        self.sites = []
        for number, office in enumerate(self.offices):
            clean = Project(folder / f"clean-{number}", self.project.root).write(OFFICE, office)
            clean.command("build").exits(0)
            self.sites.append(clean.site())
        assert sum(self.sites[0][name] != self.sites[1][name] for name in self.sites[0]) > CASES

    def write(self, number: int) -> None:
        """Put an edition's content into the project."""
        self.project.write(OFFICE, self.offices[number])

    def standing(self) -> int:
        """Which edition's site stands there, whole; fails when it is neither."""
        site = self.project.site()
        assert site in self.sites, "the site is neither the old nor the new one"
        return self.sites.index(site)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Both editions, with the first one's site built."""
    made = Editions(tmp_path_factory.mktemp("editions"))
    made.write(0)
    made.project.command("build").exits(0)
    return made


def time_of_a_build(editions: Editions) -> float:
    """Seconds that a build of all pages takes here and now."""
    editions.write(1 - editions.standing())
    started = time.monotonic()
    editions.project.command("build").exits(0)
    return time.monotonic() - started


def test_killed_build_leaves_a_whole_site(editions: Editions) -> None:
    """Kill -9 at ten random moments: the old site or the new one stands, no process lives on, and the next build mends all."""
    project, rng = editions.project, random.Random(SEED)
    whole = time_of_a_build(editions)
    ends = []
    for _ in range(KILLS):
        wanted = 1 - editions.standing()
        editions.write(wanted)
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), "build"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.1, 1.1) * whole)
        workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        process.wait()

        ends.append("new" if editions.standing() == wanted else "old")
        _, alive = psutil.wait_procs(workers, timeout=5)
        assert alive == []

        project.command("build").exits(0)
        assert editions.standing() == wanted
        assert leftovers(project) == []
    print(f"a whole build takes {whole:.2f} s; after the kills stood: {', '.join(ends)}")


def test_kill_between_two_steps_is_mended(project: Project) -> None:
    """Where folders can't be exchanged in one step, a kill between the two leaves the site aside: the next build brings it back."""
    project.build()
    good = project.site()
    dead = subprocess.Popen(["true"])
    dead.wait()
    (project.root / "site").rename(project.root / f".site.{dead.pid}.old")
    (project.root / f".site.{dead.pid}.new").mkdir()
    project.change(LANE, "town: east", "town: north").build().exits(1)
    project.change(LANE, "town: north", "town: east").build().exits(0)
    assert good == project.site()
    assert leftovers(project) == []


# ---- failed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [(LANE, "town: east", "town: north"), ("mkdocs.yml", "theme:\n", "theme\n"), ("docs/handbook/index.md", "## 写案例", "[x](x.md)\n\n## 写案例")],
    ids=["content", "frame", "handwritten page"],
)
def test_failed_build_leaves_the_old_site(project: Project, file: str, old: str, new: str) -> None:
    """Whatever is wrong, not a byte of the site changes, no file of it is written again, and nothing is left beside it."""
    project.build()
    before, numbers = project.site(), inodes(project.root / "site")
    project.change(EAVES, "屋檐的水不能", "檐上的水不能").change(file, old, new).build().exits(1)
    assert before == project.site()
    assert numbers == inodes(project.root / "site")
    assert leftovers(project) == []


def test_failed_build_under_mkdocs_leaves_the_old_site(project: Project) -> None:
    """The same when MkDocs is started by hand."""
    project.build()
    before = project.site()
    project.change(LANE, "town: east", "town: north")
    project.command("build", program=("mkdocs",))
    assert project.said.code != 0
    project.says("没有镇街“north”")
    assert before == project.site()
    assert leftovers(project) == []


# ---- the same -----------------------------------------------------------------------


def test_same_content_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    """Two builds of one content in two places agree in every byte, and name neither place."""
    project.build()
    other = Project(tmp_path / "a" / "quite" / "different" / "place")
    other.command("build").exits(0)
    assert project.site() == other.site()
    for path in (project.root / "site").rglob("*.html"):
        assert str(tmp_path) not in path.read_text("utf-8")


def test_copied_project_builds_its_own_site(project: Project, tmp_path: Path) -> None:
    """A project that was copied with its cache builds into its own folder, not into the first one's."""
    project.build()
    before = project.site()
    shutil.copytree(project.root, tmp_path / "copy")
    copy = Project(tmp_path / "copy", None)
    copy.change(LANE, "subtitle: 巷口", "subtitle: 村口").build().exits(0)
    assert before == project.site()
    assert "村口的石头" in copy.page("cases/neighbours/lane.html").text


@pytest.mark.parametrize("program", [("mkdocs",), ("properdocs",)], ids=["mkdocs", "properdocs"])
def test_other_programs_give_the_same_site(project: Project, tmp_path: Path, program: tuple[str, ...]) -> None:
    """`mkdocs build` and `properdocs build` give the pages of `tingsuo build`, byte for byte."""
    project.build()
    other = Project(tmp_path / "other")
    other.command("build", "-q", *(("-f", "mkdocs.yml") if program == ("properdocs",) else ()), program=program).exits(0)
    ours, theirs = project.site(), other.site()
    html = [name for name in ours if name.endswith(".html") and name != "404.html"]
    assert {name: ours[name] for name in html} == {name: theirs.get(name) for name in html}
    assert set(theirs) - set(ours) <= {"sitemap.xml", "sitemap.xml.gz"}


# ---- again --------------------------------------------------------------------------


def test_nothing_changed_nothing_made(project: Project) -> None:
    """A second build keeps every file; so does a first one in the next process."""
    project.build()
    before, numbers = project.site(), inodes(project.root / "site")
    for build in (project.build, project.command):
        build(*(["build"] if build == project.command else [])).exits(0).says("新做 0 页")
        assert before == project.site()
        kept = inodes(project.root / "site")
        assert {name for name in numbers if numbers[name] != kept[name]} <= {"build-id.txt"}


def test_fresh_makes_all_again(project: Project) -> None:
    """`--fresh` keeps no page, and the site is the same."""
    project.build()
    before = project.site()
    project.build("--fresh").exits(0).says("沿用 0 页")
    assert before == project.site()


def made_again(project: Project) -> set[str]:
    """Pages that a build makes again."""
    numbers = inodes(project.root / "site")
    project.build().exits(0)
    after = inodes(project.root / "site")
    return {name for name in after if name.endswith(".html") and after[name] != numbers.get(name)}


def showing(project: Project, *texts: str) -> set[str]:
    """Pages on which any of the texts stands."""
    return {name for name in project.pages() if any(text in project.read(f"site/{name}") for text in texts)}


def test_changed_text_makes_its_own_page_again(project: Project) -> None:
    """What only the case's page shows makes only that page again."""
    with_cases(project, 70).build()
    project.change(LANE, "两家吵了半年", "两家吵了一年半")
    assert made_again(project) == {"cases/neighbours/lane.html", "event.html", "push.html"}
    assert "吵了一年半" in project.page("cases/neighbours/lane.html").text


def test_changed_title_makes_the_pages_again_that_show_it(project: Project) -> None:
    """A title is on lists and on related cases' pages: those are made again and no others."""
    with_cases(project, 70).build()
    old, new = "王某诉赵某相邻用水排水纠纷案", "王某诉赵某檐水纠纷案"
    before = showing(project, old)
    project.change(EAVES, f"title: {old}", f"title: {new}")
    again = made_again(project)
    assert showing(project, old) == set()
    assert before == showing(project, new)
    assert before <= again
    # Overviews are keyed by all cards rather than by those they happen to show.
    assert again - before <= {"index.html", "statistics.html", "cases/index.html"}
    assert digests_without(project, "build-id.txt") == digests_without(Project(project.root.parent / "clean", project.root).build(), "build-id.txt")


def digests_without(project: Project, name: str) -> dict[str, str]:
    """The site's files without one."""
    return {file: digest for file, digest in project.site().items() if file != name}


def test_removed_case_disappears(project: Project) -> None:
    """A deleted, withdrawn or unpublished case has no page and is named on none."""
    with_cases(project, 3).build()
    for file, how in ((EAVES, "remove"), ("cases/neighbours/lane-000.yaml", "撤回"), ("cases/neighbours/lane-001.yaml", "草稿")):
        key = Path(file).stem
        assert showing(project, f"{key}.html")
        if how == "remove":
            project.remove(file)
        else:
            project.change(file, "status: 已发布", f"status: {how}")
        project.build().exits(0)
        assert f"cases/neighbours/{key}.html" not in project.site()
        assert showing(project, f"{key}.html") == set()


def test_moved_case_moves(project: Project) -> None:
    """A case that goes to another dispute has its page there and no longer here."""
    project.write("guides/disputes/trees.yaml", project.read("guides/disputes/neighbours.yaml").replace("id: neighbours", "id: trees"))
    project.build().exits(0)
    project.write("cases/trees/lane.yaml", project.read(LANE).replace("dispute: neighbours", "dispute: trees")).remove(LANE)
    project.build().exits(0)
    assert "cases/trees/lane.html" in project.site()
    assert "cases/neighbours/lane.html" not in project.site()


def test_damaged_site_is_made_whole(project: Project) -> None:
    """A page that somebody changed or deleted by hand is made again."""
    project.build()
    good = project.site()
    project.write("site/cases/neighbours/lane.html", "改过了")
    (project.root / "site/disputes/neighbours.html").unlink()
    project.build().exits(0)
    assert good == project.site()


def test_damaged_cache_is_no_harm(project: Project) -> None:
    """Rubbish in the cache is passed over; without it, or with --fresh, the site is the same."""
    project.build()
    good = project.site()
    for path in (project.root / ".tingsuo/cache").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00rubbish" * 9)
    project.build().exits(0)
    assert good == project.site()
    shutil.rmtree(project.root / ".tingsuo")
    project.build().exits(0)
    assert good == project.site()
    project.build("--fresh").exits(0)
    assert good == project.site()


def test_another_day_changes_what_it_must(project: Project) -> None:
    """When a law comes into force overnight the pages say so, without any file changed."""
    project.build()
    assert "还没有施行" in project.page("laws/index.html").text
    project.build("--as-of", "2027-01-02").exits(0)
    assert "还没有施行" not in project.page("laws/index.html").text


def test_site_is_what_is_served_from_a_folder(project: Project) -> None:
    """No page of the site names an address outside it, and every link of it is relative."""
    project.build()
    for name in project.pages():
        page = project.page(name)
        for tag, attributes in page.elements:
            for key in ("href", "src", "action"):
                value = attributes.get(key, "")
                assert not value.startswith(("http:", "https:", "//")), f"{name} <{tag} {key}={value}>"
                assert name == "404.html" or not value.startswith("/"), f"{name} <{tag} {key}={value}>"
    assert digests(project.root / "site") == project.site()


def test_the_sitemap_names_every_page_by_the_site_s_address(project: Project) -> None:
    """With an address in mkdocs.yml the sitemap lists generated and handwritten pages; without one there is none."""
    project.build()
    assert not (project.root / "site/sitemap.xml").exists()
    config = project.root / "mkdocs.yml"
    config.write_text("site_url: https://example.org/court/\n" + config.read_text("utf-8"), "utf-8")
    project.build()
    listed = re.findall(r"<loc>(.*?)</loc>", (project.root / "site/sitemap.xml").read_text("utf-8"))
    pages = {path.relative_to(project.root / "site").as_posix() for path in (project.root / "site").rglob("*.html")} - {"404.html"}
    assert set(listed) == {f"https://example.org/court/{page}" for page in pages}
    assert 'href="/court/index.html"' in (project.root / "site/404.html").read_text("utf-8")
