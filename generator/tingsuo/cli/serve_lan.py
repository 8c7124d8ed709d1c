"""`tingsuo serve --lan`: the built site for the tablets of one hotspot, with a QR code to open it."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import typer

from ..lan import LanServer
from ..lan_addresses import lan_addresses
from .output import console


def serve_lan(site: Path, port: int, address: str | None) -> None:
    """Serve until Ctrl+C. `address`: the one address to be reached under, perhaps with a port; None for all private ones."""
    if not (site / "index.html").is_file():
        console.print("还没有生成网站。先运行 tingsuo build，再运行 tingsuo serve --lan。", style="red")
        raise typer.Exit(1)
    host, _, own_port = (address or "").partition(":")
    port = int(own_port) if own_port.isdigit() else port
    addresses = [host] if host else lan_addresses()
    if not addresses:
        console.print("这台电脑没有连上局域网。先打开热点或连上无线网，再运行一次。", style="red")
        raise typer.Exit(1)
    servers = _started(site, addresses, port)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _say(servers)
        # With a time: without one Windows doesn't hear Ctrl+C.
        while not threading.Event().wait(0.5):
            pass
    except KeyboardInterrupt:
        typer.echo("\n已停。")
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _started(site: Path, addresses: list[str], port: int) -> list[LanServer]:
    servers: list[LanServer] = []
    try:
        for address in addresses:
            servers.append(LanServer(site, address, port))
            # One port for all addresses, also when the system chose it.
            port = servers[0].server_port
    except PermissionError:
        _stop(servers, f"端口 {port} 不让用。换一个大一点的，例如 --port 8001")
    except OSError as problem:
        if problem.errno in _NOT_OURS:
            _stop(servers, f"这台电脑没有 {addresses[len(servers)]} 这个地址。不写 --address，程序自己找。")
        _stop(servers, f"端口 {port} 有别的程序在用。换一个，例如 --port {port + 1 if port < 65_535 else 8001}")
    return servers


_NOT_OURS = frozenset([99, 49, 10049, -2, 11001])
"""“Address not available” and “name not known” on Linux, macOS and Windows."""


def _stop(servers: list[LanServer], sentence: str) -> None:
    for server in servers:
        server.server_close()
    console.print(sentence, style="red", markup=False)
    raise typer.Exit(1) from None


def _say(servers: list[LanServer]) -> None:
    first = servers[0].url
    typer.echo("平板、手机连上这台电脑的热点（或同一个无线网），扫码或输入网址：")
    typer.echo(f"\n    {first}\n")
    code = qr_text(first)
    if code:
        typer.echo(code)
    for server in servers[1:]:
        typer.echo(f"打不开时换这个：{server.url}")
    typer.echo("只能看，不能改；除了网站，别的文件看不到。第一次用，Windows 会问要不要允许，选“专用网络”。按 Ctrl+C 结束。")


def qr_text(url: str) -> str:
    """A QR code of half blocks for this terminal; empty where it can't show one."""
    try:
        import segno
    except ImportError:
        return ""
    drawn = io.StringIO()
    segno.make(url, mode="byte", error="m", micro=False).terminal(drawn, border=2, compact=True)
    text = drawn.getvalue()
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ""
    if not sys.stdout.isatty():
        return text
    # Black on white whatever the terminal's colours are: not every phone reads a code in negative.
    return "\n".join(f"\033[97;40m{line}\033[0m" for line in text.splitlines())
