"""The web pack: the site with a service worker, lists by hash, and settings for hosts. What browsers do with it: tests/browser."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from pack_source import source_of
from project import SMALL, Project, digests
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import web_app
from tingsuo.outputs.packs.content_types import content_type
from tingsuo.outputs.packs.host_settings import inline_of
from tingsuo.outputs.packs.source import PackFailed, PackSource
from tingsuo.prepare import prepare


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, built."""
    return Project(tmp_path_factory.mktemp("web") / "project").build().exits(0)


@pytest.fixture(scope="module")
def made(project: Project) -> list[Path]:
    """Its web pack: the folder and the file for nginx."""
    return web_app.make(source_of(project), project.root / "dist", no_progress)


@pytest.fixture(scope="module")
def folder(made: list[Path]) -> Path:
    """The folder to be put on a host."""
    return made[0]


def listed(folder: Path) -> dict[str, tuple[str, int]]:
    """What the service worker keeps: address → hash and size."""
    rows = (line.split(" ", 2) for group in ("core", "more") for line in (folder / f"offline-{group}.txt").read_text("utf-8").splitlines())
    return {url: (digest, int(size)) for digest, size, url in rows}


def test_the_lists_name_every_file_with_its_hash(folder: Path) -> None:
    """All that a page can ask for is listed with the hash and size that it has; what the lists leave out is for hosts and the browser only."""
    files = {name: (web_app.digest((folder / name).read_bytes()), (folder / name).stat().st_size) for name in digests(folder)}
    alone = {"sw.js", "offline-core.txt", "offline-more.txt", "_headers"}
    assert {name: about for name, about in files.items() if name not in alone} == listed(folder)


def test_the_service_worker_knows_its_lists(folder: Path) -> None:
    """It names both lists by the hash that they have, so a changed file anywhere makes a changed service worker."""
    first = (folder / "sw.js").read_text("utf-8").partition("};\n")[0]
    told = json.loads(first.removeprefix("var EDITION = ") + "}")
    for group in ("core", "more"):
        assert told[group]["digest"] == web_app.digest((folder / f"offline-{group}.txt").read_bytes())


def test_every_page_registers_and_nothing_else_is_changed(project: Project, folder: Path) -> None:
    """Each page of the site has the manifest and the registration once, by a link that leads to them; other files are as in the site."""
    site = project.root / "site"
    for name, old in digests(site).items():
        if name == "build-id.txt":
            continue
        if not name.endswith(".html") or name == "404.html":
            assert digests(folder)[name] == old, name
            continue
        page = (folder / name).read_text("utf-8")
        for pattern in (r'<link rel="manifest" href="([^"]+)">', r'<script src="([^"]+register\.js)" data-root="[./]*"></script>\n</body>'):
            links = re.findall(pattern, page)
            assert len(links) == 1, name
            assert ((folder / name).parent / links[0]).resolve().is_file(), name


def test_the_site_itself_has_no_service_worker(project: Project) -> None:
    """Where a service worker can't work (double click, stick, Kiwix) none is shipped and none is registered."""
    site = project.root / "site"
    assert not (site / "sw.js").exists()
    assert [name for name in digests(site) if name.endswith((".html", ".js")) and "serviceWorker" in (site / name).read_text("utf-8")] == []


def test_the_manifest_lets_a_device_install_it(folder: Path) -> None:
    """Name, start page, and icons of 192 and 512 px, plain and maskable, which are as large as they say."""
    told = json.loads((folder / "manifest.webmanifest").read_text("utf-8"))
    assert (folder / told["start_url"]).is_file()
    assert all((folder / shortcut["url"]).parent.is_dir() for shortcut in told["shortcuts"])
    assert 0 < len(told["short_name"]) <= len(told["name"])
    assert {("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512)} == {
        (icon["purpose"], png_size(folder / icon["src"])) for icon in told["icons"]
    }
    assert all(icon["sizes"] == f"{png_size(folder / icon['src'])}x{png_size(folder / icon['src'])}" for icon in told["icons"])


def png_size(path: Path) -> int:
    """A square PNG's width."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width == height
    return int(width)


def test_the_policy_names_each_inline_script_and_no_page_needs_more(folder: Path) -> None:
    """No 'unsafe-inline' for scripts, no 'unsafe-eval', no foreign source; every inline script's own hash; no event attributes, no script addresses."""
    rows = dict(line.strip().split(": ", 1) for line in (folder / "_headers").read_text("utf-8").splitlines()[1:])
    policy = dict(rule.split(" ", 1) for rule in rows["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*|data:", policy["script-src"])
    found = set()
    for path in folder.rglob("*.html"):
        html = path.read_text("utf-8")
        found |= {b64encode(sha256(body.encode()).digest()).decode() for body in re.findall(r"<script>(.*?)</script>", html, re.DOTALL)}
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", html), path
        assert "javascript:" not in html, path
    assert found == set(re.findall(r"'sha256-([^']+)'", policy["script-src"]))


def test_inline_scripts_are_told_from_data_and_files() -> None:
    """Scripts with `src` and blocks of data have no hash; a script with attributes has one; line ends are as browsers count them."""
    html = b'<script src="x.js"></script><script type="application/json">{}</script><script data-x>a\r\nb</script><style>p{}</style>'
    assert ({hashed(b"a\nb")}, {hashed(b"p{}")}) == tuple(map(set, inline_of(html)))


def hashed(text: bytes) -> str:
    """A source of a policy."""
    return f"'sha256-{b64encode(sha256(text).digest()).decode()}'"


def test_twice_the_same(project: Project, tmp_path: Path, made: list[Path]) -> None:
    """The same content built at another path gives the same pack, byte for byte."""
    other = Project(tmp_path / "another place").build().exits(0)
    again = web_app.make(source_of(other), tmp_path / "dist", no_progress)
    assert digests(made[0]) == digests(again[0])
    assert made[1].read_bytes() == again[1].read_bytes()


def test_a_large_site_keeps_cases_for_later(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit, cases, their lists and what search quotes of them are on demand; guides, procedures, laws and search are not."""
    monkeypatch.setattr(web_app, "ALL_AT_ONCE", 0)
    folder = web_app.make(source_of(project), tmp_path, no_progress)[0]
    core, more = ({line.split(" ", 2)[2] for line in (folder / f"offline-{group}.txt").read_text("utf-8").splitlines()} for group in ("core", "more"))
    assert {"index.html", "search.html", "search/index.js", "disputes/neighbours.html", "cases-by/kind-teaching.html"} & core == {
        "index.html",
        "search.html",
        "search/index.js",
        "disputes/neighbours.html",
    }
    assert "cases/neighbours/lane.html" in more
    quoted = {name for name in core | more if name.startswith("search/text-")}
    assert {name for name in quoted if "cases/neighbours/lane.html" in (folder / name).read_text("utf-8")} <= more
    assert {name for name in quoted if "disputes/neighbours.html" in (folder / name).read_text("utf-8")} <= core


def test_printed_files_wait_first() -> None:
    """With printed files a site is soon large: then they wait, and cases are still kept on the first visit."""
    library = prepare(SMALL, bodies=False, use_cache=False).library
    assert library
    sizes = {"index.html": 1, "cases/a/b.html": 10_000_000, "print/a.pdf": 60_000_000}
    kept = [web_app.Kept(name, "x" * 22, size, web_app.rank(name, b"")) for name, size in sizes.items()]
    made = web_app.worker_files(kept, library)
    assert made["offline-more.txt"].decode().split()[2::3] == ["print/a.pdf"]
    assert '"later": "印刷件"' in made["sw.js"].decode()


def test_without_a_site_nothing_is_touched(project: Project, tmp_path: Path) -> None:
    """No site yet: a sentence, and the last good pack stays as it was."""
    source = source_of(project)
    before = web_app.make(source, tmp_path, no_progress)[0]
    was = digests(tmp_path)
    with pytest.raises(PackFailed, match="先 tingsuo build"):
        web_app.make(PackSource(source.root, tmp_path / "nothing", source.library), tmp_path, no_progress)
    assert was == digests(tmp_path)
    assert before.is_dir()


def test_nginx_takes_the_file(made: list[Path], tmp_path: Path) -> None:
    """The real nginx finds no mistake in the file and serves the folder that it names."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    text = made[1].read_text("utf-8")
    assert f"root /srv/{made[0].name};" in text
    if not nginx:
        pytest.skip("没有 nginx：apt-get install nginx-light")
    (tmp_path / "site.conf").write_text(text.replace("listen 80;", "listen 127.0.0.1:18097;"), "utf-8")
    temporary = " ".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "main.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ {temporary} include {tmp_path}/site.conf; }}", "utf-8"
    )
    done = subprocess.run([nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "main.conf")], capture_output=True, text=True, check=False)
    assert "test is successful" in done.stderr, done.stderr


def test_types_don_t_depend_on_the_computer() -> None:
    """Scripts are scripts on every office PC; what isn't known is bytes."""
    assert content_type("a/B.JS") == "text/javascript; charset=utf-8"
    assert content_type("表.docx") == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert [content_type("x.unknown"), content_type("README")] == ["application/octet-stream"] * 2
