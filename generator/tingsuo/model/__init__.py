"""What content is: one module per kind, and the table of kinds with their folders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from .case import Case
from .comparison import Comparison
from .document import Document
from .guide import DisputeGuide
from .law import ArticleGists, LawChanges, LawRegister
from .mechanism import Mechanism, Seeds
from .pathway import Pathway
from .procedure import Procedure
from .publicity import Calendar, PublicityKit
from .reference import Calculators, Figures, Office, Terms
from .training import Quiz, TrainingCourse


@dataclass(frozen=True)
class Kind:
    """A kind of content: where its files are and what validates them.

    `pattern` is a glob below the project folder; a pattern without `*` is one file.
    """

    name: str
    label: str
    pattern: str
    model: Any
    required: bool = False

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates the kind's plain data."""
        return TypeAdapter(self.model)

    @property
    def single(self) -> bool:
        """Whether the kind is one file."""
        return "*" not in self.pattern


def _kind(name: str, label: str, pattern: str, model: Any, *, required: bool = False) -> Kind:
    return Kind(name, label, pattern, model, required)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("case", "典型案例", "cases/*/*.yaml", Case),
        _kind("guide", "调解指引", "guides/disputes/*.yaml", DisputeGuide),
        _kind("procedure", "流程清单", "guides/procedures/*.yaml", Procedure),
        _kind("pathway", "分流导航", "guides/pathways/*.yaml", Pathway),
        _kind("document", "文书", "guides/documents/*.yaml", Document),
        _kind("mechanism", "机制", "guides/mechanisms/*.yaml", Mechanism),
        _kind("publicity", "普法活动包", "guides/publicity/*.yaml", PublicityKit),
        _kind("training", "培训课程", "guides/training/*.yaml", TrainingCourse),
        _kind("quiz", "题库", "guides/quizzes/*.yaml", Quiz),
        _kind("articles", "条文要旨", "guides/reference/articles/*.yaml", ArticleGists),
        _kind("laws", "法律登记册", "guides/reference/laws.yaml", LawRegister, required=True),
        _kind("changes", "新旧对照", "guides/reference/changes.yaml", LawChanges),
        _kind("seeds", "两份文件的清单", "guides/reference/seeds.yaml", Seeds),
        _kind("terms", "口语对照", "guides/reference/terms.yaml", Terms),
        _kind("figures", "数据", "guides/reference/figures.yaml", Figures),
        _kind("calculators", "计算器", "guides/reference/calculators.yaml", Calculators),
        _kind("comparison", "打官司还是调解", "guides/reference/comparison.yaml", Comparison),
        _kind("calendar", "普法日历", "guides/reference/calendar.yaml", Calendar),
        _kind("office", "本地机构", "guides/reference/office.yaml", Office, required=True),
    )
}
"""Every kind of content by name."""
