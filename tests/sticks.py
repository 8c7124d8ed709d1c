"""Two editions of one small site as signed sticks, and the updates between them: made once by the real `tingsuo pack`, copied to be spoilt."""

from __future__ import annotations

import hashlib
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from typer.testing import CliRunner

from project import EAVES, LANE, OFFICE, Project, Said
from tingsuo.cli import app
from tingsuo.outputs.packs import checksums, update
from tingsuo.outputs.packs.facts import Facts
from tingsuo.outputs.packs.minisign import SecretKey, new_key
from tingsuo.outputs.packs.sealing import trusted_comment

STAMP = 1795392000


@dataclass(frozen=True)
class Sticks:
    """`old`, `new`: folders; `old_zip`, `new_zip`; `update`: from old to new; `back`: from new to old; `secret`, `public`: key files."""

    old: Path
    new: Path
    old_zip: Path
    new_zip: Path
    update: Path
    back: Path
    secret: Path
    public: Path
    key: SecretKey

    @classmethod
    def make(cls, root: Path) -> Self:
        """The first edition, and a second one a week later: one case changed, one gone, one new."""
        key = new_key()
        secret, public = root / "keys" / "luoding.key", root / "keys" / "luoding.pub"
        secret.parent.mkdir(parents=True)
        secret.write_text(key.text(""), "utf-8")
        public.write_text(key.public.text, "utf-8")
        project = Project(root / "project")
        project.run("pack", "stick", "--key", str(secret), "-o", str(root / "first")).exits(0)
        old = next((root / "first").glob("*-stick"))
        project.change(OFFICE, "date: 2026-11-23", "date: 2026-12-01")
        project.change(LANE, "\ntitle: ", "\ntitle: 新").write("cases/neighbours/drain.yaml", project.read(EAVES).replace("id: eaves", "id: drain"))
        project.remove(EAVES)
        project.run("pack", "stick", "--key", str(secret), "-o", str(root / "second"), "--since", str(old)).exits(0)
        new = next((root / "second").glob("*-stick"))
        back = update.make(old, update.former(new), root / "first", STAMP)
        made = next((root / "second").glob("*-update.zip"))
        zips = [folder.with_name(folder.name + ".zip") for folder in (old, new)]
        return cls(old, new, zips[0], zips[1], made, back, secret, public, key)


def sign_list(folder: Path, key: SecretKey, comment: str = "") -> None:
    """A signature over the list as it is now."""
    about = Facts.read((folder / "tingsuo.json").read_bytes())
    listed = folder / checksums.NAME
    (folder / checksums.SIGNATURE).write_text(key.sign([listed.read_bytes()], comment or trusted_comment(about, STAMP)), "utf-8")


def tingsuo(*words: str | Path) -> Said:
    """A command in this process; whatever happens, it speaks in sentences."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = Said(result.exit_code, result.stdout, result.stderr)
    assert "Traceback" not in said.all
    return said


def tree(root: Path) -> dict[str, str]:
    """Everything below a folder, links not followed: kind, target, content. Equal means that nothing has changed."""
    found = {}
    for path in root.rglob("*"):
        info = path.lstat()
        content = str(path.readlink()) if stat.S_ISLNK(info.st_mode) else ""
        if stat.S_ISREG(info.st_mode):
            content = hashlib.blake2b(path.read_bytes()).hexdigest() if info.st_size < 64 << 20 else str(info.st_size)
        found[path.relative_to(root).as_posix()] = f"{stat.S_IFMT(info.st_mode):o} {content}"
    return found


def copied(source: Path, target: Path) -> Path:
    """A copy to spoil; a folder, or a file into a folder."""
    if source.is_dir():
        return Path(shutil.copytree(source, target))
    target.mkdir(parents=True)
    return Path(shutil.copy(source, target))
