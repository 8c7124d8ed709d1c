"""`tingsuo serve --lan`: the site for the tablets of one hotspot, and nothing but the site. Asked by raw sockets."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from project import Project
from tingsuo import lan
from tingsuo.cli.serve_lan import qr_text
from tingsuo.lan import LanServer, address_of
from tingsuo.lan_addresses import lan_addresses, ordered

HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built project with a secret beside its site, and a site with what must not be served in it."""
    project = Project(tmp_path_factory.mktemp("lan") / "project").build().exits(0)
    project.write("secret.txt", "SECRET").write("site/.hidden", "SECRET").write("site/.git/config", "SECRET").write("site/_headers", "SECRET")
    (project.root / "site" / "way-out.txt").symlink_to(project.root / "secret.txt")
    (project.root / "site" / "folder-out").symlink_to(project.root)
    return project


@pytest.fixture(scope="module")
def server(project: Project) -> Iterator[LanServer]:
    """The site on this computer's own address."""
    server = LanServer(project.root / "site", HERE, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def say(server: LanServer, text: str | bytes) -> bytes:
    """What the server answers to these bytes, until it closes or falls silent."""
    with socket.create_connection((HERE, server.server_port), timeout=3) as line:
        line.sendall(text.encode() if isinstance(text, str) else text)
        return everything(line)


def everything(line: socket.socket) -> bytes:
    """All that comes."""
    got = b""
    try:
        while piece := line.recv(65_536):
            got += piece
    except TimeoutError:
        pass
    return got


def get(server: LanServer, target: str, *more: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of one request."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'{HERE}:{server.server_port}'}", "Connection: close", *more]
    head, _, body = say(server, "\r\n".join(lines) + "\r\n\r\n").partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    return int(first.split()[1]), {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}, body


def test_every_file_of_the_site_is_served_as_it_is(server: LanServer, project: Project) -> None:
    """Each file of the built site arrives byte for byte, under its own type, with sniffing off."""
    site = project.root / "site"
    kinds = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith((".", "_", "folder-out/")):
            status, head, body = get(server, "/" + name)
            assert (200, path.read_bytes(), "nosniff") == (status, body, head["x-content-type-options"]), name
            kinds[path.suffix] = head["content-type"]
    assert {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
    }.items() <= kinds.items()


def test_folders_open_their_index_and_are_never_listed(server: LanServer, project: Project) -> None:
    """A folder with an index shows it, without the slash it leads there; one without is no page."""
    index = (project.root / "site" / "cases" / "index.html").read_bytes()
    assert index == get(server, "/cases/")[2]
    status, head, _ = get(server, "/cases")
    assert (status, head["location"]) == (301, "/cases/")
    assert get(server, "/assets/")[0] == 404
    assert get(server, "/assets")[0] == 404


TRICKS = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2E%2Fsecret.txt",
    "/cases/../../secret.txt",
    "/cases/%2e%2e/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/....//secret.txt",
    "/%252e%252e/secret.txt",
    "/.%00./secret.txt",
    "/index.html%00.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%ff",
    "/./index.html",
    "//etc/passwd",
    "///etc/passwd",
    "/%2fetc/passwd",
    "@@root@@/secret.txt",
    "/@@root@@/secret.txt",
    "/C:/Windows/win.ini",
    "/index.html::$DATA",
    "/index.html.",
    "/INDEX.HTML",
    "/.hidden",
    "/.git/config",
    "/%2ehidden",
    "/_headers",
    "/way-out.txt",
    "/folder-out/secret.txt",
    "/folder-out/",
    "/cases/index.html/",
    "/cases/index.html/../../../secret.txt",
    "/search.html/secret",
    "/~root/.ssh/id_rsa",
    "http://127.0.0.1/secret.txt",
    "file:///etc/passwd",
    "index.html",
    "*",
    "/" + "a" * 60_000,
    "/" + "%2e%2e/" * 5_000 + "etc/passwd",
]


@pytest.mark.parametrize("target", TRICKS, ids=lambda target: target[:40])
def test_no_trick_leaves_the_site(server: LanServer, project: Project, target: str) -> None:
    """Dots, encodings, backslashes, NUL, drives, absolute paths, links, dotfiles: nothing is shown, and it is an error."""
    status, _, body = get(server, target.replace("@@root@@", str(project.root)))
    assert status in (400, 404, 414)
    assert b"SECRET" not in body
    assert b"root:" not in body


def test_an_address_is_decoded_once_and_only_plain_ones_pass() -> None:
    """What browsers send is understood, query and anchor are cut off; the rest is refused before anything is looked up."""
    assert address_of("/cases/%E6%A1%88%E4%BE%8B.html?q=1#x") == "/cases/案例.html"
    assert address_of("/%252e%252e/x") == "/%2e%2e/x"
    assert [address_of(t) for t in ("", "x", "//x", "/a//b", "/a\x01b", "/a/.%2e")] == [None] * 6


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_only_reading_is_possible(server: LanServer, method: str) -> None:
    """Every method but GET and HEAD is refused with a sentence, and the site stays."""
    status, head, body = get(server, "/index.html", "Content-Length: 3", method=method)
    assert (status, head["allow"], body.decode()) == (405, "GET, HEAD", "这里只能看，不能改。")


def test_head_has_no_body_and_an_unchanged_file_isn_t_sent_again(server: LanServer) -> None:
    """HEAD gives the length only; a browser that has the file gets 304."""
    status, head, body = get(server, "/index.html", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(head["content-length"]) == len(get(server, "/index.html")[2])
    status, _, body = get(server, "/index.html", f"If-None-Match: {head['etag']}")
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:@@port@@", "127.0.0.1:1", "127.0.0.1.evil.example:@@port@@", "a b", "[::1]:@@port@@", ""]
)
def test_a_foreign_name_gets_nothing(server: LanServer, host: str) -> None:
    """A page that points its own name at this computer (DNS rebinding) can't read the site through it."""
    given = host.replace("@@port@@", str(server.server_port))
    head, _, body = say(server, f"GET / HTTP/1.1\r\nHost: {given}\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")
    assert b" 421 " in head.split(b"\r\n")[0]
    assert body.decode() == "请用屏幕上显示的网址打开。"


def test_two_names_or_none_get_nothing(server: LanServer) -> None:
    """A request with two Host lines, or none, is refused."""
    ours = f"Host: {HERE}:{server.server_port}\r\n"
    for names in ("", ours * 2):
        assert b" 421 " in say(server, f"GET / HTTP/1.1\r\n{names}Connection: close\r\n\r\n").split(b"\r\n")[0]


def test_a_hidden_second_request_isn_t_answered(server: LanServer) -> None:
    """A body is never read as the next request: after one the connection is closed."""
    ours = f"Host: {HERE}:{server.server_port}\r\n"
    for body in ("Content-Length: 40", "Transfer-Encoding: chunked"):
        answer = say(server, f"GET /index.html HTTP/1.1\r\n{ours}{body}\r\n\r\nGET /search.html HTTP/1.1\r\n{ours}\r\n")
        assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n", b"GET\r\n\r\n", b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_garbage_is_refused_and_the_next_one_is_served(server: LanServer, garbage: bytes) -> None:
    """Not HTTP, or not ours: an error or nothing, never the site, never the end of the server."""
    assert b" 200 " not in say(server, garbage).split(b"\r\n")[0]
    assert get(server, "/index.html")[0] == 200


def test_slow_devices_hold_up_nobody(server: LanServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty connections that drip their question leave the others served at once, and are ended; too many from one device are refused."""
    monkeypatch.setattr(lan, "ASKING", 600)
    lines = [socket.create_connection((HERE, server.server_port), timeout=5) for _ in range(30)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert get(server, "/index.html")[0] == 200
    more = [socket.create_connection((HERE, server.server_port), timeout=5) for _ in range(lan.MOST_FROM_ONE - 30)]
    assert b"HTTP/1.1 503 " in say(server, b"")
    monkeypatch.setattr(lan, "ASKING", 0)
    for line in (*lines, *more):
        everything(line)  # comes back because the server closes
        line.close()
    monkeypatch.undo()
    assert get(server, "/index.html")[0] == 200


def test_a_new_build_is_served_at_once(tmp_path: Path) -> None:
    """Rebuilt while it is served: the next request has the new page, removed pages are gone."""
    project = Project(tmp_path / "project").build().exits(0)
    server = LanServer(project.root / "site", HERE, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert get(server, "/cases/neighbours/lane.html")[0] == 200
    project.change("cases/neighbours/lane.yaml", "\ntitle: ", "\ntitle: 新写的").build().exits(0)
    assert "新写的" in get(server, "/cases/neighbours/lane.html")[2].decode()
    server.shutdown()
    server.server_close()


def test_private_addresses_only_and_the_hotspot_first() -> None:
    """An address of the internet is never offered; the one that a hotspot of this computer has stands first."""
    assert ordered(["172.17.0.1", "8.8.8.8", "192.168.1.7", "127.0.0.1", "169.254.3.4", "192.168.137.1", "x"]) == [
        "192.168.137.1",
        "192.168.1.7",
        "172.17.0.1",
    ]
    assert all(address not in ("127.0.0.1", "0.0.0.0") for address in lan_addresses())


def test_the_code_on_the_screen_leads_to_the_site() -> None:
    """The QR of half blocks, painted as a terminal shows it, is read back as the address."""
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    rows = []
    for line in qr_text("http://192.168.137.1:8000/").splitlines():
        for half in ("█▀", "█▄"):
            rows.append([255 if character in half else 0 for character in line])
    picture = image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([dot for row in rows for dot in row])
    found = zxingcpp.read_barcodes(picture.resize((picture.width * 8, picture.height * 8)))
    assert [code.text for code in found] == ["http://192.168.137.1:8000/"]


def started(project: Project, *args: str) -> subprocess.Popen[str]:
    """The real command, running. It hears Ctrl+C even when the tests run where that is ignored."""
    words = [str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), "serve", "--lan", "--address", HERE, *args]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a few lines before exec, no lock is taken
    )


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def until_open(port: int, process: subprocess.Popen[str]) -> None:
    """Wait for a server, as long as it runs."""
    while process.poll() is None:
        try:
            socket.create_connection((HERE, port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)


def test_the_command_says_the_address_and_ends_with_ctrl_c(project: Project) -> None:
    """It prints address and code, tells a second one that the port is taken, and ends quietly."""
    port = free_port()
    process = started(project, "--port", str(port))
    until_open(port, process)
    taken = started(project, "--port", str(port))
    _, complaint = taken.communicate()
    process.send_signal(signal.SIGINT)
    said, wrong = process.communicate()
    assert (process.returncode, wrong) == (0, "")
    assert f"http://{HERE}:{port}/" in said
    assert "█" in said
    assert "已停。" in said
    assert (1, f"端口 {port} 有别的程序在用。换一个，例如 --port {port + 1}") == (taken.returncode, complaint.strip())


@pytest.mark.parametrize(
    ("args", "sentence"),
    [((), "还没有生成网站。先运行 tingsuo build"), (("--address", "203.0.113.9"), "这台电脑没有 203.0.113.9 这个地址"), (("--port", "0"), "--port")],
)
def test_what_can_t_be_served_is_said_plainly(tmp_path: Path, project: Project, args: tuple[str, ...], sentence: str) -> None:
    """No site yet, not this computer's address, no port: a sentence and an exit code, no traceback."""
    target: Any = project if args else Project(tmp_path / "unbuilt")
    target.run("serve", "--lan", *args)
    assert target.said.code in (1, 2)
    target.says(sentence)
