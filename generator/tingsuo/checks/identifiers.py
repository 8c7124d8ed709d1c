"""Identifiers (个人和单位的识别号码): ID numbers, telephones, cards, plates, accounts, door numbers, case numbers.

法释〔2016〕19号第10条 names what must go; the patterns follow GB 11643 (ID numbers, ISO 7064 MOD 11-2),
GB 32100 (credit codes), ISO/IEC 7812 (cards, Luhn) and GA 36 (plates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..findings import Finding, Severity, error, warning
from ..library import Reference
from ..model.case import CaseBase
from .subject import Subject

_FULL = str.maketrans({**{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}, "\u3000": " ", "－": "-", "—": "-"})
_HAN = r"\u4e00-\u9fff"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"

_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){9,20}(?:[Xx](?![Xx]))?(?![0-9A-WYZa-wyz])|(?<![0-9A-Za-z])\d{17}[Xx](?![0-9A-Za-z])")
_LANDLINE = re.compile(r"(?<![\d-])(?:\(0\d{2,3}\)|0\d{2,3})[- —－–]?[2-8]\d{6,7}(?!\d)")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-HJ-NP-Z][·•.\s-]?"
    r"(?:[0-9A-HJ-NP-Z]{4}[挂学警港澳试超领]|[0-9A-HJ-NP-Z]{5,6})(?![0-9A-Za-z])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_CHAT = re.compile(
    r"(?:微信号?|WeChat|VX|V信)\s*(?:号|ID)?\s*[:：是为]?\s*([A-Za-z][\w-]{5,19})|(?:QQ|扣扣)\s*(?:群|号码?)?\s*[:：是为]?\s*(\d{5,11})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"[{_HAN}]{{2,8}}(?:路|街|巷|大道|胡同|弄)\d{{1,5}}(?:-\d{{1,4}})?号(?!线|公路|令|文|公告)"
    rf"|[{_HAN}\d]{{1,8}}村[{_HAN}\d]{{0,6}}(?:组|队|社)?\d{{1,4}}号"
    rf"|\d{{1,3}}(?:栋|幢|座|号楼)(?:[{_HAN}\d]{{0,4}}单元)?\d{{2,4}}(?:室|房|号)"
)
_RUN = re.compile(r"[0-9][0-9 \-—－–)]{6,}")
_DOOR = re.compile(r"[号栋幢座](?<=\d.)")
_CHAT_WORD = re.compile("[微QqVvWw扣][信QqXxEe扣]")
_WIDE = re.compile("[\uff10-\uff19\uff20\uff21-\uff3a\uff41-\uff5a\uff0d\u3000]")
_LATIN = re.compile(r"[A-Z](?:(?<=[0-9].)|[0-9A-Z·•.\s-]{4})")
_CASE_NUMBER = re.compile(
    rf"[(（〔\[]\s*(?:19|20)\d\d\s*[)）〕\]]\s*(?=[{_HAN}\d]{{0,10}}(?:字第?|民|刑|执|行|初|终|申|再|调|特|监|辖|确))[{_HAN}\d]{{1,14}}?\d+\s*号(?:之[一二三四五六七八九十]+)?"
)
_RELEASE = re.compile(r"(?:法释|法发|法办|法研|司发|法)$")

# Words right before a number that say it is no person's.
_THING = re.compile(
    r"(?:合同|订单|保单|单|票据|凭证|文书|证书|许可证|登记|注册|备案|发票|快递|运单|商|流水|交易|批|产品|条形?码?|认定书|编|案件?)(?:编号|号码?|号)[为是:：]?\s*[A-Za-z]{0,6}$|编号[分别为是:：]*\s*[A-Za-z]{0,6}$|第\s*$|、\s*$"
)
_DOCUMENT = re.compile(r"^\s*[A-Za-zＡ-Ｚ]{0,4}[\dA-Za-z×xX*]{0,5}\s*(?:号)?《|^[×xX*]{0,6}号?(?:道路交通)?事故|^号\)")
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号|银行卡|尾号|信用卡|存折|户口?本?号?)(?:分?别?[为是:：]|的)?\s*$|(?:转账?至|转入|汇入|汇至)\s*$")
_PERSON_ID = re.compile(r"(?:身份证|证件|公民身份)(?:件)?(?:号码?|编号)?[为是:：]?\s*$")


class Hit(NamedTuple):
    """One identifier in a text. `certain` is False when only its shape speaks for it."""

    kind: str
    start: int
    end: int
    certain: bool


def _id_checksum(digits: str) -> bool:
    total = sum(int(d) * w for d, w in zip(digits[:17], (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:8])).year <= 2030
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, c in enumerate(reversed(digits)):
        n = int(c) * (2 if place % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def _credit_checksum(code: str) -> bool:
    total = sum(_CREDIT.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
    return _CREDIT[(31 - total % 31) % 31] == code[17]


def identifiers(text: str) -> list[Hit]:
    """Identifiers in a text, in order, without overlaps. Full-width forms count as half-width."""
    # Each pattern starts from what is rare in clean text, so that a faultless text costs one short pass each.
    if _WIDE.search(text):
        text = text.translate(_FULL)
    hits = list(_numbers(text))
    for door in _DOOR.finditer(text):
        hits += [Hit("门牌地址", m.start(), m.end(), True) for m in _ADDRESS.finditer(text, max(0, door.start() - 18), door.end() + 12)]
    hits += [
        Hit("案号", m.start(), m.end(), True) for m in _CASE_NUMBER.finditer(text) if not _RELEASE.search(text, max(0, m.start() - 2), m.start())
    ]
    if _LATIN.search(text):
        hits += [Hit("车牌号", m.start(), m.end(), True) for m in _PLATE.finditer(text) if sum(c.isdigit() for c in m[0]) >= 2]
        hits += _credit_codes(text)
    if "@" in text:
        hits += [Hit("电子邮箱", m.start(), m.end(), True) for m in _EMAIL.finditer(text)]
    if _CHAT_WORD.search(text):
        hits += [Hit("微信或QQ号", m.start(), m.end(), True) for m in _CHAT.finditer(text)]
    hits.sort(key=lambda h: (h.start, -h.end))
    out: list[Hit] = []
    for hit in hits:
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out


def _numbers(text: str) -> Iterator[Hit]:
    for run in _RUN.finditer(text):
        first, last = max(0, run.start() - 1), run.end() + 6
        for m in _DIGITS.finditer(text, first, last):
            hit = _number(text, m)
            if hit:
                yield hit
        for m in _LANDLINE.finditer(text, first, last):
            if not _THING.search(text, max(0, m.start() - 12), m.start()):
                yield Hit("固定电话", m.start(), m.end(), True)


def _credit_codes(text: str) -> Iterator[Hit]:
    for m in _CREDIT_CODE.finditer(text):
        named = "信用代码" in text[max(0, m.start() - 14) : m.start()]
        if (any(c.isalpha() for c in m[0][8:17]) and _credit_checksum(m[0])) or named:
            yield Hit("统一社会信用代码", m.start(), m.end(), True)


def _number(text: str, m: re.Match[str]) -> Hit | None:
    digits = re.sub(r"[ -]", "", m[0])
    start, end = m.span()
    before = text[max(0, start - 16) : start]
    thing = bool(_THING.search(before)) or bool(_DOCUMENT.match(text[end : end + 12]))
    named_id = bool(_PERSON_ID.search(before))
    account = bool(_ACCOUNT.search(before))
    size = len(digits)
    if size == 18 and digits[:17].isdigit() and (named_id or digits[:2] in _PROVINCES and _is_day(digits[6:14])):
        valid = _is_day(digits[6:14]) and _id_checksum(digits)
        if valid or named_id:
            return Hit("身份证号", start, end, True)
        if not thing:
            return Hit("身份证号", start, end, False)
    if not digits.isdigit():
        return Hit("身份证号", start, end, False) if size == 18 else None
    if size == 15 and (named_id or digits[:2] in _PROVINCES and _is_day("19" + digits[6:12]) and not thing and not account):
        return Hit("身份证号", start, end, named_id)
    if size == 11 and re.match(r"1[3-9]", digits):
        return None if thing and not before.rstrip().endswith(("第", "、")) else Hit("手机号", start, end, not thing)
    if size == 13 and digits.startswith("86") and re.match(r"1[3-9]", digits[2:]):
        return Hit("手机号", start, end, True)
    if account and size >= 12:
        return Hit("银行账号", start, end, True)
    if 16 <= size <= 19 and digits[0] in "3456" and not thing and (_luhn(digits) or digits.startswith("62")):
        return Hit("银行账号", start, end, _luhn(digits))
    return None


_PUBLIC = frozenset({"url", "sha256", "library_no", "id", "case_number"})
"""Keys whose values are public numbers by nature, and the case number, which `completeness` asks for permission."""

_HINTS = {
    "身份证号": "删去；需要时在纸质卷宗里写",
    "手机号": "删去；只留办公固定电话或公开服务号码",
    "固定电话": "正文里不写电话；单位的办公电话写在 office.yaml",
    "银行账号": "删去；协议里写“甲方指定账户”",
    "车牌号": "改成“某号小型客车”或“粤A×××××”",
    "电子邮箱": "删去",
    "微信或QQ号": "删去",
    "统一社会信用代码": "删去",
    "门牌地址": "写到镇街为止",
    "案号": "删去；确需保留的，法院审核后写 allow_case_number: true",
}


def findings_in(text: str, file: str, loc: tuple[str | int, ...], skip: frozenset[str]) -> Iterator[Finding]:
    """A finding for each identifier in a text; kinds in `skip` are allowed there."""
    for hit in identifiers(text):
        if hit.kind in skip:
            continue
        shown = text[hit.start : hit.end]
        if hit.kind not in ("案号", "门牌地址"):
            shown = shown[:3] + "…" + shown[-1:]
        severity: Severity = "error" if hit.certain else "warning"
        make = error if severity == "error" else warning
        doubt = "" if hit.certain else "看上去像"
        yield make(file, "identifier", f"{doubt or '出现'}{hit.kind}“{shown}”", _HINTS[hit.kind], loc, hit.start)


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """No identifier in any text of an item."""
    item = subject.item
    skip = frozenset({"案号"} if isinstance(item, CaseBase) and item.allow_case_number else ())
    if all(hit.kind in skip for hit in identifiers(subject.whole)):
        return
    for loc, text in subject.texts:
        if loc[-1] not in _PUBLIC:
            yield from findings_in(text, subject.file, loc, skip)
