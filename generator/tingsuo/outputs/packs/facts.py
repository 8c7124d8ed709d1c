"""tingsuo.json: what a pack says of itself. Signed with the rest, so it is as good as the signature."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from .source import PackSource

NAME = "tingsuo.json"
MOST_BYTES = 64 << 10
_FORMAT = 1


class NotFacts(Exception):
    """tingsuo.json can't be read; the sentence is Chinese."""


@dataclass(frozen=True)
class Facts:
    """`name`: luoding-2026-11-23; `site`: prefix of what the site keeps in a browser; `date`, `review_due`: 2026-11-23;
    `key`: the maker's public key in minisign's one line, empty in packs without a signature.
    """

    name: str
    office: str
    site: str
    edition: str
    date: str
    review_due: str
    key: str = ""

    @classmethod
    def of(cls, source: PackSource) -> Self:
        """The facts of a built site, still without a key."""
        office = source.library.reference.office
        edition = office.edition
        return cls(source.name, office.name, office.site_id, edition.name, edition.date.isoformat(), edition.review_due.isoformat())

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The bytes of tingsuo.json."""
        found = plain_object(data, NAME)
        wanted = set(cls.__dataclass_fields__) | {"format"}
        if found.get("format") != _FORMAT:
            raise NotFacts(f"{NAME} 是别的版本的程序写的，要用新一点的庭所打开")
        if set(found) != wanted or not all(isinstance(found[key], str) for key in wanted - {"format"}):
            raise NotFacts(f"{NAME} 看不懂：内容不对")
        return cls(**{key: value for key, value in found.items() if key != "format"})

    def signed_by(self, key: str) -> Self:
        """The same with a public key."""
        return replace(self, key=key)

    @property
    def bytes(self) -> bytes:
        """tingsuo.json."""
        return (json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n").encode()


def plain_object(data: bytes, name: str) -> dict[str, Any]:
    """A JSON object from somebody's file; NotFacts when it isn't one."""
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NotFacts(f"{name} 看不懂：不是 JSON") from None
    if not isinstance(found, dict):
        raise NotFacts(f"{name} 看不懂：内容不对")
    return found
