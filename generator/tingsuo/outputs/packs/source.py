"""What every pack is made from: a built site and the Library that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...library import Library, stamp_of

if TYPE_CHECKING:
    from .minisign import SecretKey
    from .update import Former


BUILD_NOTE = "build-id.txt"
"""Says which build wrote the site, and by which settings; two builds with the same pages may differ in it."""


class PackFailed(Exception):
    """A pack can't be made. The text says why and what to do, in plain Chinese."""


@dataclass(frozen=True)
class PackSource:
    """`root`: the project; `site`: the built site folder; `printed`: the folder of printed files, when they were made.

    `part`: what a narrowed pack's files are called besides (labour-marriage); `key`: signs what is made;
    `since`: the edition from which the stick's update is made.
    """

    root: Path
    site: Path
    library: Library
    printed: Path | None = None
    part: str = ""
    key: SecretKey | None = None
    since: Former | None = None

    @property
    def stamp(self) -> int:
        """The one time that stands in archives."""
        return stamp_of(self.library.reference.office)

    @property
    def name(self) -> str:
        """What files of this edition are called: luoding-2026-11-23, luoding-2026-11-23-labour."""
        office = self.library.reference.office
        return "-".join([office.site_id, office.edition.date.isoformat(), *([self.part] if self.part else [])])

    def files(self) -> list[str]:
        """Every file of the site, relative with forward slashes, sorted; without the build's note to the next build."""
        names = (path.relative_to(self.site).as_posix() for path in self.site.rglob("*") if path.is_file())
        return sorted(name for name in names if name != BUILD_NOTE)
