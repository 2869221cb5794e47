"""A desk's own codebook in a terminal: what was checked, and what to do about it.

In: what `record.checking` found, as plain fields. Out: Rich renderables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from dragoman.publish.terminal.controls import quiet

Checked = Mapping[str, Any]


def shown(categories: Sequence[Checked]) -> Iterator[RenderableType]:
    for one in categories:
        yield Rule(f"{quiet(one['id'])} · {quiet(one['label'])}", style="dim", align="left")
        yield from (Padding(line, (0, 0, 0, 2)) for line in _lines(one))


def _lines(one: Checked) -> Iterator[Text]:
    yield Text(f"{', '.join(one['files'])}: {one['examples']} examples, {one['usable']} usable")
    for aside in one["aside"]:
        yield Text(f"not usable: “{quiet(aside['text'])}”: {quiet(aside['reason'])}", style="red")
    if one["usable"]:
        share = f"{one['found_again']:.0%} of its examples are told by the others"
        yield Text(share, style="green" if not one["advice"] else "yellow")
    for text in one["missed"]:
        yield Text(f"missed: “{quiet(text)}”")
    for found in one["confusions"]:
        yield Text.assemble(
            f"confused: “{quiet(found['example'])}” ({found['score']:.2f}) is more like ",
            (found["other"], "bold"),
            f" ({found['other_score']:.2f}): “{quiet(found['nearest'])}”",
        )
    for words in one["advice"]:
        yield Text(f"→ {quiet(words)}", style="bold")
    yield Text("coded" if one["coded"] else "not coded yet", style="green" if one["coded"] else "")
