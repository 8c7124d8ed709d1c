"""Documents to index files: shards of postings, titles in blocks, texts in blocks, one small first file.

Vectorised: texts become arrays of code points, neighbouring Han pairs become 32-bit keys, and sorting
does the rest. Memory is bounded by working through ranges of terms: an array of 11 bytes for every
(term, document, field) is all that stands at once.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .documents import BOOSTS, FIELDS, KINDS, Document
from .normal import plain, words
from .postings import LAST, WEIGHT_BITS, Ints, encode, impacts, quantise

SHARD_BYTES = 64 * 1024
TITLE_BLOCK = 4096
TEXT_BLOCK = 12
RANGES = 8
CHUNK = 1024

_FIELDS = len(FIELDS)


@dataclass
class Index:
    """What the builder keeps while documents stream in."""

    kinds: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    lengths: list[npt.NDArray[np.int32]] = field(default_factory=list)
    chunks: list[tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]] = field(default_factory=list)
    vocabulary: dict[str, int] = field(default_factory=dict)


def build(documents: Iterable[Document], prior: str = "", tables: str = "") -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of every index file. Deterministic; documents must come in the order of their ids."""
    index = Index()
    batch: list[Document] = []
    texts: list[str] = []
    blocks = 0
    for document in documents:
        batch.append(document)
        texts.append(document.text)
        if len(batch) == CHUNK:
            _take(index, batch)
            batch = []
        if len(texts) == TEXT_BLOCK:
            yield _text_file(blocks, texts)
            blocks, texts = blocks + 1, []
    if batch:
        _take(index, batch)
    if texts:
        yield _text_file(blocks, texts)
    first: list[str] = []
    frequent: list[tuple[int, str]] = []
    for name, data, head, often in _shards(index):
        first.append(head)
        frequent += often
        yield name, data
    for n in range(0, len(index.titles), TITLE_BLOCK):
        part = "\n".join(index.titles[n : n + TITLE_BLOCK])
        yield f"titles-{n // TITLE_BLOCK}.js", _script("titles", n // TITLE_BLOCK, part)
    yield "index.js", _first_file(index, first, sorted(frequent, reverse=True)[:2500], prior, tables)


def _script(kind: str, number: int, text: str) -> bytes:
    return f"tingsuoIndex({json.dumps(kind)},{number},{json.dumps(text, ensure_ascii=False)});\n".replace("<", "\\u003c").encode()


def _text_file(number: int, texts: Sequence[str]) -> tuple[str, bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = "\0".join(texts).encode()
    data = base64.b64encode(packer.compress(raw) + packer.flush()).decode()
    return f"text-{number}.js", f'tingsuoIndex("text",{number},"{data}");\n'.encode()


_GAP = "\x00"
_LOWEST = 0x3400


def _take(index: Index, batch: Sequence[Document]) -> None:
    """Count the terms of a batch."""
    start = len(index.kinds)
    parts: list[str] = []
    fields: list[int] = []
    token_ids: list[int] = []
    token_fields: list[int] = []
    vocabulary = index.vocabulary
    for n, document in enumerate(batch):
        index.kinds.append(document.kind)
        index.disputes.append(document.dispute)
        index.years.append(document.year)
        index.towns.append(document.town)
        index.sorts.append(document.sort)
        index.titles.append(f"{document.title}\t{document.url}")
        for f, text in enumerate((document.title, document.keywords, document.gist, document.body)):
            folded = plain(text)
            parts.append(folded)
            place = (start + n) * _FIELDS + f
            fields.append(place)
            for word in words(folded):
                if len(word) <= 16:
                    token_ids.append(vocabulary.setdefault(word, len(vocabulary)))
                    token_fields.append(place)
            if f < 2:
                for law in _ARTICLE.findall(folded):
                    token_ids.append(vocabulary.setdefault(law, len(vocabulary)))
                    token_fields.append(place)
    points = np.frombuffer(_GAP.join(parts).encode("utf-32-le"), np.uint32)
    ends = np.cumsum([len(part) + 1 for part in parts])
    places = np.repeat(np.asarray(fields, np.uint64), np.diff(np.concatenate(([0], ends))))[: len(points)]
    han = ((points >= 0x4E00) & (points <= 0x9FFF)) | ((points >= 0x3400) & (points <= 0x4DBF))
    pair = han[:-1] & han[1:]
    # 0x3400 less, so that the highest bit stays free for words.
    keys = ((points[:-1][pair] - _LOWEST).astype(np.uint64) << np.uint64(16)) | points[1:][pair].astype(np.uint64)
    composite = (keys << np.uint64(32)) | places[:-1][pair]
    if token_ids:
        tokens = (np.uint64(1 << 63) | (np.asarray(token_ids, np.uint64) << np.uint64(32))) | np.asarray(token_fields, np.uint64)
        composite = np.concatenate([composite, tokens])
    composite.sort()
    change = np.concatenate(([True], composite[1:] != composite[:-1])) if len(composite) else np.zeros(0, bool)
    first = np.flatnonzero(change)
    counts = np.diff(np.concatenate((first, [len(composite)])))
    unique = composite[first]
    index.chunks.append((unique, np.minimum(counts, 65535).astype(np.uint16)))
    lengths = np.zeros(len(batch) * _FIELDS, np.int32)
    np.add.at(lengths, (unique & np.uint64(0xFFFFFFFF)).astype(np.int64) - start * _FIELDS, counts.astype(np.int32))
    index.lengths.append(lengths)


_ARTICLE = re.compile(r"[\u4e00-\u9fff]{2,12}§[0-9]+(?:之.)?")


def _key_text(key: int, spellings: Sequence[str]) -> str:
    if key >> 31:
        return spellings[key & 0x7FFFFFFF]
    return chr((key >> 16) + _LOWEST) + chr(key & 0xFFFF)


def _shards(index: Index) -> Iterator[tuple[str, bytes, str, list[tuple[int, str]]]]:
    """(file name, bytes, first term, [(documents, term)] of its frequent terms) of each shard, in term order."""
    total = len(index.kinds)
    lengths = np.concatenate(index.lengths).astype(np.float64) if index.lengths else np.zeros(_FIELDS)
    average = np.array([max(1.0, float(lengths[f::_FIELDS].mean())) for f in range(_FIELDS)])
    spellings = [""] * len(index.vocabulary)
    for word, number in index.vocabulary.items():
        spellings[number] = word
    # Han terms come sorted by code point; the words follow, sorted by spelling.
    rank = np.zeros(max(1, len(spellings)), np.uint64)
    order = sorted(range(len(spellings)), key=spellings.__getitem__)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    sorted_words = [spellings[n] for n in order]
    chunks = [_ranked(chunk, rank) for chunk in index.chunks]
    bounds = _bounds(chunks)
    open_: list[str] = []
    often: list[tuple[int, str]] = []
    size, number, head = 0, 0, ""
    for low, high in pairwise(bounds):
        keys, docs, score, starts = _scored(chunks, low, high, total, lengths, average)
        if not len(keys):
            continue
        gaps = np.diff(docs, prepend=-1)
        gaps[starts] = docs[starts] + 1
        steps, levels = quantise(score, starts)
        data, sizes = encode((gaps - 1) * (1 << WEIGHT_BITS) + steps)
        ends = np.concatenate((np.cumsum(sizes), [0]))
        text = data.tobytes().decode("ascii")
        edges = np.append(starts, len(docs))
        offsets = [0 if not e else int(ends[e - 1]) for e in edges]
        for n in range(len(starts)):
            term = _key_text(int(keys[starts[n]]), sorted_words)
            row = f"{term}\t{LAST[levels[n]]}{text[offsets[n] : offsets[n + 1]]}"
            count = int(edges[n + 1] - edges[n])
            if count * 50 > total > 500:
                often.append((count, term))
            if size and size + len(row) > SHARD_BYTES:
                yield f"terms-{number}.js", _script("terms", number, "\n".join(open_)), head, often
                open_, often, size, number = [], [], 0, number + 1
            if not open_:
                head = term
            open_.append(row)
            size += len(row) + 4
    if open_:
        yield f"terms-{number}.js", _script("terms", number, "\n".join(open_)), head, often


def _ranked(
    chunk: tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]], rank: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]:
    """A chunk with words numbered by spelling, sorted again."""
    keys, counts = chunk
    word = keys >= np.uint64(1 << 63)
    if not word.any():
        return chunk
    tail = keys[word]
    number = (tail >> np.uint64(32)) & np.uint64(0x7FFFFFFF)
    renumbered = np.uint64(1 << 63) | (rank[number.astype(np.int64)] << np.uint64(32)) | (tail & np.uint64(0xFFFFFFFF))
    order = np.argsort(renumbered, kind="stable")
    return np.concatenate([keys[~word], renumbered[order]]), np.concatenate([counts[~word], counts[word][order]])


def _bounds(chunks: Sequence[tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]]) -> list[int]:
    """Term keys that cut the vocabulary into ranges of about equal work."""
    if not chunks:
        return [0, 1 << 32]
    sample = np.sort(np.concatenate([keys[:: max(1, len(keys) // 4000)] for keys, _ in chunks]) >> np.uint64(32))
    inner = [int(sample[len(sample) * n // RANGES]) for n in range(1, RANGES)]
    return sorted({0, *inner, 1 << 32})


def _scored(
    chunks: Sequence[tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]], low: int, high: int, total: int,
    lengths: npt.NDArray[np.float64], average: npt.NDArray[np.float64],
) -> tuple[Ints, Ints, npt.NDArray[np.float64], Ints]:  # fmt: skip
    """Terms in [low, high): (key of each posting, document, impact, where each term starts)."""
    parts, weights = [], []
    for keys, counts in chunks:
        a = int(np.searchsorted(keys, np.uint64(low) << np.uint64(32)))
        b = len(keys) if high >= 1 << 32 else int(np.searchsorted(keys, np.uint64(high) << np.uint64(32)))
        parts.append(keys[a:b])
        weights.append(counts[a:b])
    whole = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    if not len(whole):
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0), none
    order = np.argsort(whole, kind="stable")
    whole = whole[order]
    tf = np.concatenate(weights)[order].astype(np.int64)
    term = (whole >> np.uint64(32)).astype(np.int64)
    place = (whole & np.uint64(0xFFFFFFFF)).astype(np.int64)
    new_term = np.concatenate(([True], term[1:] != term[:-1]))
    term_number = np.cumsum(new_term) - 1
    # lunr counts a term once for each field of each document that bears it.
    bearing = np.bincount(term_number)
    idf = np.log(1 + np.abs((total - bearing + 0.5) / (bearing + 0.5)))
    score = impacts(tf, place % _FIELDS, lengths[place], average, idf[term_number], BOOSTS)
    doc = place // _FIELDS
    new_doc = new_term | np.concatenate(([True], doc[1:] != doc[:-1]))
    starts = np.flatnonzero(new_doc)
    summed = np.add.reduceat(score, starts)
    keys_at, docs_at = term[starts], doc[starts]
    return keys_at, docs_at, summed, np.flatnonzero(np.concatenate(([True], keys_at[1:] != keys_at[:-1])))


def _first_file(index: Index, first: Sequence[str], frequent: Sequence[tuple[int, str]], prior: str, tables: str) -> bytes:
    """Route table, columns, frequent terms, the dispute prior and the tables for input."""
    columns = {}
    for name, values in (("disputes", index.disputes), ("years", index.years), ("towns", index.towns), ("sorts", index.sorts)):
        known = sorted(set(values))
        columns[name] = [known, "".join(chr(0x21 + known.index(v)) for v in values)] if len(known) < 90 else [known[:1], ""]
    head = {
        "count": len(index.kinds),
        "kinds": "".join(index.kinds),
        "names": KINDS,
        "columns": columns,
        "first": "\n".join(first),
        "frequent": "\n".join(term for _, term in frequent),
        "titleBlock": TITLE_BLOCK,
        "textBlock": TEXT_BLOCK,
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    body = f'tingsuoIndex("first",0,{text});\n{tables}{prior}'
    return body.replace("<", "\\u003c").encode()
