"""Publicity (普法): the calendar of days and the event kits."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Cite, Content, Count, Day, Line, Model, Prose, Slug


def _month_day(value: str) -> str:
    try:
        # A leap year, so that 02-29 is a day.
        date(2024, int(value[:2]), int(value[3:]))
    except ValueError:
        raise PydanticCustomError("month_day", "没有这一天，请核对月日") from None
    return value


MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"), AfterValidator(_month_day)]
"""A day of every year: 12-04."""


class When(Model):
    """When a publicity day falls; one way of computing it, or words."""

    day: MonthDay | None = Field(None, description="月-日")
    month: Annotated[int, Field(ge=1, le=12)] | None = Field(None, description="整月")
    from_: MonthDay | None = Field(None, alias="from", description="起，月-日")
    to: MonthDay | None = Field(None, description="止，月-日")
    lunar: Line | None = Field(None, description="农历")
    dates: list[Day] = Field(default_factory=list, description="已核对的公历日期")
    lasts: Annotated[int, Field(ge=1, le=366)] | None = Field(None, description="从每个公历日期起持续几天，不填是1天")
    text: Line | None = Field(None, description="只能用文字说的时间")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.from_) != bool(self.to):
            raise PydanticCustomError("when", "from 和 to 要一起写")
        ways = sum(bool(way) for way in (self.day, self.month, self.from_))
        if ways > 1:
            raise PydanticCustomError("when", "day、month、from 只能写一样")
        if not ways and not (self.lunar or self.dates or self.text):
            raise PydanticCustomError("when", "没有写时间")
        if self.lasts and not self.dates:
            raise PydanticCustomError("when", "lasts 要和 dates 一起写")
        return self


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
    audience: list[Literal["群众", "企业", "校园", "老人", "妇女", "务工人员"]] = Field(default_factory=list, description="对象")
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
