"""Identifiers in texts: kinds one by one, and measured on real court sentences."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tingsuo.checks.identifiers import identifiers

LEAST_RECALL, MOST_FALSE = 0.95, 0.05

# A text → the kinds found in it, with ? behind a doubtful one.
PAIRS = [
    ("身份证号445381199003071237", "身份证号"),
    ("身份证号码：445381199003071234", "身份证号"),
    ("号码是445381199003071234", "身份证号?"),
    ("11010519491231002X", "身份证号"),
    ("11010519491231002x", "身份证号"),
    ("４４５３８１１９９００３０７１２３７", "身份证号"),
    ("445381 19900307 1237", "身份证号"),
    ("身份证445381900307123", "身份证号"),
    ("13812345678", "手机号"),
    ("138 1234 5678", "手机号"),
    ("138-1234-5678", "手机号"),
    ("8613812345678", "手机号"),
    ("12812345678", ""),
    ("0766-3812345", "固定电话"),
    ("(0766)3812345", "固定电话"),
    ("07663812345", "固定电话"),
    ("拨12348、110、12345", ""),
    ("银行卡6222020200112233445", "银行账号"),
    ("6222 0202 0011 2233 445", "银行账号?"),
    ("账号：440501234567890123", "银行账号"),
    ("粤A12345", "车牌号"),
    ("粤AD12345", "车牌号"),
    ("粤A1234挂", "车牌号"),
    ("粤A·12345", "车牌号"),
    ("粤A×××××", ""),
    ("zhang.san@example.com", "电子邮箱"),
    ("微信号zhang_1990", "微信或QQ号"),
    ("QQ：123456789", "微信或QQ号"),
    ("用微信付款", ""),
    ("91350100M000100Y43", "统一社会信用代码"),
    ("统一社会信用代码91440101MA5C12345X", "统一社会信用代码"),
    ("幸福路12号", "门牌地址"),
    ("三元村3组25号", "门牌地址"),
    ("5栋2单元301室", "门牌地址"),
    ("324国道旁", ""),
    ("（2023）粤5381民初123号", "案号"),
    ("(2023)最高法民申12号之一", "案号"),
    ("法释〔2020〕26号", ""),
    ("合同编号13812345678", ""),
    ("订单号：20230101123456789", ""),
    ("2023年1月12日付了12000元", ""),
    ("罚款2000元至5000元", ""),
    ("民法典第1084条、第1085条", ""),
]


@pytest.mark.parametrize(("text", "kinds"), PAIRS)
def test_kinds(text: str, kinds: str) -> None:
    """Each kind is known by its shape, its check digit or the word before it, and its look-alikes aren't taken for it."""
    found = [hit.kind + ("" if hit.certain else "?") for hit in identifiers(f"张某，{text}，李某")]
    assert kinds.split() == found


@pytest.mark.parametrize(("text", "kinds"), [pair for pair in PAIRS if pair[1]])
def test_place(text: str, kinds: str) -> None:
    """The identifier lies inside what was written, wherever that stands."""
    before = "某年某月，张某与李某在某镇约定："
    for hit in identifiers(before + text):
        assert len(before) <= hit.start < hit.end <= len(before + text)


def rows(path: Path) -> list[dict[str, Any]]:
    """A file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_recall_on_court_sentences(data: Path) -> None:
    """At least 95% of the identifiers in real court sentences are found, none of them only in part."""
    found, missed = Counter[str](), []
    for row in rows(data / "pii" / "identifiers.jsonl"):
        hits = identifiers(row["text"])
        for span in row["spans"]:
            covered = any(hit.start <= span["start"] and span["end"] <= hit.end for hit in hits)
            found["yes" if covered else "no"] += 1
            if not covered:
                missed.append(f"{span['type']} {span['text']}")
    total = found.total()
    print(f"recall {found['yes']}/{total} = {found['yes'] / total:.1%}; missed: {missed}")
    assert found["yes"] / total >= LEAST_RECALL


def test_false_alarms_on_court_numbers(data: Path) -> None:
    """At most 5% of numbers that are nobody's (contracts, documents, invoices) are taken for somebody's.

    Case numbers are left out: they are found on purpose, and a case may be allowed to have one.
    """
    alarms = []
    count = 0
    for row in rows(data / "pii" / "not-identifiers.jsonl"):
        count += 1
        start = row["text"].find(row["number"])
        end = start + len(row["number"])
        hits = [hit for hit in identifiers(row["text"]) if hit.kind != "案号" and hit.start < end and start < hit.end]
        if hits:
            alarms.append(f"{hits[0].kind} {row['number']}")
    print(f"false alarms {len(alarms)}/{count} = {len(alarms) / count:.1%}: {alarms}")
    assert len(alarms) / count <= MOST_FALSE
