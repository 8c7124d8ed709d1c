"""Faultless YAML to plain data, fast: built from the parser's events, without a tree of nodes between.

What this refuses (by raising `NotPlain` or yaml.YAMLError) is read again by `yaml_text`, which knows
how to say what is wrong. Nearly every file is faultless, and the tree costs more than the parsing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml


class NotPlain(Exception):
    """An anchor, alias, tag, merge or repeated key, a key that is no text, too deep, or too much."""


def plain_data(loader: Any, most_depth: int, most_nodes: int, nulls: frozenset[str]) -> Any:
    """The text's only document as str, None, list and dict.

    Raises NotPlain, yaml.YAMLError. Iterative: depth is bounded by us, not by the stack.
    """
    try:
        return _build(loader.get_event, most_depth, most_nodes, nulls)
    finally:
        loader.dispose()


def _build(get: Callable[[], Any], most_depth: int, most_nodes: int, nulls: frozenset[str]) -> Any:
    get()
    if type(get()) is yaml.StreamEndEvent:
        raise NotPlain
    here: Any = []
    stack: list[Any] = [here]
    keys: list[str | None] = [None]
    left = most_nodes
    while True:
        event = get()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = event.value
            if event.anchor is not None or event.tag is not None:
                raise NotPlain
            if type(here) is dict and keys[-1] is None:
                if value == "<<" or value in here:
                    raise NotPlain
                keys[-1] = value
                continue
            if event.implicit[0] and value in nulls:
                value = None
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None or type(here) is dict and keys[-1] is None or len(stack) > most_depth:
                raise NotPlain
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            keys.pop()
            here = stack[-1]
            continue
        elif kind is yaml.DocumentEndEvent:
            if type(get()) is not yaml.StreamEndEvent:
                raise NotPlain
            return stack[0][0]
        else:
            raise NotPlain
        left -= 1
        if not left:
            raise NotPlain
        if type(here) is dict:
            here[keys[-1]] = value
            keys[-1] = None
        else:
            here.append(value)
        if kind is not yaml.ScalarEvent:
            stack.append(value)
            keys.append(None)
            here = value
