"""Citations: laws and articles that aren't there, aren't there yet, or aren't there any more."""

from project import EAVES, GUIDE, LAWS

from .mistake import swap

CITE = "- 民法典第291条\n"
GUIDE_LAWS = "laws: [民法典第288条, 民法典第290条至第291条]"
RESULT = "李某在三日内搬走石头，双方都不在巷里堆物。"
WALL = "法院判决赵某在一个月内安装檐沟，并修好被水冲坏的墙脚。"
GISTS = "guides/reference/articles/civil-code.yaml"

MISTAKES = [
    swap("a law that nobody knows", CITE, "- 火星法第3条\n", ":24:3 错误 [law-unknown] 登记册里没有《火星法》"),
    swap("a law that nobody knows, in brackets", CITE, "- 《火星法》第三条\n", ":24:3 错误 [law-unknown] 登记册里没有《火星法》"),
    swap("a misspelt law", CITE, "- 民事诉讼第3条\n", ":24:3 错误 [law-unknown] 登记册里没有《民事诉讼》"),
    swap("an article behind the last", CITE, "- 民法典第1261条\n", ":24:3 错误 [article-missing] 《民法典》没有第1261条，这一版到第1260条为止"),
    swap(
        "an article behind the last, in Chinese numerals",
        CITE,
        "- 《民法典》第一千二百六十一条第二款\n",
        ":24:3 错误 [article-missing] 《民法典》没有第1261条，这一版到第1260条为止",
    ),
    swap(
        "a list of articles, one of them missing",
        CITE,
        "- 民法典第291、9999条\n",
        ":24:3 错误 [article-missing] 《民法典》没有第9999条，这一版到第1260条为止",
    ),
    swap(
        "a range that runs over the end",
        CITE,
        "- 民诉法第305条至第307条\n",
        ":24:3 错误 [article-missing] 《民诉法》没有第307条，这一版到第306条为止",
        ":24:3 提醒 [gist-missing] 民诉法第305条还没有要旨",
        ":24:3 提醒 [gist-missing] 民诉法第306条还没有要旨",
    ),
    swap("an inserted article that isn't there", CITE, "- 刑法第133条之二\n", ":24:3 错误 [article-missing] 《刑法》没有第133条之二"),
    swap("a law without an article", CITE, "- 民法典\n", ":24:3 错误 [citation] “民法典”没有写条号"),
    swap("an article without a law", CITE, "- 第291条\n", ":24:3 错误 [citation] 看不懂这条引用“第291条”"),
    swap("words that cite nothing", CITE, "- 相关法律规定\n", ":24:3 错误 [citation] 看不懂这条引用“相关法律规定”"),
    swap("a repealed law", CITE, "- 婚姻法第32条\n", ":24:3 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看民法典第1079条"),
    swap(
        "a repealed law without a known successor",
        CITE,
        "- 婚姻法第5条\n",
        ":24:3 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看《民法典》",
    ),
    swap(
        "a repealed law in a guide",
        GUIDE_LAWS,
        "laws: [婚姻法第32条]",
        ":20:8 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看民法典第1079条",
        file=GUIDE,
    ),
    swap(
        "a repealed law in a guide's text",
        "why: 怎么用可以调，归谁先找镇政府。",
        "why: 按婚姻法第32条办。",
        ":11:37 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看民法典第1079条",
        file=GUIDE,
    ),
    swap(
        "a repealed law by its full name in a case's text",
        WALL,
        "按《中华人民共和国婚姻法》第三十二条，" + WALL,
        ":16:10 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看民法典第1079条",
        file=EAVES,
    ),
    swap(
        "a repealed law as today's",
        CITE,
        "- {cite: 婚姻法第32条, as_of: 2019-01-01, now: 婚姻法第32条}\n",
        ":24:43 错误 [law-repealed] 《婚姻法》已于2021-01-01废止，现在看民法典第1079条",
    ),
    swap(
        "today's number in the old version",
        CITE,
        "- {cite: 民诉法第306条, as_of: 2018-05-01}\n",
        ":24:3 错误 [article-missing] 《民诉法》没有第306条，这一版到第284条为止",
    ),
    swap(
        "a law before its first day",
        CITE,
        "- {cite: 民法典第291条, as_of: 2015-01-01}\n",
        ":24:3 错误 [law-not-yet] 《民法典》到2015-01-01还没有施行（2021-01-01起施行）",
    ),
    swap(
        "a law that isn't in force yet", CITE, "- 村规条例第3条\n", ":24:3 错误 [law-not-yet] 《村规条例》到2026-11-23还没有施行（2027-01-01起施行）"
    ),
    swap(
        "a law that isn't in force yet, in a text",
        RESULT,
        "按《村规条例》第三条，" + RESULT,
        ":33:6 错误 [law-not-yet] 《村规条例》到2026-11-23还没有施行（2027-01-01起施行）",
    ),
    swap("words for today's article", CITE, "- {cite: 民法典第291条, now: 见上}\n", ":24:25 错误 [citation] 看不懂 now 里的引用“见上”"),
    swap("a law that nobody knows, in a text", RESULT, "按《火星法》第三条，" + RESULT, ":33:6 错误 [law-unknown] 登记册里没有《火星法》"),
    swap(
        "a missing article in a text",
        RESULT,
        "按民法典第一千三百条，" + RESULT,
        ":33:6 错误 [article-missing] 《民法典》没有第1300条，这一版到第1260条为止",
    ),
    swap("two laws of one name", "short: 村规条例", "short: 婚姻法", ":32:3 错误 [law-name-twice] “婚姻法”已经是“marriage-law”的名称", file=LAWS),
    swap(
        "versions out of order",
        "passed: 2021-12-24, from: 2022-01-01",
        "passed: 2021-12-24, from: 2016-01-01",
        ":14:3 错误 [law-versions] 《民诉法》的版本没有按施行日期由旧到新排列",
        file=LAWS,
    ),
    swap(
        "a successor that isn't there",
        "第32条: 民法典第1079条",
        "第32条: 民法典第1979条",
        ":31:11 错误 [successor] 《婚姻法》第32条的现行条文“民法典第1979条”不存在或已失效",
        file=LAWS,
    ),
    swap("an article label of another shape", "第32条: 民法典", "三十二: 民法典", ":31:10 错误 [schema] “三十二”的格式不对", file=LAWS),
    swap("repealed by a law that isn't there", "by: civil-code", "by: civil-law", ":29:36 错误 [reference] 登记册里没有“civil-law”", file=LAWS),
    swap("a gist for an article that isn't there", "no: 第1079条", "no: 第1979条", ":7:8 错误 [article-missing] 《民法典》没有第1979条", file=GISTS),
]

DOUBTS = [
    swap(
        "a repealed law for older facts, without today's article",
        CITE,
        "- {cite: 婚姻法第32条, as_of: 2019-01-01}\n",
        ":24:3 提醒 [law-old] 《婚姻法》现在已经废止（按2019-01-01引用）",
    ),
    swap(
        "an old version, without today's article",
        CITE,
        "- {cite: 民诉法第194条, as_of: 2018-05-01}\n",
        ":24:3 提醒 [law-old] 《民诉法》后来修改过（按2018-05-01的文本引用）",
    ),
    swap("an article that nobody has explained", CITE, "- 民法典第7条\n", ":24:3 提醒 [gist-missing] 民法典第7条还没有要旨"),
]
