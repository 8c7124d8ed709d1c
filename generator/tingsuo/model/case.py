"""Typical cases (典型案例): one class per official kind, each with its official sections in order.

Sources of the section names: 法研〔2012〕2号 (guiding cases), 法〔2024〕92号 (reference cases),
press releases of the Supreme People's Court (typical cases), the joint labour releases,
and the practice of mediation-case libraries.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from .base import Cite, Content, Day, Flag, Line, Model, Month, Prose, Slug, Url, Yuan

ShortLine = Annotated[Line, StringConstraints(max_length=60)]

OutcomeType = Literal["判决支持", "判决部分支持", "判决驳回", "裁决支持", "裁决部分支持", "裁决驳回", "调解成功", "调解不成", "其他"]


class Sections(Model):
    """The official sections of a kind; the field order is the official order."""


class GuidingSections(Sections):
    """指导性案例：关键词与相关法条由关键词和法条生成。"""

    gist: Prose = Field(alias="裁判要点")
    facts: Prose = Field(alias="基本案情")
    result: Prose = Field(alias="裁判结果")
    reasons: Prose = Field(alias="裁判理由")


class ReferenceSections(Sections):
    """人民法院案例库参考案例。"""

    facts: Prose = Field(alias="基本案情")
    result: Prose | None = Field(None, alias="裁判结果")
    reasons: Prose = Field(alias="裁判理由")
    gist: Prose = Field(alias="裁判要旨")


class TypicalSections(Sections):
    """最高人民法院典型案例。"""

    facts: Prose = Field(alias="基本案情")
    result: Prose = Field(alias="裁判结果")
    meaning: Prose = Field(alias="典型意义")


class LabourSections(Sections):
    """劳动人事争议典型案例。"""

    facts: Prose = Field(alias="基本案情")
    claim: Prose = Field(alias="申请人请求")
    result: Prose = Field(alias="处理结果")
    analysis: Prose = Field(alias="案例分析")
    meaning: Prose = Field(alias="典型意义")


class MediationSections(Sections):
    """人民调解案例。"""

    facts: Prose = Field(alias="案情简介")
    process: Prose = Field(alias="调解过程")
    result: Prose = Field(alias="调解结果")
    comment: Prose = Field(alias="案例点评")


class Outcome(Model):
    """How it ended, in one line."""

    type: OutcomeType = Field(description="结果类型")
    line: ShortLine = Field(description="一句话结果")


class Takeaway(Model):
    """What the audience should take home: one rule, one number."""

    rule: ShortLine = Field(description="一条规矩")
    number: Annotated[Line, StringConstraints(max_length=20)] | None = Field(None, description="一个数字，例如 30日")
    number_means: ShortLine | None = Field(None, description="这个数字是什么")


class Person(Model):
    """A party by role and masked name (法释〔2016〕19号第9条)."""

    role: Annotated[Line, StringConstraints(max_length=20)] = Field(description="身份，例如 原告、申请人")
    name: Annotated[Line, StringConstraints(max_length=40)] = Field(description="隐名，例如 张某、李某甲、某公司")


class Source(Model):
    """Where a retold case comes from."""

    name: Line = Field(description="来源名称和编号，例如 最高人民法院指导案例19号")
    published: Day | None = Field(None, description="发布日期")
    url: Url | None = Field(None, description="公开链接")
    court: Line | None = Field(None, description="审理法院")
    library_no: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-[1-5]-\d{3}-\d{3}$")] | None = Field(
        None, description="人民法院案例库入库编号"
    )
    case_number: Line | None = Field(None, description="案号（须同时填写 allow_case_number: true）")


class JudgeGame(Model):
    """你来当法官: the audience chooses before it hears what was decided."""

    ask: Line = Field(description="问观众的问题")
    choices: Annotated[list[Line], Field(min_length=2, max_length=4)] = Field(description="选项")
    answer: Annotated[int, Field(ge=1, le=4)] = Field(description="正确的是第几个")
    why: Line = Field(description="为什么")
    laws: list[Cite] = Field(default_factory=list, description="依据")


class CaseBase(Content):
    """What every case has, whatever its kind."""

    kind: str
    subtitle: ShortLine = Field(description="副标题，一句话说出要点")
    dispute: Slug = Field(description="纠纷类型，与所在文件夹相同")
    also: list[Slug] = Field(default_factory=list, description="还涉及的纠纷类型")
    cause: Annotated[Line, StringConstraints(max_length=40)] = Field(description="案由")
    keywords: Annotated[list[Annotated[Line, StringConstraints(max_length=20)]], Field(min_length=1, max_length=7)] = Field(
        description="关键词，最多7个，由大到小"
    )
    month: Month = Field(description="结案或发布的年月")
    place: Annotated[Line, StringConstraints(max_length=20)] | None = Field(None, description="地点，不细于镇街")
    town: Slug | None = Field(None, description="镇街编号（office.yaml 里的 id）")
    amount: Yuan | None = Field(None, description="标的额，元")
    story: Annotated[list[Annotated[Line, StringConstraints(max_length=80)]], Field(min_length=2, max_length=5)] = Field(
        description="发生了什么，3至5句"
    )
    outcome: Outcome = Field(description="结果")
    takeaway: Takeaway = Field(description="带回家的一条规矩和一个数字")
    lessons: Annotated[list[Line], Field(min_length=1, max_length=6)] = Field(description="调解要点")
    laws: list[Cite] = Field(description="相关法条")
    law_day: Day | None = Field(None, description="本案事实适用哪一天的法律（不填按今天）")
    people: list[Person] = Field(default_factory=list, description="当事人（隐名）")
    elements: dict[Line, Line] = Field(default_factory=dict, description="要素")
    source: Source | None = Field(None, description="来源")
    allow_case_number: Flag = Field(False, description="是否允许出现案号")
    poster: Flag = Field(True, description="是否用于宣传")
    judge: JudgeGame | None = Field(None, description="你来当法官")

    needs_source: ClassVar[bool] = True
    """Whether the kind is a retelling and must name its public source."""


class GuidingCase(CaseBase):
    """指导性案例"""

    kind: Literal["指导性案例"] = Field(description="案例种类")
    sections: GuidingSections = Field(description="正文各部分")


class ReferenceCase(CaseBase):
    """参考案例（人民法院案例库）"""

    kind: Literal["参考案例"] = Field(description="案例种类")
    sections: ReferenceSections = Field(description="正文各部分")


class TypicalCase(CaseBase):
    """典型案例"""

    kind: Literal["典型案例"] = Field(description="案例种类")
    sections: TypicalSections = Field(description="正文各部分")


class LabourCase(CaseBase):
    """劳动争议典型案例"""

    kind: Literal["劳动争议典型案例"] = Field(description="案例种类")
    sections: LabourSections = Field(description="正文各部分")


class MediationCase(CaseBase):
    """人民调解案例"""

    kind: Literal["人民调解案例"] = Field(description="案例种类")
    sections: MediationSections = Field(description="正文各部分")
    needs_source: ClassVar[bool] = False


class TeachingCase(CaseBase):
    """教学示例（情节虚构）"""

    kind: Literal["教学示例"] = Field(description="案例种类")
    sections: MediationSections = Field(description="正文各部分")
    needs_source: ClassVar[bool] = False


Case = Annotated[
    GuidingCase | ReferenceCase | TypicalCase | LabourCase | MediationCase | TeachingCase,
    Field(discriminator="kind"),
]

KINDS: dict[str, type[CaseBase]] = {
    "指导性案例": GuidingCase,
    "参考案例": ReferenceCase,
    "典型案例": TypicalCase,
    "劳动争议典型案例": LabourCase,
    "人民调解案例": MediationCase,
    "教学示例": TeachingCase,
}


def section_names(kind: str) -> list[tuple[str, bool]]:
    """The official sections of a case kind in order: (name, required)."""
    fields = KINDS[kind].model_fields["sections"].annotation.model_fields  # type: ignore[union-attr]
    return [(field.alias or name, field.is_required()) for name, field in fields.items()]


def sections_of(case: Any) -> list[tuple[str, str]]:
    """A case's own sections as (official name, prose), in official order, empty ones left out."""
    out = []
    for name, field in type(case.sections).model_fields.items():
        text = getattr(case.sections, name)
        if text:
            out.append((field.alias or name, text))
    return out
