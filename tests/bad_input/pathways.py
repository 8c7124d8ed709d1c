"""Pathways that lead nowhere, in a circle, or past what must be said; and the two lists that stand on other content."""

from .mistake import Mistake, whole

PATH = "guides/pathways/lanes.yaml"
CHANGES = "guides/reference/changes.yaml"
COMPARISON = "guides/reference/comparison.yaml"

GOOD = """\
id: lanes
title: 巷子的事
order: 1
lead: 先看危险。
review_due: 2027-05-31
start: danger
none_of_these: 去法官联络点问。
questions:
- id: danger
  ask: 有没有危险？
  options:
  - {label: 有, go: stop, red: true}
  - {label: 没有, go: talk}
- id: talk
  ask: 谈过没有？
  options:
  - {label: 谈过, go: paper}
  - {label: 没谈过, go: mediate}
endings:
- {id: stop, title: 报警, tone: 红, do: [拨110。], bring: [{item: 手机}], call: "110", person: 派出所, laws: [民法典第291条]}
- {id: paper, title: 看协议, tone: 黄, do: [拿协议来。], bring: [{item: 协议}], person: 司法所, laws: [民法典第291条]}
- {id: mediate, title: 去调, tone: 绿, do: [去村里。], bring: [{item: 照片}], person: 调解委员会, laws: [民法典第288条]}
"""

WAYS = """\
lead: 比一比。
review_due: 2027-05-31
ways:
- title: 司法确认
  procedure: judicial-confirmation
  fit: 谈成了。
  fee: {text: 不收费。, laws: [民诉法第205条]}
  takes: [{say: 一起申请, deadline: apply}]
  strength: {text: 能。, laws: [民诉法第205条]}
  next: {text: 可以起诉。, laws: [民诉法第205条]}
- title: 再谈
  procedure: judicial-confirmation
  fit: 没谈成。
  fee: {text: 不收费。, laws: [民诉法第205条]}
  takes: [{say: 没有期限, laws: [民诉法第205条]}]
  strength: {text: 不能。, laws: [民诉法第205条]}
  next: {text: 可以起诉。, laws: [民诉法第205条]}
"""


def wrong(name: str, old: str, new: str, *expect: str) -> Mistake:
    """The good pathway with one piece written wrongly."""
    assert GOOD.count(old) == 1, old
    return whole(name, GOOD.replace(old, new), *expect, file=PATH)


def ways(name: str, old: str, new: str, *expect: str) -> Mistake:
    """The good comparison with one piece written wrongly."""
    assert WAYS.count(old) == 1, old
    return whole(name, WAYS.replace(old, new), *expect, file=COMPARISON)


MISTAKES = [
    wrong("a pathway that starts nowhere", "start: danger", "start: fire",
          ":6:8 错误 [reference] 没有问题“fire”", ":9:7 错误 [unreachable] 问题“danger”走不到", ":14:7 错误 [unreachable] 问题“talk”走不到",
          ":20:8 错误 [unreachable] 结果“stop”走不到", ":21:8 错误 [unreachable] 结果“paper”走不到", ":22:8 错误 [unreachable] 结果“mediate”走不到"),
    wrong("an answer that leads nowhere", "{label: 没谈过, go: mediate}", "{label: 没谈过, go: court}",
          ":18:22 错误 [reference] 没有问题或结果“court”", ":22:8 错误 [unreachable] 结果“mediate”走不到"),
    wrong("an answer that leads back", "{label: 没谈过, go: mediate}", "{label: 没谈过, go: danger}",
          ":13:21 错误 [pathway-circle] 选“没有”会绕回前面的问题，走不完", ":18:22 错误 [pathway-circle] 选“没谈过”会绕回前面的问题，走不完",
          ":22:8 错误 [unreachable] 结果“mediate”走不到"),
    wrong("a question that leads to itself", "{label: 没谈过, go: mediate}", "{label: 没谈过, go: talk}",
          ":18:22 错误 [pathway-circle] 选“没谈过”会绕回前面的问题，走不完", ":22:8 错误 [unreachable] 结果“mediate”走不到"),
    wrong("a red answer that goes on asking", "{label: 没有, go: talk}", "{label: 没有, go: talk, red: true}",
          ":13:21 错误 [pathway-red] 红灯“没有”没有马上停下"),
    wrong("a red answer after the others", "  - {label: 有, go: stop, red: true}\n  - {label: 没有, go: talk}", "  - {label: 没有, go: talk}\n  - {label: 有, go: stop, red: true}",
          ":13:31 错误 [pathway-red] 红灯“有”排在后面"),
    wrong("a red ending that isn't red", "title: 报警, tone: 红", "title: 报警, tone: 黄", ":12:20 错误 [pathway-red] 红灯“有”没有马上停下"),
    wrong("a red ending without a number to call", ', call: "110"', "", ":20:31 错误 [pathway-call] 红的结果“报警”没有写打哪个电话"),
    wrong("a number that isn't a public one", 'call: "110"', 'call: "119"', ":20:74 错误 [pathway-call] “119”不是登记过的公开服务电话"),
    wrong("an ending without anything to bring", "bring: [{item: 协议}], ", "", ":21:8 错误 [pathway-bring] 结果“看协议”没有写带什么"),
    wrong("an ending without an article", ", laws: [民法典第288条]", "", ":22:3 错误 [schema-missing] 缺少“laws”（依据）"),
    wrong("an ending without a person", "person: 司法所, ", "", ":21:3 错误 [schema-missing] 缺少“person”（找谁）"),
    wrong("an id for a question and an ending", "{id: mediate, title: 去调", "{id: talk, title: 去调",
          ":18:22 错误 [reference] 没有问题或结果“mediate”", ":22:8 错误 [id-twice] “talk”既是问题又是结果"),
    wrong("an ending with a procedure that doesn't exist", "person: 司法所", "procedure: suit, person: 司法所", ":21:81 错误 [reference] 没有流程“suit”"),
    wrong("a pathway for a dispute that doesn't exist", "none_of_these: 去法官联络点问。", "none_of_these: 去法官联络点问。\ndisputes: [marriage]",
          ":8:12 错误 [reference] 没有纠纷类型“marriage”"),
    ways("a comparison with a period that doesn't exist", "deadline: apply", "deadline: reply", ":8:33 错误 [reference] 流程“judicial-confirmation”没有期限“reply”"),
    ways("a comparison with a calculator that doesn't exist", "lead: 比一比。", "lead: 比一比。\ncalculator: fees", ":2:13 错误 [reference] 没有计算器“fees”"),
    ways("a comparison with a time that stands on nothing", ", laws: [民诉法第205条]}]", "}]", ":15:17 错误 [laws-missing] “没有期限”没有依据"),
    whole("a change of a law that nobody knows", "changes:\n- {group: 一, matter: 火, law: 火星法第3条, change: 没变。}\n",
          ":2:30 错误 [law-unknown] 登记册里没有《火星法》", file=CHANGES),
]  # fmt: skip

DOUBTS = [
    whole("a changed article without today's", "changes:\n- {group: 一, matter: 离婚, law: {cite: 婚姻法第32条, as_of: 2019-01-01}, change: 搬进民法典。}\n",
          ":2:31 提醒 [law-old] 《婚姻法》现在已经废止（按2019-01-01引用）", file=CHANGES),
]  # fmt: skip
