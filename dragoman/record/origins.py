"""Independent origins: what is left of many texts when all that is known to join them is used.

In: texts with their outlets, credits, copy links and voices. Out: `Origins`, the same for the same
set in any order. Joined are copies; then texts of one agency or publisher; then texts that rest on
one named source; then outlets with one owner or one state behind them. It is not said that an
origin is right, nor that texts which nothing joins have no hidden source in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.model import OriginGroup, OriginMember, Origins
from dragoman.record.families import Family, Text, families
from dragoman.record.joining import Joined, Joining
from dragoman.record.named_sources import Called, Sources

OPINION = "an opinion piece: it argues about what happened and is no witness of it"


def origins_of(texts: Iterable[Text], called: Called = str) -> Origins:
    """What the texts go back to; those that are not asked for only join others."""
    found = families(texts)
    told = [family for family in found if not family.is_opinion]
    sources = Sources(told, called)
    groups = [_group(joined, sources) for joined in Joining(told, sources).groups()]
    groups += [_opinion(family) for family in found if family.is_opinion]
    asked = [text for family in found for text in family.asked]
    return Origins(
        outlets=len({text.outlet_name for text in asked}),
        texts=len(asked),
        separate_texts=sum(bool(family.asked) for family in told),
        sources=tuple(sources.named()),
        groups=tuple(
            sorted(
                (group for group in groups if group.members),
                key=lambda group: (-len(group.members), group.members[0].article_id),
            )
        ),
    )


def _group(joined: Joined, sources: Sources) -> OriginGroup:
    first = joined.families[0]
    why = {first.head.id: _base(first, sources), **joined.why}
    members = tuple(m for f in joined.families for m in _members(f, why[f.head.id]))
    known = [reason for f in joined.families if (reason := _known(f, sources)) is not None]
    return OriginGroup(
        source=_source(first, sources),
        standing="independent" if known else "unknown",
        reason=known[0] if known else _not_known(first),
        members=members,
    )


def _opinion(family: Family) -> OriginGroup:
    members = tuple(_members(family, OPINION))
    return OriginGroup(family.source, "opinion", OPINION, members)


def _members(family: Family, reason: str) -> Iterator[OriginMember]:
    for text in family.asked:
        own = reason if text is family.head else family.reasons[text.id]
        yield OriginMember(text.id, text.outlet_name, own)


def _base(family: Family, sources: Sources) -> str:
    """What is known of where a text comes from, others apart."""
    return _known(family, sources) or _not_known(family)


def _source(family: Family, sources: Sources) -> str:
    added = sources.added(family)
    if family.credit is None and added:
        return " and ".join(map(sources.name, added))
    return family.source


def _known(family: Family, sources: Sources) -> str | None:
    """Why a text can be called an origin of its own where nothing joins it with another."""
    credit = family.credit
    if credit is not None and (credit.is_agency or credit.outlet is not None):
        return (
            f"it names {credit.name} as its {'agency' if credit.is_agency else 'first publisher'}"
        )
    added = sources.added(family)
    if added:
        beside = [key for key in sources.of(family) if key not in added]
        shared = f", and on that of {' and '.join(map(sources.name, beside))}, as others do"
        words = " and ".join(map(sources.words, added))
        return f"it rests on the word of {words}{shared if beside else ''}"
    if credit is None and family.writer is not None and family.head.is_read and not family.voices:
        return f"{family.writer.name} tells it by its own authority: no other source is named"
    return None


def _not_known(family: Family) -> str:
    head, credit = family.head, family.credit
    if credit is not None:
        return f"it names {credit.name} as its first publisher, an outlet this desk does not know"
    if family.voices:
        names = " and ".join(f"“{voice.name}”" for voice in family.voices)
        return f"it rests on {names}, and it is not told whose that is"
    if head.outlet is not None and not head.outlet.writes:
        return f"{head.outlet_name} shows texts of others and does not say whose this one is"
    if head.outlet is not None:
        return "its language is not read here, so it is not known whose word it passes on"
    return "this desk does not know the outlet, and the text names no source"
