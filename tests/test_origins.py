"""Origins over the whole desk: paraphrases of one statement, reporters of their own, and the pages.

The statement is a public fact (on 17 September 2021 France recalled two ambassadors, as its foreign
minister announced in writing); all words are our own. The outlets are those of the demo desk, which
are known; only the two French ones share an owner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.desk.corpus import Desk
from dragoman.desk.origins import OriginCounter
from dragoman.engine import engine_for
from dragoman.forgetting import forget
from dragoman.model import Origins
from dragoman.pipeline import Steps
from dragoman.publish.views.origins import origins_words
from dragoman.store import open_store
from tests.desks import page

DAY = "2021-09-17"
Settle = Callable[..., Desk]
Telling = tuple[str, str, str, tuple[str, ...]]
"""Host, language, headline, paragraphs."""

PARAPHRASES: tuple[Telling, ...] = (
    (
        "carnet-araxe.example", "fr", "Paris rappelle ses ambassadeurs à Washington et à Canberra",
        (
            "Jean-Yves Le Drian a annoncé vendredi le rappel immédiat des ambassadeurs de France "
            "aux États-Unis et en Australie.",
            "« La rupture de cet accord entre alliés est inacceptable », a déclaré Jean-Yves Le "
            "Drian dans un communiqué.",
        ),
    ),
    (
        "caspian-ledger.example", "en", "France calls envoys home in submarine row",
        (
            "France is recalling its ambassadors from the United States and Australia, the French "
            "foreign minister said on Friday.",
            "Le Drian said in a statement that giving up the submarine deal was unacceptable.",
            "The decision was taken at the request of the president, he added.",
        ),
    ),
    (
        "kura-dispatch.example", "en", "Submarine quarrel: ambassadors return to Paris",
        (
            "The French foreign ministry said on Friday that its ambassadors in Washington and "
            "Canberra would come back for consultations.",
            "According to the ministry, the new pact of Australia, Britain and the United States "
            "weighs on the very idea of alliances.",
        ),
    ),
    (
        "gazette-rioni.example", "fr", "Sous-marins : deux ambassadeurs reviennent",
        (
            "Selon le ministère français des Affaires étrangères, les ambassadeurs en poste aux "
            "États-Unis et en Australie rentrent pour consultations.",
            "Le ministère a dénoncé vendredi soir un comportement inacceptable de ses partenaires.",
            "Le chef de la diplomatie française a ajouté que les conséquences touchaient la "
            "conception même des alliances.",
        ),
    ),
    (
        "lori-observer.example", "en", "Ambassadors are called back over a broken contract",
        (
            "Two ambassadors of France are on their way home, one from Washington and one from "
            "Canberra.",
            "“This is a grave decision for a grave situation,” said Jean-Yves Le Drian, the "
            "foreign minister of France.",
            "Le Drian said that Australia had broken a contract signed with France.",
        ),
    ),
)  # fmt: skip
WITNESSED: tuple[Telling, ...] = (
    (
        "carnet-araxe.example", "fr", "Le quai désert",
        (
            "Les bacs sont restés à quai lundi, et le marché aux poissons n'a pas ouvert.",
            "« J'ai vidé mes caisses avant midi », raconte une marchande de filets.",
            "Sur la digue, des camions attendaient moteur coupé depuis la veille au soir.",
        ),
    ),
    (
        "caspian-ledger.example", "en", "No ferry, no fish",
        (
            "The ferries lay idle on Monday, and forty lorries stood in line along the sea wall.",
            "“I have slept two nights in the cab,” said a driver from the hills.",
            "Gulls had the fish market to themselves until the evening.",
        ),
    ),
    (
        "kura-dispatch.example", "en", "A harbour holds its breath",
        (
            "Ropes were still frozen to the bollards when the crews walked off on Monday.",
            "A retired pilot said that he had not seen the basin so still since his youth.",
            "Children were fishing where the ferries used to turn.",
        ),
    ),
    (
        "plume-et-cartes.example", "fr", "Grève des bacs, troisième jour",
        (
            "Au bout de la jetée, trois équipages jouaient aux cartes lundi devant leurs bateaux.",
            "Une institutrice a expliqué que la moitié de sa classe vivait sur l'autre rive.",
            "Le café du port n'avait plus de pain à dix heures.",
        ),
    ),
    (
        "lori-observer.example", "en", "Strike empties the pier",
        (
            "Nobody sold a ticket at the pier on Monday, and the clock above it had stopped.",
            "A nurse said she had crossed in a rowing boat to reach the night shift.",
            "By dusk the queue of cars reached the cement works.",
        ),
    ),
)  # fmt: skip


@pytest.fixture
def settle(tmp_path: Path, steps: Steps) -> Iterator[Settle]:
    """A desk that holds some tellings, added in their order."""
    opened = []

    def make(tellings: Sequence[Telling], name: str = "desk") -> Desk:
        folder = tmp_path / name
        folder.mkdir()
        paths = []
        for host, language, title, paragraphs in tellings:
            text = page(title, paragraphs, host=host, language=language, day=DAY)
            paths.append(folder / f"{host}.html")
            paths[-1].write_text(text, "utf-8")
        opened.append(open_store(folder))
        desk = Desk(opened[-1], steps, engine_for(1))
        assert all(o.kept is not None for o in desk.add(capture_file(path) for path in paths))
        return desk

    yield make
    for store in opened:
        store.close()


def whole(desk: Desk) -> Origins:
    """Of all articles of a desk, as of a story."""
    counter = OriginCounter(desk.store, desk.steps.knowledge)
    return counter.of_articles(desk.store.article_ids())


def test_paraphrases_of_one_statement_are_one_origin(settle: Settle) -> None:
    found = whole(settle(PARAPHRASES))
    assert (found.outlets, found.texts, found.separate_texts) == (5, 5, 5)
    assert (found.independent, found.unknown) == (1, 0)
    (source,) = found.sources
    assert (source.name, source.kind, len(source.articles)) == ("France", "statement", 5)
    assert {"Jean-Yves Le Drian", "French foreign ministry"} <= set(source.names)
    assert origins_words(found) == (
        "5 outlets, 5 separate texts, 1 named source; 1 independent origin"
    )
    (group,) = found.groups
    assert all("the word of France" in member.reason for member in group.members)


def test_every_event_that_they_tell_is_one_origin(settle: Settle) -> None:
    desk = settle(PARAPHRASES)
    events = {
        row.event_id
        for one in desk.store.article_ids()
        for row in desk.store.reports_of_article(one)
    }
    told = [event for one in events if one and (event := desk.store.event(one)) is not None]
    assert max(event.outlets for event in told) >= 2
    assert {event.origins for event in told} == {1}


@pytest.mark.parametrize("size", [2, 3, 4])
def test_some_of_the_paraphrases_are_one_origin_too(settle: Settle, size: int) -> None:
    desk = settle(PARAPHRASES)
    ids = desk.store.article_ids()
    counter = OriginCounter(desk.store, desk.steps.knowledge)
    for first in range(len(ids)):
        some = [ids[(first + n) % len(ids)] for n in range(size)]
        assert counter.of_articles(some).independent == 1


def test_reporters_with_witnesses_of_their_own_are_origins(settle: Settle) -> None:
    found = whole(settle(WITNESSED))
    assert (found.independent, found.unknown, found.sources) == (5, 0, ())
    assert origins_words(found) == "5 outlets, 5 separate texts; 5 independent origins"


def test_two_on_one_statement_and_one_of_its_own_are_two(settle: Settle) -> None:
    found = whole(settle([*PARAPHRASES[1:3], WITNESSED[0]]))
    assert [len(group.members) for group in found.groups] == [2, 1]
    assert found.independent == 2


def test_outlets_that_nobody_knows_are_not_called_independent(settle: Settle) -> None:
    unknown = [(f"quay-{n}.example", *telling[1:]) for n, telling in enumerate(WITNESSED[:3])]
    found = whole(settle([*unknown, WITNESSED[3]]))
    assert (found.independent, found.unknown) == (1, 3)
    assert origins_words(found) == "4 outlets, 4 separate texts; 1 independent origin, 3 not known"


def test_the_order_of_arrival_does_not_count(settle: Settle) -> None:
    tellings = [*PARAPHRASES[1:3], WITNESSED[0]]
    seen = {
        (origins_words(found), found.groups)
        for n, order in enumerate(permutations(tellings))
        for found in [whole(settle(order, f"desk-{n}"))]
    }
    assert len(seen) == 1


def test_an_article_kept_before_backing_was_noted_counts_the_same(settle: Settle) -> None:
    desk = settle(PARAPHRASES[:3])
    before = whole(desk)
    for one in desk.store.article_ids():
        kept = desk.store.kept(one)
        assert kept is not None
        assert kept.backing is not None
        bare = type(kept)(kept.article, kept.reading, kept.references, kept.reports)
        desk.store.keep(bare, desk.store.versions(one))
        again = desk.store.kept(one)
        assert again is not None
        assert again.backing is None
    assert whole(desk) == before


def test_what_is_forgotten_backs_nothing(settle: Settle) -> None:
    desk = settle(PARAPHRASES[:2])
    gone, left = desk.store.article_ids()
    forget(desk, gone, "a test")
    assert desk.store.backings([gone, left]).keys() == {left}
    assert whole(desk).texts == 1


def test_a_language_that_is_not_read_leaves_it_open(settle: Settle) -> None:
    telling = ("kura-dispatch.example", "ka", "ნავსადგური", ("ბორნები ორშაბათს ნაპირთან იდგნენ.",))
    found = whole(settle([telling]))
    assert (found.independent, found.unknown) == (0, 1)
    assert "language" in found.groups[0].reason
