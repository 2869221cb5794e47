"""The site keeps to what it says of itself: every twin, file and refusal, whatever is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.publish.formats import formats
from dragoman.publish.pages.own import NAMES, address
from dragoman.publish.site.addresses import PAGES
from dragoman.publish.site.files import suffixes
from dragoman.publish.site.openapi import document
from tests.publish.conftest import Client
from tests.publish.site.test_app import PATHS

KINDS: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
    "array": list, "object": dict,
}  # fmt: skip
IDS = {
    "actor": ("AZE",), "pair": ("ARM", "AZE"), "event": ("e-met",), "story": ("s-ferries",),
    "article": ("a-wire",), "changes": ("a-copy", "a-wire"),
}  # fmt: skip
WILD = st.text(max_size=12) | st.sampled_from(
    ["1", "-1", "9" * 30, "AZE", "both", "2024-03", "2024-13-45", "happened", "\x00", "..",
     "%0d%0a", "fr,unknown", 'q"', "actor:AZE", "(" * 20]
)  # fmt: skip


def faults(value: Any, schema: Any, at: str = "") -> Iterator[str]:
    """Where a value is not what a schema says: for the words of JSON Schema that ours uses."""
    left = set(schema) - {"$ref", "anyOf", "enum", "type", "items", "minItems", "maxItems",
            "properties", "required", "additionalProperties", "description"}  # fmt: skip
    assert not left, left
    if "$ref" in schema:
        yield from faults(
            value, document()["components"]["schemas"][schema["$ref"].split("/")[-1]], at
        )
    if "anyOf" in schema and all(any(faults(value, one)) for one in schema["anyOf"]):
        yield f"{at}: {value!r:.80} is none of {schema['anyOf']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r:.80} is not among {schema['enum']}"
    kind = schema.get("type")
    if kind is not None and not (
        isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))
    ):
        yield f"{at}: {value!r:.80} is no {kind}"
        return
    if kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} items"
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], f"{at}/{number}")
    if kind == "object":
        yield from (f"{at}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, one in value.items():
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            yield from faults(one, inner, f"{at}/{name}")


def operation(path: str) -> Any:
    """What the document says of an address, by the longest that fits."""
    for known, methods in document()["paths"].items():
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(known)), path):
            return methods["get"]
    raise AssertionError(f"{path} is not told")


def test_a_fault_is_found() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    assert not list(faults({"a": 1}, schema))
    wrong: Any
    for wrong in ({}, {"a": "1"}, {"a": True}, [], None):
        assert list(faults(wrong, schema)), wrong


@pytest.mark.parametrize("path", [*PATHS, "/explore?q=ferry&of=articles", "/pair/ARM/AZE?quad=3"])
def test_a_twin_is_what_is_told_of_it(client: Client, path: str) -> None:
    address, _, query = path.partition("?")
    answer = client.get(f"{address}.json?{query}")
    assert answer.status_code == 200
    told = operation(f"{address}.json")["responses"]["200"]["content"]["application/json"]
    assert not list(faults(answer.json(), told["schema"]))


def test_every_page_and_format_is_told(client: Client) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {f"{page.address}.json" for page in PAGES} <= set(told["paths"])
    (format_,) = [
        one for one in told["paths"]["/export/{format}"]["get"]["parameters"] if one["in"] == "path"
    ]
    assert format_["schema"]["enum"] == list(formats())
    used = set(re.findall(r"#/components/schemas/([\w.]+)", str(told)))
    assert used <= set(told["components"]["schemas"])
    names = [one["get"]["operationId"] for one in told["paths"].values()]
    assert len(names) == len(set(names))


def test_people_find_the_same_on_a_page(client: Client) -> None:
    """Every page and form, each page with one of this desk that answers in all its forms."""
    page = client.get("/fr/api").text
    assert "<h1>Données et API</h1>" in page
    patterns = {unescape(one) for one in re.findall(r"<h3><code>(.*?)</code></h3>", page)}
    own = {f"/{address(one)}" for one in NAMES}  # words of the desk's people, and no data
    told = {one.address for one in PAGES if not one.framed and one.name != "explore"} - own
    assert patterns == told | {"/explore?q={query}", "/feeds/republish"}
    assert set(re.findall(r'<th scope="row"><code>(.*?)</code>', page)) == set(suffixes())
    links = {unescape(one) for one in re.findall(r'href="(/(?:fr/)?[a-z]+/?[^"]*)"', page)}
    forms = {re.sub(r"^/fr|[^/.]+/[^/.]+(?=\.|$)", "", one) for one in links if "/pair/" in one}
    assert forms == {
        "/pair/",
        *(f"/pair/{form}" for form in (".json", ".csv", ".geojson", ".rss", ".svg")),
    }
    assert {link: client.get(link).status_code for link in links if "/static/" not in link} == {
        link: 200 for link in links if "/static/" not in link
    }


def test_the_page_on_data_of_an_empty_desk(empty: Client) -> None:
    page = empty.get("/api").text
    assert "/pair/FRA/DEU.json" in page
    assert 'href="/pair/' not in page


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_asked_the_answer_is_one_that_is_told(client: Client, data: Any) -> None:
    """Any values of the parameters that are told, and of others."""
    path, methods = data.draw(st.sampled_from(sorted(document()["paths"].items())))
    told = methods["get"]
    asks: dict[str, str] = {}
    ids = iter(IDS.get(path.split("/")[1].split(".")[0].split("{")[0], ()))
    for one in told["parameters"]:
        values = one["schema"].get("enum")
        value = data.draw(st.sampled_from(values) if values else WILD, label=one["name"])
        if one["in"] == "path":
            known = next(ids, value) if one["name"] not in {"suffix", "format"} else value
            path = path.replace(f"{{{one['name']}}}", quoted(known))
        elif data.draw(st.booleans()):
            asks[one["name"]] = value
    answer = client.get(f"{path}?{'&'.join(f'{n}={quoted(v)}' for n, v in asks.items())}",
                        accept="application/json")  # fmt: skip
    assert str(answer.status_code) in told["responses"], (path, asks, answer.text)
    kind = answer.headers["content-type"].partition(";")[0]
    content = told["responses"][str(answer.status_code)]["content"]
    assert kind in content
    if kind == "application/json":
        assert not list(faults(answer.json(), content[kind]["schema"]))


def quoted(text: str) -> str:
    return quote(text, safe="")
