"""Audits in words: what a sentence was coded as, for those who judge it, and what came of it.

In: a sample's item or a result, and the room that has the labels. Out: labelled lines for terminal
and page. What the machine thinks of its own code is nowhere in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman.model.audit import Agreement, AuditResult, Named, Part, Share, Shown
from dragoman.publish.room import ReadingRoom
from dragoman.publish.words import TOLD, counted, dated_words, day_words

DIFFER_SHOWN = 10
PART_WORDS: dict[Part, str] = {
    "category": "what was done",
    "source": "who did it",
    "target": "to whom",
    "status": "whether it was done, planned, denied …",
    "date": "when",
    "place": "where",
    "not-an-event": "it tells no event at all",
}
"""What can be wrong, as readers are asked."""


def claim(room: ReadingRoom, shown: Shown) -> tuple[tuple[str, str], ...]:
    """The code of a sentence, line by line."""
    mode = room.mode(shown.category, shown.mode)
    what = room.category(shown.category)
    status = shown.status if shown.told_as == "news" else f"{shown.status} ({TOLD[shown.told_as]})"
    lines = [
        ("words", f"“{shown.act}”"),
        ("what", f"{what}: {mode}" if mode else what),
        ("who", _sides(room, shown.sources)),
        ("to whom", _sides(room, shown.targets)),
        ("status", status),
        ("when", dated_words(shown.date)),
        ("where", shown.place or "not told"),
    ]
    if shown.said_by:
        lines.append(("says so", shown.said_by))
    return tuple(lines)


def printed(shown: Shown) -> str:
    """Where the sentence stands: headline, outlet, day."""
    day = day_words(shown.published) if shown.published else "no date"
    return " · ".join(part for part in (shown.title, shown.outlet, day) if part)


def _sides(room: ReadingRoom, sides: Sequence[Named]) -> str:
    return "; ".join(_side(room, one) for one in sides) or "nobody named"


def _side(room: ReadingRoom, side: Named) -> str:
    if side.actor is None:
        return side.name
    name = room.actor_name(side.actor)
    same = name.casefold() == side.name.casefold()
    return name if same else f"{side.name} → {name}"


def share_words(share: Share) -> str:
    """ "91.2 % (86.0–94.6)"; "nothing read" where there is no figure."""
    if share.value is None:
        return "nothing read"
    if share.low is None or share.high is None:
        return f"{share.value:.1%}".replace("%", " %")
    return f"{share.value * 100:.1f} % ({share.low * 100:.1f}–{share.high * 100:.1f})"


def result_lines(result: AuditResult) -> Iterator[str]:
    """What an audit came to, for a terminal."""
    about = f"“{result.query}”" if result.query else "the whole desk"
    drawn = f"{counted(result.drawn, 'report')} drawn of {result.reports:,}"
    yield f"{result.name}: {about}, {drawn} on {day_words(result.made_at)}"
    readers = f" by {', '.join(result.readers)}" if result.readers else ""
    told = f"{result.right} right, {result.wrong} wrong, {result.unsure} unsure"
    yield f"read: {result.read}{readers} ({told})"
    if not result.read:
        yield f"`dragoman audit ask {result.name} --reader NAME` begins to read"
        return
    yield f"precision: {share_words(result.precision)}, weighted by stratum, 95 % interval"
    if result.precision.error is not None:
        yield f"standard error: {result.precision.error * 100:.1f} points"
    if result.unsure:
        yield f"with every unsure as wrong: {share_words(result.unsure_as_wrong)}"
    if result.covered < 1:
        yield (
            f"for {result.covered * 100:.0f} % of the reports: nothing of the other strata was "
            "judged yet"
        )
    yield from since_lines(result)
    yield from _agreements(result.agreement)


def since_lines(result: AuditResult) -> Iterator[str]:
    """What changed after the sample was drawn."""
    gone = (
        (result.since.changed, "coded or made anew"),
        (result.since.withdrawn, "withdrawn"),
        (result.since.forgotten, "forgotten"),
    )
    said = [f"{number} {what}" for number, what in gone if number]
    if said:
        yield f"since it was drawn, of its reports {', '.join(said)}: the figures tell of then"


def _agreements(found: Iterable[Agreement]) -> Iterator[str]:
    for one in found:
        same = f"{one.same} of {one.both} alike ({one.same / one.both * 100:.1f} %)"
        beyond = "Cohen's kappa has no meaning here, both gave one verdict throughout"
        if one.kappa is not None and one.low is not None and one.high is not None:
            beyond = f"Cohen's kappa {one.kappa:.2f} ({one.low:.2f} to {one.high:.2f})"
        yield f"{one.readers[0]} and {one.readers[1]}: {same}, {beyond}"
        if one.differ:
            more = len(one.differ) - DIFFER_SHOWN
            rest = f" and {more} more (--json has all)" if more > 0 else ""
            yield f"  they differ on {', '.join(one.differ[:DIFFER_SHOWN])}{rest}"
