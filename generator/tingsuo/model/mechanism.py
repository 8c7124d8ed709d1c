"""Mechanisms (机制): what the two official documents set up, as things to do."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Cite, Content, Day, Line, Model, Slug


class Duty(Model):
    """Who does what and when."""

    role: Line = Field(description="谁")
    does: Line = Field(description="做什么")
    when: Line | None = Field(None, description="什么时候")


class LedgerColumn(Model):
    """A column of a ledger; no column for personal data."""

    name: Line = Field(description="列名")
    type: Literal["文字", "日期", "月份", "数字", "选项"] = Field(description="种类")
    options: list[Line] = Field(default_factory=list, description="下拉选项")


class Ledger(Model):
    """A tab of the seven-tab ledger (台账)."""

    tab: Line = Field(description="工作表名")
    columns: Annotated[list[LedgerColumn], Field(min_length=1)] = Field(description="列")


class Measure(Model):
    """A number that is reported (考核用的数), how it is reckoned and where it comes from."""

    name: Line = Field(description="叫什么")
    formula: Line = Field(description="怎样算")
    source: Line = Field(description="数从哪里来")
    note: Line | None = Field(None, description="还要写清什么")


class Related(Model):
    """What else belongs to it."""

    mechanisms: list[Slug] = Field(default_factory=list, description="别的机制")
    procedures: list[Slug] = Field(default_factory=list, description="办事流程")
    pathways: list[Slug] = Field(default_factory=list, description="分流导航")
    guides: list[Slug] = Field(default_factory=list, description="纠纷指引")


class Mechanism(Content):
    """机制、制度、标准"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="次序")
    group: Literal["共建机制", "建设标准", "联络点制度", "联动事项", "平台", "督促检查", "工作原则", "机构", "文件"] = Field(description="归类")
    document: Literal["庭所共建", "法官联络点"] = Field(description="出自哪份文件")
    lead: Line = Field(description="一句话")
    review_due: Day | None = Field(None, description="下次复核日期")
    duties: list[Duty] = Field(default_factory=list, description="分工")
    steps: list[Line] = Field(default_factory=list, description="步骤")
    checklist: list[Line] = Field(default_factory=list, description="核对清单")
    model_text: list[Line] = Field(default_factory=list, description="制度范本，可上墙")
    documents: list[Slug] = Field(default_factory=list, description="用到的表格")
    measures: list[Measure] = Field(default_factory=list, description="要报的数，怎样算")
    related: Related | None = Field(None, description="相关的机制、流程、导航、指引")
    ledger: Ledger | None = Field(None, description="台账")
    laws: list[Cite] = Field(default_factory=list, description="依据")
    not_published: Line | None = Field(None, description="不公开的理由（标 X 的项目）；写了，网页上只显示它")


class Seed(Model):
    """An item of the two official documents (清单), in our own words."""

    number: Annotated[int, Field(ge=1, le=94)] = Field(description="第几项，内容里的 seed 写的就是它")
    part: Literal["机构和人", "机制", "平台", "规则和说法", "期限和数字", "引用的文件"] = Field(description="归在哪一部分")
    sources: Annotated[list[Literal["庭所共建", "法官联络点"]], Field(min_length=1, max_length=2)] = Field(description="出自哪份文件")
    label: Line = Field(description="文件说了什么，用自己的话")


class Seeds(Model):
    """两份文件的清单"""

    seeds: list[Seed] = Field(description="各项，从 1 到 94")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        numbers = [seed.number for seed in self.seeds]
        twice = next((number for n, number in enumerate(numbers) if number in numbers[:n]), None)
        if twice is not None:
            raise PydanticCustomError("seed", "第{number}项写了两次", {"number": twice})
        return self
