"""What packs are made from: a built project as they see it."""

from __future__ import annotations

from project import Project
from tingsuo.outputs.packs.source import PackSource
from tingsuo.prepare import prepare


def source_of(project: Project) -> PackSource:
    """The built project as packs see it."""
    library = prepare(project.root, bodies=False).library
    assert library
    return PackSource(project.root, project.root / "site", library)
