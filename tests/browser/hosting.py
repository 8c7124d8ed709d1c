"""A static host for the web app's tests: obeys `_headers`, revalidates, counts what is asked, and can be killed."""

from __future__ import annotations

import threading
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tingsuo.outputs.packs.content_types import content_type


class Host:
    """Serves `folder` below `prefix` on one port of this computer. `sent` are the names of files sent whole since `forget`."""

    def __init__(self, folder: Path, prefix: str = "/") -> None:
        self.folder, self.prefix = folder, prefix
        self.sent: list[str] = []
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self.start()

    def start(self) -> None:
        """Serve, on the same port as before."""
        self._server = _Server(("127.0.0.1", self.port), partial(_Handler, self))
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Die: nobody answers on the port."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        self._server = None

    def forget(self) -> None:
        """Count from now on."""
        self.sent.clear()

    def url(self, page: str = "") -> str:
        """A page's address."""
        return f"http://127.0.0.1:{self.port}{self.prefix}{page}"

    def headers(self) -> dict[str, str]:
        """What `_headers` says for all files."""
        rows = (self.folder / "_headers").read_text("utf-8").splitlines()
        assert rows[0] == "/*"
        return dict(row.strip().split(": ", 1) for row in rows[1:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers leave in the middle."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, host: Host, *args: Any) -> None:
        self.host = host
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.split("?")[0].removeprefix(self.host.prefix)
        name = path + "index.html" if path.endswith("/") or not path else path
        file, status = self.host.folder / name, 200
        if not file.is_file():
            name, status = "404.html", 404
            file = self.host.folder / name
        data = file.read_bytes()
        tag = f'"{sha256(data).hexdigest()[:16]}"'
        fresh = status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if fresh else status)
        for key, value in {**self.host.headers(), "Content-Type": content_type(name), "ETag": tag}.items():
            self.send_header(key, value)
        if not fresh:
            self.host.sent.append(name)
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if not fresh:
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
