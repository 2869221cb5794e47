"""What pages are made from: names in the language that is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Place
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import speaking
from dragoman.store import open_store


@pytest.mark.parametrize(
    ("identity", "told", "language", "shown"),
    [
        ("capital-arm", "Ереван", "en", "Yerevan"),
        ("capital-arm", "Երևան", "fr", "Erevan"),
        ("ARM", "Армения", "fr", "Arménie"),
        ("geonames-1", "Верхние Кочки", "en", "Верхние Кочки"),
    ],
)
def test_places_have_their_names_in_the_readers_language(
    tmp_path: Path, knowledge: Knowledge, identity: str, told: str, language: str, shown: str
) -> None:
    with open_store(tmp_path / "desk") as store, speaking(language):
        room = ReadingRoom(store, knowledge, Config())
        place = room.spoken_place(Place(identity, told, 1.0, 2.0))
        assert place is not None
        assert (place.id, place.name, place.lat) == (identity, shown, 1.0)
        assert room.spoken_place(None) is None
