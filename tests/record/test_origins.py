"""Independent origins of sets of texts: the four steps, what stays unknown, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge.outlets import Outlet
from dragoman.model import CopyLink, Origins, Voice
from dragoman.publish.views.origins import origins_words
from dragoman.record.families import Credit, Text
from dragoman.record.origins import origins_of

AGENCY = Outlet("coast-agency", "Coast Agency", kind="agency")
LAKE, HILL, QUAY = (Outlet(i, i.title(), kind="newspaper") for i in ("lake", "hill", "quay"))
PORT = Outlet("port", "Port", kind="newspaper", owner="Pier Press")
PIER = Outlet("pier", "Pier", kind="site", owner="Pier Press")
RADIO = Outlet("radio", "Radio", kind="broadcaster", country="ARM", state_linked=True)
WIRE = Outlet("wire", "State Wire", kind="agency", country="ARM", state_linked=True, owner="X")
PORTAL = Outlet("portal", "Portal", kind="aggregator")
MINISTRY = Voice("the Armenian foreign ministry", "statement", body="ARM")
SPOKESMAN = Voice("Armenia's spokesman", body="ARM")
MAYOR = Voice("Awa Kone")
ARMY = Voice("the army", is_named=False)


def text(identity: str, outlet: Outlet | None = None, **changes: object) -> Text:
    name = outlet.name if outlet is not None else f"{identity}.example"
    return replace(Text(identity, name, outlet), **changes)  # type: ignore[arg-type]


def copy(copied: str, origin: str, share: float = 0.9, kind: str = "whole") -> CopyLink:
    return CopyLink(copied, origin, share, kind, "time", "printed later")  # type: ignore[arg-type]


def credit(outlet: Outlet | None, name: str = "", *, agency: bool = False) -> Credit:
    return Credit(outlet.name if outlet is not None else name, outlet, agency)


def groups(found: Origins) -> list[list[str]]:
    return sorted(sorted(m.article_id for m in group.members) for group in found.groups)


def counts(found: Origins) -> tuple[int, int, int]:
    return found.independent, found.unknown, found.opinion


# (what is known, the groups it makes, independent + unknown + opinion)
CASES: list[tuple[str, list[Text], list[list[str]], tuple[int, int, int]]] = [
    ("two outlets, nothing joins them", [text("a", LAKE), text("b", HILL)],
     [["a"], ["b"]], (2, 0, 0)),
    ("a copy", [text("a", LAKE), text("b", HILL, links=(copy("b", "a"),))],
     [["a", "b"]], (1, 0, 0)),
    ("less than half of it is copied",
     [text("a", LAKE), text("b", HILL, links=(copy("b", "a", 0.4, "excerpt"),))],
     [["a"], ["b"]], (2, 0, 0)),
    ("half of an excerpt is a copy",
     [text("a", LAKE), text("b", HILL, links=(copy("b", "a", 0.5, "excerpt"),))],
     [["a", "b"]], (1, 0, 0)),
    ("a rewrite that its credits own to, whatever it shares",
     [text("a", LAKE), text("b", HILL, links=(copy("b", "a", 0.1, "rewrite"),))],
     [["a", "b"]], (1, 0, 0)),
    ("a copy of a copy", [text("a", LAKE), text("b", HILL, links=(copy("b", "a"),)),
                          text("c", QUAY, links=(copy("c", "b"),))], [["a", "b", "c"]], (1, 0, 0)),
    ("merged of two: it makes no third origin, and does not make one of both",
     [text("a", LAKE), text("b", HILL),
      text("c", QUAY, links=(copy("c", "a", 0.35, "merged"), copy("c", "b", 0.45, "merged")))],
     [["a"], ["b", "c"]], (2, 0, 0)),
    ("copies of a text outside the set",
     [text("z", LAKE, is_asked=False), text("a", HILL, links=(copy("a", "z"),)),
      text("b", QUAY, links=(copy("b", "z"),))], [["a", "b"]], (1, 0, 0)),
    ("one agency, other words, known outlets or not",
     [text("a", LAKE, credit=credit(AGENCY, agency=True)),
      text("b", credit=credit(AGENCY, agency=True)), text("c", AGENCY)],
     [["a", "b", "c"]], (1, 0, 0)),
    ("an outlet that prints two agencies does not make one of them",
     [text("a", LAKE, credit=credit(AGENCY, agency=True)),
      text("b", LAKE, credit=credit(None, "Hill Wire", agency=True))], [["a"], ["b"]], (2, 0, 0)),
    ("one first publisher", [text("a", LAKE, credit=credit(HILL)), text("b", HILL)],
     [["a", "b"]], (1, 0, 0)),
    ("a first publisher that nobody knows", [text("a", LAKE, credit=credit(None, "Valley Mail"))],
     [["a"]], (0, 1, 0)),
    ("one statement, two officials of one state",
     [text("a", LAKE, voices=(MINISTRY,)), text("b", HILL, voices=(SPOKESMAN,))],
     [["a", "b"]], (1, 0, 0)),
    ("a surname and the whole name",
     [text("a", LAKE, voices=(MAYOR,)), text("b", HILL, voices=(Voice("Kone"),))],
     [["a", "b"]], (1, 0, 0)),
    ("two of one surname: nobody can tell which is meant",
     [text("a", LAKE, voices=(MAYOR,)), text("b", HILL, voices=(Voice("Ali Kone"),)),
      text("c", QUAY, voices=(Voice("Kone"),))], [["a"], ["b"], ["c"]], (3, 0, 0)),
    ("two named witnesses", [text("a", LAKE, voices=(MAYOR,)),
                             text("b", HILL, voices=(Voice("Lia Berg"),))],
     [["a"], ["b"]], (2, 0, 0)),
    ("outlets nobody knows that rest on one named source",
     [text("a", voices=(MAYOR,)), text("b", voices=(MAYOR,))], [["a", "b"]], (1, 0, 0)),
    ("a statement and what an agency made of it",
     [text("a", LAKE, voices=(MINISTRY,)),
      text("b", HILL, voices=(MINISTRY,), credit=credit(AGENCY, agency=True))],
     [["a", "b"]], (1, 0, 0)),
    ("the word of an agency, and its credit",
     [text("a", LAKE, voices=(Voice("Coast Agency", "agency", outlet="coast-agency"),)),
      text("b", HILL, credit=credit(AGENCY, agency=True))], [["a", "b"]], (1, 0, 0)),
    ("on two sources: joined with those on exactly the same two",
     [text("a", LAKE, voices=(MINISTRY, MAYOR)), text("b", HILL, voices=(MAYOR, MINISTRY)),
      text("c", QUAY, voices=(MAYOR,))], [["a", "b"], ["c"]], (2, 0, 0)),
    ("on two sources that others have each: nothing new",
     [text("a", LAKE, voices=(MINISTRY, MAYOR)), text("b", HILL, voices=(MINISTRY,)),
      text("c", QUAY, voices=(MAYOR,))], [["a", "b"], ["c"]], (2, 0, 0)),
    ("on two sources, one of them alone elsewhere: the other is what it adds",
     [text("a", LAKE, voices=(MINISTRY,)), text("b", HILL, voices=(MINISTRY, MAYOR)),
      text("c", QUAY, voices=(MAYOR, MINISTRY, Voice("Lia Berg")))],
     [["a"], ["b"], ["c"]], (3, 0, 0)),
    ("with others that add the same",
     [text("a", LAKE, voices=(MINISTRY,)), text("b", HILL, voices=(MINISTRY, MAYOR)),
      text("c", QUAY, voices=(MAYOR, MINISTRY))], [["a"], ["b", "c"]], (2, 0, 0)),
    ("who prints a part names where it is from",
     [text("a", HILL, moment="2024-03-01"), text("b", PORT, links=(copy("b", "a"),)),
      text("c", LAKE, credit=credit(PORT),
           links=(CopyLink("c", "b", 0.2, "excerpt", "stated", "its page names Port"),))],
     [["a", "b", "c"]], (1, 0, 0)),
    ("an office of which nobody says whose it is",
     [text("a", LAKE, voices=(ARMY,)), text("b", HILL, voices=(ARMY,))],
     [["a"], ["b"]], (0, 2, 0)),
    ("one owner", [text("a", PORT), text("b", PIER), text("c", LAKE)],
     [["a", "b"], ["c"]], (2, 0, 0)),
    ("one state", [text("a", RADIO), text("b", WIRE)], [["a", "b"]], (1, 0, 0)),
    ("a state's outlet and that state's word",
     [text("a", RADIO), text("b", LAKE, voices=(MINISTRY,))], [["a", "b"]], (1, 0, 0)),
    ("who prints a copy owns no source",
     [text("a", LAKE), text("b", PORT, links=(copy("b", "a"),)), text("c", PIER)],
     [["a", "b"], ["c"]], (2, 0, 0)),
    ("outlets nobody knows", [text("a"), text("b"), text("c", LAKE)],
     [["a"], ["b"], ["c"]], (1, 2, 0)),
    ("one unknown outlet twice", [text("a"), text("b", outlet_name="a.example")],
     [["a", "b"]], (0, 1, 0)),
    ("texts without address are not one outlet's",
     [text("a", outlet_name="a text without address"),
      text("b", outlet_name="a text without address")], [["a"], ["b"]], (0, 2, 0)),
    ("what an aggregator shows", [text("a", PORTAL), text("b", PORTAL)], [["a"], ["b"]], (0, 2, 0)),
    ("first seen where nobody knows it, then in a known outlet that names no source",
     [text("a"), text("b", LAKE, links=(copy("b", "a"),))], [["a", "b"]], (1, 0, 0)),
    ("a language that is not read", [text("a", LAKE, is_read=False)], [["a"]], (0, 1, 0)),
    ("opinion is apart, and joins nothing",
     [text("a", LAKE), text("b", LAKE, is_opinion=True)], [["a"], ["b"]], (1, 0, 1)),
    ("nothing", [], [], (0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "joined", "count"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_what_is_one_origin(
    texts: list[Text], joined: list[list[str]], count: tuple[int, int, int]
) -> None:
    found = origins_of(texts)
    assert groups(found) == joined
    assert counts(found) == count


ALL = [
    replace(one, id=f"{n} {one.id}", links=tuple(
        replace(link, article_id=f"{n} {one.id}", origin_id=f"{n} {link.origin_id}")
        for link in one.links))
    for n, case in enumerate(CASES)
    for one in case[1]
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_texts_does_not_count(texts: Sequence[Text]) -> None:
    assert origins_of(texts) == origins_of(ALL)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ALL), unique_by=lambda one: one.id))
def test_every_text_is_in_one_group_with_a_reason(texts: list[Text]) -> None:
    found = origins_of(texts)
    members = [member for group in found.groups for member in group.members]
    assert sorted(m.article_id for m in members) == sorted(t.id for t in texts if t.is_asked)
    assert all(member.reason for member in members)
    assert found.independent + found.unknown + found.opinion == len(found.groups)
    assert found.independent + found.unknown <= found.separate_texts <= found.texts


REASONS = [
    ([text("a", LAKE), text("b", HILL, links=(copy("b", "a"),))],
     "90 % of it stands in the text in Lake (printed later)"),
    ([text("a", LAKE, credit=credit(AGENCY, agency=True)),
      text("b", HILL, credit=credit(AGENCY, agency=True))],
     "the texts in Lake and in Hill name Coast Agency as their agency"),
    ([text("a", AGENCY), text("b", HILL, credit=credit(AGENCY, agency=True))],
     "the text in Hill names Coast Agency as its agency, and Coast Agency tells it too"),
    ([text("a", LAKE, voices=(MINISTRY,)), text("b", HILL, voices=(SPOKESMAN,))],
     "the texts in Lake and in Hill rest on the word of Armenia (the Armenian foreign ministry, "
     "Armenia's spokesman)"),
    ([text("a", PORT), text("b", PIER)], "Port and Pier have one owner: Pier Press"),
    ([text("a", RADIO), text("b", WIRE)],
     "one state stands behind Radio and State Wire: Armenia"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "reason"), REASONS)
def test_joining_has_its_reason_in_words(texts: list[Text], reason: str) -> None:
    (group,) = origins_of(texts, {"ARM": "Armenia"}.__getitem__).groups
    assert group.members[1].reason == reason


def test_the_wording_of_a_whole_set() -> None:
    texts = [
        text("a", LAKE, credit=credit(AGENCY, agency=True)),
        text("b", HILL, links=(copy("b", "a"),)),
        text("c", QUAY, voices=(MINISTRY,)),
        text("d", PORT, voices=(SPOKESMAN,)),
        text("e"),
        text("f", PIER, is_opinion=True),
    ]
    found = origins_of(texts, lambda actor: actor)
    assert origins_words(found) == (
        "6 outlets, 4 separate texts, 2 named sources; "
        "2 independent origins, 1 not known, 1 opinion piece counted apart"
    )
    assert [(s.name, s.kind, s.articles) for s in found.sources] == [
        ("ARM", "statement", ("c", "d")),
        ("Coast Agency", "agency", ("a", "b")),
    ]
