"""One article: its credits, its text with the events lit in it, and what stands around it.

Everything comes from `article.text` and its labelled blocks; the page as captured is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.model import (
    BODY_LABELS,
    FURNITURE_LABELS,
    Article,
    Block,
    Event,
    Kept,
    Report,
    Side,
)
from dragoman.publish.comments.threads import Conversation, conversation
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.beside import Alike, InStory, check_also, in_story
from dragoman.publish.views.copy_tree import CopyNode, copy_trees, on_page, walked
from dragoman.publish.views.cut import Cut, cut
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines, Party, is_mutual, sides
from dragoman.publish.views.origins import OriginsShown, origins_of_articles, shown_origins
from dragoman.publish.views.paragraphs import anchor_of, paragraphs
from dragoman.publish.views.present import Present, offices, present
from dragoman.publish.views.spans import Mark, Run, marks_of, runs
from dragoman.publish.words import NO_HEADLINE, web_address
from dragoman.store.rows import ReportRow

SHOWN_AS = {"heading": "h2", "quote": "quote", "standfirst": "standfirst"}
SIDE_LABELS = FURNITURE_LABELS | {"byline", "dateline", "credit", "bio", "syndication"}
"""What is not in the article's text, or only repeats its credits."""
ROWS = 8
"""Notes beside the text may reach over at most so many paragraphs without notes."""


@dataclass(frozen=True, slots=True)
class Note:
    """A report as it stands beside its paragraph."""

    number: int
    report: Report
    language: str | None
    label: str
    mode: str | None
    contexts: tuple[str, ...]
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    mutual: bool
    quad: int
    event: EventLine | None
    revision: int
    coder: str | None
    judged: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    shown_as: str
    """p, h2, quote or standfirst."""
    anchor: str
    runs: tuple[Run, ...]
    notes: tuple[Note, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    runs: tuple[Run, ...]
    credit: str | None
    address: str | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is not in the article, with the rule that said so."""

    label: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    kept: Kept
    """What this desk may show of it."""
    is_excerpt: bool
    licence: str | None
    line: ArticleLine
    address: str | None
    canonical: str | None
    """Where search engines should look instead, of a page that prints another's text."""
    printed_by: str | None
    """Who prints it again, where it was first published elsewhere."""
    title: tuple[Run, ...]
    title_notes: tuple[Note, ...]
    figures: tuple[Figure, ...]
    passages: tuple[Passage, ...]
    elsewhere: tuple[Note, ...]
    """Events whose sentence is not in any part shown."""
    present: tuple[Present, ...]
    """Whom it names, with the office held on its day."""
    aside: tuple[Piece, ...]
    paging: Cut
    """Of the articles that are copies of it, or it of them: each page has itself and some."""
    copies: tuple[CopyNode, ...]
    """The trees of copies it stands in."""
    story: InStory | None
    origins: OriginsShown
    """Of the article and its copies."""
    similar: tuple[Alike, ...]
    judged: str | None
    comments: Conversation | None = None
    """None where comments are off, or closed and there are none."""


def view(room: ReadingRoom, identity: str, *, start: int = 0) -> ArticlePage | None:
    whole, row = room.store.kept(identity), room.store.article(identity)
    if whole is None or row is None:
        return None
    lines = Lines(room)
    kept = room.display.shown(whole)
    is_excerpt = room.display.is_excerpt(whole.article)
    address = web_address(whole.article.canonical) or web_address(whole.article.url)
    text = _Text(kept.article, _notes(room, lines, kept), address)
    title_runs, title_notes = text.headline()
    figures = text.figures()
    passages = tuple(_with_rows(list(text.passages())))
    family = room.store.family(identity)
    trees = copy_trees(room, lines, family) if len(family) > 1 else ()
    others = [node.line.id for node in walked(trees) if node.line.id != identity]
    paging = cut(len(others), start)
    here = {identity, *paging.of(others)}
    return ArticlePage(
        kept=kept,
        is_excerpt=is_excerpt,
        licence=room.display.licence(whole.article),
        line=lines.article(row),
        address=address,
        canonical=_canonical(room, whole.article, address),
        printed_by=_printed_by(room, whole.article),
        title=title_runs,
        title_notes=title_notes,
        figures=figures,
        passages=passages,
        elsewhere=text.left_over(),
        present=present(room, kept),
        aside=() if is_excerpt else tuple(_aside(kept.article)),
        paging=paging,
        copies=on_page(trees, here),
        story=in_story(room, identity),
        origins=shown_origins(origins_of_articles(room, family), here),
        similar=check_also(room, lines, identity),
        judged=lines.verdict(identity),
        comments=conversation(room, whole.article),
    )


def _printed_by(room: ReadingRoom, article: Article) -> str | None:
    """Whoever the page says prints it again, else the outlet that shows what another published."""
    given = article.attribution
    if given.republisher is not None:
        return given.republisher.value
    outlet = room.outlet(article)
    is_another = given.first_publisher is not None and given.first_publisher.value != outlet
    return outlet if is_another else None


def _canonical(room: ReadingRoom, article: Article, address: str | None) -> str | None:
    """Of a re-publication: the first publisher's page where the desk holds it, else its own."""
    first = article.attribution.first_publisher
    if first is None or _printed_by(room, article) is None:
        return None
    origins = (room.store.article(one.origin_id) for one in room.store.copy_links(article.id))
    pages = (row.article for row in origins if row is not None)
    found = next((one for one in pages if room.outlet(one) == first.value), None)
    if found is None:
        return address
    return web_address(found.canonical) or web_address(found.url) or address


def _notes(room: ReadingRoom, lines: Lines, kept: Kept) -> list[Note]:
    """Of the reports as they are shown: an excerpt has offsets of its own."""
    rows = {row.report.id: row for row in room.store.reports_of_article(kept.article.id)}
    shown = [replace(rows[one.id], report=one) for one in kept.reports if one.id in rows]
    served = offices(kept)
    told = [row.event_id for row in shown if row.event_id is not None]
    events = {event.id: event for event in room.store.events_called(told)}
    lines.known(rows.values())
    lines.read_ahead(events.values())
    return [_note(room, lines, row, number, served, events) for number, row in enumerate(shown, 1)]


def _note(
    room: ReadingRoom,
    lines: Lines,
    row: ReportRow,
    number: int,
    served: Mapping[str, str],
    events: Mapping[str, Event],
) -> Note:
    """`served`: actor → the state or body that it held office in on the day of the article."""
    report = row.report
    event = events.get(row.event_id or "")
    counted = (event.source, event.target) if event is not None else (None, None)
    both = zip((report.sources, report.targets), counted, strict=True)
    body = [_body(found, other, served) for found, other in both]
    return Note(
        number=number,
        report=replace(report, place=room.spoken_place(report.place)),
        language=row.language,
        label=room.category(report.category),
        mode=room.mode(report.category, report.mode),
        contexts=tuple(room.context(one) for one in report.context),
        sources=sides(room, report.sources, body[0], row.language),
        targets=sides(room, report.targets, body[1], row.language),
        mutual=is_mutual(report),
        quad=report.quad,
        event=lines.event(event) if event is not None else None,
        revision=row.revision,
        coder=row.coder_version,
        judged=lines.verdict(report.id),
    )


def _body(found: Sequence[Side], counted: str | None, served: Mapping[str, str]) -> str | None:
    """What a side stands for in this article; else what the event counts it for."""
    first = next((side.actor for side in found if side.actor is not None), None)
    return served.get(first or "", counted)


class _Text:
    """Cuts the article's blocks into runs and hands each note out once, where its sentence is."""

    def __init__(self, article: Article, notes: Sequence[Note], address: str | None) -> None:
        self._article = article
        self._address = address
        self._waiting = {note.number: note for note in notes}
        self._marks: list[Mark] = [m for n in notes for m in marks_of(n.report, n.number)]

    def headline(self) -> tuple[tuple[Run, ...], tuple[Note, ...]]:
        block = next((b for b in self._article.blocks if b.label == "headline"), None)
        if block is None:
            return runs(self._article.title or NO_HEADLINE, 0, ()), ()
        return self._piece(block.start, block.end)

    def figures(self) -> tuple[Figure, ...]:
        """Images in order; a caption that stands in the text is shown from there, with its marks.

        Pictures themselves are not fetched, and so not shown: a link leads to their page.
        """
        blocks = [b for b in self._article.blocks if b.label == "caption"]
        made = []
        for image in self._article.images:
            block = next((b for b in blocks if self._says(b, image.caption)), None)
            if block is not None:
                blocks.remove(block)
                shown, notes = self._piece(block.start, block.end)
            else:
                shown, notes = runs(image.caption or "", 0, ()), ()
            address = self._address or web_address(image.src)
            if shown or image.credit or address:
                made.append(Figure(shown, image.credit, address, notes))
        for block in blocks:
            shown, notes = self._piece(block.start, block.end)
            made.append(Figure(shown, None, self._address, notes))
        return tuple(made)

    def passages(self) -> Iterator[Passage]:
        for block in self._article.blocks:
            if block.label not in BODY_LABELS:
                continue
            for low, high in paragraphs(self._article, block):
                shown, notes = self._piece(low, high)
                shown_as = SHOWN_AS.get(block.label, "p")
                yield Passage(shown_as, anchor_of(low), shown, notes)

    def left_over(self) -> tuple[Note, ...]:
        left, self._waiting = tuple(self._waiting.values()), {}
        return left

    def _piece(self, low: int, high: int) -> tuple[tuple[Run, ...], tuple[Note, ...]]:
        here = [n for n in self._waiting.values() if low <= n.report.evidence[0] < high]
        for note in here:
            del self._waiting[note.number]
        return runs(self._article.text[low:high], low, self._marks), tuple(here)

    def _says(self, block: Block, caption: str | None) -> bool:
        if caption is None:
            return False
        own = " ".join(self._article.text[block.start : block.end].split())
        said = " ".join(caption.split())
        return bool(said) and (own.startswith(said) or said.startswith(own))


def _with_rows(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Let the notes of a paragraph reach down beside the ones after it that have none."""
    for i, passage in enumerate(passages):
        if not passage.notes:
            yield passage
            continue
        following = (j for j in range(i + 1, len(passages)) if passages[j].notes)
        reach = next(following, len(passages)) - i
        yield replace(passage, rows=min(reach, ROWS))


def _aside(article: Article) -> Iterator[Piece]:
    for block in article.blocks:
        if block.label in SIDE_LABELS:
            text = " ".join(article.text[block.start : block.end].split())
            yield Piece(block.label, block.rule, text)
