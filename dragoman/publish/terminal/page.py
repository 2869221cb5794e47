"""A page of the site in a terminal: the same view, printed with Rich or as JSON.

In: a store, settings and the path of a page. Out: lines on the console. A path that the site does
not know, and an id that the desk does not hold, are errors in one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import singledispatch
from typing import TypeVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from dragoman.config import Config
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.model import Report
from dragoman.publish.charts.months import Chart
from dragoman.publish.pages.actor import ActorPage
from dragoman.publish.pages.article import ArticlePage
from dragoman.publish.pages.event import EventPage
from dragoman.publish.pages.method import MethodPage
from dragoman.publish.pages.pair import PairPage
from dragoman.publish.pages.today import TodayPage
from dragoman.publish.room import ReadingRoom, one_called
from dragoman.publish.terminal.card import QUAD_STYLES, STYLES, card
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.views.asof import Known
from dragoman.publish.views.copy_tree import BASES, KINDS, CopyNode
from dragoman.publish.views.cut import Cut
from dragoman.publish.views.dossier import Dossier
from dragoman.publish.views.judged import JudgedLine
from dragoman.publish.views.lines import ArticleLine, EventLine, Party, article_facts
from dragoman.publish.views.origins import OriginsShown
from dragoman.publish.views.said import Said
from dragoman.publish.views.spans import evidence_runs
from dragoman.publish.views.storylines import StoryLine
from dragoman.publish.views.tenures import Held
from dragoman.publish.words import (
    QUADS,
    STANDINGS,
    TOLD,
    counted,
    dated_words,
    day_words,
    last_known,
    origin_count,
    percent,
)
from dragoman.query.actors import nearest_actors
from dragoman.store import Store

T = TypeVar("T")


def look(
    store: Store,
    config: Config,
    path: str,
    console: Console,
    *,
    as_json: bool,
    knowledge: Knowledge | None = None,
    parameters: Sequence[tuple[str, str]] = (),
) -> None:
    """Print what the site shows at `path`, with the same parameters."""
    # They register their pages.
    # Loads the web framework only when needed.
    from dragoman.publish.site.addresses import day_asked, find, missing, seen, twin
    from dragoman.publish.terminal import explore, stories  # noqa: F401

    found = find(path)
    if found is None:
        raise DragomanError(f"{path}: there is no such page")
    page, ids = found
    knowledge = knowledge or Knowledge()
    if page.asks:
        ids = tuple(one_called(knowledge, words) for words in ids)
    with ReadingRoom(store, knowledge, config).at(day_asked(page, parameters)) as room:
        view = seen(room, page, ids, parameters)
        if view is None:
            meant = _meant(knowledge, ids) if page.asks else ""
            raise DragomanError(missing(room, page, ids) + meant)
        if as_json:
            text = json.dumps(twin(view, room), ensure_ascii=False, indent=1)
            console.file.write(text + "\n")
            return
        for part in (*_banner(room.known), *shown(view)):
            console.print(Quieted(part))


def _meant(knowledge: Knowledge, names: Iterable[str]) -> str:
    """Names of actors that resemble those that nobody has."""
    unknown = [name for name in names if name not in knowledge.atlas.actors]
    near = [one for name in unknown for one in nearest_actors(knowledge, name)]
    return f"; was {' or '.join(dict.fromkeys(near))} meant?" if near else ""


class Quieted:
    """What is printed, without control characters of the texts it is made of."""

    def __init__(self, part: RenderableType) -> None:
        self._part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._part, options):
            yield Segment(quiet(segment.text), segment.style, segment.control)


def _banner(known: Known | None) -> Iterator[RenderableType]:
    if known is not None:
        held = f"{counted(known.articles, 'article')}, {counted(known.reports, 'report')}"
        yield Text(f"As known on {day_words(known.day)} ({held})", style="bold reverse")
        yield from map(dim, known.says)


@singledispatch
def shown(view: object) -> Iterable[RenderableType]:
    raise TypeError(f"{type(view).__name__} is no page")


@shown.register
def _today(view: TodayPage) -> Iterator[RenderableType]:
    yield title(day_words(view.day))
    yield from section("Stories", view.stories, story_text)
    if view.fallback is not None:
        yield dim(
            f"Nothing dated from {day_words(view.start)} on. "
            f"The latest day with something is {day_words(view.fallback)}:"
        )
    elif not view.happenings:
        yield dim("The desk holds no dated happening yet.")
    yield from map(event_text, view.happenings)
    if view.more:
        yield dim(f"and {counted(view.more, 'more event')}")
    yield from section("To come", view.to_come, event_text)
    yield from section("Newest articles", view.articles, article_text)


@shown.register
def _article(view: ArticlePage) -> Iterator[RenderableType]:
    yield card(view.kept)
    if view.story is not None:
        yield dim(f"story: {view.story.id}, {counted(view.story.articles, 'article')}")
    trees = (line for tree in view.copies for line in tree_lines(tree))
    yield from section("Who printed whom", trees, Text)
    yield from section("Check also", (one.line for one in view.similar), article_text)


@shown.register
def _actor(view: ActorPage) -> Iterator[RenderableType]:
    yield title(view.name)
    yield dim(" · ".join((view.id, view.kind, *(name for _, name in view.names))))
    for held in (*view.offices, *view.holders):
        yield Text(f"{held.what}: {held.name} ({held.start} – {_until(held)})")
    if view.memberships:
        yield dim(f"member: {', '.join(one.name for one in view.memberships)}")
    yield from section("In person", view.in_person, event_text)
    ways = {"ab": "did", "ba": "was done to", "both": "together"}
    yield from _dossier(view.dossier, ways, with_evidence=False)
    partners = (f"{one.name} ({one.actor}): {one.events}" for one in view.partners)
    yield from section("Most often with", partners, Text)
    yield from section("Said", view.said, said_text)
    yield from section("Latest articles", view.articles, article_text)


def _until(held: Held) -> str:
    return held.end or (last_known(held.as_of) if held.as_of else f"still on {held.known_until}")


@shown.register
def _pair(view: PairPage) -> Iterator[RenderableType]:
    yield title(f"{view.a_name} and {view.b_name}")
    ways = {"ab": f"{view.a} → {view.b}", "ba": f"{view.b} → {view.a}", "both": "both"}
    yield from _dossier(view.dossier, ways, with_evidence=True)
    yield from section(f"{view.a_name} of {view.b_name}", view.said_ab, spoken_text)
    yield from section(f"{view.b_name} of {view.a_name}", view.said_ba, spoken_text)


def _dossier(
    found: Dossier, ways: Mapping[str, str], *, with_evidence: bool
) -> Iterator[RenderableType]:
    if not found.events:
        yield dim("The desk holds no event of this.")
        return
    if found.chart is not None:
        yield dim(found.chart.description)
        yield _months(found.chart)
    for turn in found.turning_points:
        yield Text.assemble(("turning point: ", "bold"), f"{turn.words}. {turn.numbers}.")
    if found.found < found.events:
        yield dim(f"{found.found} of {counted(found.events, 'event')} fit what is asked.")
    for group in found.chronology:
        yield Rule(group.words, style="dim", align="left")
        for entry in group.entries:
            yield dim(f"{ways[entry.direction]}, {QUADS[entry.line.quad]}")
            yield event_text(entry.line)
            if with_evidence and entry.line.first is not None:
                yield Padding(evidence_text(entry.line.first), (0, 0, 1, 3))
    if found.next_start is not None:
        yield dim(f"more: --only start={found.next_start}")


def _months(chart: Chart) -> Table:
    """Count, total and ratio of every month or year with an event."""
    table = Table(box=None, pad_edge=False)
    for name in (chart.unit, "cooperation", "conflict", "events", "of the desk's", "share"):
        is_name = name == chart.unit
        table.add_column(name, justify="left" if is_name else "right", no_wrap=is_name)
    for column in chart.columns:
        if column.count:
            share = percent(column.ratio) if column.ratio is not None else "–"
            cooperation, conflict = sum(column.numbers[:2]), sum(column.numbers[2:])
            numbers = (cooperation, conflict, column.count, column.total)
            table.add_row(column.words, *map(str, numbers), share)
    return table


@shown.register
def _event(view: EventPage) -> Iterator[RenderableType]:
    yield event_text(view.line)
    yield from origin_lines(view.origins)
    for judgement in view.judgements:
        yield Text(quiet(judged_text(judgement)))
    for telling in (*view.tellings, *view.withdrawn):
        yield Rule(style="dim")
        yield evidence_text(telling.report)
        if telling.own:
            yield dim(f"own codebook: {', '.join(telling.own)}")
        if telling.article is not None:
            yield article_text(telling.article)
        if telling.retracted_at is not None:
            yield dim(f"withdrawn {telling.retracted_at}")
        for one in telling.said:
            yield dim(judged_text(one))
    if view.more_withdrawn:
        yield dim(f"{view.more_withdrawn} more were withdrawn before")
    yield from paging(view.paging, "report")


def judged_text(one: JudgedLine) -> str:
    """What a person said, on one line."""
    by = f" by {one.by}" if one.by else ""
    return f"judgement {one.number}: {one.words}{by}: {one.note or 'no reason given'}"


def paging(cut: Cut, what: str) -> Iterator[RenderableType]:
    """Where the rest of a long list is; `what` it has, as `counted` knows it."""
    if cut.start >= cut.found > 0:
        yield dim(f"it has {counted(cut.found, what)}, and none from {cut.start} on")
    if cut.next is not None:
        yield dim(f"more of {counted(cut.found, what)}: --start {cut.next}")


def origin_lines(origins: OriginsShown) -> Iterator[RenderableType]:
    """What an event goes back to: the line that counts, each group, why its members count once."""
    if not origins.texts:
        return
    yield Text(origins.wording)
    for group in origins.groups:
        standing = f", {STANDINGS[group.standing]}" if group.standing != "independent" else ""
        more = [counted(group.more_outlets, "more outlet")] if group.more_outlets else []
        outlets = ", ".join((*group.outlets, *more))
        yield Text(f"origin {group.source}{standing}: {outlets} ({group.reason})")
        is_whole = len(group.members) == group.articles
        for member in group.members[1 if is_whole else 0 :]:
            yield dim(f"  {member.outlet}: {member.reason}")
    if origins.more_groups:
        yield dim(f"{counted(origins.more_groups, 'more group')} on other pages")


@shown.register
def _method(view: MethodPage) -> Iterator[RenderableType]:
    yield title("Method")
    table = Table("category", "class", "means", show_lines=True)
    for one in view.categories:
        table.add_row(Text(one.label), Text(QUADS[one.quad]), Text(one.definition))
    yield table
    for terms in (view.statuses, view.told):
        for name, words in terms.items():
            yield Text.assemble((f"{name}: ", "bold"), words)
    yield from section("Known limits", view.limits, Text)


def tree_lines(node: CopyNode, depth: int = 0) -> Iterator[str]:
    """A text and, further in, what copies it."""
    indent = "  " * depth
    yield quiet(f"{indent}{node.line.outlet}: {node.line.title} ({node.line.id})")
    for edge in (*((node.edge,) if node.edge is not None else ()), *node.also_of):
        delay = f", {edge.delay}" if edge.delay else ""
        told = f"{KINDS[edge.kind]}{delay}, {edge.share} % in {edge.origin_outlet}"
        yield quiet(f"{indent}  {told}; {BASES[edge.basis]}: {edge.reason}")
    for copy in node.copies:
        yield from tree_lines(copy, depth + 1)
    if node.elsewhere:
        yield f"{indent}  {counted(node.elsewhere, 'more copy')} on other pages"


def event_text(line: EventLine, *, with_facts: bool = True) -> Text:
    """Two lines: who did what to whom; when, where, how sure, and how often told."""
    arrow = " ↔ " if line.mutual else " → "
    act = f"{line.label}: {line.mode}" if line.mode else line.label
    text = Text.assemble(
        (_parties(line.sources), "bold"),
        arrow,
        (act, QUAD_STYLES[line.quad]),
        arrow,
        (_parties(line.targets), "bold"),
    )
    if not with_facts:
        return text
    facts = [line.days, line.place.name if line.place is not None else "", line.status]
    facts += [TOLD[line.told_as]] if line.told_as != "news" else []
    facts += [f"{counted(line.outlets, 'outlet')}, {origin_count(line.origins)}", line.id]
    facts += [f"{line.judged} by a person"] if line.judged is not None else []
    text.append("\n  " + " · ".join(fact for fact in facts if fact), style="dim")
    if line.place is not None and line.place.note:
        text.append(f"\n  {line.place.name}: {line.place.note}", style="dim italic")
    return text


def story_text(line: StoryLine) -> Text:
    text = Text(quiet(line.title), style="bold")
    if line.event is not None:
        text.append("\n  ").append_text(event_text(line.event, with_facts=False))
    facts = (line.movement, line.span, line.told, counted(line.articles, "article"))
    own = " · ".join((*facts, " ".join(line.languages), line.id))
    text.append(f"\n  {own}", style="dim not bold")
    return text


def article_text(line: ArticleLine) -> Text:
    text = Text(line.title, style="bold")
    facts = (*article_facts(line), counted(line.events, "event"), line.id)
    text.append("\n  " + " · ".join(facts), style="dim not bold")
    if line.also_in:
        also = f"\n  also in {counted(len(line.also_in), 'outlet')}: {', '.join(line.also_in)}"
        text.append(also, style="dim not bold")
    return text


def said_text(one: Said) -> Text:
    """How it was said, the words, and where they stand; only direct speech is in marks."""
    pieces = (f"“{p.text}”" if p.kind == "direct" else p.text for p in one.pieces)
    text = Text.assemble((f"{one.word}: ", "bold"), quiet(" … ".join(pieces)))
    text.append("\n  " + " · ".join((*article_facts(one.article), one.article.id)), style="dim")
    return text


def spoken_text(one: Said) -> Text:
    """The same, with who speaks."""
    return Text.assemble((f"{quiet(one.speaker)} ", "bold"), said_text(one))


def evidence_text(report: Report) -> Text:
    """The sentence with its marks lit; control characters don't reach the screen."""
    text = Text("“")
    for run in evidence_runs(report):
        style = " ".join(STYLES[part] for part in run.parts[:1])
        text.append("".join(c if c.isprintable() else " " for c in run.text), style=style or None)
    text.append("”")
    text.append(f" {dated_words(report.date)}", style="dim")
    return text


def _parties(sides: Iterable[Party]) -> str:
    names = [f"{s.name} for {s.body_name}" if s.body_name else s.name for s in sides]
    return ", ".join(names) or "not named"


def title(words: str) -> RenderableType:
    return Rule(Text(words, style="bold"), align="left")


def dim(words: str) -> Text:
    return Text(words, style="dim")


def section(
    title: str, things: Iterable[T], show: Callable[[T], RenderableType]
) -> Iterator[RenderableType]:
    """A heading and its things; nothing where there are none."""
    for i, thing in enumerate(things):
        if i == 0:
            yield Rule(title, style="dim", align="left")
        yield show(thing)
