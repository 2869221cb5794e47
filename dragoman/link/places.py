"""From names to places with coordinates: which of its namesakes each name of a text means.

In: a text and spans of names in it, with the knowledge. Out: a `Settled` for each, with the place,
or with its candidates and the reason where the text does not decide. States stand at their capital.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.link.place_candidates import Option, Options, place_of
from dragoman.link.place_context import Scene, Span, Weighed, states_named
from dragoman.model import Place

__all__ = ["Settled", "place_of", "resolve_places"]
MARGIN = 0.35
"""Points by which the best candidate must lead the next elsewhere (benchmarks/README.md)."""

LEAST = 3.4
"""Points without which a name is taken for something else than a place: those of a village of some
hundred people, or of a hamlet whose state is named."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a name was found to mean. `place` is None when it is unknown, or open between
    `candidates`; `option` is the candidate taken."""

    span: Span
    option: Option | None
    candidates: tuple[str, ...]
    reason: str

    @property
    def place(self) -> Place | None:
        return self.option.place if self.option is not None else None


def resolve_places(
    text: str,
    spans: Sequence[Span],
    knowledge: Knowledge,
    language: str,
    *,
    home: str | None = None,
    states: Sequence[tuple[int, str]] | None = None,
) -> list[Settled]:
    """The places that the names at `spans` mean, in order.

    `home`: the state the text is from; `states`: where states are named or spoken of, looked for
    here if None.

    One name means one place in the whole text, save where what holds another stands beside it
    ("Alexandria, Egypt … Alexandria, Virginia"). What other names and states the text has, what
    stands beside a name, and how many people live there decide between namesakes.
    """
    options = Options(knowledge, language)
    if states is None:
        states = states_named(text, knowledge.names(language))
    scene = Scene(text, spans, options, states, home)
    ranked = scene.ranked()
    decided = {key: _decide(found) for key, found in ranked.items()}
    settled = []
    for i, span in enumerate(scene.spans):
        key = scene.key(span)
        here = scene.held(i, ranked[key]) if len(ranked[key]) > 1 else ()
        settled.append(Settled(span, *(_decide(here) if here else decided[key])))
    return settled


def _decide(ranked: Sequence[Weighed]) -> tuple[Option | None, tuple[str, ...], str]:
    if not ranked:
        return None, (), "in no list of places"
    best = ranked[0]
    rivals = [other for other in ranked[1:] if not best.option.is_about(other.option)]
    if rivals and best.score - rivals[0].score < MARGIN:
        near = [best, *(r for r in rivals if best.score - r.score < MARGIN)]
        ids = tuple(w.option.place.id for w in near)
        return None, ids, f"{len(ids)} places of this name left"
    if best.score < LEAST:
        return None, (), "only a hamlet has this name, and nothing in the text speaks for it"
    return best.option, (), best.why
