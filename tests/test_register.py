"""The law register: which law a name means, which version a day means, and that it agrees with the official texts."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from project import REPO
from tingsuo.citation import Ref, label, number
from tingsuo.library import Reference, load_reference
from tingsuo.load import files_of, load
from tingsuo.model import KINDS
from tingsuo.model.base import Citation
from tingsuo.model.case import CaseBase
from tingsuo.register import Register, Resolved
from tingsuo.walking import walk

TODAY = date(2026, 11, 23)
SUFFIXES = {"": 0, **{c: n for n, c in enumerate("一二三四五六七八九十", 1)}}


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The shipped reference content."""
    found, findings = load_reference(REPO, TODAY)
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    assert found is not None
    return found


@pytest.fixture(scope="module")
def register(reference: Reference) -> Register:
    """The shipped register."""
    return reference.register


# ---- names and days -----------------------------------------------------------------

# A citation, the day whose law is meant → law, version passed on, article; or what is wrong and where the rule stands now.
MEANT = [
    ("民法典第1084条第3款", "2026-11-23", "民法典第1084条第3款 2020-05-28"),
    ("《中华人民共和国民法典》第一千零八十四条", "2021-01-01", "民法典第1084条 2020-05-28"),
    ("民法典第1084条", "2020-12-31", "not-yet"),
    ("民法典第1261条", "2026-11-23", "missing-article"),
    ("婚姻法第32条", "2026-11-23", "repealed → 民法典第1079条"),
    ("婚姻法第32条", "2021-01-01", "repealed → 民法典第1079条"),
    ("婚姻法第32条", "2020-12-31", "婚姻法第32条 2001-04-28"),
    ("民诉法第205条", "2026-11-23", "民诉法第205条 2023-09-01"),
    ("民诉法第201条", "2023-12-31", "民诉法第201条 2021-12-24"),
    ("民诉法第306条", "2023-12-31", "missing-article"),
    ("民事诉讼法第306条", "2024-01-01", "民诉法第306条 2023-09-01"),
    ("刑法第133条之一", "2026-11-23", "刑法第133条之一 2023-12-29"),
    ("刑法第133条之三", "2026-11-23", "missing-article"),
    ("火星法第3条", "2026-11-23", ""),
]


def meaning(resolved: Resolved) -> str:
    """What a reference means, in one line."""
    if resolved.problem:
        return resolved.problem + (f" → {resolved.successor}" if resolved.successor else "")
    assert resolved.version is not None
    return f"{resolved.text} {resolved.version.passed}"


@pytest.mark.parametrize(("cite", "day", "meant"), MEANT)
def test_citation_on_a_day(register: Register, cite: str, day: str, meant: str) -> None:
    """The version in force on the day that matters is meant, and what can't be meant says why."""
    found = register.cited(Citation(cite=cite), date.fromisoformat(day))
    assert meant == "；".join(meaning(resolved) for resolved in found)


def test_every_name_finds_its_law(register: Register) -> None:
    """Full names, short names and aliases, with and without 中华人民共和国 and 《》, lead to the law that has them."""
    for law in register.laws.values():
        for name in (law.name, law.short, *law.aliases):
            for written in (name, f"《{name}》", name.replace("中华人民共和国", ""), name.replace("（", "(").replace("）", ")")):
                assert register.named(written) is law, written


def test_every_day_has_at_most_one_version(register: Register) -> None:
    """Before a law's first day and from its repeal on there is none; on each version's first day it is that one."""
    for law in register.laws.values():
        assert register.version_on(law, date(1949, 9, 30)) is None
        for version in law.versions:
            if not law.repealed or version.from_ < law.repealed.on:
                assert register.version_on(law, version.from_) is version
        if law.repealed:
            assert register.version_on(law, law.repealed.on) is None


def test_successors_stand_today(register: Register) -> None:
    """Where a repealed law sends people, there is an article in force."""
    for law in register.laws.values():
        for now in law.successors.values():
            found = register.cited(Citation(cite=now), TODAY)
            assert found, now
            assert [meaning(resolved) for resolved in found if resolved.problem] == []


# ---- against the official texts -----------------------------------------------------


@pytest.fixture(scope="module")
def statutes(data: Path) -> Path:
    """The folder of official texts."""
    return data / "statutes"


@pytest.fixture(scope="module")
def official(statutes: Path) -> dict[tuple[str, str], set[str]]:
    """Article labels by (law's full name, day passed)."""
    out: dict[tuple[str, str], set[str]] = {}
    with (statutes / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            ref = ref_of(row["label"])
            out.setdefault((row["law"], row["version"]), set()).add(label(ref.num, ref.suffix))
    return out


def ref_of(text: str) -> Ref:
    """第二百七十六条之一 as a reference without a law."""
    num, _, suffix = text.removeprefix("第").partition("条")
    return Ref("", number(num) or 0, SUFFIXES[suffix.removeprefix("之")])


def test_every_official_version_is_registered(register: Register, statutes: Path) -> None:
    """Each version of the official index is in the register, with the same number of articles."""
    wrong = []
    with (statutes / "index.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        law = register.named(row["name"])
        version = next((v for v in law.versions if v.passed.isoformat() == row["version_date"]), None) if law else None
        if version is None:
            wrong.append(f"{row['name']} {row['version_date']}: not registered")
        elif version.articles != int(row["articles"]):
            wrong.append(f"{row['name']} {row['version_date']}: {row['articles']} articles, registered {version.articles}")
    print(f"{len(rows)} official versions, {len(rows) - len(wrong)} agree")
    assert wrong == []


def test_inserted_articles_are_the_official_ones(register: Register, official: dict[tuple[str, str], set[str]]) -> None:
    """Where the register knows a version's text, it accepts each of its articles and none behind the last."""
    for (name, passed), labels in official.items():
        law = register.named(name)
        assert law is not None, name
        version = next(v for v in law.versions if v.passed.isoformat() == passed)
        for text in labels:
            assert register.has_article(version, ref_of(text), law.id), f"{name} {passed} {text}"
        last = max(ref_of(text).num for text in labels)
        assert not register.has_article(version, Ref(name, last + 1), law.id), f"{name} {passed}"


def cited(reference: Reference) -> Iterator[tuple[str, Resolved]]:
    """(place, article) of everything that the shipped content cites in citations and in texts."""
    register = reference.register
    items = [(file, item) for _, file, item in reference.items()]
    items += [(source.name, load(source.path, source.name, KINDS["case"])[0]) for source in files_of(KINDS["case"], REPO)]
    items += [("calendar", reference.calendar)] if reference.calendar else []
    for file, item in items:
        day = (item.law_day if isinstance(item, CaseBase) else None) or TODAY
        for loc, value in walk(item):
            place = f"{file} {'.'.join(map(str, loc))}"
            if isinstance(value, Citation):
                for resolved in register.cited(value, value.as_of or day):
                    yield place, resolved
                for resolved in register.cited(Citation(cite=value.now), TODAY) if value.now else ():
                    yield place, resolved
            elif isinstance(value, str):
                for resolved in register.mentioned(value, day):
                    yield place, resolved


def test_every_cited_article_is_in_the_official_text(reference: Reference, official: dict[tuple[str, str], set[str]]) -> None:
    """Each article that the shipped content cites stands in the official text of the version meant, where that text is here."""
    count: Counter[str] = Counter()
    missing = []
    for place, resolved in cited(reference):
        if not resolved.law or not resolved.version or not resolved.ref.num or resolved.problem:
            continue
        labels = official.get((resolved.law.name, resolved.version.passed.isoformat()))
        count["held" if labels else "not held"] += 1
        if labels and resolved.ref.label not in labels:
            missing.append(f"{place}: {resolved.text}")
    print(f"{count['held']} citations checked against the official text, {count['not held']} of versions that aren't here")
    assert count["held"] > 500
    assert missing == []


def test_every_gist_is_of_an_official_article(register: Register, official: dict[tuple[str, str], set[str]]) -> None:
    """Gists are written for articles that the official text of their version has, where that text is here."""
    checked, missing = 0, []
    for law_id, passed, gists in register.gist_files():
        labels = official.get((register.laws[law_id].name, passed.isoformat()))
        for article in gists if labels else ():
            checked += 1
            if labels and article not in labels:
                missing.append(f"{law_id} {passed} {article}")
    print(f"{checked} gists checked against the official text")
    assert checked > 200
    assert missing == []
