"""The law register (法律登记册) with versions, and the gists (要旨) of cited articles."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Cite, Count, Day, Line, Model, Slug, Url

LawKind = Literal["宪法", "法律", "行政法规", "司法解释", "部门规章", "地方性法规", "党内法规", "其他"]

ArticleLabel = Annotated[str, Field(pattern=r"^第\d{1,4}条(之(一|二|三|四|五|六|七|八|九|十))?$")]


class LawVersion(Model):
    """One text of a law, in force from a day until the next version's day or the repeal."""

    passed: Day = Field(description="通过或公布的日期")
    from_: Day = Field(alias="from", description="施行日期")
    number: Line | None = Field(None, description="文号")
    articles: Count | None = Field(None, description="条文数，含“之一”各条")
    last: Count | None = Field(None, description="最后一条的条号（与条文数不同时填写）")
    inserted: list[ArticleLabel] = Field(default_factory=list, description="“之一”各条")
    source: Line | None = Field(None, description="效力依据")
    url: Url | None = Field(None, description="官方链接")


class Repeal(Model):
    """When a law ceased and by which article."""

    on: Day = Field(description="废止之日（从这天起不再有效）")
    by: Slug | None = Field(None, description="由哪部法律废止（登记册的 id）")
    cite: Line | None = Field(None, description="废止条款")


class Law(Model):
    """A law with all its versions."""

    id: Slug = Field(description="编号")
    name: Line = Field(description="全称")
    short: Line = Field(description="简称")
    aliases: list[Line] = Field(default_factory=list, description="其他写法")
    kind: LawKind = Field(description="种类")
    versions: Annotated[list[LawVersion], Field(min_length=1)] = Field(description="各版本，由旧到新")
    repealed: Repeal | None = Field(None, description="废止")
    successors: dict[ArticleLabel, Line] = Field(default_factory=dict, description="旧条文现在对应哪一条")


class LawRegister(Model):
    """法律登记册"""

    laws: Annotated[list[Law], Field(min_length=1)] = Field(description="法律")


class ArticleGist(Model):
    """What an article means, in our own words (要旨)."""

    no: ArticleLabel = Field(description="条号，例如 第1084条")
    title: Annotated[str, Field(max_length=24, min_length=1)] = Field(description="小标题")
    gist: Line = Field(description="要旨，用自己的话")


class ArticleGists(Model):
    """一部法律的条文要旨"""

    law: Slug = Field(description="登记册里的 id")
    version: Day = Field(description="哪一版（通过日期）")
    articles: list[ArticleGist] = Field(description="条文")


class LawChange(Model):
    """A rule that has changed (新旧对照). A plain article is a rule that is new."""

    group: Line = Field(description="归在哪一组")
    matter: Line = Field(description="什么事")
    law: Cite = Field(description="旧条文，写 cite、as_of、now；以前没有这一条的，只写今天的条文")
    change: Line = Field(description="变了什么")


class LawChanges(Model):
    """新旧对照"""

    changes: Annotated[list[LawChange], Field(min_length=1)] = Field(description="每行一件事")
