"""The data dictionary: every format with a sentence for each of its columns, from the formats.

Out: Markdown for people, plain values for `--json`. `docs/exports.md` is made of the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.publish.formats import Format


def dictionary_markdown(found: Iterable[Format]) -> str:
    return "\n".join(_section(one) for one in found)


def dictionary_json(found: Iterable[Format]) -> list[dict[str, object]]:
    return [
        {
            "format": one.name,
            "suffix": one.suffix,
            "media_type": one.media_type,
            "takes": one.takes,
            "means": one.means,
            "needs": one.needs,
            "fields": [
                {"name": field.name, "type": field.type, "means": field.means}
                for field in one.fields
            ],
        }
        for one in found
    ]


def _section(one: Format) -> str:
    needs = f' Needs `pip install "dragoman[{one.needs}]"`.' if one.needs else ""
    head = f"### {one.name}\n\n`{one.suffix}`, {one.media_type}. {one.means}{needs}\n"
    if not one.fields:
        return head
    rows = (f"| `{field.name}` | {field.type} | {_plain(field.means)} |\n" for field in one.fields)
    return f"{head}\n| name | type | means |\n| --- | --- | --- |\n{''.join(rows)}"


def _plain(means: str) -> str:
    return means.replace("|", "/")
