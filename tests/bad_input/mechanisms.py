"""Mechanisms, the inventory of the two documents, and the office's directory."""

from project import OFFICE

from .mistake import Mistake, swap, whole

WAY = "guides/mechanisms/together.yaml"
SEEDS = "guides/reference/seeds.yaml"
HEAD = "id: together\ntitle: 共同研判\norder: 1\ngroup: 共建机制\ndocument: 庭所共建\nlead: 坐到一起看\n"
SEED = "seeds:\n- {number: 1, part: 机构和人, sources: [庭所共建], label: 市法院}\n"
LINE = "line: 0766-3812345"


def ledger(name: str, column: str, *expect: str) -> Mistake:
    """A mechanism with a ledger of one column."""
    return whole(name, f"{HEAD}ledger:\n  tab: 研判\n  columns:\n  - {{{column}}}\n", *expect, file=WAY)


MISTAKES = [
    whole("a mechanism with a paper that doesn't exist", f"{HEAD}documents: [minutes]\n", ":7:13 错误 [reference] 没有文书“minutes”", file=WAY),
    whole(
        "a mechanism that belongs to things that don't exist",
        f"{HEAD}related: {{mechanisms: [apart], procedures: [nowhere], pathways: [first], guides: [marriage]}}\n",
        ":7:24 错误 [reference] 没有机制“apart”",
        ":7:45 错误 [reference] 没有流程“nowhere”",
        ":7:66 错误 [reference] 没有分流导航“first”",
        ":7:83 错误 [reference] 没有纠纷类型“marriage”",
        file=WAY,
    ),
    whole("a group that doesn't exist", HEAD.replace("共建机制", "口号"), ":4:8 错误 [schema] “口号”不在可选范围内", file=WAY),
    whole("a name in a mechanism", HEAD.replace("坐到一起看", "联系人张建国，坐到一起看"), ":6:10 错误 [name-in-text] “张建国”像是真实姓名", file=WAY),
    whole("a number beyond the inventory", f"{HEAD}seed: [95]\n", ":7:8 错误 [schema] “95”超出范围，不能大于 94", file=WAY),
    Mistake(
        "a tag without an item in the inventory",
        lambda project: project.write(SEEDS, SEED).write(WAY, f"{HEAD}seed: [1, 2]\n"),
        (f"{WAY}:7:11 错误 [seed-unknown] 两份文件的清单里没有第2项",),
    ),
    whole("an item of the inventory twice", SEED + SEED.partition("\n")[2], ":1:1 错误 [schema] 第1项写了两次", file=SEEDS),
    swap("a mobile number with dots in the office's list", LINE, "line: 138.1234.5678", ":13:55 错误 [office-line] “138.1234.5678”不像办公固定电话", file=OFFICE),
    swap("half a number in the office's list", LINE, 'line: "0766"', ":13:55 错误 [office-line] “0766”不像办公固定电话", file=OFFICE),
    swap("a mobile number behind a landline", LINE, "line: 0766-3812345 、13812345678", ":13:69 错误 [identifier] 看上去像手机号“138…8”", file=OFFICE),
    swap("words for an office line", LINE, "line: 打我手机", ":13:55 错误 [schema] “打我手机”的格式不对", file=OFFICE),
    swap("a person of a court", LINE, "judge: 张某", ":13:49 错误 [schema-unknown] 不认识“judge”", file=OFFICE),
    swap("a person's mobile at a liaison point", "judges: 1", "mobile: 13812345678", ":17:61 错误 [schema-unknown] 不认识“mobile”", file=OFFICE),
    swap("a centre for a town that doesn't exist", "courts:", "centres:\n- {id: c, name: 综治中心, towns: [north]}\ncourts:", ":13:31 错误 [reference] 没有镇街“north”", file=OFFICE),
]  # fmt: skip

DOUBTS = [
    whole("an item that nothing carries out", SEED, ":2:12 提醒 [seed-uncovered] 第1项“市法院”还没有落到任何一页", file=SEEDS),
    ledger(
        "a ledger without one of the towns",
        "name: 镇街, type: 选项, options: [东镇, 南镇]",
        ":10:35 提醒 [ledger-options] “镇街”的选项和镇街名单对不上：少了“西街道”，多了“南镇”",
    ),
    ledger(
        "a ledger with the towns in another order",
        "name: 镇街, type: 选项, options: [西街道, 东镇]",
        ":10:35 提醒 [ledger-options] “镇街”的选项和镇街名单对不上：次序不同",
    ),
    ledger(
        "a ledger without the dispute types",
        "name: 纠纷类型, type: 选项, options: [相邻关系]",
        ":10:37 提醒 [ledger-options] “纠纷类型”的选项和纠纷指引对不上：少了“其他”",
    ),
]
