"""Dispute guides (调解指引): one file per dispute type, seven steps on one page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Cite, Content, Day, Flag, Line, Model, Slug

Few = Annotated[list[Line], Field(min_length=1)]


class RedStop(Model):
    """When to stop mediating (红灯), what to do instead and whom to call."""

    sign: Line = Field(description="看到什么")
    do: Line = Field(description="马上做什么")
    call: Line | None = Field(None, description="打哪个公开服务电话，例如 110")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class RiskSign(Model):
    """A behaviour that raises the risk; never a group of people."""

    sign: Line = Field(description="信号")
    do: Line = Field(description="怎么做")


class Risk(Model):
    """Risk colours below red (风险颜色)."""

    orange: list[RiskSign] = Field(default_factory=list, description="橙：当天处理")
    yellow: list[RiskSign] = Field(default_factory=list, description="黄：留意并回访")


class Element(Model):
    """A fact to establish (要素), put as a question that can be read aloud."""

    ask: Line = Field(description="问法")
    name: Annotated[str, Field(max_length=20)] = Field(description="要素名称")
    why: Line = Field(description="为什么要问")
    proof: list[Line] = Field(default_factory=list, description="用什么证明")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Evidence(Model):
    """One line of the evidence checklist (证据清单)."""

    item: Line = Field(description="证据")
    how: Line = Field(description="怎么取得、怎么保存")
    must: Flag = Field(False, description="是否必备")


class Saying(Model):
    """Words to use, in plain Mandarin and, where it helps, Cantonese."""

    text: Line = Field(description="普通话")
    cantonese: Line | None = Field(None, description="粤语")


class Move(Model):
    """One move of the talk (调解步骤)."""

    title: Line = Field(description="步骤名")
    do: Few = Field(description="做什么")
    say: list[Saying] = Field(default_factory=list, description="怎么说")
    avoid: list[Line] = Field(default_factory=list, description="避免什么")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class StickingPoint(Model):
    """Where talks stick (卡点) and two or three ways out."""

    problem: Line = Field(description="卡在哪里")
    ways: Annotated[list[Line], Field(min_length=2, max_length=4)] = Field(description="出路，2至3条")
    say: Line | None = Field(None, description="怎么说")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Outlook(Model):
    """What a court would likely do (结果预判)."""

    if_: Line = Field(alias="if", description="如果")
    then: Line = Field(description="法院大概会怎样")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Clause(Model):
    """A clause for the agreement (协议条款)."""

    title: Line = Field(description="条款名")
    text: Line = Field(description="条款文字，空格用 ____")
    note: Line | None = Field(None, description="写的时候注意什么")


class NextStep(Model):
    """What comes after the talk (后续)."""

    when: Line = Field(description="什么情况")
    do: Line = Field(description="做什么")
    go: Slug | None = Field(None, description="去哪个流程（procedures 的 id）")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Myth(Model):
    """A common wrong belief and the truth."""

    myth: Line = Field(description="误解")
    truth: Line = Field(description="实情")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class KeyNumber(Model):
    """A number that villagers ask for first."""

    value: Annotated[str, Field(max_length=30)] = Field(description="数字")
    label: Line = Field(description="说明")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class Villager(Model):
    """The villager's own version (群众版)."""

    first: Few = Field(description="现在先做什么")
    myths: list[Myth] = Field(default_factory=list, description="常见误解")
    numbers: list[KeyNumber] = Field(default_factory=list, description="要记住的数字")


class DisputeGuide(Content):
    """调解指引：一类纠纷一份。纠纷类型就由这些文件决定。"""

    order: Annotated[int, Field(ge=1, le=999)] = Field(description="首页上的次序")
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] = Field(description="图标名（Material Design Icons）")
    says: Annotated[list[Annotated[str, Field(max_length=12)]], Field(min_length=1, max_length=8)] = Field(
        description="群众自己的说法，显示在首页格子里"
    )
    lead: Line = Field(description="一句话：先看什么")
    review_due: Day = Field(description="下次复核日期")
    red_stops: Annotated[list[RedStop], Field(min_length=1)] = Field(description="红灯：先停、先转")
    risk: Risk = Field(default_factory=Risk, description="橙、黄信号")
    elements: Annotated[list[Element], Field(min_length=1)] = Field(description="要素：问清什么")
    evidence: Annotated[list[Evidence], Field(min_length=1)] = Field(description="证据清单")
    steps: Annotated[list[Move], Field(min_length=1)] = Field(description="调解步骤")
    sticking_points: list[StickingPoint] = Field(default_factory=list, description="卡点和出路")
    outlook: list[Outlook] = Field(default_factory=list, description="结果预判")
    clauses: list[Clause] = Field(default_factory=list, description="协议条款")
    next: Annotated[list[NextStep], Field(min_length=1)] = Field(description="后续")
    villager: Villager = Field(description="群众版")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="主要法条")
    documents: list[Slug] = Field(default_factory=list, description="用到的文书")
    calculators: list[Slug] = Field(default_factory=list, description="用到的计算器")
    pathways: list[Slug] = Field(default_factory=list, description="分流导航")
