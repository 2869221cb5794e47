"""The outlets that ship with the package: facts that can be checked, and names that are apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, load_outlets, outlets_of

FEWEST = 400
BY_LANGUAGE = {
    "fr": 60, "en": 120, "ru": 60, "tr": 15, "az": 15, "hy": 12, "ka": 12, "fa": 15, "ar": 30,
    "uk": 15, "de": 25, "es": 30, "pl": 12, "it": 10, "pt": 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def real(knowledge: Knowledge) -> list[Outlet]:
    """Without those that were invented for the demo desk."""
    return [outlet for outlet in knowledge.outlets if not outlet.id.startswith("demo-")]


def test_there_are_enough_in_every_language_of_the_desk(real: list[Outlet]) -> None:
    assert len(real) >= FEWEST
    spoken = Counter(language for outlet in real for language in outlet.languages)
    few = {
        language: spoken[language] for language, n in BY_LANGUAGE.items() if spoken[language] < n
    }
    assert not few


def test_every_outlet_has_a_country_that_there_is(real: list[Outlet], knowledge: Knowledge) -> None:
    # Hong Kong is no state and has newsrooms of its own.
    states = {a.id for a in knowledge.atlas.actors.values() if a.kind == "state"} | {"HKG"}
    assert not [f"{o.id}: {o.country}" for o in real if o.country not in states]


def test_what_a_state_owns_is_linked_to_it(real: list[Outlet]) -> None:
    assert not [o.id for o in real if (o.owner or "").endswith(" state") and not o.state_linked]
    told = Counter(outlet.state_linked for outlet in real)
    assert min(told[True], told[False]) > 50
    assert told[None]  # not known is not false


def test_no_name_is_claimed_twice(real: list[Outlet]) -> None:
    claims = Counter(n for o in real for n in {fold_name(name) for name in (o.name, *o.names)})
    assert not [name for name, times in claims.items() if times > 1]


def test_a_name_that_two_files_claim_is_an_error(tmp_path: Path) -> None:
    for key in ("one", "two"):
        text = f'id = "{key}"\nname = "Valley Mail {key}"\nnames = ["The Mail"]\nkind = "site"\n'
        (tmp_path / f"{key}.toml").write_text(text, "utf-8")
    with pytest.raises(DataFileError, match="is also claimed by 'one'"):
        load_outlets(tmp_path)


def test_fields_that_are_not_known_stay_so(tmp_path: Path) -> None:
    known = 'state_linked = false\nlicence = "CC BY-ND 4.0"\n'
    for key, more in (("one", ""), ("two", known)):
        text = f'id = "{key}"\nname = "{key}"\nkind = "site"\n{more}'
        (tmp_path / f"{key}.toml").write_text(text, "utf-8")
    one, two = load_outlets(tmp_path)
    assert (one.state_linked, one.licence) == (None, None)
    assert (two.state_linked, two.licence) == (False, "CC BY-ND 4.0")


# (a name as a sentence bends it, the outlet)
BENT = [
    ("Медузы", "meduza"),
    ("Коммерсанта", "kommersant"),
    ("Anadolu'nun", "anadolu"),
    ("Новой газеты", "novaya-gazeta"),
    ("Європейської правди", "yevropeiska-pravda"),
    ("Известиях", "izvestia"),
    ("EVN Report-ում", "evn-report"),
]


@pytest.mark.parametrize(("name", "key"), BENT)
def test_names_with_endings_are_found(name: str, key: str, knowledge: Knowledge) -> None:
    found = knowledge.outlets.inflected(name)
    assert found is not None
    assert found.id == key


def test_another_name_is_not_taken_for_a_bent_one() -> None:
    outlets: Outlets = outlets_of([Outlet("herald", "Herald"), Outlet("vesti", "Вестник")])
    assert outlets.inflected("Heraldry") is None
    assert outlets.inflected("Вестибюль") is None
    assert outlets.inflected("Вестник края") is None
