"""What a text says for each place that its names may mean.

In: the text, the spans of its names, their options. Out: the options of each name with points and
the reason, best first. Points are few and added up, so that each decision can be read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.names import NameIndex, key_of
from dragoman.link.place_candidates import Option, Options, distance

Span = tuple[int, int]
HELD = 4.0
"""What is named beside it holds it: "Pandi, Bulacan"."""
HOLDER = 2.0
"""It holds what is named beside it."""
TYPED = 1.5
"""A word beside it says what kind of place it is."""
STATE_NEAR = 1.6
"""Its state is named within `NEAR` characters."""
STATE_FAR = 1.2
"""Its state is the only one that the text names; less where it is one of several."""
AT_HOME = 1.0
"""The text is from its state."""
COMPANY = 0.9
"""Another name of the text means a place in the same division, or close by; once more for each, up
to `MOST`."""
PEER = 1.0
"""A neighbour in a list is a place of the same kind in the same state."""
HELD_FAR = 1.6
"""The division that holds it is named somewhere in the text."""
COMPATRIOT = 0.5
"""Another name of the text means a place in the same state."""
MOST = 3.0
CLOSE = 200.0
"""Kilometres."""
NEAR = 120
"""Characters, about a sentence."""
BESIDE = 24
"""Characters at most between a name and what holds it."""
LIKELY = 30
"""Options of a name that are weighed with the other names: the best so far."""
AROUND = 20
"""Names before and after one in the text that are its company: the work stays in step with the
length of the text."""
ROUNDS = 3
"""Company depends on what the other names mean: decided again that often."""
STATES = frozenset({"state", "demonym"})
WORD_BEFORE = re.compile(r"(\w[\w-]*)['’]?(?:\s+(?:of|de|du|des|d)\b['’]?)?(?:\s+(?:la|the))?\s*$")
WORD_AFTER = re.compile(r"\s+(\w[\w-]*)")


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option with its points and what they are for."""

    option: Option
    score: float
    why: str


def states_named(text: str, names: NameIndex) -> list[tuple[int, str]]:
    """Where a text names states or what belongs to them, as offsets and alpha-3."""
    return [
        (hit.start, candidate.id)
        for hit in names.find(text)
        for candidate in hit.candidates
        if candidate.kind in STATES
    ]


class Scene:
    """The names of one text and what they say of one another."""

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        options: Options,
        states: Sequence[tuple[int, str]],
        home: str | None,
    ) -> None:
        self.text = text
        self.spans = sorted(spans)
        self.home = home
        self.words = options.words
        self.at: dict[str, list[int]] = {}
        for i, span in enumerate(self.spans):
            self.at.setdefault(self.key(span), []).append(i)
        self.keys = tuple(self.at)
        self.order = {key: i for i, key in enumerate(self.keys)}
        self.options = {key: options.of(self._name(where[0])) for key, where in self.at.items()}
        self.typed = {
            key: frozenset().union(*(kinds for i in where for kinds in self._typed(i)))
            for key, where in self.at.items()
        }
        own = {start for where in self._namesakes() for start in where}
        self.states = sorted(named for named in states if named[0] not in own)
        self.shares = Counter(state for _, state in self.states)

    def _namesakes(self) -> Iterator[list[int]]:
        """Where names stand that may mean a state and something else: they tell of no state."""
        for key, found in self.options.items():
            if len(found) > 1 and any(option.kind == "state" for option in found):
                yield [self.spans[i][0] for i in self.at[key]]

    def key(self, span: Span) -> str:
        return key_of(self.text[slice(*span)])

    def _name(self, i: int) -> str:
        return self.text[slice(*self.spans[i])]

    def ranked(self) -> Mapping[str, Sequence[Weighed]]:
        """The options of each name, best first, after what they mean together is settled."""
        fixed = {
            key: _sorted([self._alone(key, option) for option in found])[:LIKELY]
            for key, found in self.options.items()
        }
        best: Mapping[str, Sequence[Weighed]] = fixed
        chosen: dict[str, Option] = {}
        for _ in range(ROUNDS):
            before, chosen = chosen, {key: found[0].option for key, found in best.items() if found}
            if chosen == before:
                break
            best = {
                key: _sorted([self._together(key, weighed, chosen) for weighed in found])
                for key, found in fixed.items()
            }
        return best

    def held(self, i: int, ranked: Sequence[Weighed]) -> Sequence[Weighed]:
        """Of the options of the i-th name those that what is named beside it there holds."""
        return [weighed for weighed in ranked if self._held(i, weighed.option)]

    def _alone(self, key: str, option: Option) -> Weighed:
        """Points that need no other name to be settled."""
        score, why = option.expected, [f"{option.kind} {option.expected:.1f}"]
        for points, reason in self._said(key, option):
            score += points
            why.append(f"{reason} {points:+.1f}")
        return Weighed(option, score, ", ".join(why))

    def _said(self, key: str, option: Option) -> Iterator[tuple[float, str]]:
        where = self.at[key]
        if any(self._held(i, option) for i in where):
            yield HELD, "inside what is named beside it"
        if any(self._holds(i, option) for i in where):
            yield HOLDER, "holds what is named beside it"
        if option.kind in self.typed[key]:
            yield TYPED, "kind named beside it"
        country = option.country
        if country is None:
            return
        if any(self._is_near(i, country) for i in where):
            yield STATE_NEAR, "state named near it"
        elif self.shares[country]:
            share = self.shares[country] / self.shares.total()
            yield STATE_FAR * share**0.5, "state named"
        if country == self.home:
            yield AT_HOME, "the text is from there"

    def _together(self, key: str, weighed: Weighed, chosen: Mapping[str, Option]) -> Weighed:
        """Points for what the other names mean."""
        option, points = weighed.option, 0.0
        place = self.order[key]
        for other_key in self.keys[max(place - AROUND, 0) : place + AROUND + 1]:
            other = chosen.get(other_key)
            if other is not None and other_key != key and other.kind != "state":
                points += _company(option, other)
        points = min(points, MOST)
        points += PEER * max(self._peers(i, option, chosen) for i in self.at[key])
        if not points:
            return weighed
        why = f"{weighed.why}, other places near it {points:+.1f}"
        return Weighed(option, weighed.score + points, why)

    def _peers(self, i: int, option: Option, chosen: Mapping[str, Option]) -> int:
        """How many of the names before and after it in a list are of its kind and state."""
        peers = 0
        for left, right, other in ((i - 1, i, i - 1), (i, i + 1, i + 1)):
            if 0 <= other < len(self.spans) and self._between(left, right) in self.words.peers:
                near = chosen.get(self.key(self.spans[other]))
                if near is not None and near.place != option.place:
                    peers += near.rank == option.rank and near.country == option.country
        return peers

    def _held(self, i: int, option: Option) -> bool:
        """True when the next name holds this option, and stands beside it as holders do."""
        for j in (i + 1, i + 2):
            if j < len(self.spans) and self._between(i, j) in self.words.inside:
                holders = self.options[self.key(self.spans[j])]
                if _are_states(holders) and _are_states(self.options[self.key(self.spans[i])]):
                    return False  # "China, Japan and Korea" is a list
                if any(holder.holds(option) for holder in holders):
                    return True
        if i > 0 and self._between(i - 1, i) in self.words.owner:
            return any(h.holds(option) for h in self.options[self.key(self.spans[i - 1])])
        return False

    def _holds(self, i: int, option: Option) -> bool:
        if i == 0 or self._between(i - 1, i) not in self.words.inside:
            return False
        return any(option.holds(held) for held in self.options[self.key(self.spans[i - 1])])

    def _between(self, i: int, j: int) -> str | None:
        start, end = self.spans[i][1], self.spans[j][0]
        if not 0 <= end - start <= BESIDE:
            return None
        return " ".join(self.text[start:end].lower().replace("’", "'").split())

    def _typed(self, i: int) -> Iterator[frozenset[str]]:
        start, end = self.spans[i]
        for match in (
            WORD_BEFORE.search(self.text, max(start - BESIDE, 0), start),
            WORD_AFTER.match(self.text, end),
        ):
            kinds = self.words.types.get(match[1].lower()) if match else None
            if kinds:
                yield kinds

    def _is_near(self, i: int, country: str) -> bool:
        start = self.spans[i][0]
        first = bisect_left(self.states, (start - NEAR, ""))
        last = bisect_left(self.states, (start + NEAR, ""))
        return any(state == country for _, state in self.states[first:last])


def _are_states(options: Sequence[Option]) -> bool:
    return any(option.kind == "state" for option in options)


def _company(option: Option, other: Option) -> float:
    """Points that one place gives another in the same text."""
    if option.kind != "state":
        if other.holds(option):
            return HELD_FAR
        shared = option.within & other.within - {option.country}
        if shared or option.holds(other) or distance(option.place, other.place) < CLOSE:
            return COMPANY
    return COMPATRIOT if option.country and option.country == other.country else 0.0


def _sorted(found: Sequence[Weighed]) -> list[Weighed]:
    return sorted(found, key=lambda w: (-w.score, w.option.place.id))
