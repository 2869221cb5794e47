"""A story: who told it and when, who printed whom, what it goes back to, on what tellings differ.

The id of a story that was merged into another one leads there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from dragoman.model import Report, Story
from dragoman.publish.charts.hours import Hours, Printed, hours
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.agreement import DifferenceLine, agreement
from dragoman.publish.views.copy_tree import CopyNode, Moments, copy_trees, on_page, walked
from dragoman.publish.views.cut import Cut, cut
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.origins import OriginsShown, origins_of_articles, shown_origins
from dragoman.publish.views.storylines import StoryLine, story_line, story_lines, with_copies
from dragoman.store.rows import ReportRow, ToldBy

EVENTS = 20
"""Of its events those that most articles tell."""
LANES = 3
"""Languages that stand beside one another; with more, all stand in one lane."""
SENTENCES = 3
"""That tell each version of what tellings differ on; all of them stand on the event's page."""
BACKGROUND = 5
LOOKED_AT, LIKE = 4, 20
"""Members that are asked for what is like them, to find older stories, and how much of it."""


@dataclass(frozen=True, slots=True)
class StoryTelling:
    """An article of the story with what copies it, and why it is here. An article with so many
    copies that they go on stands on each page that has some of them."""

    line: ArticleLine
    score: float
    reason: str
    copies: tuple[ArticleLine, ...]
    more_copies: int
    """On other pages."""


@dataclass(frozen=True, slots=True)
class TellingDay:
    day: str | None
    tellings: tuple[StoryTelling, ...]


@dataclass(frozen=True, slots=True)
class ToldEvent:
    event: EventLine
    articles: int
    """How many of the story's articles tell it."""
    differences: tuple[DifferenceLine, ...]
    sentences: Mapping[str, Report]
    """By report: where each version of what they differ on is told."""


@dataclass(frozen=True, slots=True)
class Background:
    line: StoryLine
    reason: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    id: str
    line: StoryLine
    paging: Cut
    """Of its articles: a page has `days`, `trees`, groups of `origins` and a table of `hours` of
    its own, and all that stands on each other page."""
    origins: OriginsShown
    hours: Hours | None
    """When each of its articles was printed; None where no page says."""
    lanes: tuple[str, ...]
    """Languages, the one with most tellings first; one, or none, where all stand in one lane."""
    days: tuple[TellingDay, ...]
    trees: tuple[CopyNode, ...]
    """Texts that others copy, with their copies."""
    points: tuple[ToldEvent, ...]
    """Events on which the tellings contradict each other."""
    events: tuple[ToldEvent, ...]
    more_events: bool
    background: tuple[Background, ...]
    judgements: tuple[JudgedLine, ...]

    @property
    def state(self) -> str:
        return "closed" if self.line.movement == "closed" else f"open, {self.line.movement}"

    def lane_of(self, language: str | None) -> int:
        return self.lanes.index(language) + 1 if language in self.lanes else 1


def view(room: ReadingRoom, identity: str, *, start: int = 0) -> StoryPage | None:
    story = room.store.story(identity)
    if story is None:
        return None
    lines = Lines(room)
    ids = with_copies(room, [member.article_id for member in story.members])
    trees = copy_trees(room, lines, ids)
    nodes = {node.line.id: node for node in walked(trees)}
    tellings = sorted(_tellings(story, nodes), key=_when)
    order = list(dict.fromkeys((*(i for one in tellings for i in _ids(one)), *nodes)))
    paging = cut(len(order), start)
    here = set(paging.of(order))
    found = room.store.told_by_most(ids, EVENTS + 1)
    shown = found[:EVENTS]
    lines.read_ahead(one.event for one in shown)
    known = {identity: node.line for identity, node in nodes.items()}
    reports = _disputed(room, lines, shown, known)
    told = [_told(room, lines, one, known, reports) for one in shown]
    moments = room.store.first_moments(ids)
    return StoryPage(
        id=story.id,
        line=story_line(room, lines, story),
        paging=paging,
        origins=shown_origins(origins_of_articles(room, ids), here),
        hours=hours((_printed(node, moments) for node in nodes.values()), here),
        lanes=_lanes(tellings),
        days=tuple(_days(tellings, here)),
        trees=on_page((tree for tree in trees if tree.copies), here),
        points=tuple(one for one in told if one.differences),
        events=tuple(one for one in told if not one.differences),
        more_events=len(found) > EVENTS,
        background=tuple(_background(room, lines, story)),
        judgements=judged_lines(room.store.judgements(story.id), room.display),
    )


def _disputed(
    room: ReadingRoom, lines: Lines, told: Sequence[ToldBy], known: dict[str, ArticleLine]
) -> dict[str, ReportRow]:
    """The reports of events on which tellings differ; lines of their articles are added to those
    that are known by id."""
    rows = room.store.reports_called(
        report for one in told if one.event.differences for report in one.event.report_ids
    )
    others = {row.report.article_id for row in rows.values()} - known.keys()
    for identity, row in room.store.article_rows(others).items():
        known[identity] = lines.article(row)
    return rows


def _told(
    room: ReadingRoom,
    lines: Lines,
    one: ToldBy,
    known: Mapping[str, ArticleLine],
    reports: Mapping[str, ReportRow],
) -> ToldEvent:
    event = one.event
    rows = {i: reports[i] for i in event.report_ids if event.differences and i in reports}
    articles = {identity: known.get(row.report.article_id) for identity, row in rows.items()}
    differences = agreement(room, event, articles, SENTENCES).differences
    tellers = {by.report for d in differences for version in d.versions for by in version.tellers}
    sentences = {i: room.display.report(rows[i].report) for i in sorted(tellers)}
    return ToldEvent(lines.event(event), one.articles, differences, sentences)


def _printed(node: CopyNode, moments: Moments) -> Printed:
    """By the minute where its feed states one, else by the day that its page does."""
    line = node.line
    first, last = moments.get(line.id, ("", None))
    moment = first if first == last else None
    return Printed(
        line.id,
        line.title,
        line.outlet,
        line.language,
        moment or _day(line) or None,
        node.edge.origin_outlet if node.edge is not None else None,
    )


def _tellings(story: Story, nodes: Mapping[str, CopyNode]) -> Iterator[StoryTelling]:
    """The members, copies under what they copy, directly or through others."""
    members = {member.article_id for member in story.members}
    made_of: dict[str, list[ArticleLine]] = defaultdict(list)
    for node in nodes.values():
        if node.edge is not None:
            made_of[node.edge.origin].append(node.line)
    for member in story.members:
        if member.article_id in nodes:
            below = _below(made_of, member.article_id)
            copies = tuple(line for line in below if line.id not in members)
            line = nodes[member.article_id].line
            yield StoryTelling(line, member.score, member.reason, copies, 0)


def _below(made_of: Mapping[str, Sequence[ArticleLine]], identity: str) -> Iterator[ArticleLine]:
    """Whatever is made of an article, each text before what is made of it; to any depth, where
    trees are drawn to one."""
    waiting = list(made_of.get(identity, ()))[::-1]
    while waiting:
        line = waiting.pop()
        yield line
        waiting += list(made_of.get(line.id, ()))[::-1]


def _ids(telling: StoryTelling) -> Iterator[str]:
    yield telling.line.id
    yield from (copy.id for copy in telling.copies)


def _days(tellings: Iterable[StoryTelling], here: AbstractSet[str]) -> Iterator[TellingDay]:
    """Those of a page by the day of printing."""
    shown = (_cut_to(one, here) for one in tellings if not here.isdisjoint(_ids(one)))
    for day, group in groupby(shown, key=lambda one: _day(one.line)):
        yield TellingDay(day or None, tuple(group))


def _cut_to(telling: StoryTelling, here: AbstractSet[str]) -> StoryTelling:
    copies = tuple(copy for copy in telling.copies if copy.id in here)
    return replace(telling, copies=copies, more_copies=len(telling.copies) - len(copies))


def _when(telling: StoryTelling) -> tuple[bool, str, str]:
    """Undated ones are last."""
    day = _day(telling.line)
    return not day, day, telling.line.id


def _day(line: ArticleLine) -> str:
    """The day that the page states; empty for what its text only bounds."""
    published = line.published
    is_stated = published is not None and not published.is_bounds
    return ((published.day or "") if published is not None and is_stated else "")[:10]


def _lanes(tellings: Iterable[StoryTelling]) -> tuple[str, ...]:
    spoken = Counter(one.line.language for one in tellings)
    ordered = sorted(
        (code for code in spoken if code is not None), key=lambda code: (-spoken[code], code)
    )
    return tuple(ordered) if len(ordered) <= LANES else ()


def _background(room: ReadingRoom, lines: Lines, story: Story) -> Iterator[Background]:
    """Older stories that what is told here is like, each once, with the reason of the likest."""
    best = sorted(story.members, key=lambda member: (-member.score, member.article_id))
    found: dict[str, tuple[Story, str]] = {}
    for member in best[:LOOKED_AT]:
        similar = room.store.similar(member.article_id, LIKE)
        homes = room.store.stories_of_articles([row.article.id for row, _, _ in similar])
        known = room.store.stories_called(sorted({*homes.values()} - found.keys()))
        for row, _, reason in similar:
            other = known.get(homes.get(row.article.id, ""))
            if other is not None and _is_before(other, story):
                found.setdefault(other.id, (other, reason))
        if len(found) >= BACKGROUND:
            break
    older = list(found.values())[:BACKGROUND]
    made = story_lines(room, lines, [other for other, _ in older])
    yield from (Background(line, reason) for line, (_, reason) in zip(made, older, strict=True))


def _is_before(other: Story, story: Story) -> bool:
    return bool(other.end and story.start) and (other.end or "") < (story.start or "")
