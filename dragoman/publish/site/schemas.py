"""What the JSON twin of a view looks like, as JSON Schema, from the types of its dataclasses.

In: types, as views are annotated with them. Out: schemas, with each dataclass once under its name.
It says the same as `formats.view_json` does: what only drawing needs is in neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman.model import Dated, Kept, Place, Report
from dragoman.publish.pages.article import ArticlePage

Schema = dict[str, Any]
PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}
ARTICLE = ("id", "article", "tier", "doubts", "mentions", "quotes", "times", "reports")
TOLD_ELSEWHERE: Mapping[type, tuple[str, tuple[str, ...]]] = {
    Kept: ("Article", ARTICLE),
    ArticlePage: ("Article", ARTICLE),
    Report: ("Report", ("id", "category", "status", "sources", "targets", "date", "evidence")),
    Dated: ("Dated", ("start", "end", "precision", "basis")),
    Place: ("Place", ("name", "lat", "lon", "id")),
}
"""Records with a JSON of their own, which docs/json.md promises: their name, and what they have."""


class Schemas:
    """Schemas of types; `parts` are those of dataclasses by name, with the module's where two
    have the same."""

    def __init__(self) -> None:
        self.parts: dict[str, Schema] = {}
        self._names: dict[object, str] = {}

    def of(self, hint: Any) -> Schema:
        """Raises TypeError for a type whose values have no JSON."""
        if hint in PLAIN:
            return PLAIN[hint]
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(one) for one in inner]}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if origin is tuple and inner[-1:] != (Ellipsis,):
            items = {"anyOf": [self.of(one) for one in inner]}
            return {"type": "array", "items": items, "minItems": len(inner), "maxItems": len(inner)}
        if origin is not None:
            return {"type": "array", "items": self.of(inner[0])}
        if hint in TOLD_ELSEWHERE:
            name, has = TOLD_ELSEWHERE[hint]
            known: Schema = {one: {} for one in has}
            self.parts[name] = {"type": "object", "properties": known, "required": list(has)}
            return self._named(name)
        if isinstance(hint, type) and is_dataclass(hint):
            return self._named(self._add(hint))
        raise TypeError(f"{hint} has no schema")

    def _add(self, of: type[Any]) -> str:
        if of in self._names:
            return self._names[of]
        name = of.__name__
        if name in self.parts:
            name = f"{of.__module__.rpartition('.')[2]}.{name}"
        made: Schema = {"type": "object"}
        # Before its fields, which may hold it again.
        self._names[of], self.parts[name] = name, made
        hints = get_type_hints(of)
        shown = [one.name for one in fields(of) if one.metadata.get("json", True)]
        made["properties"] = {one: self.of(hints[one]) for one in shown}
        made["required"] = shown
        return name

    @staticmethod
    def _named(name: str) -> Schema:
        return {"$ref": f"#/components/schemas/{name}"}
