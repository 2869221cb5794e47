"""A query's text becomes the tree it means, or an error with its place and a way out."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model.query import (
    EVERYTHING,
    And,
    AtPlace,
    Between,
    InLanguage,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    Or,
    OriginsOf,
    Query,
    Words,
)
from dragoman.query import lower_case_operators, read_query, written
from dragoman.query.parse import DEEPEST, MOST
from dragoman.query.tokens import LONGEST

A, B, C = Words(("aa",)), Words(("bb",)), Words(("cc",))
CASES: list[tuple[str, Query]] = [
    ("", EVERYTHING),
    ("  \t\n", EVERYTHING),
    ("aa", A),
    ("aa bb", And((A, B))),
    ("aa AND bb cc", And((A, B, C))),
    ("aa OR bb cc", Or((A, And((B, C))))),
    ("(aa OR bb) cc", And((Or((A, B)), C))),
    ("((aa) (bb (cc)))", And((A, B, C))),
    ("aa OR (bb OR cc)", Or((A, B, C))),
    ("NOT aa", Not(A)),
    ("-aa bb", And((Not(A), B))),
    ("NOT NOT aa", A),
    ("--aa", A),
    ("-(aa bb)", Not(And((A, B)))),
    ("NOT (NOT aa)", A),
    ("aa and bb", And((A, Words(("and",)), B))),
    ('"aa  bb"', Words(("aa", "bb"))),
    ("“aa bb”*", Words(("aa", "bb"), is_begun=True)),
    ("«AND»", Words(("AND",))),
    ("minist*", Words(("minist",), is_begun=True)),
    ("l'été", Words(("l'été",))),
    ("12:30", Words(("12:30",))),
    ("co-operation", Words(("co-operation",))),
    ("actor:nato", OfActor(("nato",))),
    ("ACTOR:NATO", OfActor(("nato",))),
    ("from:France,Россия", OfActor(("FRA", "RUS"), "source")),
    ('to:"Jens Stoltenberg"', OfActor(("jens-stoltenberg",), "target")),
    ("category:aid,CONSULT", OfCategory(("AID", "CONSULT"))),
    ("quad:3,4", OfQuad((3, 4))),
    ("status:Happened", OfStatus(("happened",))),
    ("told:background", OfTelling(("background",))),
    ("lang:fr,unknown,English", InLanguage(("fr", "", "en"))),
    ('outlet:"The Lamp"', OfOutlet(("The Lamp",))),
    ("place:FR,deu,Italie", AtPlace(("FRA", "DEU", "ITA"))),
    ("place:geonames-12", AtPlace(("geonames-12",))),
    ("near:40.4,-49.9,100", Near(40.4, -49.9, 100)),
    ("near:40.4,49.9", Near(40.4, 49.9, 50)),
    ("after:2024", Between("2024-01-01", None)),
    ("after:2024-03-17", Between("2024-03-17", None)),
    ("before:2024-02", Between(None, "2024-02-29")),
    ("before:2023", Between(None, "2023-12-31")),
    ("origins:>2", OriginsOf(3, None)),
    ("origins:>=2", OriginsOf(2, None)),
    ("origins:<3", OriginsOf(0, 2)),
    ("origins:<=3", OriginsOf(0, 3)),
    ("origins:2", OriginsOf(2, 2)),
    ("origins:2..5", OriginsOf(2, 5)),
    ("pair:France,Россия", OfPair("FRA", "RUS")),
    ("pair:nato,AZE -quad:1", And((OfPair("nato", "AZE"), Not(OfQuad((1,)))))),
    ("story:s-0123456789abcdef", OfStory(("s-0123456789abcdef",))),
    ("story:s-1,s-2", OfStory(("s-1", "s-2"))),
    ("story:any", OfStory()),
    ("event:e-1,e-2,e-1", OfEvent(("e-1", "e-2"))),
]


@pytest.mark.parametrize(("text", "tree"), CASES)
def test_text_to_tree_and_back(knowledge: Knowledge, text: str, tree: Query) -> None:
    assert read_query(text, knowledge) == tree
    assert read_query(written(tree), knowledge) == tree


def test_towns_are_found_by_any_name(knowledge: Knowledge) -> None:
    bakou = read_query("place:Bakou", knowledge)
    assert bakou == read_query("place:Баку", knowledge)
    assert isinstance(bakou, AtPlace)
    assert "capital-aze" in bakou.places
    near = read_query("near:Baku,100km", knowledge)
    assert isinstance(near, Near)
    assert (round(near.lat), round(near.lon), near.km) == (40, 50, 100)


def test_a_known_outlet_is_found_by_its_names_and_addresses(knowledge: Knowledge) -> None:
    tree = read_query("outlet:tass", knowledge)
    assert isinstance(tree, OfOutlet)
    assert {"TASS", "tass.com"} <= set(tree.outlets)
    assert read_query(written(tree), knowledge) == tree


FAULTS = [
    ("actr:FRA", 0, "no field actr:", "did you mean actor:?"),
    ("aa http://x.example", 3, "no field http:", "quotation marks"),
    ("(aa bb", 0, "not closed", "close it: )"),
    ("aa) bb", 2, "closes none", "open one before it"),
    ("aa ()", 4, "before this bracket", None),
    ("aa AND", 6, "the query ends", "small letters"),
    ("OR aa", 0, "OR stands where", "small letters"),
    ("aa AND OR bb", 7, "OR stands where", "small letters"),
    ('aa "bb', 3, "not closed", 'close it: "'),
    ("category:", 9, "a value of category: is missing", "without a space"),
    ("category:AID, CONSULT", 13, "a value of category: is missing", "without a space"),
    ("category:AIDD", 9, "no category AIDD", "did you mean AID?"),
    ("status:hapened", 7, "means nothing here", "did you mean happened?"),
    ("quad:5", 5, "no quad class", "4 material conflict"),
    ("told:loud", 5, "means nothing here", "announced"),
    ("lang:Volapuc", 5, "no language", "fr"),
    ("actor:Congo", 6, "may be COD, COG", "one of these ids"),
    ("actor:Azerbajan", 6, "no actor Azerbajan", "Azerbaijan (AZE)"),
    ("place:Azerbajan", 6, "no place Azerbajan", "did you mean Azerbaijan?"),
    ("near:95,10,5", 5, "no coordinate", "near:40.4,49.9,100"),
    ("near:40,10,0", 11, "no distance", "100km"),
    ("near:Baku,far", 10, "no distance", "100km"),
    ("after:2024-02-30", 6, "no day", "2024-03-17"),
    ("after:2024,2025", 11, "takes one value", None),
    ("before:0000", 7, "no day", "2024-03-17"),
    ("origins:many", 8, "no number", ">2"),
    ("origins:5..2", 8, "holds no number", "2..5"),
    ("origins:<0", 8, "under 0", None),
    ("pair:FRA", 5, "takes two actors", "pair:France,Germany"),
    ("pair:FRA,France", 9, "takes two actors", None),
    ("pair:FRA,Germny", 9, "no actor Germny", "Germany (DEU)"),
    ("pair:FRA,DEU,ITA", 13, "takes two actors", None),
    ("story:e-1", 6, "no id of a story", "begins with s-"),
    ("event:s-1", 6, "no id of an event", "begins with e-"),
    ("event:e-1/../x", 6, "no id of an event", "its page"),
    ("aa x", 3, "no word to search for", "two letters"),
    ("aa - bb", 3, "no word to search for", "two letters"),
    ("aa \ud800", 3, "half a character", "take it out"),
    ("a" * (LONGEST + 1), LONGEST, "at most 2,000 characters", None),
    ("aa " * (MOST + 1), 3 * MOST, "at most 100 words", None),
    ("(" * (DEEPEST + 1), DEEPEST, "at most 12 deep", None),
]


@pytest.mark.parametrize(("text", "at", "reason", "hint"), FAULTS)
def test_a_fault_has_its_place_and_a_hint(
    knowledge: Knowledge, text: str, at: int, reason: str, hint: str | None
) -> None:
    with pytest.raises(QueryError) as caught:
        read_query(text, knowledge)
    fault = caught.value
    assert (fault.position, reason in fault.reason) == (at, True), fault.reason
    assert hint is None or hint in (fault.hint or "")
    lines = str(fault).splitlines()
    assert lines[2].index("^") - 2 == fault.caret
    if at < len(text) and fault.shown[fault.caret] not in "·…":
        assert fault.shown[fault.caret] == text[at]
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


PIECES = st.one_of(
    st.sampled_from(
        ["AND", "OR", "NOT", "-", "(", ")", '"', "“", "«", "*", ":", ",", "..", ">=", "\\", "aa",
         "élève", "NATO", "actor:", "from:", "category:", "near:", "after:", "before:", "origins:",
         "lang:", "pair:", "story:", "event:", "e-1", "place:", "outlet:", "Baku",
         "AID", "2024-03", "40.4,49.9,3", "fr", '"b b"', " ",
         "\x00", "\u0301", "🙂", "ʼ"]
    ),
    st.text(max_size=4),
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(text=st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_and_what_is_read_can_be_written(
    knowledge: Knowledge, text: str
) -> None:
    tree, position = read_or_refused(text, knowledge)
    assert 0 <= position <= len(text)
    if tree is not None:
        assert read_query(written(tree), knowledge) == tree


def read_or_refused(text: str, knowledge: Knowledge) -> tuple[Query | None, int]:
    """The tree, or the place of the fault."""
    try:
        return read_query(text, knowledge), 0
    except QueryError as fault:
        return None, fault.position


@pytest.mark.parametrize(
    "text", ["(" * 1900, "-" * 1900 + "aa", "NOT " * 499 + "aa", "🙂" * 100_000]
)
def test_long_and_deep_texts_are_no_trouble(knowledge: Knowledge, text: str) -> None:
    assert read_or_refused(text, knowledge)[0] in (None, A, Not(A))


def test_operators_in_small_letters_are_pointed_out() -> None:
    assert lower_case_operators(And((A, Words(("or",)), Not(Words(("not", "bb")))))) == [
        "not",
        "or",
    ]
    assert lower_case_operators(A) == []
