"""What all tests share: one day, no settings from outside, and a project to play with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.register_assert_rewrite("project")

from project import DATA, Project  # noqa: E402 - after its assertions are made to speak
from sticks import Sticks  # noqa: E402
from tingsuo.printing.typeset import Typesetter  # noqa: E402

DAY = "2026-11-23"
EPOCH = "1795392000"
"""That day's first second, for SOURCE_DATE_EPOCH."""

os.environ["SOURCE_DATE_EPOCH"] = EPOCH
os.environ["NO_MKDOCS_2_WARNING"] = "1"
os.environ.pop("TINGSUO_NAMES", None)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the small project."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the shipped content. Don't change it."""
    return Project.shipped(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data beside the repository."""
    if not DATA.is_dir():
        pytest.skip("the real data beside the repository (../shared/data) isn't here")
    return DATA


@pytest.fixture(scope="session")
def sticks(tmp_path_factory: pytest.TempPathFactory) -> Sticks:
    """Two signed editions of the small project as sticks. Spoil copies of them."""
    return Sticks.make(tmp_path_factory.mktemp("sticks"))


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    """What sets type for all tests: its font is read once."""
    return Typesetter(int(EPOCH))


@pytest.fixture(scope="session")
def another() -> Typesetter:
    """A second one of the same time, as on another day."""
    return Typesetter(int(EPOCH))
