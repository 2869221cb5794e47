"""From atlas ids to places with coordinates. States stand at their capital."""

from __future__ import annotations

from dragoman.knowledge.atlas import Atlas
from dragoman.model import Place


def place_of(identity: str, atlas: Atlas, language: str) -> Place | None:
    """The place of a state (by alpha-3) or of a spot of `places.tsv`; None for anything else."""
    spot = atlas.places.get(identity)
    if spot is not None:
        return Place(spot.id, spot.name(language), spot.lat, spot.lon)
    actor = atlas.actors.get(identity)
    if actor is None or actor.kind != "state":
        return None
    capital = atlas.places.get(f"capital-{identity.lower()}")
    if capital is None:
        return Place(identity, actor.name(language), None, None)
    return Place(identity, actor.name(language), capital.lat, capital.lon)
