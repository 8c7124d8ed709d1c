"""Chromium: what is read, how long it takes, what it holds. Every figure from a fresh browser with an empty cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import CDPSession, Page, sync_playwright
from playwright.sync_api import Error as PageError

from .engines import Engine

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 240_000
"""Milliseconds that an engine may take for anything."""

_LATE = "new Promise((_, fail) => setTimeout(() => fail(new Error('no answer in time')), late))"
_READY = f"late => Promise.race([bench.ready, {_LATE}])"
_CALL = f"([name, query, late]) => Promise.race([bench[name](query), {_LATE}])"


class Reads:
    """Which files a page asked for, by the size they have on disk; a file counts once."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.folder, self.sizes = folder.resolve(), dict[str, int]()
        page.on("request", lambda request: self._add(request.url))

    def _add(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"file", "http"} or (parts.scheme, parts.path) in self.sizes:
            return
        path = Path(unquote(parts.path))
        path = path if parts.scheme == "file" else self.folder / unquote(parts.path).lstrip("/")
        if path.is_file():
            self.sizes[unquote(parts.path)] = path.stat().st_size

    @property
    def now(self) -> tuple[int, int]:
        """(files, bytes) so far."""
        return len(self.sizes), sum(self.sizes.values())


class Opened:
    """An engine's page in a browser of its own, ready to answer."""

    def __init__(self, page: Page, cdp: CDPSession, reads: Reads) -> None:
        self.page, self.cdp, self.reads = page, cdp, reads
        self.ready_ms: float = page.evaluate("bench.readyMs")
        self.at_ready = reads.now

    def ask(self, query: str) -> dict[str, Any]:
        """One query: milliseconds, number of results, files and bytes that it read."""
        files, size = self.reads.now
        answer: dict[str, Any] = self.call("run", query)
        self.page.wait_for_timeout(50)
        files_now, size_now = self.reads.now
        return {"query": query, **answer, "files": files_now - files, "bytes": size_now - size}

    def call(self, name: str, query: str) -> Any:
        """`bench.NAME(query)` in the page. Raises PageError after PATIENCE: `evaluate` itself would wait for ever."""
        return self.page.evaluate(_CALL, [name, query, PATIENCE])

    def heap(self) -> dict[str, int]:
        """Bytes after a garbage collection: JavaScript's own, and what array buffers (WebAssembly too) hold."""
        self.cdp.send("HeapProfiler.enable")
        self.cdp.send("HeapProfiler.collectGarbage")
        usage = self.cdp.send("Runtime.getHeapUsage")
        return {"js": int(usage["usedSize"]), "buffers": int(usage.get("backingStorageSize", 0))}


@contextmanager
def opened(engine: Engine, throttle: int = 1) -> Iterator[Opened]:
    """Open the engine's page under a CPU throttle and wait until it is ready. Raises PageError when it never is."""
    with sync_playwright() as driver, engine.address() as address:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        try:
            page = browser.new_page()
            page.set_default_timeout(PATIENCE)
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            reads = Reads(page, engine.folder)
            cdp = page.context.new_cdp_session(page)
            if throttle > 1:
                cdp.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            if engine.script:
                page.add_init_script(path=engine.script)
            page.goto(address, wait_until="commit")
            page.wait_for_load_state("load")
            if not page.evaluate("typeof bench === 'object'"):
                raise PageError(f"{engine.name}: the page didn't start: {'; '.join(errors) or 'no error'}")
            page.evaluate(_READY, PATIENCE)
            yield Opened(page, cdp, reads)
        finally:
            browser.close()


def measure(engine: Engine, throttle: int, queries: Sequence[str], cold: Sequence[str]) -> dict[str, Any]:
    """Ready, the queries one after another in one page, the heap after them; for sharded engines also each of `cold` in a fresh page."""
    with opened(engine, throttle) as page:
        answers = [page.ask(query) for query in queries]
        # The same queries again: nothing is read any more.
        warm = [page.ask(query) for query in queries]
        out = {
            "ready_ms": round(page.ready_ms, 1),
            "ready_files": page.at_ready[0],
            "ready_bytes": page.at_ready[1],
            "queries": [_rounded(answer) for answer in answers],
            "again": [_rounded(answer) for answer in warm],
            "heap": page.heap(),
        }
    if engine.sharded:
        fresh = []
        for query in cold:
            with opened(engine, throttle) as page:
                fresh.append({**_rounded(page.ask(query)), "ready_ms": round(page.ready_ms, 1)})
        out["cold"] = fresh
        out["ready_ms"] = median([out["ready_ms"], *(answer["ready_ms"] for answer in fresh)])
    return out


def _rounded(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 1) if isinstance(value, float) else value for key, value in answer.items()}
