"""The labelled blocks of one article in a terminal: what each was taken for, and by which rule.

In: an article as the clean step leaves it. Out: Rich renderables. The body stands out; what was
taken for furniture is dim, and all of it is there.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import BODY_LABELS, CREDIT_LABELS, Article, Label
from dragoman.publish.terminal.controls import quiet


def blocks(name: str, article: Article) -> RenderableType:
    """The page's name over a table: label, rule, text."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column("label", no_wrap=True)
    table.add_column("rule", style="dim", overflow="fold")
    table.add_column("text", overflow="fold", ratio=1)
    for block in article.blocks:
        style = _style(block.label)
        words = " ".join(article.text[block.start : block.end].split())
        table.add_row(Text(block.label, style), Text(block.rule), Text(quiet(words), style))
    parts: list[RenderableType] = [Rule(Text(quiet(name), "bold"), align="left"), table]
    parts += [Text(f"? {quiet(f'{d.field}: {d.reason}')}", "dim") for d in article.doubts]
    return Group(*parts, Text(""))


def _style(label: Label) -> str:
    if label == "headline":
        return "bold"
    if label in BODY_LABELS:
        return "green"
    return "cyan" if label in CREDIT_LABELS else "dim yellow"
