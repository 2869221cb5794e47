"""An explanation in a terminal: each predicate with its parse, sides, votes and status.

In: an `Explanation`. Out: Rich renderables that fit 80 columns. What was coded is told in the
colour of its quad class, what was not with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import Candidate, ExplainedSentence, Explanation, FoundSide, Predicate
from dragoman.publish.terminal.card import QUAD_STYLES, STYLES
from dragoman.publish.terminal.controls import quiet

Row = tuple[str, Text]
INDENT = (0, 0, 1, 2)


def shown(explanation: Explanation) -> Iterator[RenderableType]:
    for sentence in explanation.sentences:
        yield from _sentence(sentence)
    for doubt in explanation.doubts:
        yield Text(f"• {quiet(doubt)}", style="dim")


def _sentence(sentence: ExplainedSentence) -> Iterator[RenderableType]:
    yield Rule(f"{sentence.language} · {sentence.article}", style="dim", align="left")
    yield Padding(_lit(sentence), (0, 0, 1, 0))
    if not sentence.candidates:
        yield Text("  no predicate: neither a verb nor a noun that tells an act\n", style="dim")
    for candidate in sentence.candidates:
        yield _headline(candidate)
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", overflow="fold")
        table.add_column(overflow="fold")
        for label, value in _rows(candidate):
            table.add_row(label, value)
        yield Padding(table, INDENT)


def _lit(sentence: ExplainedSentence) -> Text:
    text = Text(quiet(sentence.text))
    for one in sentence.candidates:
        style = STYLES["predicate"] if one.report is not None else "underline"
        text.stylize(style, one.start - sentence.start, one.end - sentence.start)
    return text


def _headline(one: Candidate) -> Text:
    line = Text(quiet(one.text), style="bold")
    if one.report is None:
        line.append("  not coded: ", style="bold dim")
        line.append(quiet(one.reason), style="dim not bold")
        return line
    report = one.report
    line.append("  ")
    line.append(report.category, style=f"bold {QUAD_STYLES[report.quad]}")
    if report.mode:
        line.append(f"/{report.mode}", style=QUAD_STYLES[report.quad])
    line.append(f"  {report.status} · {report.confidence:.2f} · {report.id}", style="dim not bold")
    return line


def _rows(one: Candidate) -> Iterator[Row]:
    yield "parse", _parse(one.predicate)
    for filler in one.predicate.slots:
        yield "", Text.assemble((f"{filler.slot} ", "dim"), quiet(filler.text))
    for side in one.sides:
        yield side.part, _side(side)
    for label, entry in zip(_once("lexicon"), one.entries, strict=False):
        verdict = "fits" if entry.failed is None else f"lacks {entry.failed}"
        style = "" if entry.failed is None else "dim"
        told = f"{entry.file}:{entry.line}  {entry.entry} → {entry.category}: {verdict}"
        yield label, Text(quiet(told), style=style)
    if one.report is not None:
        yield "decided", Text(quiet(one.reason))
    if one.probabilities:
        yield "model", Text(", ".join(f"{name} {p:.2f}" for name, p in one.probabilities.items()))
    for label, near in zip(_once("like"), one.examples, strict=False):
        yield label, Text(f"{near.cosine:.2f} {near.category}  “{quiet(near.text)}”")
    yield from _status(one)
    if one.runner_up is not None:
        yield f"why not {one.runner_up.category}", _runner_up(one)


def _parse(predicate: Predicate) -> Text:
    traits = [
        f"{predicate.pos} {predicate.lemmas[0]}",
        predicate.voice or "",
        predicate.tense or "",
        predicate.mood or "",
        f"modal {predicate.modal}" if predicate.modal else "",
        "negated" if predicate.negated else "",
        "conditional" if predicate.conditional else "",
        f"leans on “{predicate.support}”" if predicate.support else "",
        f"with {', '.join(predicate.modifiers)}" if predicate.modifiers else "",
        *(f"under “{above.text}” as {above.relation}" for above in predicate.governors),
    ]
    return Text(quiet(" · ".join(filter(None, traits))))


def _side(side: FoundSide) -> Text:
    known = ", ".join(filter(None, (side.actor, side.sector))) or "actor unknown"
    text = Text(quiet(side.name), style=STYLES[side.part])
    text.append(f" ({known}) from {side.slot}: {quiet(side.reason)}", style="dim not bold")
    return text


def _status(one: Candidate) -> Iterator[Row]:
    report = one.report
    if report is None:
        return
    cue = one.status_cue or "no sign of anything else"
    yield "status", Text(quiet(f"{report.status}: {cue}"))
    if report.category != report.root:
        yield "category", Text(f"{report.root}, {report.status} → {report.category}")


def _runner_up(one: Candidate) -> Text:
    other = one.runner_up
    assert other is not None
    told = f"{other.probability:.2f}"
    if other.example is not None:
        told += f"; its nearest example {other.example.cosine:.2f} “{other.example.text}”"
    return Text(quiet(told))


def _once(label: str) -> Iterable[str]:
    """The label for the first row, and nothing for those below it."""
    yield label
    while True:
        yield ""
