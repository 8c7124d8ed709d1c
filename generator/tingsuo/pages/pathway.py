"""Pathway pages (分流导航): one question a screen; without scripts the same page is read from anchor to anchor, on paper it is a tree."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ..library import Library, Reference
from ..model.guide import DisputeGuide
from ..model.pathway import Ending, Option, Pathway, Question
from .html import Linker, linker, render
from .page import Page

TONES = {
    "红": ("red", "alert-octagon", "红：先停下，先打电话"),
    "橙": ("orange", "alert", "橙：今天就办"),
    "黄": ("yellow", "clock-outline", "黄：照步骤走，看好期限"),
    "绿": ("green", "check-circle", "绿：可以照着办"),
}
ASK_A_PERSON = ("12348", "12368")
"""Public numbers shown with “以上都不是”: legal advice and the court."""


def walk_order(path: Pathway) -> list[Question]:
    """The questions as the tree writes them: from the start, each answer followed to its end before the next."""
    questions = {q.id: q for q in path.questions}
    order: dict[str, Question] = {}
    todo = [path.start]
    while todo:
        here = todo.pop()
        if here in questions and here not in order:
            order[here] = questions[here]
            todo += [option.go for option in reversed(questions[here].options)]
    return list(order.values())


def tokens(question: Question) -> list[str]:
    """What each answer is called in the page's address: where it leads, numbered when two lead to the same place."""
    seen: dict[str, int] = {}
    out = []
    for option in question.options:
        seen[option.go] = seen.get(option.go, 0) + 1
        out.append(option.go if seen[option.go] == 1 else f"{option.go}.{seen[option.go]}")
    return out


class _Places:
    """Numbers and anchors of a pathway's questions and endings."""

    def __init__(self, path: Pathway) -> None:
        self.order = walk_order(path)
        self.numbers = {q.id: n for n, q in enumerate(self.order, 1)}
        self.endings = {e.id: e for e in path.endings}
        self.ending_numbers = {e.id: n for n, e in enumerate(path.endings, 1)}

    def way(self, option: Option, token: str) -> dict[str, Any]:
        """An answer for the template."""
        ending = self.endings.get(option.go)
        return {
            "label": option.label,
            "red": option.red,
            "token": token,
            "go": option.go,
            "anchor": f"end-{option.go}" if ending else f"q-{option.go}",
            "to": f"结果{self.ending_numbers[option.go]}：{ending.title}" if ending else f"第{self.numbers[option.go]}问",
        }


def tree(path: Pathway) -> Markup:
    """All questions and answers as nested lists. A question that is met twice is written out once."""
    places = _Places(path)
    questions = {q.id: q for q in path.questions}
    written: set[str] = set()

    def branch(question: Question) -> Markup:
        written.add(question.id)
        head = Markup("<p><b>{}</b> {}</p>").format(f"第{places.numbers[question.id]}问", question.ask)
        return head + Markup("<ul>{}</ul>").format(Markup("").join(leaf(option) for option in question.options))

    def leaf(option: Option) -> Markup:
        open_tag = Markup('<li class="ts-tree__red">') if option.red else Markup("<li>")
        label = Markup("<span>{}</span>").format(option.label)
        ending = places.endings.get(option.go)
        if ending:
            rest = Markup(' <a href="#end-{}">→ {}</a>').format(ending.id, f"结果{places.ending_numbers[ending.id]}：{ending.title}")
        elif option.go in written:
            rest = Markup(' <a href="#q-{}">→ {}</a>').format(option.go, f"看第{places.numbers[option.go]}问")
        else:
            rest = branch(questions[option.go])
        return open_tag + label + rest + Markup("</li>")

    return Markup('<div class="ts-tree__root">{}</div>').format(branch(questions[path.start]))


def _ending(ending: Ending, number: int, reference: Reference, links: Linker) -> dict[str, Any]:
    tone, icon, word = TONES[ending.tone]
    procedure = reference.procedures.get(ending.procedure or "")
    guide = reference.guides.get(ending.guide or "")
    documents = [reference.documents[d] for d in ending.documents if d in reference.documents]
    return {
        "item": ending,
        "number": number,
        "tone": tone,
        "icon": icon,
        "word": word,
        "laws": links.law_list(ending.laws),
        "procedure": procedure if procedure and procedure.published else None,
        "guide": guide if guide and guide.published else None,
        "documents": [d for d in documents if d.published],
    }


def pathway_page(library: Library, path: Pathway) -> Page:
    """One pathway."""
    reference = library.reference
    links = linker(reference, 1)
    places = _Places(path)
    numbers = {h.number: h.use for h in reference.office.hotlines}
    body = render(
        "pathway.html",
        path=path,
        questions=[
            {
                "item": q,
                "number": n,
                "ways": [places.way(option, token) for option, token in zip(q.options, tokens(q), strict=True)],
                "laws": links.cites(q.laws),
            }
            for n, q in enumerate(places.order, 1)
        ],
        endings=[_ending(e, n, reference, links) for n, e in enumerate(path.endings, 1)],
        tree=tree(path),
        hotlines=numbers,
        ask=[(number, numbers[number]) for number in ASK_A_PERSON if number in numbers],
        guides=[reference.guides[d] for d in path.disputes if d in reference.guides and reference.guides[d].published],
    )
    return Page(
        url=f"pathways/{path.id}.html",
        section="procedures",
        title=path.title,
        body=body,
        description=path.lead,
        crumbs=(("首页", "index.html"), ("该走哪条路", "pathways/index.html")),
        layout="pathway",
    )


def published_pathways(reference: Reference) -> list[Pathway]:
    """In their order."""
    return [p for p in reference.pathways.values() if p.published]


def pathways_page(library: Library) -> Page:
    """All pathways as big buttons."""
    reference = library.reference
    return Page(
        url="pathways/index.html",
        section="procedures",
        title="该走哪条路",
        body=render("pathways.html", items=published_pathways(reference), comparison=reference.comparison is not None),
        description="不知道找谁、先办什么：一次答一问，最后告诉你做什么、带什么、找谁。",
        crumbs=(("首页", "index.html"),),
        layout="pathways",
    )


def pathways_of(reference: Reference, guide: DisputeGuide) -> tuple[list[Pathway], list[Pathway]]:
    """(the guide's own pathways, those for every dispute)."""
    published = published_pathways(reference)
    own = [p for p in published if p.id in guide.pathways or guide.id in p.disputes]
    return own, [p for p in published if not p.disputes and p not in own]
