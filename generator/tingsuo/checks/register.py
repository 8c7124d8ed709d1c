"""The register itself: no two laws by one name, versions in order, gists for articles that exist."""

from __future__ import annotations

from collections.abc import Iterator

from ..citation import Ref, find, normal_name
from ..findings import Finding, error
from ..library import Library


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Names unique, versions ascending, repealers and successors known, gists in place."""
    reference = library.reference
    register, file = reference.register, reference.files["laws", "laws"]
    names: dict[str, str] = {}
    for n, law in enumerate(register.laws.values()):
        for name in dict.fromkeys((law.name, law.short, *law.aliases)):
            key = normal_name(name)
            if names.setdefault(key, law.id) != law.id:
                yield error(file, "law-name-twice", f"“{name}”已经是“{names[key]}”的名称", "一个名称只能属于一部法律", ("laws", n))
        days = [version.from_ for version in law.versions]
        if days != sorted(days) or len(set(days)) != len(days):
            yield error(
                file,
                "law-versions",
                f"《{law.short}》的版本没有按施行日期由旧到新排列",
                "调整 versions 的次序，施行日期不能相同",
                ("laws", n, "versions"),
            )
        if law.repealed and law.repealed.by and law.repealed.by not in register.laws:
            yield error(file, "reference", f"登记册里没有“{law.repealed.by}”", "repealed.by 写登记册里的 id", ("laws", n, "repealed", "by"))
        for old, now in law.successors.items():
            for ref in find(now, register.names):
                if register.resolve(ref, reference.day).problem:
                    yield error(file, "successor", f"《{law.short}》{old}的现行条文“{now}”不存在或已失效", "核对条号", ("laws", n, "successors", old))
    for law_id, passed, gists in register.gist_files():
        gist_file = reference.files.get(("articles", law_id), file)
        found_law = register.laws.get(law_id)
        version = next((v for v in found_law.versions if v.passed == passed), None) if found_law else None
        if found_law is None or version is None:
            what = f"法律“{law_id}”" if found_law is None else f"《{found_law.short}》{passed.isoformat()}通过的版本"
            yield error(gist_file, "reference", f"登记册里没有{what}", "核对 law 和 version", ("law" if found_law is None else "version",))
            continue
        last = version.last or version.articles
        for index, label in enumerate(gists):
            for ref in find(f"《{found_law.short}》{label}", register.names):
                if last and not ref.suffix and ref.num > last or ref.suffix and version.inserted and ref.label not in version.inserted:
                    yield error(gist_file, "article-missing", f"《{found_law.short}》没有{label}", "核对条号", ("articles", index, "no"))


__all__ = ["Ref", "check_library"]
