"""The two documents' inventory (清单): every item lives somewhere, every tag names an item."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, error, warning
from ..library import Library


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Numbers that nothing carries out, tags without an item. Projects without an inventory aren't asked."""
    seeds = library.reference.seeds
    if not seeds:
        return
    file = library.reference.files["seeds", "seeds"]
    used: set[int] = set()
    tagged = [(item.seed, where, item.published) for _, where, item in library.reference.items()]
    tagged += [(list(card.seed), card.file, True) for card in library.cards.values()]
    for numbers, where, published in tagged:
        if published:
            used.update(numbers)
        for n, number in enumerate(numbers):
            if number not in seeds:
                yield error(where, "seed-unknown", f"两份文件的清单里没有第{number}项", f"核对编号，清单在 {file}", ("seed", n))
    for n, seed in enumerate(seeds.values()):
        if seed.number not in used:
            hint = f"在落实它的内容里写 seed: [{seed.number}]；不公开的，写一个带 not_published 的机制"
            yield warning(file, "seed-uncovered", f"第{seed.number}项“{seed.label}”还没有落到任何一页", hint, ("seeds", n, "number"))
