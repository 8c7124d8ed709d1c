"""Papers whose blanks and fields don't fit together."""

from .mistake import Mistake, done

PAPER = "guides/documents/receipt.yaml"
GOOD = """\
id: receipt
title: 收条
order: 1
lead: 收到钱当场写。
stage: 履行
fields:
- {key: from, label: 付款人, type: 文字}
- {key: id, label: 付款人证件号, type: 文字, paper_only: true}
- {key: day, label: 日期, type: 日期}
- {key: way, label: 怎样付, type: 选项, options: [现金, 转账]}
- {key: agreed, label: 双方核对过, type: 勾选}
- {key: story, label: 经过, type: 长文}
- {key: n, label: 第几笔, type: 数字, repeat: true, numbered: true}
- {key: sum, label: 金额（元）, type: 金额, repeat: true}
- {key: total, label: 合计, type: 金额, sum_of: [sum]}
- {key: words, label: 合计大写, type: 文字, capitals_of: total}
- {key: next, label: 下一步, type: 选项, options: [收好, 入卷], advised_by: total, advice: [{at_least: 0, option: 收好}, {at_least: 100, option: 入卷}]}
body:
- text: 今收到{{from}}（{{id}}）于{{day}}用{{way}}交来的钱。{{agreed}} 双方核对过。下一步：{{next}}。
- heading: 经过
- text: "{{story}}"
- items: ["合计{{total}}元（大写{{words}}）。"]
- table:
    columns: [第几笔, 金额（元）]
    rows:
    - ["{{n}}", "{{sum}}"]
    blank_rows: 2
- sign: [收款人（签名）, 付款人（签名）]
laws: [民法典第288条]
"""
"""A paper with everything in it, without a finding in the small project."""


def slip(name: str, old: str, new: str, *expect: str) -> Mistake:
    """The good paper with a piece written wrongly."""
    assert GOOD.count(old) == 1, old
    return done(name, lambda project: project.write(PAPER, GOOD.replace(old, new)), *expect, file=PAPER)


MISTAKES = [
    slip("a blank without a field", "今收到{{from}}", "今收到{{form}}{{from}}", ":19:12 错误 [blank-unknown] 没有字段“form”"),
    slip("a field without a blank", "于{{day}}用", "用", ":9:9 错误 [blank-unused] 正文没有用到字段“day”"),
    slip("a blank with one brace", "今收到{{from}}", "今收到{{from}}{{day}", ":19:9 错误 [blank-broken] 空格的记号写得不对"),
    slip(
        "a field twice",
        "- {key: day,",
        "- {key: from, label: 又一个, type: 文字}\n- {key: day,",
        ":9:9 错误 [id-twice] “from”在这个列表里已经用过（第 1 项）",
    ),
    slip("a choice without options", "type: 选项, options: [现金, 转账]", "type: 选项", ":10:32 错误 [blank-options] “怎样付”的种类和选项对不上"),
    slip("options without a choice", "type: 日期", "type: 日期, options: [今天]", ":9:31 错误 [blank-options] “日期”的种类和选项对不上"),
    slip(
        "a row's blank in a sentence",
        "下一步：{{next}}。",
        "下一步：{{next}}{{sum}}。",
        ":19:80 错误 [blank-repeat] 可多行的字段“sum”只能放在表格的行里",
    ),
    slip(
        "a row that half grows",
        '["{{n}}", "{{sum}}"]',
        '["{{n}}", "{{sum}}{{from}}"]',
        ":26:7 错误 [blank-repeat] 一行里有的字段可多行、有的不可",
    ),
    slip(
        "a row that grows twice",
        '    - ["{{n}}", "{{sum}}"]\n',
        '    - ["{{n}}", "{{sum}}"]\n    - ["", "{{sum}}"]\n',
        ":27:7 错误 [blank-repeat] 可多行的字段“sum”用了两次",
    ),
    slip("a line number without lines", "paper_only: true", "numbered: true", ":8:48 错误 [blank-repeat] “付款人证件号”不是可多行的，不能自动填行号"),
    slip("a row with a cell too few", '["{{n}}", "{{sum}}"]', '["{{n}} {{sum}}"]', ":26:7 错误 [table-columns] 这一行有 1 格，表头有 2 格"),
    slip("two things in one block", "- heading: 经过\n- text", "- heading: 经过\n  text", ":20:3 错误 [block-parts] 正文的一块只能写一样"),
    slip("a sum of what isn't there", "sum_of: [sum]", "sum_of: [sums]", ":15:46 错误 [blank-reckoned] 没有字段“sums”"),
    slip("a sum of words", "sum_of: [sum]", "sum_of: [from]", ":15:46 错误 [blank-reckoned] “付款人”不是金额或数字或选项"),
    slip("capitals of words", "capitals_of: total", "capitals_of: from", ":16:52 错误 [blank-reckoned] “付款人”不是金额"),
    slip(
        "advice that can't be chosen",
        "at_least: 100, option: 入卷",
        "at_least: 100, option: 归档",
        ":17:135 错误 [blank-reckoned] “下一步”没有选项“归档”",
    ),
    slip("advice out of order", "at_least: 100, option", "at_least: 0, option", ":17:122 错误 [blank-reckoned] advice 要从小到大写"),
    slip("advice by nothing", "advised_by: total, ", "", ":17:9 错误 [blank-reckoned] “下一步”的 advised_by 和 advice 要一起写"),
    slip(
        "an article that isn't in the paper's law",
        "laws: [民法典第288条]",
        "laws: [民法典第9288条]",
        ":29:8 错误 [article-missing] 《民法典》没有第9288条，这一版到第1260条为止",
    ),
]
