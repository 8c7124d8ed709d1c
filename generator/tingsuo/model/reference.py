"""Reference data: terms, dated figures, calculators, and the office itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Cite, Count, Day, Flag, Line, Model, Number, Slug, Url
from .procedure import Deadline


class Term(Model):
    """Ways of saying one thing (口语) and the legal term (法言)."""

    say: Annotated[list[Annotated[Line, StringConstraints(max_length=30)]], Field(min_length=1)] = Field(description="口语说法")
    means: Annotated[Line, StringConstraints(max_length=40)] = Field(description="法律用语")
    disputes: list[Slug] = Field(default_factory=list, description="多半属于哪类纠纷")
    lang: Literal["粤", "普", "通"] = Field("通", description="粤语、普通话或通用")
    danger: Flag = Field(False, description="说出这些话时有人身危险：检索先显示 110")
    note: Line | None = Field(None, description="说明")


class Terms(Model):
    """口语与法律用语对照"""

    terms: list[Term] = Field(description="词条")


class FigureRow(Model):
    """A dated value; rows are only ever added."""

    from_: Day = Field(alias="from", description="从哪一天起")
    to: Day | None = Field(None, description="到哪一天止")
    value: Number = Field(description="数值")
    source: Line = Field(description="来源")
    url: Url | None = Field(None, description="链接")
    entered: Day = Field(description="录入日期")


class Figure(Model):
    """A dated figure (数据): rates, averages, standards."""

    id: Slug = Field(description="编号")
    title: Line = Field(description="名称")
    unit: Line = Field(description="单位")
    publisher: Line = Field(description="由谁公布")
    kind: Literal["分段", "年度"] = Field(description="分段：用到下一行为止；年度：管一年")
    known_to: Day | None = Field(None, description="已知到哪一天，之后不推算")
    needed_by: list[Line] = Field(default_factory=list, description="用在哪里")
    review_due: Day | None = Field(None, description="下次复核日期")
    note: Line | None = Field(None, description="说明")
    rows: list[FigureRow] = Field(default_factory=list, description="各行；空表示由本地填写")


class HolidayYear(Model):
    """A year's days off as announced (放假安排). Weekends are computed; here is what departs from them."""

    year: Annotated[int, Field(ge=1949, le=2100)] = Field(description="哪一年")
    off: Annotated[list[Day], Field(min_length=1)] = Field(description="放假的日子，周六周日不用写")
    work: list[Day] = Field(default_factory=list, description="调休上班的周六周日")
    source: Line = Field(description="来源：通知名称和文号")
    url: Url | None = Field(None, description="链接")
    entered: Day = Field(description="录入日期")


class Figures(Model):
    """有日期的数据"""

    figures: list[Figure] = Field(description="数据")
    holidays: list[HolidayYear] = Field(default_factory=list, description="各年放假安排；没有的年份只按周六周日算")


class Choice(Model):
    """One choice of an input (选项)."""

    value: Slug = Field(description="编号，写进测试数据")
    label: Line = Field(description="看到的字")


class OnlyIf(Model):
    """When an input is asked for: another one has one of these values."""

    input: Slug = Field(description="看哪一个输入项")
    is_: Annotated[list[Line], Field(min_length=1)] = Field(alias="is", description="选了哪几个值时才问；看期限时也可以写期限的单位，或者“可中断”")


class CalculatorInput(Model):
    """One input; never a name."""

    key: Slug = Field(description="编号")
    label: Line = Field(description="名称")
    type: Literal["金额", "日期", "时刻", "整数", "小数", "百分比", "选项", "期限"] = Field(description="种类")
    unit: Line | None = Field(None, description="单位")
    min: Number | None = Field(None, description="最小值")
    max: Number | None = Field(None, description="最大值")
    options: list[Choice] = Field(default_factory=list, description="选项")
    optional: Flag = Field(False, description="可以留空")
    default: Line | None = Field(None, description="预先填好的值；日期可以写 今天")
    only_if: OnlyIf | None = Field(None, description="什么时候才问这一项")
    figure: Slug | None = Field(None, description="留空时用哪一个数据")
    help: Line | None = Field(None, description="说明")


class CalculatorOutput(Model):
    """One result."""

    key: Slug = Field(description="编号")
    label: Line = Field(description="名称")
    unit: Line | None = Field(None, description="单位")
    main: Flag = Field(False, description="最要紧的结果，大字显示")


class Vector(Model):
    """A test vector: what is typed, and what must come out; the first one is the page's example."""

    given: dict[Slug, Line] = Field(description="输入")
    expect: dict[Slug, Line] = Field(default_factory=dict, description="应得")
    remarks: list[Slug] = Field(default_factory=list, description="应有的提示")
    refused: list[Slug] = Field(default_factory=list, description="应在哪几项下面说不行")
    note: Line | None = Field(None, description="这一例说明什么")


class Calculator(Model):
    """A calculator's data; the arithmetic is code, the wording and figures are here."""

    id: Slug = Field(description="编号，和程序里的算法同名")
    title: Line = Field(description="名称")
    group: Line = Field(description="归在哪一组")
    lead: Line = Field(description="一句话")
    inputs: Annotated[list[CalculatorInput], Field(min_length=1)] = Field(description="输入项")
    outputs: Annotated[list[CalculatorOutput], Field(min_length=1)] = Field(description="结果")
    remarks: dict[Slug, Line] = Field(default_factory=dict, description="结果下面的提示，按情形显示")
    formula: Annotated[list[Line], Field(min_length=1)] = Field(description="公式，一行一条")
    figures: list[Slug] = Field(default_factory=list, description="用到的数据")
    deadlines: list[Deadline] = Field(default_factory=list, description="期限表，种类为期限的输入项从这里选")
    laws: Annotated[list[Cite], Field(min_length=1)] = Field(description="依据")
    disputes: list[Slug] = Field(default_factory=list, description="相关指引")
    statutory: Flag = Field(True, description="是否法定公式")
    note: Line | None = Field(None, description="说明")
    vectors: list[Vector] = Field(default_factory=list, description="测试数据")
    review_due: Day | None = Field(None, description="下次复核日期")


class Calculators(Model):
    """计算器"""

    calculators: list[Calculator] = Field(description="计算器")


OfficeLine = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9０-９ .、/()（）转—－-]{3,40}$")]
"""Office lines: nothing but numbers fits in; that they are no mobile numbers is a check's business."""


class Hotline(Model):
    """A public service number."""

    number: Annotated[str, StringConstraints(pattern=r"^\d{3,5}$")] = Field(description="全国或全省统一号码")
    use: Line = Field(description="用途")


class Town(Model):
    """A town or street (镇街)."""

    id: Slug = Field(description="编号")
    name: Annotated[Line, StringConstraints(max_length=20)] = Field(description="名称")
    kind: Literal["镇", "街道", "乡"] = Field(description="种类")


class Desk(Model):
    """A reception centre, court or justice office. Office lines only; no personal data."""

    id: Slug = Field(description="编号")
    name: Line = Field(description="名称")
    towns: list[Slug] = Field(default_factory=list, description="管哪些镇街")
    line: OfficeLine | None = Field(None, description="办公固定电话")
    hours: Line | None = Field(None, description="办公时间")
    place: Line | None = Field(None, description="对外办公地点")


class LiaisonPoint(Model):
    """A judge liaison point (法官联络点) and its acceptance standard."""

    id: Slug = Field(description="编号")
    town: Slug = Field(description="镇街")
    name: Line = Field(description="名称")
    inside: Line | None = Field(None, description="设在哪里，例如 综治中心")
    line: OfficeLine | None = Field(None, description="办公固定电话")
    hours: Line | None = Field(None, description="值班时间")
    office_room: Flag | None = Field(None, description="一间办公室：有写 true，没有写 false，没看过不写")
    sign: Flag | None = Field(None, description="一块牌子")
    liaison_officer: Flag | None = Field(None, description="一名联络人员")
    rules: Flag | None = Field(None, description="一套管理机制")
    judges: Count | None = Field(None, description="法官人数")
    assistants: Count | None = Field(None, description="法官助理人数")
    mediators: Count | None = Field(None, description="调解人员人数")


class Edition(Model):
    """Which edition this is."""

    name: Line = Field(description="版本名")
    date: Day = Field(description="版本日期")
    review_due: Day = Field(description="下次复核日期")


class Office(Model):
    """本地机构"""

    name: Line = Field(description="主办单位")
    site_id: Slug = Field(description="网站编号，用作本机存储的前缀")
    county: Line = Field(description="县（市、区）")
    province: Line = Field(description="省")
    edition: Edition = Field(description="版本")
    hotlines: list[Hotline] = Field(default_factory=list, description="公开服务电话")
    towns: list[Town] = Field(default_factory=list, description="镇街")
    towns_note: Line | None = Field(None, description="名单说明")
    contact: Line | None = Field(None, description="海报、折页上印的联系一行，只写办公地点和办公电话")
    public_url: Url | None = Field(None, description="网站对外的网址，海报的二维码用；没有就不写")
    centres: list[Desk] = Field(default_factory=list, description="综治中心")
    courts: list[Desk] = Field(default_factory=list, description="人民法庭")
    justice_offices: list[Desk] = Field(default_factory=list, description="司法所")
    points: list[LiaisonPoint] = Field(default_factory=list, description="法官联络点")
