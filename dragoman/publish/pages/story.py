"""A story: who told it and when, who printed whom, what it goes back to, on what tellings differ.

The id of a story that was merged into another one leads there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dragoman.model import Origins, Report, Story
from dragoman.publish.charts.hours import Hours, Printed, hours
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.agreement import DifferenceLine, agreement
from dragoman.publish.views.copy_tree import CopyNode, Moments, copy_trees
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.origins import origins_of_articles
from dragoman.publish.views.storylines import StoryLine, story_line, story_lines, with_copies
from dragoman.store.rows import ReportRow, ToldBy

EVENTS = 20
"""Of its events those that most articles tell."""
LANES = 3
"""Languages that stand beside one another; with more, all stand in one lane."""
BACKGROUND = 5
LOOKED_AT, LIKE = 4, 20
"""Members that are asked for what is like them, to find older stories, and how much of it."""


@dataclass(frozen=True, slots=True)
class StoryTelling:
    """An article of the story with what copies it, and why it is here."""

    line: ArticleLine
    score: float
    reason: str
    copies: tuple[ArticleLine, ...]


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
    origins: Origins
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
    found = room.store.told_by_most(ids, EVENTS + 1)
    shown = found[:EVENTS]
    lines.read_ahead(one.event for one in shown)
    known = {node.line.id: node.line for tree in trees for node in _all(tree)}
    reports = _disputed(room, lines, shown, known)
    told = [_told(room, lines, one, known, reports) for one in shown]
    moments = room.store.first_moments(ids)
    days = tuple(_days(story, trees))
    return StoryPage(
        id=story.id,
        line=story_line(room, lines, story),
        origins=origins_of_articles(room, ids),
        hours=hours(_printed(node, moments) for tree in trees for node in _all(tree)),
        lanes=_lanes(days),
        days=days,
        trees=tuple(tree for tree in trees if tree.copies),
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
    differences = agreement(room, event, articles).differences
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


def _days(story: Story, trees: Iterable[CopyNode]) -> Iterator[TellingDay]:
    """Members by the day of printing, undated ones last; copies under what they copy."""
    nodes = {node.line.id: node for tree in trees for node in _all(tree)}
    members = {member.article_id: member for member in story.members}
    tellings = []
    for identity, member in members.items():
        if identity in nodes:
            copies = tuple(
                node.line for node in _all(nodes[identity]) if node.line.id not in members
            )
            line = nodes[identity].line
            tellings.append(StoryTelling(line, member.score, member.reason, copies))
    for day, group in groupby(sorted(tellings, key=_when), key=lambda one: _when(one)[1]):
        yield TellingDay(day or None, tuple(group))


def _all(node: CopyNode) -> Iterator[CopyNode]:
    yield node
    for copy in node.copies:
        yield from _all(copy)


def _when(telling: StoryTelling) -> tuple[bool, str, str]:
    day = _day(telling.line)
    return not day, day, telling.line.id


def _day(line: ArticleLine) -> str:
    """The day that the page states; empty for what its text only bounds."""
    published = line.published
    is_stated = published is not None and not published.is_bounds
    return ((published.day or "") if published is not None and is_stated else "")[:10]


def _lanes(days: Iterable[TellingDay]) -> tuple[str, ...]:
    spoken = Counter(one.line.language for day in days for one in day.tellings)
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
