"""The site as OpenAPI 3.1: the JSON twins, files and feeds of every page, exports, the search.

In: the pages and formats that there are. Out: one document, for programs. Nothing is told twice: a
page or format that is added is in it. For people `pages/api` says the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, get_type_hints

from dragoman import __version__
from dragoman.publish.formats import formats
from dragoman.publish.republishing import MEDIA_TYPE, PATH
from dragoman.publish.site.addresses import PAGES, Page
from dragoman.publish.site.files import suffixes
from dragoman.publish.site.schemas import Schema, Schemas
from dragoman.publish.views.asking import PARAMETERS
from dragoman.publish.views.window import TAKES
from dragoman.store.finding import OFS, ORDERS

TEXT: Schema = {"type": "string"}
ERROR: Schema = {"type": "object", "properties": {"error": TEXT}, "required": ["error"]}
REFUSED = {
    "400": "what is asked means nothing; the error says what does",
    "404": "there is none",
    "410": "it was removed",
}
LISTED = {"start": "how many to pass over", "asof": "a day: the desk as it was known then"}
SEARCHED: Mapping[str, Schema] = {
    "q": TEXT,
    "of": {"enum": list(OFS)},
    "order": {"enum": list(ORDERS)},
    "facets": {"enum": ["0", "1"]},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200},
}
TAKEN: Mapping[str, Schema] = {
    "retracted": {"enum": ["1"], "description": "with events that no report tells any more"},
    "limit": {"type": "integer", "minimum": 1, "description": "only so many of the newest"},
}


@cache
def document() -> Mapping[str, Any]:
    """The whole of it, without the name and address of a desk."""
    schemas = Schemas()
    schemas.parts["Error"] = ERROR
    paths: dict[str, Any] = {}
    for page in PAGES:
        paths[f"{page.address}.json"] = {"get": _twin(page, schemas)}
        if page.stands_for is not None:
            paths[f"{page.address}{{suffix}}"] = {"get": _files(page)}
    paths["/export/{format}"] = {"get": _export()}
    paths[PATH] = {"get": _republish()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dragoman", "version": __version__},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.parts.items()))},
    }


def _twin(page: Page, schemas: Schemas) -> Schema:
    answer = schemas.of(_answer(page))
    return _operation(
        f"{page.name}.json",
        _says(page),
        [*_ids(page), *_asks(page)],
        {"application/json": {"schema": answer}},
    )


def _files(page: Page) -> Schema:
    known = suffixes()
    suffix = {"enum": list(known)}
    asks = [one for one in _asks(page) if one["name"] not in ("asof", "start", "order", "limit")]
    return _operation(
        f"{page.name}.files",
        f"{_says(page)} What it lists, as a file or feed.",
        [*_ids(page), _parameter("suffix", suffix, where="path"), *asks, *_taken()],
        {one.media_type: {} for one in known.values()},
        feeds=True,
    )


def _export() -> Schema:
    names = {"enum": list(formats())}
    query = _parameter("q", {**TEXT, "description": "a query; without one, everything"})
    return _operation(
        "export",
        "What a query finds, as a file or feed.",
        [_parameter("format", names, where="path"), query, *_taken()],
        {one.media_type: {} for one in formats().values()},
        feeds=True,
    )


def _republish() -> Schema:
    says = "Whole articles that may be printed elsewhere: licensed, and confirmed by a person."
    return _operation("republish", says, [], {MEDIA_TYPE: {}}, feeds=True)


def _operation(
    name: str, says: str, takes: list[Schema], content: Mapping[str, Any], *, feeds: bool = False
) -> Schema:
    error: dict[str, object] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
    }
    if feeds:  # of a file that can't be had a reader is told on a page, unless JSON is asked for
        error["text/html"] = {"schema": {"type": "string"}}
    refused = {code: {"description": why, "content": error} for code, why in REFUSED.items()}
    known = {"304": {"description": "the reader has it already"}} if feeds else {}
    missing = {"501": {"description": "a part is not installed", "content": error}} if feeds else {}
    return {
        "operationId": name,
        "summary": says,
        "parameters": takes,
        "responses": {
            "200": {"description": "found", "content": dict(content)},
            **known,
            **refused,
            **missing,
        },
    }


def _parameter(name: str, schema: Schema, *, where: str = "query") -> Schema:
    told = schema.get("description")
    made: Schema = {"name": name, "in": where, "required": where == "path", "schema": schema}
    return made | ({"description": told} if told else {})


def _ids(page: Page) -> list[Schema]:
    return [_parameter(name, TEXT, where="path") for name in page.called]


def _asks(page: Page) -> list[Schema]:
    """What a page can be asked."""
    told: dict[str, Schema] = {}
    if page.asks:
        told |= {name: {**TEXT, "description": takes} for name, takes in PARAMETERS.items()}
    if page.searches:
        told |= SEARCHED
    if page.looks_back:
        told |= {"q": TEXT, **{name: {**TEXT, "description": TAKES} for name in ("since", "until")}}
    if page.dated:
        told["asof"] = {**TEXT, "format": "date", "description": LISTED["asof"]}
    if page.pages_on or page.searches:
        told["start"] = {"type": "integer", "minimum": 0, "description": LISTED["start"]}
    made = [_parameter(name, schema) for name, schema in told.items()]
    if page.by_address:
        address = {**TEXT, "format": "uri", "description": "address of an article elsewhere"}
        made.append({**_parameter("url", address), "required": True})
    return made


def _taken() -> Iterable[Schema]:
    return [_parameter(name, schema) for name, schema in TAKEN.items()]


def _answer(page: Page) -> Any:
    """The type of its view; that there may be none is told by 404."""
    found = get_type_hints(page.view)["return"]
    made = [one for one in getattr(found, "__args__", (found,)) if one is not type(None)]
    return made[0]


def _says(page: Page) -> str:
    """What the page is, as its module says."""
    told = sys.modules[page.view.__module__].__doc__ or ""
    return " ".join(told.split("\n\n")[0].split())
