"""The built site for the tablets of one hotspot: read-only, nothing but the site's own files, no folder ever listed.

An address is looked up in a list of the site's files, made by walking the folder; it is never put together to a path.
So no trick with dots, slashes, drives, case or links reaches anything else. Links in the site aren't followed.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from .outputs.packs.content_types import content_type
from .outputs.packs.host_settings import Inline, headers, inline_of

MOST_AT_ONCE, MOST_FROM_ONE = 256, 64
"""Connections at the same time: in all, and from one device. A browser opens six."""
PATIENCE, ASKING = 8, 15
"""Seconds: for the next piece of a request or an answer; for the whole head of a request."""
_PIECE = 1 << 16
_HOST = re.compile(r"[0-9A-Za-z.-]+(:[0-9]{1,5})?")


class SiteFiles:
    """The files of a built site by address. After a new build they are looked for again."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self._mark: tuple[int, ...] = ()
        self._files: dict[str, str] = {}
        self._lock = threading.Lock()

    def find(self, address: str) -> tuple[str, str] | None:
        """(name from the site's root, path) of the file that an address means, None when there is none.

        `address` is decoded and begins with a slash; one that ends with a slash means the folder's index.
        """
        with self._lock:
            mark = self._build()
            if mark != self._mark or not self._files:
                self._files, self._mark = dict(self._walk()), mark
            name = address[1:] + ("index.html" if address.endswith("/") else "")
            path = self._files.get(name)
        return (name, path) if path else None

    def _build(self) -> tuple[int, ...]:
        try:
            status = (self.site / "build-id.txt").stat()
            return status.st_mtime_ns, status.st_size, status.st_ino
        except OSError:
            return ()

    def _walk(self) -> Iterator[tuple[str, str]]:
        for folder, folders, names in os.walk(self.site):
            folders[:] = [name for name in folders if not name.startswith((".", "_"))]
            up = Path(folder).relative_to(self.site).as_posix()
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118 - ten thousand files
                if not name.startswith((".", "_")) and not os.path.islink(path):  # noqa: PTH114
                    yield (name if up == "." else f"{up}/{name}"), path


def address_of(target: str) -> str | None:
    """The decoded address of a request's target; None for what no browser sends (and a trick might).

    Decoded once. Refused: other schemes, backslashes, control characters, broken UTF-8, `.` and `..`, empty parts.
    """
    raw = target.split("?", 1)[0].split("#", 1)[0]
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or any(character < " " or character in "\\\x7f" for character in path):
        return None
    *parts, last = path[1:].split("/")
    if any(part in ("", ".", "..") for part in parts) or last in (".", ".."):
        return None
    return path


class LanServer(ThreadingHTTPServer):
    """A server for one address of this computer. Raises OSError when the port is taken."""

    daemon_threads = True
    block_on_close = False
    # Ten tablets that open a page at once knock sixty times; the usual queue of five makes them wait seconds.
    request_queue_size = 128
    # On Windows reuse would let two programs answer on one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, site: Path, address: str, port: int) -> None:
        self.files = SiteFiles(site)
        self._open: dict[socket.socket, tuple[str, float]] = {}
        self._count: Counter[str] = Counter()
        self._guard = threading.Lock()
        super().__init__((address, port), _Handler)
        self.hosts = {address, "127.0.0.1", "localhost", socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}

    @property
    def url(self) -> str:
        """What to type into a browser."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}/" if port != 80 else f"http://{host!s}/"

    def server_bind(self) -> None:
        """Bind without asking the network for this computer's name: on a hotspot nobody answers."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) if self.allow_reuse_address else None
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, or refuse it at once when there are too many."""
        device = str(client_address[0])
        with self._guard:
            full = len(self._open) >= MOST_AT_ONCE or self._count[device] >= MOST_FROM_ONE
            if not full:
                self._open[request] = (device, time.monotonic())
                self._count[device] += 1
        if full:
            with suppress(OSError):
                request.settimeout(1)
                request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            super().shutdown_request(request)
            return
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A connection has ended."""
        with self._guard:
            device, _ = self._open.pop(request, ("", 0.0))
            if device:
                self._count[device] -= 1
                if not self._count[device]:
                    del self._count[device]
        super().shutdown_request(request)

    def busy(self, request: socket.socket, asked: bool) -> None:
        """Remember when a connection began to ask; one whose question has come may take its time."""
        with self._guard:
            if request in self._open:
                self._open[request] = (self._open[request][0], float("inf") if asked else time.monotonic())

    def service_actions(self) -> None:
        """Twice a second: end connections that drip their question letter by letter."""
        with self._guard:
            slow = [request for request, (_, since) in self._open.items() if time.monotonic() - since > ASKING]
        for request in slow:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: devices leave in the middle of an answer all the time."""


class _Handler(BaseHTTPRequestHandler):
    server: LanServer
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server_version, sys_version = "tingsuo", ""

    def handle_one_request(self) -> None:
        self.server.busy(self.connection, asked=False)
        super().handle_one_request()

    def parse_request(self) -> bool:
        whole = super().parse_request()
        self.server.busy(self.connection, asked=True)
        return whole

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if self.headers.get("Content-Length", "0").strip() != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            # A foreign page must not reach this server under its own name (DNS rebinding).
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        address = address_of(self.path)
        found = self.server.files.find(address) if address else None
        if address is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif found:
            self._send(*found, body=body)
        elif self.server.files.find(address + "/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(address) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            missing = self.server.files.find("/404.html")
            if missing:
                self._send(*missing, body=body, status=HTTPStatus.NOT_FOUND)
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

    def _is_ours(self, host: str) -> bool:
        if not _HOST.fullmatch(host):
            return False
        name, _, port = host.lower().rstrip(".").partition(":")
        return name in self.server.hosts and int(port or 80) == self.server.server_port

    def _send(self, name: str, path: str, *, body: bool, status: HTTPStatus = HTTPStatus.OK) -> None:
        try:
            # A link put there since the walk isn't followed.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(file.fileno())
            tag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
            page = file.read() if name.endswith(".html") else b""
            fresh = status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag
            self.send_response(HTTPStatus.NOT_MODIFIED if fresh else status)
            self.send_header("Content-Type", content_type(name))
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", formatdate(about.st_mtime, usegmt=True))
            for key, value in headers(inline_of(page) if page else Inline()).items():
                self.send_header(key, value)
            if not fresh:
                self.send_header("Content-Length", str(about.st_size))
            self.end_headers()
            if body and not fresh:
                left = about.st_size
                while left and (piece := page[-left:][:_PIECE] if page else file.read(min(_PIECE, left))):
                    self.wfile.write(piece)
                    left -= len(piece)
                self.close_connection = self.close_connection or bool(left)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A plain sentence; whatever was asked for is not repeated."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        text = _SENTENCES.get(status, "打不开这个网址。").encode()
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Type", content_type("x.txt"))
        self.send_header("Content-Length", str(len(text)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody's visits are written down."""


_SENTENCES = {
    HTTPStatus.NOT_FOUND: "没有这一页。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这里只能看，不能改。",
    HTTPStatus.MISDIRECTED_REQUEST: "请用屏幕上显示的网址打开。",
}
