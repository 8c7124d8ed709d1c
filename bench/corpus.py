"""A project folder with N cases, the same for the same seed: `python -m bench.corpus DIR 10000`.

The repository's own content is copied (its cases too: quizzes and kits refer to them) and generated
cases are added up to N. A generated case has 1,600–1,700 Chinese characters in its official sections.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tingsuo.library import today
from tingsuo.load import files_of, load, load_text, parse
from tingsuo.model import KINDS
from tingsuo.model.base import Citation
from tingsuo.model.case import section_names
from tingsuo.register import Register

from .disputes import DISPUTES, Dispute
from .peers import export_hugo, export_material
from .sentences import Pools, Sentence, han, pools

REPO = Path(__file__).resolve().parents[1]
COPIED = ("guides", "docs", "cases", "mkdocs.yml")
SOURCE = "性能测试语料（机器拼接，不是真实案例）"
FIRST_MONTH, MONTHS = 2015 * 12, 11 * 12 + 10
"""Months run from 2015-01 to 2026-10."""

# How a kind's characters are shared among its sections.
_SHARES = {
    "裁判要点": 12, "裁判要旨": 12, "基本案情": 45, "案情简介": 35, "裁判结果": 10, "处理结果": 12, "裁判理由": 33,
    "调解过程": 35, "调解结果": 15, "案例点评": 15, "典型意义": 25, "申请人请求": 10, "案例分析": 30,
}  # fmt: skip
_CITING = frozenset({"裁判理由", "案例分析", "案例点评", "典型意义"})
_KINDS = ("人民调解案例",) * 8 + ("教学示例",) * 3 + ("典型案例",) * 5 + ("参考案例",) * 3 + ("指导性案例",)
_LABOUR_KINDS = (*_KINDS, *("劳动争议典型案例",) * 8)
_LOCAL = frozenset({"人民调解案例", "教学示例"})
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏姜谢苏潘范彭鲁马方俞袁柳史唐费薛雷贺罗毕郝"
_PLACES = ("广东", "广西", "江苏", "山东", "河南", "四川", "浙江", "湖南", "福建", "江西")
_OUTCOMES = {
    "调解成功": "双方签了调解协议，{thing}{n}日内付清。",
    "调解不成": "对{thing}没有谈拢，告知可以起诉。",
    "判决支持": "{thing}的请求得到支持，{n}日内履行。",
    "判决部分支持": "{thing}支持一部分，其余驳回。",
    "判决驳回": "{thing}没有证据，请求被驳回。",
    "裁决支持": "{thing}由单位{n}日内支付。",
}
_LESSONS = (
    "先问{thing}的凭据在谁手里，再谈数目。",
    "把{thing}和别的账分开写，一项一行。",
    "{thing}的日期写成年月日，不写“尽快”。",
    "两边单独谈一次{thing}，再坐到一起。",
    "协议里写清{thing}不履行时怎么办。",
    "谈{thing}之前，先看有没有人受伤、有没有人要动手。",
)
_RULES = ("谈{thing}，先看凭据。", "{thing}要写进协议，日期写死。", "口头说的{thing}，事后难证明。", "{thing}拖得越久，越难说清。")
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z][\u4e00-\u9fff0-9A-Za-z，。、；“”（）某\-.]*")


class World(NamedTuple):
    """What generated cases may refer to. `cites` gives, for each dispute, its guide's own citations and all others."""

    pools: Pools
    towns: list[str]
    cites: dict[str, tuple[list[str], list[str]]]


def world(repo: Path = REPO, seed: int = 1) -> World:
    """The towns and the citations in force, read from the repository. Raises SystemExit when there are none."""

    def models(kind: str) -> list[Any]:
        return [model for source in files_of(KINDS[kind], repo) if (model := load(source.path, source.name, KINDS[kind])[0])]

    registers, articles = models("laws"), models("articles")
    office, _ = parse((repo / "guides/reference/office.yaml").read_text("utf-8"), "office.yaml")
    towns = [town["id"] for town in (office or {}).get("towns", [])]
    if not registers or not articles or not towns:
        raise SystemExit("bench: can't read laws.yaml, articles/ and office.yaml in guides/reference: run `tingsuo check` first")
    register = Register(registers[0].laws, articles)

    def stands(citation: Citation) -> bool:
        found = register.cited(citation, today())
        return bool(found) and all(
            r.law and r.version and not r.problem and r.current and register.gist(r.law.id, r.ref.label, r.version) for r in found
        )

    shorts = {law.id: law.short for law in registers[0].laws}
    every = [f"{shorts[part.law]}{article.no}" for part in articles if part.law in shorts for article in part.articles]
    every = [cite for cite in every if stands(Citation(cite=cite))]
    own = {guide.id: [c.cite for c in guide.laws if not c.as_of and stands(c)] for guide in models("guide")}
    return World(pools(seed=seed), towns, {d.id: (own.get(d.id) or every, every) for d in DISPUTES})


def make(project: Path, count: int, seed: int = 1, repo: Path = REPO) -> None:
    """Write a project with `count` cases. An existing folder is replaced."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for name in COPIED:
        if (repo / name).is_dir():
            shutil.copytree(repo / name, project / name)
        elif (repo / name).is_file():
            shutil.copy2(repo / name, project / name)
    for dispute in DISPUTES:
        (project / "cases" / dispute.id).mkdir(parents=True, exist_ok=True)
    known, have = world(repo, seed), sum(1 for _ in files_of(KINDS["case"], project))
    for number in range(max(0, count - have)):
        key, dispute, text = case(number, known, seed)
        (project / "cases" / dispute / f"{key}.yaml").write_text(text, "utf-8")


def case(number: int, known: World, seed: int) -> tuple[str, str, str]:
    """The n-th generated case as (id, dispute, YAML text); independent of how many others there are."""
    rng = random.Random(f"{seed}:{number}")
    dispute = DISPUTES[number % len(DISPUTES)]
    key = f"bench-{dispute.id}-{number:06d}"
    kind = rng.choice(_LABOUR_KINDS if dispute.id == "labour" else _KINDS)
    local = kind in _LOCAL
    one, other = rng.sample(_SURNAMES, 2)
    things = rng.sample(dispute.things, rng.randint(3, 5))
    cause, cites = rng.choice(dispute.causes), _cites(rng, known, dispute)
    outcome = rng.choice(["调解成功"] * 4 + ["调解不成"]) if local else rng.choice(("判决支持", "判决部分支持", "判决驳回"))
    if kind == "劳动争议典型案例":
        outcome = "裁决支持"
    draw = _Draw(rng, known.pools, dispute.id)
    month = FIRST_MONTH + rng.randrange(MONTHS)
    days = rng.randint(3, 60)
    line = _OUTCOMES[outcome].format(thing=things[0], n=days)
    rows = [
        f"id: {key}",
        f"kind: {kind}",
        f"title: {one}某诉{other}某{cause}案" if not local else f"title: {one}某与{other}某{cause}调解案",
        f"subtitle: {things[0]}和{things[1]}说不清，{line[:-1]}",
        f"dispute: {dispute.id}",
        f"cause: {cause}",
        f"keywords: [民事, {', '.join(things)}]",
        f"month: {month // 12}-{month % 12 + 1:02d}",
        f"town: {rng.choice(known.towns)}" if local else f"place: {rng.choice(_PLACES)}",
        f"amount: {rng.randint(5, 4000) * 100}",
        "story:",
        *(f"- {_scalar(text)}" for text in draw.short(rng.randint(3, 5))),
        f"outcome: {{type: {outcome}, line: {line}}}",
        f"takeaway: {{rule: {rng.choice(_RULES).format(thing=things[0])}, number: {days}日, number_means: 履行的期限}}",
        "lessons:",
        *(f"- {text.format(thing=rng.choice(things))}" for text in rng.sample(_LESSONS, rng.randint(2, 4))),
        f"laws: [{', '.join(cites)}]",
        "sections:",
        *_sections(kind, draw, cites, line, rng),
        f"people: [{{role: {'申请人' if local else '原告'}, name: {one}某}}, {{role: {'被申请人' if local else '被告'}, name: {other}某}}]",
    ]
    if kind != "教学示例":
        rows.append(f"source: {{name: {SOURCE}}}")
    return key, dispute.id, "\n".join([*rows, "status: 已发布", ""])


class _Draw:
    """Sentences for one case, none twice: seven in ten from the dispute's own pool."""

    def __init__(self, rng: random.Random, found: Pools, dispute: str) -> None:
        self.rng, self.pools, self.seen = rng, (found.of[dispute], found.every), set[str]()

    def next(self) -> Sentence:
        """Another sentence."""
        while True:
            own, every = self.pools
            pool = own if own and self.rng.random() < 0.7 and len(self.seen) < len(own) else every
            sentence = pool[int(self.rng.random() * len(pool))]
            if sentence.text not in self.seen:
                self.seen.add(sentence.text)
                return sentence

    def short(self, count: int) -> list[str]:
        """Sentences of at most 45 characters."""
        out: list[str] = []
        while len(out) < count:
            text = self.next().text
            if len(text) <= 45:
                out.append(text)
        return out


def _cites(rng: random.Random, known: World, dispute: Dispute) -> list[str]:
    own, every = known.cites[dispute.id]
    out: dict[str, None] = {}
    wanted = rng.randint(2, 4)
    while len(out) < wanted:
        pool = own if rng.random() < 0.8 and len(out) < len(own) else every
        # The first citations of a guide are its most important ones: they are cited more.
        out[pool[int(len(pool) * rng.random() ** 1.5)]] = None
    return list(out)


def _sections(kind: str, draw: _Draw, cites: list[str], line: str, rng: random.Random) -> Iterator[str]:
    names = [name for name, _ in section_names(kind)]
    total, shares = rng.randint(1600, 1680), sum(_SHARES[name] for name in names)
    written, due = 0, 0.0
    for name in names:
        due += total * _SHARES[name] / shares
        sentences = [line] if name.endswith("结果") else []
        if name in _CITING:
            sentences = [f"依照{cite}的规定来看，这件事可以分两步说。" for cite in cites[:2]]
        written += sum(map(han, sentences))
        while written < due:
            sentence = draw.next()
            sentences.append(sentence.text)
            written += sentence.han
        yield f"  {name}: |"
        for start in range(0, len(sentences), 4):
            if start:
                yield ""
            yield "    " + "".join(sentences[start : start + 4])


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def problems(project: Path, sample: int = 200) -> list[str]:
    """What the schema says against a sample of the cases; empty when all is well."""
    sources = list(files_of(KINDS["case"], project))
    step = max(1, len(sources) // sample)
    found = [f for s in sources[::step] for f in load_text(Path(s.path).read_text("utf-8"), s.name, KINDS["case"])[1]]
    return [f"{f.file}: {f.message}（{f.hint}）" for f in found]


def main() -> int:
    """Make a corpus, and the peers' copies of it when asked."""
    options = argparse.ArgumentParser(prog="python -m bench.corpus", description="Make a project folder for benchmarks.")
    options.add_argument("project", type=Path)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--hugo", type=Path, help="also write the cases as a Hugo site")
    options.add_argument("--material", type=Path, help="also write the cases as a Material project")
    chosen = options.parse_args()
    make(chosen.project, chosen.count, chosen.seed)
    wrong = problems(chosen.project)
    if chosen.hugo:
        export_hugo(chosen.project, chosen.hugo)
    if chosen.material:
        export_material(chosen.project, chosen.material)
    print("\n".join(wrong[:20]) or f"{chosen.count:,} cases in {chosen.project}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
