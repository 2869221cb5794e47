"""What people say of actors, laid over what the linker found: whom its answers mean.

In: an article's references and what stands of people's words. Out: the references with other actors
where that was said, each with the reason. A name that nobody spoke of stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.knowledge.atlas import Atlas
from dragoman.link.places import place_of
from dragoman.model import Reference, Rulings, SameActor

BY_A_PERSON = "by a person's word"


def ruled(
    references: Sequence[Reference],
    rulings: Rulings,
    atlas: Atlas,
    *,
    article_id: str,
    language: str,
    day: str | None,
) -> tuple[Reference, ...]:
    """The references of an article as people will have them. `day`: that of its offices."""
    meant = meanings(rulings, article_id)
    return tuple(
        _as(one, meant[one.actor], atlas, language, day)
        if one.actor is not None and meant.get(one.actor, one.actor) != one.actor
        else one
        for one in references
    )


def meanings(rulings: Rulings, article_id: str | None = None) -> Mapping[str, str | None]:
    """Whom each actor that people spoke of stands for, in an article or in all others.

    Words follow each other: who was said to be Y goes with Y when Y is said to be Z, and the last
    of two that contradict each other counts.
    """
    meant: dict[str, str | None] = {}
    for word in rulings.words:
        if not isinstance(word, SameActor) and article_id not in word.articles:
            continue
        for actor in (word.target, word.into):
            if actor is not None:
                meant.setdefault(actor, actor)
        own = meant[word.target] if isinstance(word, SameActor) else word.target
        into = meant[word.into] if word.into is not None else None
        if isinstance(word, SameActor) and into == own:
            into = word.into  # the two are one already: now by the other name
        # Nobody known is no group of actors: of those only the one that is spoken of goes along.
        along = [one for one, to in meant.items() if to == own is not None or one == word.target]
        meant |= dict.fromkeys(along, into)
    return meant


def _as(
    one: Reference, actor_id: str | None, atlas: Atlas, language: str, day: str | None
) -> Reference:
    """A reference to another actor, or to nobody that is known."""
    bare = replace(
        one, role=None, sector=None, place=None, candidates=(), serves=None, role_as_of=None
    )
    actor = atlas.actors.get(actor_id) if actor_id is not None else None
    if actor is None:
        reason = f"{BY_A_PERSON}: not {one.actor}"
        return replace(bare, actor=None, name=one.mention.text, reason=reason)
    role = atlas.role_on(actor.id, day) if actor.kind == "person" else None
    return replace(
        bare,
        actor=actor.id,
        name=actor.name(language),
        role=f"{role.office} {role.actor}" if role is not None else None,
        sector=role.sector if role is not None else actor.sector,
        place=place_of(actor.id, atlas, language) if actor.kind == "state" else None,
        reason=f"{BY_A_PERSON}: {one.actor} is {actor.id}",
        role_as_of=role.as_of(day) if role is not None and day is not None else None,
    )
