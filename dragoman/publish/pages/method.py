"""Method: what categories, statuses and counts mean, and where the record is known to fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.knowledge.codebook import Category
from dragoman.publish.room import ReadingRoom
from dragoman.record.turning import ALPHA, LEAST, SHORTEST, WINDOW

STATUSES: Mapping[str, str] = {
    "happened": "The text says that it was done.",
    "ongoing": "It began and, by the text, still goes on.",
    "planned": "It is announced or intended. It counts as nothing done.",
    "demanded": "Someone asks for it.",
    "threatened": "Someone says that they will do it unless something else happens.",
    "hypothetical": "It stands under an if, a may or a could.",
    "denied": "The text says that it was not done, or someone denies it.",
    "alleged": "Someone is accused of it, or the text keeps its distance.",
    "halted": "It was begun or agreed, and broken off.",
}
TOLD: Mapping[str, str] = {
    "news": "Told as something new. Only such events are happenings on Today.",
    "background": "Recalled from earlier, to explain the news.",
    "announced": "Still to come when the article appeared.",
}
LIMITS = (
    "French and English are read. Articles in other languages are kept and shown, not coded.",
    "Each sentence is coded by rules over its grammar, with a lexicon and a small model. Irony, "
    "hints and what takes several sentences to say are missed.",
    "A name counts as known only when one candidate is left; else the side has a name and no "
    "page. The atlas ends at the day each row is vouched for.",
    "Officials count for the state or body they serve on the day. Their own page lists what was "
    "found under their name in the newest articles that name them.",
    "A date that the text does not state may rest on the day of publication. The basis of every "
    "date is shown with it.",
    "Confidence is how often such a category was right on texts marked by hand. It says nothing of "
    "sides, status or date.",
    "Copies are found by their wording, and a named source by the words that attribute. A rewrite "
    "that names no source at all counts as an origin of its own, so origins are an upper bound for "
    "independence.",
    "Pictures are never fetched: captions and credits are shown, with a link.",
)
SHOWN: Mapping[bool, str] = {
    True: "This desk is open to others. Of each article it shows title, credits, captions, the "
    "lead and the sentences that events rest on, with a link to the publisher; the whole text only "
    "where a licence permits it.",
    False: "This desk is private and shows whole texts. Served with --public it shows others the "
    "lead and the sentences that events rest on, and the whole only where a licence permits it.",
}


TURNING = (
    f"In the record of an actor or a pair, the {WINDOW} months before a month (at the ends fewer, "
    f"{SHORTEST} at least) are compared with the {WINDOW} from it on. Two things can turn: the "
    "level, which is the share that these events have in all that the desk holds of those months, "
    "and the balance, which is the share of conflict among them. Both are compared by Fisher's "
    "exact test; where the desk holds nothing else, the level is compared by events a month, by "
    "the exact test of two Poisson rates.",
    f"A month is named as a turning point only where the chance of such a difference, times the "
    f"number of comparisons made over the whole record, is at most {ALPHA:.0%}; with fewer than "
    f"{LEAST} events in the months compared nothing is said. Of neighbouring months that tell of "
    "one change the clearest is named.",
    "The tests take events for independent of each other. They are not quite: the meetings of one "
    "visit come together. So a turning point says where to look, not why. Filters do not change "
    "turning points.",
)


@dataclass(frozen=True, slots=True)
class CategoryLine:
    id: str
    quad: int
    label: str
    definition: str
    not_this: tuple[str, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    categories: tuple[CategoryLine, ...]
    statuses: Mapping[str, str]
    told: Mapping[str, str]
    limits: tuple[str, ...]
    turning: tuple[str, ...]
    """How turning points are found."""
    shown: str
    """How much of others' texts is shown."""
    counts: Mapping[str, int]


def view(room: ReadingRoom, *, start: int = 0) -> MethodPage:
    book = room.knowledge.codebook
    every = [*book.categories.values(), *book.own.values()]
    return MethodPage(
        categories=tuple(_line(room, one) for one in sorted(every, key=lambda c: (c.quad, c.id))),
        statuses=STATUSES,
        told=TOLD,
        limits=LIMITS,
        turning=TURNING,
        shown=SHOWN[room.public],
        counts=room.store.counts(),
    )


def _line(room: ReadingRoom, category: Category) -> CategoryLine:
    return CategoryLine(
        category.id,
        category.quad,
        room.category(category.id),
        room.definition(category.id) or "",
        category.not_this,
        tuple(room.mode(category.id, mode.id) or mode.id for mode in category.modes),
    )
