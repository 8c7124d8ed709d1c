"""What a web server must be told for this site: headers that let nothing in from outside, and how long things may be kept.

Everything is revalidated on each visit (`no-cache`): files keep their names between editions, and the service worker
has its own copy anyway. The content security policy names every inline script by its hash, so it holds for one edition.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_DATA = re.compile(rb"""\btype=["'](?!text/javascript|module)""")


class Inline(NamedTuple):
    """Sources for a content security policy: 'sha256-…' of inline scripts and of inline style sheets."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()

    def __or__(self, other: Inline) -> Inline:
        return Inline(self.scripts | other.scripts, self.styles | other.styles)


def inline_of(html: bytes) -> Inline:
    """What runs or styles inside a page. Scripts with `src` and blocks of data don't count."""
    scripts = {_source(body) for head, body in _SCRIPT.findall(html) if b"src=" not in head and not _DATA.search(head)}
    return Inline(frozenset(scripts), frozenset(map(_source, _STYLE.findall(html))))


def _source(text: bytes) -> str:
    whole = sha256(text.replace(b"\r\n", b"\n")).digest()
    return f"'sha256-{b64encode(whole).decode()}'"


def policy(inline: Inline) -> str:
    """The content security policy: this site's own files, its inline scripts by hash, and nothing else.

    Style attributes stay allowed: column widths of papers stand in them, and they can't run anything.
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(inline.scripts)],
        "style-src": ["'self'", *sorted(inline.styles)],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def headers(inline: Inline) -> dict[str, str]:
    """The headers that every answer has."""
    return {
        "Content-Security-Policy": policy(inline),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }


def static_host_file(given: dict[str, str]) -> str:
    """`_headers`, which static hosts read (Netlify, Cloudflare Pages and others that follow them)."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in given.items())


def nginx_file(given: dict[str, str], types: Iterable[tuple[str, str]], folder: str) -> str:
    """A server for nginx, to be put into /etc/nginx/conf.d/. `types` are (media type, endings with blanks between)."""
    rows = "".join(f'    add_header {name} "{value}" always;\n' for name, value in given.items())
    kinds = "".join(f"        {media} {endings};\n" for media, endings in types)
    return _NGINX.replace("@@headers@@", rows).replace("@@types@@", kinds).replace("@@folder@@", folder)


_NGINX = """\
# 把 @@folder@@ 整个文件夹放到服务器上，再把这个文件放进 /etc/nginx/conf.d/，
# 改好下面标“要改”的三处，运行 nginx -t 检查，再 nginx -s reload。
# 每出一版都要连这个文件一起换：里面有这一版网页脚本的校验值。
# 装成应用、离线打开，都要 https；没有证书时只能在线看。

server {
    listen 80;
    # 有证书以后改用下面这些行，并删掉上面一行：
    # listen 443 ssl;
    # ssl_certificate     /etc/nginx/tls/site.pem;   # 要改：证书
    # ssl_certificate_key /etc/nginx/tls/site.key;
    # add_header Strict-Transport-Security "max-age=31536000" always;

    server_name localhost;   # 要改：域名
    root /srv/@@folder@@;   # 要改：文件夹放在哪里

    charset utf-8;
    charset_types text/css text/javascript text/plain text/csv text/calendar;
    index index.html;
    absolute_redirect off;
    error_page 403 404 =404 /404.html;
    autoindex off;
    etag on;
    server_tokens off;
    disable_symlinks on;

    gzip on;
    gzip_vary on;
    gzip_min_length 1024;
    gzip_types text/css text/javascript text/plain image/svg+xml application/json application/manifest+json application/xml;

    types {
@@types@@    }
    default_type application/octet-stream;

@@headers@@
    location / {
        limit_except GET { deny all; }
        try_files $uri $uri/ =404;
    }
    # 给别的主机用的设置，不给人看。
    location = /_headers { return 404; }
    location ~ /\\. { return 404; }
}
"""
