"""The comparison of ways (打官司还是调解): its periods are those of the procedures, its calculator exists."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, error
from ..library import Library


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Deadlines and the calculator that the comparison names; and an article for everything without a deadline."""
    reference = library.reference
    comparison = reference.comparison
    if comparison is None:
        return
    file = reference.files["comparison", "comparison"]
    if comparison.calculator and comparison.calculator not in reference.calculators:
        yield error(file, "reference", f"没有计算器“{comparison.calculator}”", "可用的有：" + "、".join(reference.calculators), ("calculator",))
    for w, way in enumerate(comparison.ways):
        procedure = reference.procedures.get(way.procedure)
        known = [d.id for d in procedure.deadlines] if procedure else []
        for t, period in enumerate(way.takes):
            if period.deadline and procedure and period.deadline not in known:
                message = f"流程“{way.procedure}”没有期限“{period.deadline}”"
                yield error(file, "reference", message, "可用的有：" + "、".join(known), ("ways", w, "takes", t, "deadline"))
            if not period.deadline and not period.laws:
                yield error(file, "laws-missing", f"“{period.say}”没有依据", "写 deadline，或者写 laws", ("ways", w, "takes", t, "say"))
