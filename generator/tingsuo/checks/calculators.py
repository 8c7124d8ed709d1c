"""Calculators (计算器): each has its arithmetic, its figures and enough test vectors, and its parts fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from ..findings import Finding, Loc, error
from ..library import Library, Reference
from ..model.reference import Calculator

LEAST_VECTORS = 4
_PROGRAM = ("theme", "assets", "tingsuo", "calculators.js")
_DEFINED = re.compile(r'^  define\("([a-z0-9-]+)"', re.MULTILINE)
_CAN_RESTART = "可中断"


@cache
def implemented() -> frozenset[str]:
    """The ids for which there is arithmetic."""
    return frozenset(_DEFINED.findall(resources.files("tingsuo").joinpath(*_PROGRAM).read_text("utf-8")))


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """What is wrong with the calculators."""
    reference = library.reference
    for n, calculator in enumerate(reference.calculators.values()):
        file = reference.files["calculators", "calculators"]
        at: Loc = ("calculators", n)
        if calculator.id not in implemented():
            hint = "可用的有：" + "、".join(sorted(implemented())) + "；新的要先请程序员写算法"
            yield error(file, "calculator-unknown", f"没有计算器“{calculator.id}”的算法", hint, (*at, "id"))
        if len(calculator.vectors) < LEAST_VECTORS:
            message = f"计算器“{calculator.title}”只有{len(calculator.vectors)}组测试数据"
            yield error(file, "calculator-vectors", message, f"至少写{LEAST_VECTORS}组，连刚好到线的、没有数的、填错的", (*at, "id"))
        yield from _inputs(calculator, reference, file, at)
        yield from _vectors(calculator, file, at)


def _inputs(calculator: Calculator, reference: Reference, file: str, at: Loc) -> Iterator[Finding]:
    """Figures exist and are listed; choices are there where they are needed; conditions name what can be chosen."""
    for f, figure in enumerate(calculator.figures):
        if figure not in reference.figures:
            hint = "可用的有：" + "、".join(list(reference.figures)[:24])
            yield error(file, "reference", f"没有数据“{figure}”", hint, (*at, "figures", f))
    inputs = {i.key: i for i in calculator.inputs}
    for n, item in enumerate(calculator.inputs):
        here = (*at, "inputs", n)
        if item.figure and item.figure not in calculator.figures:
            yield error(file, "reference", f"数据“{item.figure}”没有列在 figures 里", "把它加进这个计算器的 figures", (*here, "figure"))
        if (item.type == "选项") != bool(item.options):
            yield error(file, "calculator-options", f"“{item.label}”的种类和选项对不上", "种类是 选项 的写 options，别的不写", (*here, "type"))
        if item.only_if is None:
            continue
        other = inputs.get(item.only_if.input)
        can = {o.value for o in other.options} if other else set()
        if other and other.type == "期限":
            can = {"小时", "日", "工作日", "月", "年", _CAN_RESTART} | {d.id for d in calculator.deadlines}
        if not set(item.only_if.is_) <= can:
            hint = "只能写：" + "、".join(sorted(can)) if can else f"没有选项类的输入项“{item.only_if.input}”"
            yield error(file, "reference", f"“{item.label}”的条件选不到", hint, (*here, "only_if", "input"))


def _vectors(calculator: Calculator, file: str, at: Loc) -> Iterator[Finding]:
    """A vector names inputs, outputs and remarks of its calculator, and expects something."""
    inputs = {i.key for i in calculator.inputs}
    outputs = {o.key for o in calculator.outputs}
    for n, vector in enumerate(calculator.vectors):
        here = (*at, "vectors", n)
        named = (("given", vector.given, inputs), ("expect", vector.expect, outputs))
        for name, keys, known in named:
            for key in keys:
                if key not in known:
                    yield error(file, "reference", f"这个计算器没有“{key}”", "可用的有：" + "、".join(sorted(known)), (*here, name, key))
        for name, listed, known in (("remarks", vector.remarks, set(calculator.remarks)), ("refused", vector.refused, inputs)):
            for m, key in enumerate(listed):
                if key not in known:
                    yield error(file, "reference", f"这个计算器没有“{key}”", "可用的有：" + "、".join(sorted(known)), (*here, name, m))
        if bool(vector.expect) == bool(vector.refused):
            yield error(file, "calculator-vectors", "一组测试数据要么写 expect，要么写 refused", "算得出的写 expect，不该算的写 refused", here)
