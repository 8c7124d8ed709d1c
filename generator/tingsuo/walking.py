"""The leaves of a model, each with the YAML keys that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .findings import Loc
from .model.base import Citation, Model

_FIELDS: dict[type, tuple[tuple[str, str], ...]] = {}


def _fields_of(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """(attribute, YAML key) of a model's fields, kept per class."""
    found = _FIELDS.get(model)
    if found is None:
        found = _FIELDS[model] = tuple((name, info.alias or name) for name, info in model.model_fields.items())
    return found


def walk(value: Any, loc: Loc = ()) -> list[tuple[Loc, Any]]:
    """Every leaf and every Citation of a model with the YAML keys that lead to it."""
    out: list[tuple[Loc, Any]] = []
    _walk(value, loc, out)
    return out


def _walk(value: Any, loc: Loc, out: list[tuple[Loc, Any]]) -> None:
    kind = type(value)
    if kind is str or kind is Citation:
        out.append((loc, value))
    elif kind is list or kind is tuple:
        for index, child in enumerate(value):
            _walk(child, (*loc, index), out)
    elif kind is dict:
        for key, child in value.items():
            _walk(child, (*loc, key), out)
    elif isinstance(value, Model):
        for name, key in _fields_of(kind):
            child = getattr(value, name)
            if child is not None:
                _walk(child, (*loc, key), out)
    else:
        out.append((loc, value))


def citations_in(item: Model) -> Iterator[tuple[Loc, Citation]]:
    """Every structured citation of an item with its place."""
    for loc, value in walk(item):
        if isinstance(value, Citation):
            yield loc, value
