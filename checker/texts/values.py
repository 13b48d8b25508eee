"""Reads the values of YAML quickly: by libyaml where it is there, and only where YAML 1.1 and 1.2 agree on them.

What the two may read differently ("012", "1_000", "1:30", "<<"), a key that stands twice and whatever is no YAML go to
ruamel.yaml, which keeps to 1.2 and tells the place of a fault.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.resolver import implicit_resolvers

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_UNSURE = "!unsure"
_SURE = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)


class _ValuesLoader(_Base):  # type: ignore[misc]
    """Gives values that both versions of YAML give, else raises."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own way to say what plain words mean

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return mapping


for _name, _pattern, _first in _SURE:
    _ValuesLoader.add_implicit_resolver(_TAG + _name, re.compile(rf"^(?:{_pattern})$"), list(_first))
for _versions, _, _expression, _letters in implicit_resolvers:
    if (1, 2) in _versions:
        _ValuesLoader.add_implicit_resolver(_UNSURE, _expression, _letters)


def read_yaml(text: str) -> Any:
    """Give the value of a YAML text.

    Raises:
        MarkedYAMLError: of ``ruamel.yaml``, with the place: it is no YAML, or a key stands twice.

    Example:
        >>> read_yaml("{nb: [ja, nei], no: 012}")
        {'nb': ['ja', 'nei'], 'no': 12}
    """
    try:
        return yaml.load(text, Loader=_ValuesLoader)
    except (yaml.YAMLError, ValueError):
        return YAML(typ="safe", pure=True).load(text)
