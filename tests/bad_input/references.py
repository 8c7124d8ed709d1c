"""Things that name other things: dead ids, ids twice, files in the wrong place."""

from project import GUIDE, LANE, LAWS, OFFICE, PROCEDURE, Project

from .mistake import done, more, swap, whole

CALENDAR = "guides/reference/calendar.yaml"
TERMS = "guides/reference/terms.yaml"
CALCULATORS = "guides/reference/calculators.yaml"
QUIZ = "guides/quizzes/lanes.yaml"
KIT = "guides/publicity/spring.yaml"


def moved(project: Project) -> None:
    """The lane's case in the folder of another dispute."""
    project.write("cases/marriage/lane.yaml", project.read(LANE)).remove(LANE)


def copied(project: Project) -> None:
    """The lane's case in two folders, each right for itself."""
    project.write("guides/disputes/marriage.yaml", project.read(GUIDE).replace("id: neighbours", "id: marriage"))
    project.write("cases/marriage/lane.yaml", project.read(LANE).replace("dispute: neighbours", "dispute: marriage"))


MISTAKES = [
    swap("a dispute that doesn't exist", "dispute: neighbours", "dispute: marriage", ":5:10 错误 [reference] 没有纠纷类型“marriage”"),
    swap("another dispute that doesn't exist", "cause: 相邻", "also: [marriage]\ncause: 相邻", ":6:8 错误 [reference] 没有纠纷类型“marriage”"),
    swap("a town that doesn't exist", "town: east", "town: north", ":10:7 错误 [reference] 没有镇街“north”"),
    swap("an id that isn't the file's name", "id: lane", "id: lane-2", ":1:5 错误 [id-file] id 是“lane-2”，文件名却是“lane”"),
    done(
        "a case in the folder of another dispute",
        moved,
        ":5:10 错误 [wrong-folder] dispute 是“neighbours”，文件却放在“marriage”里",
        file="cases/marriage/lane.yaml",
    ),
    done("one id in two folders", copied, ":1:5 错误 [id-twice] id“lane”在 cases/marriage/lane.yaml 已经用过", file=LANE),
    swap(
        "a guide whose id isn't the file's name",
        "id: neighbours",
        "id: neighbour",
        ":1:5 错误 [id-file] id 是“neighbour”，文件名却是“neighbours”",
        file=GUIDE,
    ),
    swap(
        "a guide that leads to a procedure that doesn't exist",
        "go: judicial-confirmation",
        "go: nowhere",
        ":17:35 错误 [reference] 没有流程“nowhere”",
        file=GUIDE,
    ),
    more("a guide with a document that doesn't exist", "documents: [agreement]\n", ":21:13 错误 [reference] 没有文书“agreement”", file=GUIDE),
    more("a guide with a calculator that doesn't exist", "calculators: [interest]\n", ":21:15 错误 [reference] 没有计算器“interest”", file=GUIDE),
    more("a guide with a pathway that doesn't exist", "pathways: [first]\n", ":21:12 错误 [reference] 没有分流导航“first”", file=GUIDE),
    swap(
        "a procedure for a dispute that doesn't exist",
        "disputes: [neighbours]",
        "disputes: [marriage]",
        ":20:12 错误 [reference] 没有纠纷类型“marriage”",
        file=PROCEDURE,
    ),
    swap(
        "a step with a period that doesn't exist",
        "deadline: apply",
        "deadline: reply",
        ":15:13 错误 [reference] 本流程没有期限“reply”",
        file=PROCEDURE,
    ),
    swap(
        "a material whose document doesn't exist",
        "must: 是, copies: 2",
        "document: agreement",
        ":14:28 错误 [reference] 没有文书“agreement”",
        file=PROCEDURE,
    ),
    swap(
        "a justice office for a town that doesn't exist",
        "name: 东镇司法所, towns: [east]",
        "name: 东镇司法所, towns: [north]",
        ":15:43 错误 [reference] 没有镇街“north”",
        file=OFFICE,
    ),
    swap(
        "a liaison point in a town that doesn't exist",
        "town: east, name: 东镇法官联络点",
        "town: north, name: 东镇法官联络点",
        ":17:26 错误 [reference] 没有镇街“north”",
        file=OFFICE,
    ),
    swap("one id for two towns", "id: west", "id: east", ":11:8 错误 [id-twice] “east”在这个列表里已经用过（第 1 项）", file=OFFICE),
    swap(
        "one id for two laws", "id: village-law", "id: marriage-law", ":32:7 错误 [id-twice] “marriage-law”在这个列表里已经用过（第 4 项）", file=LAWS
    ),
    whole(
        "one id for two days",
        "days:\n- {id: water-day, title: 水日, when: {day: 03-22}}\n- {id: water-day, title: 世界水日, when: {day: 03-22}}\n",
        ":3:8 错误 [id-twice] “water-day”在这个列表里已经用过（第 1 项）",
        file=CALENDAR,
    ),
    whole(
        "a day for a dispute that doesn't exist",
        "days:\n- {id: water-day, title: 水日, when: {day: 03-22}, disputes: [water]}\n",
        ":2:61 错误 [reference] 没有纠纷类型“water”",
        file=CALENDAR,
    ),
    whole(
        "a day with a kit that doesn't exist",
        "days:\n- {id: water-day, title: 水日, when: {day: 03-22}, kit: spring}\n",
        ":2:55 错误 [reference] 没有活动包“spring”",
        file=CALENDAR,
    ),
    whole(
        "the 30th of February every year",
        "days:\n- {id: water-day, title: 水日, when: {day: 02-30}}\n",
        ":2:42 错误 [schema] “02-30”不对：没有这一天，请核对月日",
        file=CALENDAR,
    ),
    whole(
        "a week from the 45th of a 13th month",
        "days:\n- {id: water-day, title: 水日, when: {from: 13-45, to: 03-08}}\n",
        ":2:43 错误 [schema] “13-45”的格式不对",
        file=CALENDAR,
    ),
    whole(
        "a week without an end",
        "days:\n- {id: water-day, title: 水日, when: {from: 03-01}}\n",
        ":2:36 错误 [schema] from 和 to 要一起写",
        file=CALENDAR,
    ),
    whole("a day without a time", "days:\n- {id: water-day, title: 水日, when: {}}\n", ":2:36 错误 [schema] 没有写时间", file=CALENDAR),
    whole(
        "a day said twice",
        "days:\n- {id: water-day, title: 水日, when: {day: 03-22, month: 3}}\n",
        ":2:36 错误 [schema] day、month、from 只能写一样",
        file=CALENDAR,
    ),
    whole(
        "villagers' words for a dispute that doesn't exist",
        "terms:\n- {say: [漏水], means: 相邻损害, disputes: [water]}\n",
        ":2:39 错误 [reference] 没有纠纷类型“water”",
        file=TERMS,
    ),
    whole(
        "a calculator with figures that don't exist",
        "calculators:\n- {id: funeral, title: 丧葬费, group: 损害, lead: 算一算, inputs: [{key: day, label: 哪天, type: 日期}],\n"
        "   outputs: [{key: amount, label: 数}], formula: [工资×6], figures: [rate], laws: [民法典第288条],\n"
        "   vectors: [{given: {day: x}, refused: [day]}, {given: {day: y}, refused: [day]}, {given: {day: z}, refused: [day]}, {given: {}, refused: [day]}]}\n",
        ":3:67 错误 [reference] 没有数据“rate”",
        file=CALCULATORS,
    ),
    whole(
        "a quiz about a case that doesn't exist",
        "id: lanes\ntitle: 巷子\nlead: 考一考\nquestions:\n- {id: q1, ask: 谁让？, options: [张某, 李某], answer: 1, explain: 先到先让。, laws: [民法典第291条], case: alley}\n",
        ":5:92 错误 [reference] 没有案例“alley”",
        file=QUIZ,
    ),
    whole(
        "a quiz with two equal answers",
        "id: lanes\ntitle: 巷子\nlead: 考一考\nquestions:\n- {id: q1, ask: 谁让？, options: [张某, 张某], answer: 1, explain: 先到先让。, laws: [民法典第291条]}\n",
        ":5:3 错误 [schema] 有两个选项一样，正确答案不唯一",
        file=QUIZ,
    ),
    whole(
        "a kit with a case and a day that don't exist",
        "id: spring\ntitle: 春\nlead: 带什么去\ncases: [lane, alley]\ndays: [water-day]\n",
        ":4:15 错误 [reference] 没有案例“alley”",
        ":5:8 错误 [reference] 没有宣传节点“water-day”",
        file=KIT,
    ),
]

DOUBTS = [
    more(
        "a guide that isn't published yet",
        "status: 草稿\n",
        "guides/procedures/judicial-confirmation.yaml:20:12 提醒 [reference-hidden] 纠纷类型“neighbours”还没有发布",
        file=GUIDE,
    ),
    more(
        "a procedure that isn't published yet",
        "status: 草稿\n",
        "guides/disputes/neighbours.yaml:17:35 提醒 [reference-hidden] 流程“judicial-confirmation”还没有发布",
        file=PROCEDURE,
    ),
]
