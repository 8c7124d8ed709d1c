"""Documents (文书): papers to read, fill in, print and sign."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Cite, Content, Count, Day, Flag, Line, Model, Prose, Slug


class Suggestion(Model):
    """What a sum advises from a number on (建议)."""

    at_least: Count = Field(description="到几就建议")
    option: Line = Field(description="建议哪个选项")


class Blank(Model):
    """A field to fill in. Values stay on the device."""

    key: Slug = Field(description="字段编号")
    label: Line = Field(description="字段名")
    type: Literal["文字", "长文", "日期", "月份", "金额", "数字", "选项", "勾选", "签名"] = Field(description="种类")
    options: list[Line] = Field(default_factory=list, description="选项")
    help: Line | None = Field(None, description="填写说明")
    repeat: Flag = Field(False, description="是否可多行")
    numbered: Flag = Field(False, description="是否自动填行号（只用于可多行的字段）")
    paper_only: Flag = Field(False, description="只在纸上填写（如身份证号）")
    sum_of: list[Slug] = Field(default_factory=list, description="自动合计：把这些字段加起来")
    capitals_of: Slug | None = Field(None, description="自动大写：是哪个金额的大写")
    advised_by: Slug | None = Field(None, description="自动建议：看哪个字段的数")
    advice: list[Suggestion] = Field(default_factory=list, description="到几就建议哪个选项，从小到大")


class Table(Model):
    """A table in a document."""

    columns: Annotated[list[Line], Field(min_length=1, max_length=12)] = Field(description="表头")
    rows: list[list[str]] = Field(default_factory=list, description="各行")
    blank_rows: Count = Field(0, description="留几个空行")


class Block(Model):
    """One block of the body: exactly one of its keys."""

    heading: Line | None = Field(None, description="小标题")
    text: Prose | None = Field(None, description="段落，{{字段}} 处填空，空行分段")
    items: list[Line] | None = Field(None, description="条款")
    table: Table | None = Field(None, description="表格")
    sign: list[Line] | None = Field(None, description="签名栏")


class Document(Content):
    """文书"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="卷宗次序")
    heading: Line | None = Field(None, description="印在纸上的标题，不写就用 title")
    lead: Line = Field(description="一句话说用途")
    required: Literal["必须", "按需"] = Field("按需", description="卷宗里是否必须")
    stage: Literal["受理", "调解", "协议", "履行", "确认", "归档", "其他"] = Field(description="阶段")
    review_due: Day | None = Field(None, description="下次复核日期")
    signed_by: list[Line] = Field(default_factory=list, description="谁签")
    copies: Line | None = Field(None, description="几份")
    notes: list[Line] = Field(default_factory=list, description="填写说明")
    fields: list[Blank] = Field(default_factory=list, description="字段")
    body: Annotated[list[Block], Field(min_length=1)] = Field(description="正文")
    laws: list[Cite] = Field(default_factory=list, description="依据")
    disputes: list[Slug] = Field(default_factory=list, description="适用的纠纷，空为全部")
