"""Procedures (流程清单): who does what, with which papers, until when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Cite, Content, Count, Day, Flag, Line, Material, Model, Slug


class Deadline(Model):
    """A period that runs from an event (期限)."""

    id: Slug = Field(description="本流程内的编号")
    title: Line = Field(description="期限名")
    event: Line = Field(description="从哪一天起算")
    length: Count = Field(description="多长")
    unit: Literal["小时", "日", "工作日", "月", "年"] = Field(description="单位")
    extend: Line | None = Field(None, description="能否延长")
    late: Line | None = Field(None, description="过期后果")
    restarts: Flag = Field(False, description="催讨、认账后能不能重新算（诉讼时效、仲裁时效能，不变期间不能）")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="依据")

    @property
    def period(self) -> str:
        """How long, as people say it: 30日, 6个月 (6月 would be June)."""
        return f"{self.length}{'个' if self.unit in ('月', '工作日') else ''}{self.unit}"

    @property
    def span(self) -> str:
        """The length in words: 30日, 6个月."""
        return f"{self.length}{'个' if self.unit in ('月', '工作日') else ''}{self.unit}"


class ProcedureStep(Model):
    """One step: actor, actions, papers, deadline."""

    title: Line = Field(description="步骤名")
    actor: Line = Field(description="谁来做")
    do: Annotated[list[Line], Field(min_length=1)] = Field(description="做什么")
    materials: list[Material] = Field(default_factory=list, description="材料")
    deadline: Slug | None = Field(None, description="对应期限的编号")
    laws: list[Cite] = Field(default_factory=list, description="依据")
    exceptions: list[Line] = Field(default_factory=list, description="例外")


class NotFor(Model):
    """A case for which the procedure is closed."""

    case: Line = Field(description="不适用的情形")
    do: Line = Field(description="改走哪里")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class After(Model):
    """What follows an outcome."""

    if_: Line = Field(alias="if", description="如果")
    do: Line = Field(description="做什么")
    go: Slug | None = Field(None, description="去哪个流程")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Procedure(Content):
    """流程清单"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="次序")
    lead: Line = Field(description="一句话说用途")
    review_due: Day = Field(description="下次复核日期")
    fee: Line = Field(description="费用")
    takes: Line = Field(description="要多久")
    when: Annotated[list[Line], Field(min_length=1)] = Field(description="什么时候用")
    not_for: list[NotFor] = Field(default_factory=list, description="什么时候不能用")
    steps: Annotated[list[ProcedureStep], Field(min_length=1)] = Field(description="步骤")
    deadlines: list[Deadline] = Field(default_factory=list, description="期限")
    materials: list[Material] = Field(default_factory=list, description="材料总表")
    after: list[After] = Field(default_factory=list, description="之后")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="主要法条")
    disputes: list[Slug] = Field(default_factory=list, description="适用的纠纷，空为全部")
    documents: list[Slug] = Field(default_factory=list, description="用到的文书")
