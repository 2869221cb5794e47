"""What an event or an article goes back to, as pages show it: groups, each joining with its reason.

In: an event's reports, or an article with its copies, and which of their articles the page shows.
Out: `OriginsShown`, counted by `desk.origins`, by which events are counted too; so the number on a
list and the groups on the page are one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from dragoman.desk.origins import OriginCounter, by_article
from dragoman.model import (
    NamedSource,
    OriginGroup,
    OriginMember,
    Origins,
    Report,
    Standing,
    VoiceKind,
)
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import gettext
from dragoman.publish.words import counted, not_known

NAMED = 10
"""Outlets of a group that are named."""


@dataclass(frozen=True, slots=True)
class SourceShown:
    """`articles`: how many rest on it, on this page and on others."""

    name: str
    kind: VoiceKind
    names: tuple[str, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Articles that count once. `articles`: how many; `members`: those of them that the page
    shows; `outlets`: some, its source among them where that is one, and how many `more_outlets`
    there are."""

    source: str
    standing: Standing
    reason: str
    articles: int
    outlets: tuple[str, ...]
    more_outlets: int
    members: tuple[OriginMember, ...]
    is_outlet: bool = field(metadata=DRAWN)
    """Whether its source is an outlet: a name, and no English words."""


@dataclass(frozen=True, slots=True)
class OriginsShown:
    """Counts are of all; `groups` and `sources` those that the page's articles are in or rest on,
    with how many more there are."""

    outlets: int
    texts: int
    separate_texts: int
    independent: int
    unknown: int
    opinion: int
    wording: str
    """The counts as one line."""
    named_sources: int
    sources: tuple[SourceShown, ...]
    groups: tuple[GroupShown, ...]
    more_groups: int


def origins_of_reports(room: ReadingRoom, reports: Sequence[Report]) -> Origins:
    """Of the articles that make these reports, whose word each report rests on."""
    told = by_article((report.id, report.article_id) for report in reports)
    return _counter(room).of_reports(told)


def origins_of_articles(room: ReadingRoom, articles: Iterable[str]) -> Origins:
    """Of any set of articles: a story's, a family's of copies."""
    return _counter(room).of_articles(articles)


def origins_of_each(room: ReadingRoom, groups: Sequence[Collection[str]]) -> list[Origins]:
    """The same of several sets, read at once."""
    return _counter(room).of_each(groups)


def _counter(room: ReadingRoom) -> OriginCounter:
    return OriginCounter(room.store, room.knowledge)


def shown_origins(found: Origins, here: AbstractSet[str]) -> OriginsShown:
    """`here`: ids of the articles that the page shows."""
    groups = [_group(one, here) for one in found.groups]
    shown = tuple(one for one in groups if one.members)
    return OriginsShown(
        outlets=found.outlets,
        texts=found.texts,
        separate_texts=found.separate_texts,
        independent=found.independent,
        unknown=found.unknown,
        opinion=found.opinion,
        wording=origins_words(found),
        named_sources=len(found.sources),
        sources=tuple(_source(one) for one in found.sources if not here.isdisjoint(one.articles)),
        groups=shown,
        more_groups=len(groups) - len(shown),
    )


def _group(group: OriginGroup, here: AbstractSet[str]) -> GroupShown:
    named = group.outlets[:NAMED]
    is_outlet = group.source in group.outlets
    if is_outlet and group.source not in named:
        named = (group.source, *named[:-1])
    return GroupShown(
        group.source,
        group.standing,
        group.reason,
        len(group.members),
        named,
        len(group.outlets) - len(named),
        tuple(member for member in group.members if member.article_id in here),
        is_outlet,
    )


def _source(source: NamedSource) -> SourceShown:
    return SourceShown(source.name, source.kind, source.names, len(source.articles))


def origins_words(found: Origins) -> str:
    """ "12 outlets, 5 separate texts, 2 named sources; 1 independent origin"."""
    told = [counted(found.outlets, "outlet"), counted(found.separate_texts, "separate text")]
    told += [counted(len(found.sources), "named source")] if found.sources else []
    left = [counted(found.independent, "independent origin")]
    left += [not_known(found.unknown)] if found.unknown else []
    if found.opinion:
        left.append(gettext("%s counted apart") % counted(found.opinion, "opinion piece"))
    return gettext("%(told)s; %(left)s") % {"told": ", ".join(told), "left": ", ".join(left)}
