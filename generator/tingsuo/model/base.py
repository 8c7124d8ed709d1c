"""Ground of every model: strict fields and the value types that YAML authors meet.

Scalars reach the models as strings (the loader types nothing), so each type here
says which spelling it accepts and answers anything else in Chinese.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

# Windows refuses these as file names whatever the extension.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)

EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)


def _refuse(kind: str, message: str) -> PydanticCustomError:
    return PydanticCustomError(kind, message)


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        raise _refuse("day", "日期要写成 2026-11-23 这样（年-月-日）")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise _refuse("day", "没有这一天，请核对年月日") from None
    if not EARLIEST <= day <= LATEST:
        raise _refuse("day", "日期超出范围（1949-10-01 至 2100-12-31）")
    return day


def _month(value: str) -> str:
    if not _MONTH.fullmatch(value) or not 1949 <= int(value[:4]) <= 2100:
        raise _refuse("month", "月份要写成 2026-11 这样（年-月），月为 01 至 12")
    return value


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value) or len(value) > 64:
        raise _refuse("slug", "编号只能用小写英文字母、数字和连字符，例如 teach-marriage-01，最长64个字符")
    if value in _RESERVED:
        raise _refuse("slug", "这个编号是 Windows 的保留名，请换一个")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        raise _refuse("number", "这里要写数字（不带逗号和单位，最多6位小数），例如 12000 或 3.45")
    return Decimal(value.strip())


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise _refuse("number", "金额不能是负数")
    return value


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in ("true", "是"):
        return True
    if value in ("false", "否"):
        return False
    raise _refuse("yes_no", "这里只能写 true 或 false（也可以写 是 或 否）")


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\n]*$")]
"""One line of text, at most 400 characters."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40_000)]
"""Paragraphs and lists in plain Markdown, without HTML; at most 40,000 characters."""

Slug = Annotated[str, AfterValidator(_slug)]
Day = Annotated[date, BeforeValidator(_day)]
Month = Annotated[str, AfterValidator(_month)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Yuan = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_not_negative)]
Flag = Annotated[bool, BeforeValidator(_yes_no)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]

Status = Literal["草稿", "待审", "已发布", "撤回"]


class Model(BaseModel):
    """A frozen value with no unknown keys."""

    # Built when first used: a command that reads cases doesn't wait for the schema of quizzes.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Citation(Model):
    """A statutory citation (引用法条) as a person writes it, and the day whose law it means."""

    cite: Line = Field(description="法条，例如 民法典第1084条第3款")
    as_of: Day | None = Field(None, description="按哪一天的法律（旧事实用旧法时填写）")
    now: Line | None = Field(None, description="今天对应的条文")
    note: Line | None = Field(None, description="说明，例如条文内容有何变化")


def _citation(value: Any) -> Any:
    return {"cite": value} if isinstance(value, str) else value


Cite = Annotated[Citation, BeforeValidator(_citation)]
"""A citation: a plain string, or a mapping with `cite`, `as_of`, `now`, `note`."""


class Review(Model):
    """One sign-off step (审核记录). Roles and posts, never private data."""

    role: Line = Field(description="岗位，例如 法院审核、司法局审核")
    who: Line = Field(description="审核人署名（岗位或工号）")
    on: Day = Field(description="审核日期")
    result: Literal["通过", "退回", "意见"] = Field(description="结论")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(None, description="所审内容的指纹（由 tingsuo review 填写）")
    checklist: list[Line] = Field(default_factory=list, description="核对过的事项")
    note: Line | None = Field(None, description="意见")


class Content(Model):
    """What every published thing carries."""

    id: Slug = Field(description="编号，与文件名相同")
    title: Line = Field(description="标题")
    status: Status = Field("已发布", description="草稿、待审、撤回的内容不出现在网站和检索里")
    review_due: Day | None = Field(None, description="下次复核日期，过期会提醒")
    seed: list[Annotated[int, Field(ge=1, le=94)]] = Field(default_factory=list, description="落实两份文件的第几项（1–94）")
    reviews: list[Review] = Field(default_factory=list, description="审核记录，只增不改")

    @property
    def published(self) -> bool:
        """Whether the public site may show it."""
        return self.status == "已发布"


class Material(Model):
    """A paper to bring (材料)."""

    item: Line = Field(description="材料名称")
    note: Line | None = Field(None, description="说明")
    must: Flag = Field(False, description="是否必须")
    copies: Count | None = Field(None, description="份数")
    document: Slug | None = Field(None, description="对应文书的编号")
