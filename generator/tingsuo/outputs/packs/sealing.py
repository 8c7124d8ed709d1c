"""A finished pack folder is closed: what it says of itself, 验证.html, SHA256SUMS and, with a key, the signature.

`tingsuo pack` calls `seal(folder, Facts.of(source), source.stamp, key)` when all other files of the stick are in `folder`;
`tingsuo sign` calls it again with a key.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from . import checksums, facts
from .checksums import SIGNATURE, chunks
from .facts import Facts
from .minisign import SecretKey
from .own_pages import verify_page

VERIFY_PAGE = "验证.html"


def trusted_comment(about: Facts, stamp: int) -> str:
    """What a signature vouches for beside the files: in minisign's own manner, the time first."""
    day = datetime.fromtimestamp(stamp, UTC).date().isoformat()
    return f"timestamp:{stamp}\tfile:{checksums.NAME}\tedition:{about.name}\tdate:{day}\thashed"


def seal(folder: Path, about: Facts, stamp: int, key: SecretKey | None = None) -> None:
    """Write tingsuo.json, 验证.html, SHA256SUMS and its signature; without a key, the signature that was there goes.

    `stamp`: seconds since 1970, stands in the signature. NotListable when the folder has files that no pack may have.
    """
    about = about.signed_by(key.public.line if key else "")
    (folder / SIGNATURE).unlink(missing_ok=True)
    (folder / facts.NAME).write_bytes(about.bytes)
    (folder / VERIFY_PAGE).write_bytes(verify_page(about).encode())
    listed = checksums.write(folder)
    if key:
        (folder / SIGNATURE).write_bytes(key.sign(chunks(listed), trusted_comment(about, stamp)).encode())
