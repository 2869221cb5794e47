"""The JSON twin of a page: the fields of its view, under their names.

In: a page's view (dataclasses of dataclasses). Out: plain values for `json.dumps`. Reports, dates
and places look as they do in the JSON of an article.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from dragoman.model import Dated, Kept, Place, Report
from dragoman.publish.formats.article_json import article_json, dated_json, place_json, report_json

Plain = Mapping[str, object] | list[object] | str | int | float | bool | None


def view_json(value: object) -> Plain:
    """What a view says, without what only its drawing needs."""
    if isinstance(value, Kept):
        return article_json(value)
    if isinstance(value, Report):
        return report_json(value)
    if isinstance(value, Dated):
        return dated_json(value)
    if isinstance(value, Place):
        return place_json(value)
    if is_dataclass(value) and not isinstance(value, type):
        own = {
            f.name: getattr(value, f.name) for f in fields(value) if f.metadata.get("json", True)
        }
        return {name: view_json(part) for name, part in own.items()}
    if isinstance(value, Mapping):
        return {str(name): view_json(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [view_json(part) for part in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form")
