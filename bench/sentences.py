"""Clean Chinese sentences for generated cases: cut from real court facts when present, else made from templates.

What the project's own checks would refuse (identifiers, full names, laws named in running text) is
dropped here once, so that a corpus can be built without findings.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tingsuo.checks.identifiers import identifiers
from tingsuo.checks.names import COMMON, full_names

from .disputes import DISPUTES

FACTS = Path(__file__).resolve().parents[2] / "shared/data/cases/civil-facts.jsonl"

_HAN = re.compile(r"[\u4e00-\u9fff]")
_HIDDEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u3000 ]+")
_WIDE = str.maketrans(",;:()?!", "，；：（）？！")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_CLAUSE_END = re.compile(r"[，；。！？]")
_AMOUNT = re.compile(r"(\d{5,9})(?:\.\d+)?元")
_LONG_NUMBER = re.compile(r"\d[\d-]{4,}\d")
_PSEUDONYM = re.compile(
    rf"([\u4e00-\u9fff])x+(\d{{1,2}})|([{COMMON}])(\d{{1,2}})(?![\d.年月日号时分秒岁元万千百条款项个人间亩米吨台次倍天%平楼层套份级])"
)
# Markdown and YAML signs, laws and articles, schools (minors), leftovers of pseudonyms, plates.
_REFUSED = re.compile(
    r"[<>*_#`\[\]|\\&{}$~^@\"'《》]|\d\s*条|[零一二三四五六七八九十百千]条|小学|中学|幼儿园|[x×X]{2,}|x\d|[A-Za-z]{4,}|本院认为"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]"
)
_PAIRS = ("（）", "“”", "‘’", "【】")


class Sentence(NamedTuple):
    """A sentence with its full stop and its number of Chinese characters."""

    text: str
    han: int


class Pools(NamedTuple):
    """Sentences by dispute id, and all of them together."""

    of: dict[str, list[Sentence]]
    every: list[Sentence]


def han(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(_HAN.findall(text))


def pools(facts: Path = FACTS, seed: int = 1) -> Pools:
    """The sentences to draw from: real ones when `facts` exists, else 6,000 made from templates."""
    if facts.is_file():
        by_topic: dict[str, list[Sentence]] = defaultdict(list)
        every: dict[str, Sentence] = {}
        for line in facts.open(encoding="utf-8"):
            row = json.loads(line)
            for sentence in _cut(" ".join(row["sections"].values())):
                if sentence.text not in every:
                    every[sentence.text] = sentence
                    for topic in row["topics"]:
                        by_topic[topic].append(sentence)
        found = {d.id: [s for topic in d.topics for s in by_topic[topic]] for d in DISPUTES}
        return Pools(found, list(every.values()))
    made = {d.id: list(_templates(d.things, d.roles, random.Random(f"{seed}:{d.id}"), 500)) for d in DISPUTES}
    return Pools(made, [s for part in made.values() for s in part])


def _cut(text: str) -> Iterator[Sentence]:
    """Sentences of 25 to 80 characters from a court's facts, whose full stops are often missing."""
    text = _THOUSANDS.sub("", _HIDDEN.sub("", html.unescape(text))).translate(_WIDE)
    text = _AMOUNT.sub(lambda m: f"{round(int(m[1]) / 10_000, 2):g}万元", text)
    text = _PSEUDONYM.sub(lambda m: f"{m[1] or m[3]}某{m[2] or m[4]}", _LONG_NUMBER.sub("", text))
    parts: list[str] = []
    for clause in _CLAUSE_END.split(text):
        if not clause or len(clause) > 60:
            parts = []
            continue
        parts.append(clause)
        if sum(map(len, parts)) >= 25:
            sentence = "，".join(parts) + "。"
            parts = []
            if len(sentence) <= 80 and clean(sentence):
                yield Sentence(sentence, han(sentence))


def clean(sentence: str) -> bool:
    """Whether a sentence can stand in any case: balanced, no markup, nothing the checks refuse."""
    if _REFUSED.search(sentence) or any(sentence.count(pair[0]) != sentence.count(pair[1]) for pair in _PAIRS):
        return False
    return not identifiers(sentence) and next(full_names(sentence), None) is None


_WHEN = (
    "当月月底",
    "第二天上午",
    "过了半个月",
    "收到通知以后",
    "春节前后",
    "双方第一次见面时",
    "到了约定的日子",
    "事情发生当晚",
    "秋收以后",
    "又过了三天",
)
_DID = (
    "就{thing}谈了{n}次，每次都没有写下来",
    "拿出{n}张单据，说明{thing}是怎样算出来的",
    "提出{thing}按{n}百元计，另一方只认其中一半",
    "要求先把{thing}说清楚，再谈别的",
    "承认{thing}的事，但说数目要减去{n}百元",
    "把{thing}的照片交给调解员，共{n}张",
    "答应{n}日内解决{thing}，后来没有做到",
    "请了{n}位见证人来说{thing}的经过",
    "对{thing}没有异议，只是希望分{n}期付",
    "说{thing}早已了结，却找不到当时的收条",
)
_THEN = (
    "双方因此僵住",
    "旁人劝开后各自回家",
    "村里的干部到场登记",
    "这一点后来成了争议的中心",
    "当场没有谈拢",
    "记录由两人签字",
    "证据留在调解室备查",
    "于是改约下一次再谈",
)


def _templates(things: tuple[str, ...], roles: tuple[str, str], rng: random.Random, count: int) -> Iterator[Sentence]:
    seen: set[str] = set()
    while len(seen) < count:
        did = rng.choice(_DID).format(thing=rng.choice(things), n=rng.randint(2, 30))
        text = f"{rng.choice(_WHEN)}，{rng.choice(roles)}{did}，{rng.choice(_THEN)}。"
        if text not in seen and clean(text):
            seen.add(text)
            yield Sentence(text, han(text))
