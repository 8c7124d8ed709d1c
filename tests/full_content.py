"""Content with every field filled in, made by walking the models: nothing is forgotten when a field is added.

`filled(kind)` is the data; `text_places(kind, data)` says which of its strings are free text, that is, take any words.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tingsuo.model import KINDS
from tingsuo.model.case import KINDS as CASE_KINDS

Place = tuple[Any, ...]
"""Keys and indices that lead to a string; a last part ("key",) means the name of an element itself."""

# What a field must hold to fit the small project; None leaves an optional field out.
FITTING: dict[str, Any] = {
    "cite": "民法典第288条", "now": "民法典第290条", "as_of": "2021-06-01", "law_day": "2026-01-01", "month": "2026-05",
    "dispute": "neighbours", "disputes": "neighbours", "also": "neighbours", "town": "east", "towns": "east",
    "go": "judicial-confirmation", "call": "110", "procedure": "judicial-confirmation", "deadline": "x", "line": "110", "kit": None, "quiz": None, "document": None, "documents": None,
    "calculators": None, "pathways": None, "mechanisms": None, "procedures": "judicial-confirmation", "guides": "neighbours", "url": "https://example.org/x", "public_url": "https://example.org/x", "library_no": "2023-16-2-121-007",
    "case_number": "（2023）某案", "sha256": "0" * 64, "status": "已发布", "review_due": "2027-06-30", "on": "2026-01-01", "number": "12345",
    "icon": "fence", "no": "第7条", "answer": "1", "seed": "1", "inserted": None, "successors": None, "repealed": None,
    "when": {"text": "x", "dates": ["2026-12-01"]},
}  # fmt: skip
NOT_TEXT = frozenset(
    {"slug", "day", "month", "number", "yes_no", "month_day", "literal_error", "string_pattern_mismatch", "int_parsing", "extra_forbidden"}
)
"""pydantic's reasons to refuse words in a field that isn't for words."""

ADDRESSES = frozenset({"url", "public_url"})
"""Fields that take some words and not others."""


def adapter(kind: str) -> TypeAdapter[Any]:
    """The model of a content kind, or of one case kind."""
    return TypeAdapter(CASE_KINDS[kind]) if kind in CASE_KINDS else KINDS[kind].adapter


def filled(kind: str, **own: Any) -> Any:
    """Data for a kind with every field present; `own` are top-level fields that must be as given."""
    schema = adapter(kind).json_schema(by_alias=True)
    data = _sample("", schema, schema.get("$defs", {}))
    data.update(own)
    adapter(kind).validate_python(data)
    return data


def _sample(name: str, node: dict[str, Any], defs: dict[str, Any]) -> Any:
    """A value for a schema node, None to leave it out. Scalars are strings, as the loader gives them."""
    node = _resolved(node, defs)
    fitting = FITTING.get(name, ...)
    if "const" in node or "enum" in node:
        return fitting if fitting in node.get("enum", ()) else str(node.get("const") or node["enum"][0])
    if node.get("type") == "object":
        if fitting is None or isinstance(fitting, dict):
            return copy.deepcopy(fitting)
        fields = {key: _sample(key, child, defs) for key, child in node.get("properties", {}).items()}
        return {key: value for key, value in fields.items() if value is not None} or {"x": "x"}
    if node.get("type") == "array":
        items = [_varied(_sample(name, node["items"], defs), index) for index in range(max(1, node.get("minItems", 1)))]
        return None if items == [None] else items
    if fitting is None or isinstance(fitting, str):
        return fitting
    if node.get("format") == "date":
        return "2026-11-23"
    return {"integer": str(max(1, int(node.get("minimum", 1)))), "number": "1", "boolean": "true"}.get(node.get("type", ""), "x")


def _resolved(node: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _resolved(defs[node["$ref"].rsplit("/", 1)[-1]], defs)
    for union in ("anyOf", "oneOf", "allOf"):
        if union in node:
            return _resolved(next(branch for branch in node[union] if branch.get("type") != "null"), defs)
    return node


def _varied(value: Any, index: int) -> Any:
    """Items of one list differ: some lists want that."""
    return f"{value}{index}" if index and isinstance(value, str) else value


def strings(data: Any, place: Place = ()) -> Iterator[Place]:
    """The place of every string in the data, names of elements included."""
    if isinstance(data, dict):
        for key, value in data.items():
            if place[-1:] == ("elements",):
                yield (*place, key, ("key",))
            yield from strings(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*place, index))
    elif isinstance(data, str):
        yield place


def with_text(data: Any, place: Place, text: str) -> Any:
    """A copy of the data with a text at the end of one string."""
    data = copy.deepcopy(data)
    node = data
    if place[-1] == ("key",):
        for part in place[:-2]:
            node = node[part]
        node[place[-2] + text] = node.pop(place[-2])
        return data
    for part in place[:-1]:
        node = node[part]
    node[place[-1]] += text
    return data


def text_places(kind: str, data: Any, text: str) -> Iterator[tuple[Place, bool]]:
    """The places of free text and whether `text` fits there; fails when a field refuses words for an unknown reason."""
    for place in strings(data):
        if place[-1] in ADDRESSES:
            continue
        try:
            adapter(kind).validate_python(with_text(data, place, text))
        except ValidationError as problem:
            reasons = {error["type"] for error in problem.errors()}
            if reasons <= {"string_too_long", "too_long"}:
                yield place, False
            else:
                assert reasons <= NOT_TEXT, (kind, place, reasons)
        else:
            yield place, True


def everywhere(kind: str, data: Any, text: str, short: str) -> Any:
    """The data with a text in every place of free text, and a shorter one where it doesn't fit."""
    places = list(text_places(kind, data, text))
    # Names of elements last: changing one changes the way to its value.
    for place, fits in sorted(places, key=lambda row: row[0][-1] == ("key",)):
        data = with_text(data, place, text if fits else short)
    adapter(kind).validate_python(data)
    return data
