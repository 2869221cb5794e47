"""The data that ship with the package: they load, and there is as much as was promised."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.knowledge.tenure import Role

CATEGORIES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
READ = ("en", "fr")


def test_everything_loads(knowledge: Knowledge) -> None:
    knowledge.check()


def test_sixteen_categories(knowledge: Knowledge) -> None:
    categories = knowledge.codebook.categories
    assert set(categories) == CATEGORIES
    for category in categories.values():
        assert {"en", "fr"} <= set(category.label)
        assert {"en", "fr"} <= set(category.definition)
        assert {e.language for e in category.examples} >= {"en", "fr"}


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("pos", ["v", "n"])
def test_lexicon_size(language: str, pos: str, knowledge: Knowledge) -> None:
    frames = knowledge.languages[language].frames
    coding = {
        lemma
        for (lemma, p), rows in frames.by_lemma.items()
        if p == pos and any(row.category != "NONE" for row in rows)
    }
    assert len(coding) >= 250


@pytest.mark.parametrize("language", READ)
def test_every_category_can_be_coded(language: str, knowledge: Knowledge) -> None:
    rows = knowledge.languages[language].frames.by_lemma.values()
    assert {frame.category for frames in rows for frame in frames} >= CATEGORIES


@pytest.mark.parametrize("language", READ)
def test_frames_name_modes_of_their_category(language: str, knowledge: Knowledge) -> None:
    modes = {c.id: {m.id for m in c.modes} for c in knowledge.codebook.categories.values()}
    wrong = [
        f"{frame.line}: {frame} {frame.category}/{frame.mode}"
        for frames in knowledge.languages[language].frames.by_lemma.values()
        for frame in frames
        if frame.mode is not None and frame.mode not in modes.get(frame.category, set())
    ]
    assert not wrong, "\n".join(wrong)


def test_states_with_names_in_three_languages(knowledge: Knowledge) -> None:
    states = [a for a in knowledge.atlas.actors.values() if a.kind == "state"]
    assert len(states) >= 195
    assert all(state.names.get(code) for state in states for code in ("en", "fr", "ru"))


def test_organisations_people_outlets(knowledge: Knowledge) -> None:
    actors = knowledge.atlas.actors.values()
    assert sum(a.kind in {"igo", "alliance", "organ"} for a in actors) >= 60
    assert len(knowledge.atlas.roles_by_person) >= 150
    assert len(list(knowledge.outlets)) >= 25


def test_every_state_stands_somewhere(knowledge: Knowledge) -> None:
    atlas = knowledge.atlas
    states = {a.id for a in atlas.actors.values() if a.kind == "state"}
    lost = [s for s in states if f"capital-{s.lower()}" not in atlas.places]
    assert len(lost) <= 2, lost
    for spot in atlas.places.values():
        assert spot.lat is None or -90 <= spot.lat <= 90, spot.id
        assert spot.lon is None or -180 <= spot.lon <= 180, spot.id
        assert spot.country is None or spot.country in states, spot.id


# --- roles on a date ---------------------------------------------------------------------------


def role(start: str, end: str | None, known: str = "2025-06") -> Role:
    return Role(start, end, known, "ada-lund", "president", "NOR", "GOV")


@pytest.mark.parametrize(
    ("held", "day", "due"),
    [
        # exact bounds include both ends
        (role("2010-03-04", "2014-06-30"), "2010-03-04", True),
        (role("2010-03-04", "2014-06-30"), "2010-03-03", False),
        (role("2010-03-04", "2014-06-30"), "2014-06-30", True),
        (role("2010-03-04", "2014-06-30"), "2014-07-01", False),
        # a coarse bound covers its whole interval
        (role("2010", "2014-06"), "2010-01-01", True),
        (role("2010", "2014-06"), "2014-06-30", True),
        (role("2010", "2014-06"), "2014-07-01", False),
        (role("2014-10", None), "2014-09-30", False),
        (role("2014-10", None), "2014-10-01", True),
        # while it lasts, it is vouched for up to known_until and no longer
        (role("2014-10", None, "2025-06"), "2025-06-30", True),
        (role("2014-10", None, "2025-06"), "2025-07-01", False),
    ],
)
def test_held_on(held: Role, day: str, due: bool) -> None:
    assert held.held_on(day) is due


def test_after_the_last_look_up_a_role_is_last_known() -> None:
    held = role("2014-10", None, "2025-06")
    assert [held.as_of(day) for day in ("2014-09-30", "2025-06-30", "2025-07-01")] == [
        None, None, "2025-06"
    ]  # fmt: skip
    assert role("2014-10", "2016").as_of("2025-07-01") is None


def test_memberships_on_a_day(knowledge: Knowledge) -> None:
    atlas = knowledge.atlas
    assert "FIN" not in atlas.members_on("nato", "2023-04-03")
    assert "FIN" in atlas.members_on("nato", "2023-04-04")
    assert "GBR" in atlas.members_on("eu", "2020-01-31")
    assert "GBR" not in atlas.members_on("eu", "2020-02-01")
    held = {m.organisation for m in atlas.memberships_on("AZE", "2024-03-17")}
    assert {"nato-pfp", "cis"} <= held
    assert not held & {"nato", "csto", "eu"}
    assert {m.as_of("2099-01-01") for m in atlas.memberships_on("FIN", "2099-01-01")} == {"2025-12"}


@pytest.mark.parametrize(
    ("office", "actor", "day", "due"),
    [
        ("secretary_general", "nato", "2024-03-17", "jens-stoltenberg"),
        ("president", "USA", "2016-05-01", "barack-obama"),
        ("president", "USA", "2019-05-01", "donald-trump"),
        ("president", "FRA", "2024-03-17", "emmanuel-macron"),
        ("president", "AZE", "2024-03-17", "ilham-aliyev"),
    ],
)
def test_holders(office: str, actor: str, day: str, due: str, knowledge: Knowledge) -> None:
    assert knowledge.atlas.holders(office, actor, day) == (due,)


def test_nobody_holds_an_office_that_is_not_known_on_that_day(knowledge: Knowledge) -> None:
    atlas = knowledge.atlas
    assert atlas.holders("president", "USA", "1850-01-01") == ()
    assert atlas.role_on("jens-stoltenberg", None) is None
    assert atlas.role_on("nobody", "2024-03-17") is None


# --- names of the shipped atlas ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "They told us to leave.", set()),
        ("en", "the US", {"USA"}),
        ("en", "the U.S.", {"USA"}),
        ("fr", "les États-Unis", {"USA"}),
        ("fr", "les Etats-Unis", {"USA"}),
        ("fr", "l'Otan", {"nato"}),
        ("en", "NATO", {"nato"}),
        ("fr", "la Grande-Bretagne", {"GBR"}),
        ("en", "Guinea-Bissau", {"GNB"}),
        ("fr", "les Pays-Bas", {"NLD"}),
        ("fr", "le Haut-Karabakh", None),
        ("en", "a turkey and a jersey", set()),
    ],
)
def test_shipped_names(
    language: str, text: str, due: set[str] | None, knowledge: Knowledge
) -> None:
    hits = list(knowledge.names(language).find(text))
    found = {c.id for hit in hits for c in hit.candidates if c.kind != "surname"}
    assert bool(found) if due is None else found == due


def test_surnames_point_at_their_people(knowledge: Knowledge) -> None:
    found = knowledge.names("fr").look_up("Stoltenberg")
    assert {c.kind for c in found} == {"surname"}
    assert {c.id for c in found} == {"jens-stoltenberg", "thorvald-stoltenberg"}


# --- inflection --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        # regular verbs, present, past, future, participle
        ("bombarde", "VERB", "bombarder"),
        ("bombardé", "VERB", "bombarder"),
        ("bombardera", "VERB", "bombarder"),
        ("bombardées", "VERB", "bombarder"),
        ("bombarderait", "VERB", "bombarder"),
        # the stem's last letter is kept soft
        ("exigeait", "VERB", "exiger"),
        ("menaçait", "VERB", "menacer"),
        # irregular ones stand form by form
        ("a promis", "VERB", None),
        ("promis", "VERB", "promettre"),
        ("détruit", "VERB", "détruire"),
        # plurals of nouns
        ("frappes", "NOUN", "frappe"),
        ("négociations", "NOUN", "négociation"),
    ],
)
def test_french_forms(form: str, pos: str, lemma: str | None, knowledge: Knowledge) -> None:
    forms = knowledge.languages["fr"].forms
    assert forms is not None
    assert (lemma in forms.lemmas(form, pos)) if lemma else not forms.lemmas(form, pos)


def test_english_needs_no_forms_of_ours(knowledge: Knowledge) -> None:
    assert knowledge.languages["en"].forms is None


def test_unknown_languages_are_not_there(knowledge: Knowledge) -> None:
    assert "xx" not in knowledge.languages
    with pytest.raises(KeyError):
        knowledge.languages["xx"]


FUNCTION_WORDS = {
    "en": "a an as at be by do for he her his i if in is it me my no of on or our she so the they "
    "this to us was we who will you",
    "fr": "a au aux ce ces cette de des du elle elles en et est il ils je la le les leur ma mais "
    "mes ne ni nos nous on ou où par pas pour qui sa se ses si son sur te tu un une vos vous y",
}


@pytest.mark.parametrize("language", FUNCTION_WORDS)
def test_no_surname_is_a_function_word(language: str, knowledge: Knowledge) -> None:
    index = knowledge.names(language)
    words = FUNCTION_WORDS[language].split()
    assert [w for w in words if index.look_up(w.capitalize())] == []
