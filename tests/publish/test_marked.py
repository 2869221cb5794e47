"""No template says anything to a reader that could not be said in another language: every sentence
is marked for translation, in text and in what is read out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from dragoman.publish.site.render import HERE

TEMPLATES = sorted((HERE / "templates").glob("*.html"))
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])
MARKS = {"_", "gettext", "ngettext", "pgettext"}
GAP = "\0"
"""Stands for what is put in."""
READ_OUT = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"CSV", "JSON", "RSS", "CAMEO", "Wikidata", "openapi.json", ".json", "from:France",
         "category:AID", "actor:NATO", "selected"}  # fmt: skip
"""The same in all languages: forms of files, a query's own words; and an attribute's name that a
macro gives."""
ENGLISH = {"audit.html", "audit_base.html", "audit_done.html"}
"""Of `dragoman audit`, whose pages are English and say so."""


def unmarked(source: str) -> Iterator[str]:
    """What a template says in words of its own."""
    tree = ENVIRONMENT.parse(source)
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                yield from literals(node)
    page = re.sub(r"<(code|style|script)\b.*?</\1>", GAP, skeleton(source), flags=re.DOTALL)
    for text in (*READ_OUT.findall(page), *re.split(r'<[^<>]*>|[\w-]+="', page)):
        said = [word for word in re.split(rf"[\s{GAP}]+", text) if WORD.search(word)]
        if any(word.strip(",:;()") not in NAMES for word in said):
            yield " ".join(said)


def skeleton(source: str) -> str:
    """A template without its tags and expressions, and without what stands in `trans`."""
    found: list[str] = []
    inside = False
    for _line, token, value in ENVIRONMENT.lex(source):
        if token == "name" and value in {"trans", "endtrans"}:
            inside = value == "trans"
        elif token == "data" and not inside:
            found.append(value)
        elif token in {"block_end", "variable_end"} and not inside:
            found.append(GAP)
    return "".join(found)


def literals(node: nodes.Node) -> Iterator[str]:
    """Sentences that an expression gives as they stand: several words, in no call that marks."""
    called = node.node if isinstance(node, nodes.Call) else None
    if isinstance(called, nodes.Name) and called.name in MARKS:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        words = [word.strip(".,:;") for word in node.value.split()]
        yield from [node.value] if sum(map(bool, map(WORD.fullmatch, words))) > 1 else []
    if isinstance(node, nodes.Filter) and node.node is not None:
        yield from literals(node.node)  # what a filter is told is looked up by it
        return
    for child in node.iter_child_nodes():
        yield from literals(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_template_is_marked(path: Path) -> None:
    found = list(unmarked(path.read_text("utf-8")))
    if path.name in ENGLISH:
        assert found or "extends" in path.read_text("utf-8")
    else:
        assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Not yet read</p>",
        '<p title="As of {{ day }}">1</p>',
        "<p>{{ n }} reports</p>",
        '<p>{{ "Nothing here" if page.none else _("Something") }}</p>',
        "{% if page.x %}Withdrawn{% endif %}",
        "{% trans n=1 %}One{% endtrans %} left",
    ],
)
def test_what_is_not_marked_is_found(source: str) -> None:
    assert list(unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Not yet read") }} · {{ n }}</p>',
        '<p title="{{ _("As of") }}" class="not yet read">1</p>',
        "{% trans n=n %}{{ n }} report{% pluralize %}{{ n }} reports{% endtrans %}",
        "<code>dragoman serve</code>",
    ],
)
def test_what_is_marked_is_not(source: str) -> None:
    assert list(unmarked(source)) == []
