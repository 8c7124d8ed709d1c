"""The comparison of ways (打官司还是调解): what each costs, how long it takes, what its result is worth."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Cite, Day, Line, Model, Slug


class Said(Model):
    """A statement with its articles."""

    text: Line = Field(description="一句话")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="依据")


class Period(Model):
    """How long something takes. The length and the articles of a procedure's deadline (期限) stand there and not here."""

    say: Line = Field(description="这个期限管什么，例如 立案起审完")
    deadline: Slug | None = Field(None, description="流程里的期限编号；法律没有定期限的不写")
    more: Line | None = Field(None, description="能不能延长")
    laws: list[Cite] = Field(default_factory=list, description="另外的依据，例如延长、没有定期限")


class Way(Model):
    """One way to settle a dispute."""

    title: Line = Field(description="哪条路")
    procedure: Slug = Field(description="对应流程，期限从那里取")
    fit: Line = Field(description="什么时候合适")
    fee: Said = Field(description="花多少钱")
    takes: Annotated[list[Period], Field(min_length=1)] = Field(description="要多久")
    strength: Said = Field(description="对方不照做，能不能强制执行")
    next: Said = Field(description="谈不成、不服怎么办")


class Comparison(Model):
    """打官司还是调解"""

    lead: Line = Field(description="一句话说用途")
    review_due: Day = Field(description="下次复核日期")
    calculator: Slug | None = Field(None, description="算诉讼费的计算器")
    ways: Annotated[list[Way], Field(min_length=2)] = Field(description="各条路")
