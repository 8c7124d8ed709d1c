"""Publicity (普法): the calendar of days and the event kits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Cite, Content, Count, Day, Line, Model, Prose, Slug


class When(Model):
    """When a publicity day falls; exactly one way of saying it."""

    day: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] | None = Field(None, description="月-日")
    month: Annotated[int, Field(ge=1, le=12)] | None = Field(None, description="整月")
    from_: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")] | None = Field(None, alias="from", description="起，月-日")
    to: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")] | None = Field(None, description="止，月-日")
    lunar: Line | None = Field(None, description="农历")
    dates: list[Day] = Field(default_factory=list, description="已核对的公历日期")
    text: Line | None = Field(None, description="只能用文字说的时间")


class PublicityDay(Model):
    """A day or week worth an event (宣传节点)."""

    id: Slug = Field(description="编号")
    title: Line = Field(description="名称")
    when: When = Field(description="时间")
    basis: Cite | None = Field(None, description="法律依据")
    basis_note: Line | None = Field(None, description="没有法定依据时的说明")
    disputes: list[Slug] = Field(default_factory=list, description="相关指引")
    pack: Line | None = Field(None, description="带什么去")
    theme: Line | None = Field(None, description="当年官方主题，由本地填写")
    kit: Slug | None = Field(None, description="活动包编号")


class Calendar(Model):
    """普法日历"""

    days: Annotated[list[PublicityDay], Field(min_length=1)] = Field(description="节点")


class RunItem(Model):
    """A line of the run sheet."""

    at: Line = Field(description="时间")
    do: Line = Field(description="做什么")
    who: Line = Field(description="谁")


class Supply(Model):
    """A line of the materials list."""

    item: Line = Field(description="物资")
    count: Line = Field(description="数量")
    note: Line | None = Field(None, description="说明")


class Script(Model):
    """A text to be spoken."""

    title: Line = Field(description="标题")
    language: Literal["普通话", "粤语"] = Field(description="语言")
    seconds: Count = Field(description="约几秒")
    text: Prose = Field(description="稿子")


class Poster(Model):
    """One poster: headline, one rule, one number."""

    headline: Annotated[Line, Field(max_length=60)] = Field(description="大字")
    rule: Line = Field(description="一条规矩")
    number: Line | None = Field(None, description="一个数字")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class PublicityKit(Content):
    """普法活动包"""

    days: list[Slug] = Field(default_factory=list, description="用于哪些节点")
    lead: Line = Field(description="一句话")
    review_due: Day | None = Field(None, description="下次复核日期")
    audience: list[Literal["群众", "企业", "校园", "老人", "妇女", "务工人员"]] = Field(
        default_factory=list, description="对象"
    )
    disputes: list[Slug] = Field(default_factory=list, description="相关指引")
    theme: Line | None = Field(None, description="当年官方主题，由本地填写")
    plan: list[Line] = Field(default_factory=list, description="策划一页纸")
    run_sheet: list[RunItem] = Field(default_factory=list, description="流程表")
    supplies: list[Supply] = Field(default_factory=list, description="物资清单")
    posters: list[Poster] = Field(default_factory=list, description="海报")
    scripts: list[Script] = Field(default_factory=list, description="广播稿")
    quiz: Slug | None = Field(None, description="题库")
    cases: list[Slug] = Field(default_factory=list, description="用到的案例")
    documents: list[Slug] = Field(default_factory=list, description="用到的表格")
    rain: list[Line] = Field(default_factory=list, description="雨天备用")
    photo: list[Line] = Field(default_factory=list, description="照片须知")
    brief: list[Line] = Field(default_factory=list, description="事后简报要点")
    laws: list[Cite] = Field(default_factory=list, description="依据")
