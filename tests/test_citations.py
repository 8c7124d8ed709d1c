"""Citations as people write them: pairs of what is written and what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsuo.citation import Names, Ref, find, label, normal_name, number

KNOWN = Names(
    [
        "民法典",
        "中华人民共和国民法典",
        "民诉法",
        "民事诉讼法",
        "刑法",
        "合同法",
        "劳动合同法",
        "保险法",
        "民诉解释",
        "道路交通安全法实施条例",
        "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
    ]
)

# What is written → law, article and paragraph or item of each reference, in order.
PAIRS = [
    # the ways of one article
    ("《民法典》第一千零八十四条第三款", "民法典 第1084条 3款"),
    ("民法典第1084条第3款", "民法典 第1084条 3款"),
    ("民法典1084条", "民法典 第1084条"),
    ("民法典第１０８４条", "民法典 第1084条"),
    ("民法典第一〇八四条", "民法典 第1084条"),
    ("中华人民共和国民法典第一千零八十四条", "民法典 第1084条"),
    ("《中华人民共和国民法典》第1084条", "民法典 第1084条"),
    ("《民法典》 第 十 条", "民法典 第10条；民法典"),
    ("《民法典》（2020年）第十条", "民法典 第10条；民法典"),
    ("民法典第二百零五条", "民法典 第205条"),
    ("民法典第二千条", "民法典 第2000条"),
    ("民诉解释第355条第1款第2项", "民诉解释 第355条 1款2项"),
    ("民法典第13条第（一）项", "民法典 第13条 1项"),
    # inserted articles
    ("刑法第一百三十三条之一", "刑法 第133条之一"),
    ("刑法第133条之1第二项", "刑法 第133条之一 2项"),
    # several
    ("民法典第677条、第680条", "民法典 第677条；民法典 第680条"),
    ("民法典第10、12和14条", "民法典 第10条；民法典 第12条；民法典 第14条"),
    ("民法典第677条至第679条", "民法典 第677条；民法典 第678条；民法典 第679条"),
    ("民法典第677至679条", "民法典 第677条；民法典 第678条；民法典 第679条"),
    ("民法典第677—679条", "民法典 第677条；民法典 第678条；民法典 第679条"),
    ("民法典第1165条第2款，第1166条", "民法典 第1165条 2款；民法典 第1166条"),
    ("民法典第十条、第十二条，民诉法第三条", "民法典 第10条；民法典 第12条；民诉法 第3条"),
    ("根据《合同法》第八条、《民法典》第十条", "合同法 第8条；民法典 第10条"),
    # back to a law named before
    ("按民法典第十条，并按该法第十二条", "民法典 第10条；民法典 第12条"),
    ("依《民法典》第十条。该法第三条也有规定", "民法典 第10条；民法典 第3条"),
    ("《民法典》规定得明白，本法第五条说的", "民法典 第5条；民法典"),
    # the longest name wins, and 合同法 isn't 同法
    ("劳动合同法第十条", "劳动合同法 第10条"),
    ("适用合同法第三条", "合同法 第3条"),
    ("道路交通安全法实施条例第十条", "道路交通安全法实施条例 第10条"),
    ("民法典和民诉法第五条", "民诉法 第5条"),
    # a name with another name in it
    ("《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条", "最高人民法院关于适用《民事诉讼法》的解释 第355条"),
    # laws as a whole, and laws that nobody knows
    ("《民法典》", "民法典"),
    ("《租房合同》第三条", "租房合同 第3条"),
    # what isn't a citation
    ("民法典", ""),
    ("合同第三条约定", ""),
    ("本合同第十条", ""),
    ("第五条", ""),
    ("民法典第0条", ""),
    ("民法典第条", ""),
    ("三十条鱼，有三条路", ""),
    ("民法典第五条的规定，第六条另有规定", "民法典 第5条"),
]


def short(ref: Ref) -> str:
    """民法典 第1084条 3款2项."""
    tail = (f"{ref.paragraph}款" if ref.paragraph else "") + (f"{ref.item}项" if ref.item else "")
    return " ".join(part for part in (normal_name(ref.law), ref.label, tail) if part)


@pytest.mark.parametrize(("written", "meant"), PAIRS)
def test_what_is_written_means(written: str, meant: str) -> None:
    """Each way of writing gives its law, article, paragraph and item."""
    assert [part for part in meant.split("；") if part] == [short(ref) for ref in find(written, KNOWN)]


@pytest.mark.parametrize(("written", "meant"), [pair for pair in PAIRS if pair[1]])
def test_citation_is_found_inside_a_sentence(written: str, meant: str) -> None:
    """The same citation between other words is found at its place."""
    before, after = "法院认为，依照", "的规定，双方各让一步。"
    found = list(find(before + written + after, KNOWN))
    assert meant.split("；") == [short(ref) for ref in found]
    assert all(len(before) <= ref.start < ref.end <= len(before + written) for ref in found)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("一百零三", 103), ("一千零八十四", 1084), ("两千", 2000), ("１２", 12), ("一二六〇", 1260), ("甲", None)],
)
def test_numerals(text: str, value: int | None) -> None:
    """Chinese, Arabic and full-width numerals; None for what isn't one."""
    assert value == number(text)


def in_words(value: int) -> str:
    """A number up to 9999 as it is written in a law: 一千零八十四."""
    digits, units = "零一二三四五六七八九", ("千", "百", "十", "")
    out = "".join(digits[int(d)] + units[n] if d != "0" else "零" for n, d in enumerate(f"{value:04d}"))
    while "零零" in out:
        out = out.replace("零零", "零")
    out = out.strip("零")
    return out.removeprefix("一") if out.startswith("一十") else out


@given(st.integers(1, 9999))
def test_every_numeral_is_read_back(value: int) -> None:
    """What a law calls its articles is read back, from 一 to 九千九百九十九."""
    assert value == number(in_words(value))
    assert [label(value)] == [ref.label for ref in find(f"民法典第{in_words(value)}条", KNOWN)]


@given(st.text(alphabet="民法典第一十百千零〇0 9条款项之至、—《》（）该本\n", max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    """Whatever stands there, references lie inside the text and name an article or a law."""
    for ref in find(text, KNOWN):
        assert 0 <= ref.start < ref.end <= len(text)
        assert ref.law
        assert ref.num >= 0
