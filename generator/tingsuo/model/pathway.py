"""Pathways (分流导航): questions to outcomes, red stops first, a way to a person on every question."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Cite, Content, Day, Flag, Line, Material, Model, Slug

PublicNumber = Annotated[str, StringConstraints(pattern=r"^\d{3,5}$")]
"""A number of the whole country or province: 110, 12348."""


class Option(Model):
    """One answer and where it leads."""

    label: Line = Field(description="选项文字")
    go: Slug = Field(description="下一个问题或结果的编号")
    red: Flag = Field(False, description="是否红灯")


class Question(Model):
    """One question a screen."""

    id: Slug = Field(description="编号")
    ask: Line = Field(description="问题")
    help: Line | None = Field(None, description="说明")
    options: Annotated[list[Option], Field(min_length=2, max_length=8)] = Field(description="选项")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Ending(Model):
    """An outcome: what to do, what to bring, whom to ask."""

    id: Slug = Field(description="编号")
    title: Line = Field(description="结论")
    tone: Literal["红", "橙", "黄", "绿"] = Field(description="颜色")
    do: Annotated[list[Line], Field(min_length=1)] = Field(description="做什么")
    bring: list[Material] = Field(default_factory=list, description="带什么")
    call: PublicNumber | None = Field(None, description="打哪个公开服务电话，要在 office.yaml 的 hotlines 里")
    person: Line = Field(description="找谁")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="依据")
    procedure: Slug | None = Field(None, description="对应流程")
    guide: Slug | None = Field(None, description="对应指引")
    documents: list[Slug] = Field(default_factory=list, description="文书")


class Pathway(Content):
    """分流导航"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="次序")
    lead: Line = Field(description="一句话说用途")
    review_due: Day = Field(description="下次复核日期")
    start: Slug = Field(description="第一个问题")
    none_of_these: Line = Field(description="以上都不是时怎么办、找谁")
    questions: Annotated[list[Question], Field(min_length=1)] = Field(description="问题")
    endings: Annotated[list[Ending], Field(min_length=1)] = Field(description="结果")
    disputes: list[Slug] = Field(default_factory=list, description="相关纠纷")
