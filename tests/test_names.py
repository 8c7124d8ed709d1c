"""Masked names (法释〔2016〕19号第8、9条): what passes as a party's name, and what is flagged in running text."""

from __future__ import annotations

import pytest

from tingsuo.checks.names import full_names, masked

MASKED = [
    # people
    "张某",
    "张某某",
    "张某1",
    "张某12",
    "张某甲",
    "欧阳某",
    "欧阳某某",
    "买买提某",
    "买买提某某",
    "阿卜杜拉某甲",
    "某某",
    "某甲",
    "老人",
    "业主甲",
    # kin of a masked person
    "张某甲之父",
    "李某的母亲",
    "王某某监护人",
    # groups
    "张某等",
    "张某等人",
    "张某等4人",
    "支某甲等四人",
    "赵某某等二十三人",
    "李某等八户",
    "张某、李某甲",
    # organisations
    "某公司",
    "某某公司",
    "某财产保险公司某支公司",
    "某物业公司分公司",
    "某关联公司甲",
    "某公司2",
    "某中学",
    "某镇中心小学",
    "某镇人民政府",
    "某村某组村民小组",
    "某理发店",
    "某河道管理处",
    "某渔档",
    "甲公司",
    "乙方",
]

UNMASKED = [
    # full names
    "张三",
    "李建国",
    "欧阳修文",
    "买买提江",
    "古丽娜尔",
    "诸葛小明",
    "张三丰某",
    "李建国甲",
    # part of the given name kept, nicknames, titles
    "张某华",
    "张某建国",
    "阿强",
    "小明",
    "强哥",
    "陈伯",
    "李老师",
    "张先生",
    # kin and groups of an unmasked person
    "李建国之父",
    "李建国等人",
    "李建国等四人",
    "张某、李建国",
    "李建国，某公司",
    # organisations with their own name
    "兴旺超市",
    "红旗中学",
    "大桥镇人民政府",
    "光明电器有限公司",
    "城南村村民委员会",
    # words that hide nobody and say nothing
    "两家关联公司",
    "另一财产保险公司支公司",
    "",
]


@pytest.mark.parametrize("name", MASKED)
def test_masked_names_pass(name: str) -> None:
    """A name masked by the rule is accepted: people, their kin, groups and organisations."""
    assert masked(name)


@pytest.mark.parametrize("name", UNMASKED)
def test_unmasked_names_are_caught(name: str) -> None:
    """A real name, a nickname or a half-masked name is not accepted."""
    assert not masked(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("原告李建国称，被告没有还钱。", "李建国"),
        ("出借人王芳，女，务农。", "王芳"),
        ("姓名：陈志强", "陈志强"),
    ],
)
def test_full_names_in_text_are_found(text: str, name: str) -> None:
    """A full name after a role, with a sex, or after a label is found with its place in the text."""
    assert {(name, text.index(name))} == set(full_names(text))


@pytest.mark.parametrize(
    "text",
    [
        "原告张某称，被告李某甲没有还钱。",
        "原告高度怀疑合同是假的。",
        "司机王师傅、邻居陈伯都在场。",
        "老人何时搬走，双方另谈。",
    ],
)
def test_words_that_look_like_names_pass(text: str) -> None:
    """Masked names, forms of address and ordinary words after a role are not taken for full names."""
    assert not list(full_names(text))
