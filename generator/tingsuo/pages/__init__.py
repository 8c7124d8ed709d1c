"""Library to pages. Everything here is pure: a recipe knows its key and how to make its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..library import Library
from .calculator import calculator_page, calculators_page
from .calendar import calendar_page
from .changes import changes_page
from .comparison import comparison_page
from .document import document_page, documents_page
from .event import event_recipe
from .guide import disputes_page, guide_page, villager_page, villagers_only
from .home import home_page
from .kit import kit_page, kits_page, published_kits
from .law import article_recipes, law_page, laws_page
from .ledger import SECTION as LEDGER_SECTION
from .ledger import analysed, analysis_page, ledger_page, ledgers
from .lists import case_list_recipes, digest
from .mechanism import mechanism_page, mechanisms_page, published
from .office import office_page, town_page
from .page import Page, Recipe
from .pathway import pathway_page, pathways_page, published_pathways
from .poster import poster_page
from .prints import prints_page
from .procedure import procedure_page, procedures_page
from .push import push_recipes
from .quiz import published_quizzes, quiz_page, quizzes_page
from .search import search_page
from .seeds import seeds_page
from .statistics import statistics_page


def recipes(library: Library, reference_key: bytes) -> Iterator[Recipe]:
    """Every generated page but the cases' own and those that need whole cases (`event_recipe`, `push_recipes`).

    `reference_key` stands for all content but the cases, the law in force, the code and the templates.
    """
    reference = library.reference
    cases = library.mark(library.cards.values())
    day = reference.day.isoformat()

    def page(url: str, section: str, title: str, make: Callable[[], Page], *parts: object) -> Recipe:
        return Recipe(url, section, title, digest(reference_key, url, *parts), make)

    counts = [(d, len(c)) for d, c in library.by_dispute.items()]
    newest = sorted((c.month, c.id) for c in library.cards.values())[-3:]
    yield page("index.html", "home", "首页", lambda: home_page(library), day, counts, newest, cases)
    yield page("search.html", "home", "查找", lambda: search_page(library))
    yield page("disputes/index.html", "disputes", "纠纷指引", lambda: disputes_page(library), counts)
    for guide in reference.guides.values():
        if guide.published:
            touching = library.mark(library.touching.get(guide.id, []))
            own = villager_page if villagers_only(reference) else guide_page
            yield page(f"disputes/{guide.id}.html", "disputes", guide.title, lambda g=guide, own=own: own(library, g), touching)  # type: ignore[misc]
            if not villagers_only(reference):
                yield page(f"disputes/{guide.id}-villager.html", "disputes", guide.title, lambda g=guide: villager_page(library, g))  # type: ignore[misc]
    yield page("procedures/index.html", "procedures", "办事流程", lambda: procedures_page(library))
    for procedure in reference.procedures.values():
        if procedure.published:
            yield page(f"procedures/{procedure.id}.html", "procedures", procedure.title, lambda p=procedure: procedure_page(library, p))  # type: ignore[misc]
    paths = published_pathways(reference)
    if paths:
        yield page("pathways/index.html", "procedures", "该走哪条路", lambda: pathways_page(library))
    for path in paths:
        yield page(f"pathways/{path.id}.html", "procedures", path.title, lambda p=path: pathway_page(library, p))  # type: ignore[misc]
    comparison = reference.comparison
    if comparison:
        yield page("compare.html", "procedures", "打官司还是调解", lambda: comparison_page(library, comparison))
    yield page("documents/index.html", "documents", "文书", lambda: documents_page(library))
    for paper in reference.documents.values():
        if paper.published:
            yield page(f"documents/{paper.id}.html", "documents", paper.title, lambda d=paper: document_page(library, d))  # type: ignore[misc]
    mechanisms = published(reference)
    if not villagers_only(reference):
        yield page("mechanisms/index.html", "mechanisms", "庭所共建", lambda: mechanisms_page(library))
    for mechanism in mechanisms:
        yield page(f"mechanisms/{mechanism.id}.html", "mechanisms", mechanism.title, lambda m=mechanism: mechanism_page(library, m))  # type: ignore[misc]
        if mechanism.model_text and not mechanism.not_published:
            yield page(f"mechanisms/{mechanism.id}-poster.html", "mechanisms", mechanism.title, lambda m=mechanism: poster_page(library, m))  # type: ignore[misc]
    if mechanisms and reference.seeds:
        tagged = [(card.seed, card.title, card.url) for card in library.cards.values() if card.seed]
        yield page("mechanisms/seeds.html", "mechanisms", "两份文件在本站的落实", lambda: seeds_page(library), tagged)
    if ledgers(library):
        yield page("ledger.html", LEDGER_SECTION, "共建台账", lambda: ledger_page(library))
    if analysed(library):
        yield page("analysis.html", LEDGER_SECTION, "分析研判", lambda: analysis_page(library))
    if reference.calculators:
        yield page("calculators/index.html", "procedures", "计算器", lambda: calculators_page(library))
    for calculator in reference.calculators.values():
        yield page(f"calculators/{calculator.id}.html", "procedures", calculator.title, lambda c=calculator: calculator_page(library, c))  # type: ignore[misc]
    citing: dict[str, list[object]] = {}
    for (law_id, label), cards in sorted(library.cases_citing.items()):
        citing.setdefault(law_id, []).append((label, len(cards), [(c.title, c.url) for c in cards[:6]]))
    yield page("laws/index.html", "laws", "法条", lambda: laws_page(library), day, sorted(library.cases_citing))
    if reference.changes:
        yield page("laws/changes.html", "laws", "新旧对照", lambda: changes_page(library))
    for law in reference.register.laws.values():
        yield page(f"laws/{law.id}.html", "laws", law.short, lambda x=law: law_page(library, x), citing.get(law.id, []))  # type: ignore[misc]
    yield from article_recipes(library, reference_key)
    yield page("office/index.html", "office", "找谁", lambda: office_page(library), [(t, len(c)) for t, c in library.facet("town").items()])
    for town in reference.office.towns:
        shown = library.mark(library.facet("town").get(town.id, [])[:6])
        yield page(f"office/{town.id}.html", "office", town.name, lambda t=town: town_page(library, t), shown)  # type: ignore[misc]
    yield page("calendar.html", "publicity", "普法日历", lambda: calendar_page(library), day, bool(cases))
    kits, quizzes = published_kits(reference), published_quizzes(reference)
    if kits:
        yield page("publicity/index.html", "publicity", "活动包", lambda: kits_page(library), day, bool(cases))
    for kit in kits:
        used = library.mark(card for key in kit.cases if (card := library.cards.get(key)))
        yield page(f"publicity/{kit.id}.html", "publicity", kit.title, lambda k=kit: kit_page(library, k), day, used)  # type: ignore[misc]
    if quizzes:
        yield page("quizzes/index.html", "publicity", "有奖问答", lambda: quizzes_page(library))
    for quiz in quizzes:
        used = library.mark(card for q in quiz.questions if (card := library.cards.get(q.case or "")))
        yield page(f"quizzes/{quiz.id}.html", "publicity", quiz.title, lambda q=quiz: quiz_page(library, q), used)  # type: ignore[misc]
    yield page("print.html", "publicity", "打印件", lambda: prints_page(library))
    yield page("statistics.html", "cases", "案例统计", lambda: statistics_page(library), cases)
    yield from case_list_recipes(library, reference_key)


__all__ = ["Page", "Recipe", "event_recipe", "push_recipes", "recipes"]
