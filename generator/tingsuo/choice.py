"""Choosing content for a pack (选内容): by dispute, town and audience. What isn't chosen counts as not published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from .library import CaseCard, Library, Reference
from .model.document import Document

VILLAGERS, MEDIATORS = "群众", "调解员"
AUDIENCES = {VILLAGERS: "villagers", MEDIATORS: "mediators"}
"""Whom a pack can be for, and how its files are called."""
_WITHOUT = {VILLAGERS: "给群众看，没有调解员专用的内容", MEDIATORS: "给调解员看，没有建点验收和督查的内容"}
_NAMED = 3
"""So many ids fit into a file name; more are counted."""
_PARTIES = re.compile("当事人|申请|劳动者|出借人|受伤一方|收款人|委托人|提供人")
_CLERKS = re.compile("登记人|记录人|立卷人|勘验人|指导法官")
"""Who signs (谁签) papers of the parties, and who the file's."""
EMERGENCY = ("family-emergency", "protection-order")
"""The pathway and the procedure that words of danger lead to: in every pack."""
_HIDDEN = {"status": "草稿"}
_ORGANISING = frozenset({"建设标准", "督促检查", "机构", "文件"})
"""Groups of mechanisms for those who set up and inspect, not for those who mediate."""


class NoSuchChoice(Exception):
    """A value that can't be chosen; the message is one plain sentence with the possible ones."""


@dataclass(frozen=True)
class Choice:
    """What a pack holds: ids of dispute types and towns in the office's order, and an audience. Empty means all."""

    disputes: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    audience: str = ""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.disputes or self.towns or self.audience)

    @property
    def part(self) -> str:
        """What is added to the names of files: labour-marriage, luojing-villagers."""
        names = [_counted(ids, word) for ids, word in ((self.disputes, "disputes"), (self.towns, "towns")) if ids]
        return "-".join([*names, *([AUDIENCES[self.audience]] if self.audience else [])])


def _counted(ids: tuple[str, ...], word: str) -> str:
    if len(ids) <= _NAMED:
        return "-".join(ids)
    return f"{len(ids)}{word}-{hashlib.blake2b(' '.join(ids).encode(), digest_size=3).hexdigest()}"


def parse(reference: Reference, disputes: str = "", towns: str = "", audience: str = "") -> Choice:
    """A choice as typed: ids or names with commas between. Raises NoSuchChoice."""
    guides = {key: guide.title for key, guide in reference.guides.items() if guide.published}
    audience = audience.strip()
    if audience and audience not in AUDIENCES:
        raise NoSuchChoice(f"没有对象“{audience}”，可以写：{'、'.join(AUDIENCES)}。不写就是全部。")
    return Choice(_chosen("纠纷", disputes, guides), _chosen("镇街", towns, reference.towns), audience)


def _chosen(what: str, typed: str, known: dict[str, str]) -> tuple[str, ...]:
    words = [word.strip() for word in re.split(r"[,，、;；]", typed) if word.strip()]
    ids = {name: key for key, name in known.items()}
    wrong = [word for word in words if word not in known and word not in ids]
    if wrong or (typed and not words):
        possible = "、".join(f"{key}（{name}）" for key, name in known.items()) or "目前一个也没有"
        said = f"没有{what}“{'、'.join(wrong)}”" if wrong else f"没有写要哪些{what}"
        raise NoSuchChoice(f"{said}，可以写：{possible}。")
    chosen = {ids.get(word, word) for word in words}
    # All of them is no choice.
    return tuple(key for key in known if key in chosen) if chosen < set(known) else ()


def choose(reference: Reference, cards: Iterable[CaseCard], choice: Choice) -> Library:
    """The library of what is chosen. Laws, figures, the calendar and what belongs to every dispute stay."""
    chosen = _narrow(reference, choice) if choice else reference
    return Library.of(chosen, [card for card in cards if _kept(card, choice)])


def _kept(card: CaseCard, choice: Choice) -> bool:
    """A case without a town is for every town."""
    return (not choice.disputes or card.dispute in choice.disputes) and (not choice.towns or not card.town or card.town in choice.towns)


def _narrow(reference: Reference, choice: Choice) -> Reference:
    # What was printed holds everything.
    changed: dict[str, Any] = {"audience": choice.audience, "holds": _sentence(reference, choice), "printed": []}
    if choice.disputes:
        changed |= _of_disputes(reference, set(choice.disputes))
    if choice.towns:
        towns = set(choice.towns)
        office = reference.office

        def near(desks: list[Any]) -> list[Any]:
            mine = [desk for desk in desks if not desk.towns or towns & set(desk.towns)]
            return [desk.model_copy(update={"towns": [town for town in desk.towns if town in towns]}) for desk in mine]

        changed["office"] = office.model_copy(
            update={
                "towns": [town for town in office.towns if town.id in towns],
                "towns_note": None,
                "points": [point for point in office.points if point.town in towns],
                **{group: near(getattr(office, group)) for group in ("centres", "courts", "justice_offices")},
            }
        )
    if choice.disputes or choice.audience:
        # The inventory counts what is published: of a part it would say that much is missing.
        changed["seeds"] = {}
    chosen = replace(reference, **changed)
    if choice.audience == VILLAGERS:
        return replace(chosen, **_for_villagers(chosen))
    if choice.audience == MEDIATORS:
        return replace(chosen, mechanisms={key: _hide(m) if m.group in _ORGANISING else m for key, m in chosen.mechanisms.items()})
    return chosen


def _of_disputes(reference: Reference, disputes: set[str]) -> dict[str, Any]:
    """Guides of these disputes, and of all else what is for every dispute, for one of these, or what those lead to."""
    guides = {key: guide if key in disputes else _hide(guide) for key, guide in reference.guides.items()}
    own = [guide for key, guide in guides.items() if key in disputes]

    def left(name: str, named: set[str]) -> dict[str, Any]:
        items: dict[str, Any] = getattr(reference, name)
        return {key: item if _belongs(item, disputes) or key in named else _hide(item) for key, item in items.items()}

    pathways = left("pathways", {EMERGENCY[0], *(key for guide in own for key in guide.pathways)})
    endings = [ending for path in pathways.values() if path.published for ending in path.endings]
    ways = {EMERGENCY[1], *(row.go for guide in own for row in guide.next), *(ending.procedure for ending in endings)}
    procedures = left("procedures", _led_to(reference, ways | {key for key, item in reference.procedures.items() if _belongs(item, disputes)}))
    papers = {key for guide in own for key in guide.documents} | {key for ending in endings for key in ending.documents}
    # A way for every dispute lists the papers of all; one for some disputes needs its own.
    papers |= {key for procedure in procedures.values() if procedure.published and procedure.disputes for key in procedure.documents}
    calculators = {key for guide in own for key in guide.calculators} | {reference.comparison.calculator if reference.comparison else ""}
    return {
        "guides": guides,
        "pathways": pathways,
        "procedures": procedures,
        "documents": left("documents", papers),
        "publicity": left("publicity", set()),
        "training": left("training", set()),
        "quizzes": left("quizzes", set()),
        # Calculators have no status: one that isn't chosen isn't there.
        "calculators": {key: item for key, item in reference.calculators.items() if _belongs(item, disputes) or key in calculators},
    }


def _led_to(reference: Reference, first: set[str | None]) -> set[str]:
    """These procedures and all that they lead to."""
    found: set[str] = set()
    todo = {key for key in first if key in reference.procedures}
    while todo:
        key = todo.pop()
        found.add(key)
        todo |= {row.go for row in reference.procedures[key].after if row.go in reference.procedures and row.go not in found}
    return found


def _belongs(item: Any, disputes: set[str]) -> bool:
    return not item.disputes or bool(disputes & set(item.disputes))


def _for_villagers(reference: Reference) -> dict[str, Any]:
    """Without what only those use who mediate, organise and report; of the papers those that the parties sign themselves."""
    return {
        "mechanisms": {key: _hide(item) for key, item in reference.mechanisms.items()},
        "publicity": {key: _hide(item) for key, item in reference.publicity.items()},
        "training": {key: _hide(item) for key, item in reference.training.items()},
        "documents": {key: paper if _of_the_parties(paper) else _hide(paper) for key, paper in reference.documents.items()},
    }


def _of_the_parties(paper: Document) -> bool:
    signers = " ".join(paper.signed_by)
    return bool(_PARTIES.search(signers)) and not _CLERKS.search(signers)


def _hide(item: Any) -> Any:
    return item.model_copy(update=_HIDDEN)


def _sentence(reference: Reference, choice: Choice) -> str:
    """本包只含：婚姻家庭、劳动争议；镇街只含：罗镜镇。"""
    parts = []
    if choice.disputes:
        parts.append("只含：" + "、".join(reference.guides[key].title for key in choice.disputes))
    if choice.towns:
        parts.append("镇街只含：" + "、".join(reference.towns[key] for key in choice.towns))
    if choice.audience:
        parts.append(_WITHOUT[choice.audience])
    return f"本包{'；'.join(parts)}。"
