"""When two reports tell one happening: what speaks for it and what against, in points.

In: two outlines. Out: a score with reasons, or None where something rules it out. It looks at
nothing but the two, so that no third article ever changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, hypot, radians

from dragoman.model import Number, Outline

ENOUGH = 2.25
"""Points that make two reports one happening. This and the weights were settled on the half of the
set of reports that was read (`benchmarks/link_reports.py`)."""
SAME_ACT, SIDE, PERSON, DAY, MODE = 1.0, 1.5, 0.5, 1.0, 0.25
NAMED_SIDE = 1.0
"""A side that one report lacks, but whose sentence names it."""
THING, BODY, NUMBER = 1.0, 0.5, 1.0
"""Something else that both name: a town or a name, up to two; a state or body; a number."""
UNKNOWN_SIDE = -1.0
"""A name that no table holds, against one that is known: it may be another word for it."""
OTHER_SIDE, MISREAD_SIDE = -2.0, -0.5
"""Another side; or one that the other's sentence names as well, so that either may be misread."""
VAGUE = -0.25
"""Nothing is shared but the kind of act and one side, and not even the day is told: too little."""
OTHER_PERSON, OTHER_PLACE, OTHER_NUMBER = -1.5, -2.5, -1.5
FAR = ((3, -0.5), (10, -0.5))
"""Each of these days between the one told and that of another's printing is a doubt."""
NEARER = 0.01
"""A day nearer is no reason, but settles which of two is the nearer one."""
FAR_KM = 200
"""Towns further apart are two places; nearer ones may be a town and its suburb or district."""

UNKNOWN = "~"
"""What a name begins with that no table holds."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
"""Acts that sides do together, so that either may be told as the source."""

NEIGHBOURS: dict[frozenset[str], str] = {
    frozenset(pair): reason
    for pair, reason in {
        ("ASSAULT", "COERCE"): "to storm, seize or raid",
        ("ASSAULT", "MOBILIZE"): "to fire missiles, to send forces in",
        ("SANCTION", "COERCE"): "to expel or deport, to freeze or confiscate",
        ("SANCTION", "REQUEST"): "to expel, or to order out",
        ("SANCTION", "RETREAT"): "to withdraw from a treaty or recall an envoy",
        ("SANCTION", "REJECT"): "to leave a treaty or refuse to go on with it",
        ("AGREE", "SUPPORT"): "to agree on a treaty, or to sign it",
        ("AGREE", "CONSULT"): "to invite, or to be received",
        ("AGREE", "AID"): "to grant, or to give",
        ("AGREE", "COOPERATE"): "to agree to do together, or to do it",
        ("AGREE", "RETREAT"): "to agree to a cease-fire, or to cease fire",
        ("SUPPORT", "AID"): "to back with words or with means",
        ("SUPPORT", "COOPERATE"): "to sign, or to take part",
        ("SUPPORT", "RETREAT"): "to sign a peace, or to lay down arms",
        ("CONSULT", "COOPERATE"): "to meet, or to work together",
        ("CONSULT", "REJECT"): "to meet, or to break off a meeting",
        ("CONCEDE", "RETREAT"): "to give in, or to give back",
        ("REQUEST", "ACCUSE"): "to call on, or to blame",
        ("REQUEST", "REJECT"): "to demand the end of, or to turn down",
    }.items()
}
"""Categories that one act may be coded as, by the verb that a reporter happens to choose."""


def acts_near(act: str) -> tuple[str, ...]:
    """An act, and those it may be coded as elsewhere."""
    return (act, *sorted(other for pair in NEIGHBOURS if act in pair for other in pair - {act}))


@dataclass(frozen=True, slots=True)
class Sameness:
    score: float
    reasons: tuple[str, ...]
    same_day: bool
    """Both tell the day, and it is the same."""


def sameness(a: Outline, b: Outline) -> Sameness | None:
    """How much speaks for two reports telling one happening; None where they can't."""
    act = _act(a, b)
    day = _day(a, b)
    if act is None or day is None or _is_another_clause(a, b):
        return None
    sides = _sides(a, b)
    if not _is_anchored(a, b, sides):
        return None
    found = [act, *sides, day, *_place(a, b), *_things(a, b), *_numbers(a, b)]
    if a.mode is not None and a.mode == b.mode:
        found.append((MODE, f"both by {a.mode}"))
    if a.words and a.words == b.words:
        found.append((THING, "the same sentence"))
    if sum(points > 0 for points, _ in found[1:]) < 2:
        found.append((VAGUE, "little is told"))
    score = sum(points for points, _ in found)
    same_day = a.is_dated and b.is_dated and overlap(a, b)
    return Sameness(
        round(score, 2), tuple(f"{why} {p:+.2f}" for p, why in found if abs(p) > NEARER), same_day
    )


def overlap(a: Outline, b: Outline) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.start <= b.end and b.start <= a.end


def _is_anchored(a: Outline, b: Outline, sides: Sequence[tuple[float, str]]) -> bool:
    """Two reports that tell no day need a side in common, or the same words: what a sentence
    names beside its act would join all that is told of a state in one week."""
    if a.is_dated or b.is_dated or (a.words and a.words == b.words):
        return True
    return any(points == SIDE for points, _ in sides)


def _is_another_clause(a: Outline, b: Outline) -> bool:
    """What one sentence tells as two acts is two: to welcome aid is not to give it."""
    return bool(a.words) and a.words == b.words and a.act != b.act


Point = tuple[float, str]


def _act(a: Outline, b: Outline) -> Point | None:
    if a.act == b.act:
        return SAME_ACT, f"both {a.act}"
    reason = NEIGHBOURS.get(frozenset((a.act, b.act)))
    return (0.0, reason) if reason is not None else None


def _day(a: Outline, b: Outline) -> Point | None:
    if a.start is None or b.start is None:
        return None
    if a.is_dated and b.is_dated:
        if overlap(a, b):
            return DAY, "on the same day"
        near = _apart(a.end, b.start) <= 1 or _apart(b.end, a.start) <= 1
        return (0.0, "a day apart, printed at once") if near and _at_once(a, b) else None
    if not overlap(a, b):
        return None
    gap = _gap(a, b)
    doubt = sum(points for days, points in FAR if gap > days)
    return doubt - NEARER * gap, f"{gap} days between"


def _at_once(a: Outline, b: Outline) -> bool:
    return a.published is not None and a.published == b.published


def _gap(a: Outline, b: Outline) -> int:
    """Days between the day that is told and the printing of the report that tells none."""
    fine, vague = (a, b) if a.is_told else (b, a)
    if vague.is_told or vague.published is None:
        return 0
    return _apart(fine.start if fine.is_told else fine.published, vague.published)


def _apart(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 0
    return abs(date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])) // timedelta(days=1)


def _sides(a: Outline, b: Outline) -> list[Point]:
    straight = [
        _side("source", a, b, a.sources, b.sources),
        _side("target", a, b, a.targets, b.targets),
    ]
    if a.act not in MUTUAL or b.act not in MUTUAL:
        return straight
    turned = [
        _side("side", a, b, a.sources, b.targets),
        _side("side", a, b, a.targets, b.sources),
    ]
    best = max(straight, turned, key=lambda points: sum(p for p, _ in points))
    return [*best, *_people(a, b)]


def _side(
    which: str, a: Outline, b: Outline, own: tuple[str, ...], other: tuple[str, ...]
) -> Point:
    shared = [one for one in own if one in other]
    if shared:
        return SIDE, f"{which} {shared[-1]}"
    if not own and not other:
        return 0.0, ""
    is_named = names_any(a, other) or names_any(b, own)
    if not (own and other):
        return (NAMED_SIDE, f"{which} named beside") if is_named else (0.0, "")
    if is_unknown(own) or is_unknown(other):
        return (
            (UNKNOWN_SIDE, f"{which} not known in one")
            if is_unknown(own) != is_unknown(other)
            else (OTHER_SIDE, f"another {which}")
        )
    if is_named:
        return MISREAD_SIDE, f"another {which}, but named"
    if which == "source" and {a.status, b.status} & {"denied", "alleged"}:
        return MISREAD_SIDE, "blamed on another"
    return OTHER_SIDE, f"another {which}"


def is_unknown(sides: Iterable[str]) -> bool:
    """Whether no table holds any of them: such names may be those of somebody known."""
    return all(one.startswith(UNKNOWN) for one in sides)


def names_any(made: Outline, sides: tuple[str, ...]) -> bool:
    return any(one in made.named or one in made.things for one in sides)


def _people(a: Outline, b: Outline) -> list[Point]:
    """Two ministers of one state hold two meetings; unless a report names none of them."""
    if set(a.people) & set(b.people):
        return [(PERSON, "the same person")]
    if {_body(one) for one in a.people} & {_body(one) for one in b.people}:
        return [(OTHER_PERSON, "other persons")]
    return []


def _body(person: str) -> str:
    return person.rpartition("@")[2]


def _place(a: Outline, b: Outline) -> list[Point]:
    return [(OTHER_PLACE, "far apart")] if is_elsewhere(a, b) else []


def is_elsewhere(a: Outline, b: Outline) -> bool:
    if a.spot is None or b.spot is None or set(a.things) & set(b.things):
        return False
    return kilometres(a.spot, b.spot) > FAR_KM


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Over a flat map, near enough for a limit."""
    north = (one[0] - other[0]) * 111
    east = (one[1] - other[1]) * 111 * cos(radians((one[0] + other[0]) / 2))
    return hypot(north, east)


def _things(a: Outline, b: Outline) -> list[Point]:
    shared = [thing for thing in a.things if thing in b.things]
    found = [(THING * min(len(shared), 2), f"both name {', '.join(shared)}")] if shared else []
    known = {*a.sources, *a.targets, *b.sources, *b.targets}
    if any(one in b.named and one not in known for one in a.named):
        found.append((BODY, "both name another body"))
    return found


def _numbers(a: Outline, b: Outline) -> list[Point]:
    pairs = [(x, y) for x in a.numbers for y in b.numbers if x.what == y.what]
    if any(agree(x, y) for x, y in pairs):
        return [(NUMBER, "the same number")]
    return [(OTHER_NUMBER, "another number")] if any(apart(x, y) for x, y in pairs) else []


def agree(x: Number, y: Number) -> bool:
    return x.low <= y.high and y.low <= x.high


def apart(x: Number, y: Number) -> bool:
    """Numbers that can't be the same: a toll may grow, a sum hardly does."""
    most, least = max(x.low, y.low), max(min(x.high, y.high), 1)
    factor = 10 if x.what in {"killed", "wounded", "displaced", "detained"} else 2
    return most > factor * least
