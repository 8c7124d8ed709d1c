"""Training (培训课程) and quizzes (有奖问答、自测)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Cite, Content, Count, Day, Line, Model, Prose, Slug


class Slide(Model):
    """One slide with its speaker notes."""

    title: Line = Field(description="标题")
    points: Annotated[list[Line], Field(max_length=7)] = Field(default_factory=list, description="要点")
    notes: Prose | None = Field(None, description="讲稿")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Role(Model):
    """A role in an exercise, with what only its player knows."""

    name: Line = Field(description="角色")
    brief: Line = Field(description="公开信息")
    hidden: Line | None = Field(None, description="底线，只给本人")


class Exercise(Model):
    """A mock mediation or a task on paper."""

    title: Line = Field(description="标题")
    scene: Prose = Field(description="场景")
    roles: list[Role] = Field(default_factory=list, description="角色")
    tasks: list[Line] = Field(default_factory=list, description="任务")
    scoring: list[Line] = Field(default_factory=list, description="评分点")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class TrainingCourse(Content):
    """培训课程"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="次序")
    lead: Line = Field(description="学完会什么")
    minutes: Count = Field(description="时长，分钟")
    review_due: Day | None = Field(None, description="下次复核日期")
    audience: list[Literal["网格员", "人民调解员", "村干部", "法律明白人", "司法所干部"]] = Field(default_factory=list, description="对象")
    slides: Annotated[list[Slide], Field(min_length=1)] = Field(description="课件")
    exercises: list[Exercise] = Field(default_factory=list, description="练习")
    test: Slug | None = Field(None, description="测验的题库编号")
    pass_percent: Annotated[int, Field(ge=1, le=100)] = Field(80, description="及格线，百分比")
    disputes: list[Slug] = Field(default_factory=list, description="相关指引")


class QuizQuestion(Model):
    """Single choice with one right answer."""

    id: Slug = Field(description="编号")
    ask: Line = Field(description="题目")
    options: Annotated[list[Line], Field(min_length=2, max_length=5)] = Field(description="选项")
    answer: Annotated[int, Field(ge=1, le=5)] = Field(description="正确的是第几个")
    explain: Line = Field(description="解释")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="依据")
    case: Slug | None = Field(None, description="相关案例")

    @model_validator(mode="after")
    def _answer_exists(self) -> Self:
        if self.answer > len(self.options):
            raise PydanticCustomError("answer", "answer 超过了选项的个数")
        if len(set(self.options)) != len(self.options):
            raise PydanticCustomError("answer", "有两个选项一样，正确答案不唯一")
        return self


class Quiz(Content):
    """题库"""

    lead: Line = Field(description="一句话")
    review_due: Day | None = Field(None, description="下次复核日期")
    disputes: list[Slug] = Field(default_factory=list, description="相关指引")
    questions: Annotated[list[QuizQuestion], Field(min_length=1)] = Field(description="题目")
