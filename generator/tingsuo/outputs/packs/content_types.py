"""What kinds of files a site has, as the web names them."""

from __future__ import annotations

_TEXT = "; charset=utf-8"
_TYPES = {
    "html": "text/html" + _TEXT,
    "css": "text/css" + _TEXT,
    "js": "text/javascript" + _TEXT,
    "txt": "text/plain" + _TEXT,
    "csv": "text/csv" + _TEXT,
    "ics": "text/calendar" + _TEXT,
    "xml": "application/xml",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""Not the system's table: Windows says text/plain for scripts on many office PCs."""


def content_type(name: str) -> str:
    """The media type of a file by its ending; bytes for what isn't known."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def media_type(name: str) -> str:
    """The same without the charset."""
    return content_type(name).partition(";")[0]


def endings() -> list[tuple[str, str]]:
    """(media type, its endings with blanks between), in the table's order."""
    known: dict[str, list[str]] = {}
    for ending in _TYPES:
        known.setdefault(media_type(f"x.{ending}"), []).append(ending)
    return [(media, " ".join(names)) for media, names in known.items()]
