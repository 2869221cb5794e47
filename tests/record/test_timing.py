"""Which time a predicate is given, on real parses. Every row is one way in which the nearest is
wrong; a predicate with None has no time of its own."""

from __future__ import annotations

import pytest

from dragoman.model import Article, Block, Dated
from dragoman.pipeline import Steps
from dragoman.read import read
from dragoman.record.timing import Timing
from tests.conftest import Coded

Case = tuple[str, str, dict[str, str | None]]

CASES: list[Case] = [
    # a relative clause keeps its own time
    ("en", "Troops who took the city in March were driven out yesterday.",
     {"took": "March", "driven": "yesterday"}),
    ("fr", "Paris, qui avait gelé son aide en août, l'a rétablie mercredi et promet de la doubler.",
     {"gelé": "août", "rétablie": "mercredi", "promet": None}),
    # what is reported has not the time of the reporting
    ("en", "A minister said on Tuesday that the base, attacked in 2012, would reopen next month.",
     {"said": "Tuesday", "attacked": "2012", "reopen": "next month"}),
    ("fr", "La Russie a démenti lundi avoir bombardé l'hôpital la veille.",
     {"démenti": "lundi", "bombardé": "la veille"}),
    ("fr", "La France enverra des navires en juin, a indiqué mardi le ministre.",
     {"enverra": "juin", "indiqué": "mardi"}),
    # the second of two verbs has none, unless the time comes before both
    ("en", "Parliament ratified the accord yesterday; the opposition condemned it.",
     {"ratified": "yesterday", "condemned": None}),
    ("en", "Early on Monday, gunmen stormed the palace, seized the king and closed the border.",
     {"stormed": "Monday", "seized": "Monday", "closed": "Monday"}),
    ("fr", "Vendredi, le tribunal a condamné le général et libéré son fils.",
     {"condamné": "Vendredi", "libéré": "Vendredi"}),
    ("en", "On Tuesday, after lawmakers had opened proceedings, the president resigned.",
     {"opened": "Tuesday", "resigned": "Tuesday"}),
    # a date between commas after a clause that was opened by "since"
    ("fr", "Depuis que le pays a rejoint l'alliance, en 1994, il a participé à trois missions.",
     {"rejoint": "1994", "participé": None}),
    # a colon parts one clause from the next
    ("en", "The quarrel has a second week: on 12 March Kenya condemned Rwanda.",
     {"has": None, "condemned": "12 March"}),
    # a noun's own time is not the verb's
    ("en", "Since the 2014 annexation of Crimea, both states have expelled diplomats.",
     {"annexation": "2014", "expelled": None}),
    ("en", "The report blames both sides for the massacre of 12 March.",
     {"blames": None, "massacre": "12 March"}),
    ("fr", "Depuis le putsch manqué de vendredi soir, des milliers de personnes ont fui.",
     {"putsch": "vendredi soir", "fui": None}),
    ("en", "The judges have called illegal the transfer of the general to The Hague on Thursday.",
     {"called": None, "transfer": "Thursday"}),
    ("fr", "Le sommet prévu à Bakou en novembre a été annulé hier.",
     {"sommet": "novembre", "annulé": "hier"}),
    ("en", "She called a vote for 12 May.", {"called": None, "vote": "12 May"}),
    # a verb and its noun are one act
    ("en", "The foreign minister declared a ceasefire on Friday.", {"declared": "Friday"}),
    ("en", "The army launched an attack on Friday.", {"launched": "Friday", "attack": "Friday"}),
    # what ends a war is of the day on which it ended
    ("fr", "La guerre s'est achevée par la reddition des rebelles en 2023.",
     {"reddition": "2023"}),
    ("en", "Fighters stopped shooting at the villagers on 28 July.", {"stopped": "28 July"}),
    # a meeting is of the hour of what is decided there
    ("fr", "Réunis mercredi à Tiraspol, les députés ont demandé la protection de Moscou.",
     {"Réunis": "mercredi", "demandé": "mercredi"}),
    ("fr", "Entrés à Goma fin janvier, les rebelles ont pris Bukavu dimanche.",
     {"Entrés": "fin janvier", "pris": "dimanche"}),
    # an office between brackets or commas is no act
    ("en", "The president (in office since 2006) resigned under pressure.", {"resigned": None}),
    # the crisis of a year dates what was done in it
    ("fr", "Lors de la crise de 2008, pendant laquelle Paris a servi de médiateur, Moscou a cédé.",
     {"servi": "2008"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:40])
def test_time_of_a_predicate(case: Case, steps: Steps) -> None:
    code, text, expected = case
    language = steps.knowledge.languages[code]
    published = Dated("2024-03-20", "2024-03-20", "day", "test")
    article = Article(
        "a-test", "c-test", text, code, blocks=(Block("body", 0, len(text), "test"),),
        published=published,
    )  # fmt: skip
    reading = read(article, language, steps.parser(code))
    found: dict[str, str | None] = {}
    for sentence in reading.sentences:
        timing = Timing(sentence, reading.times, language)
        for i, token in enumerate(sentence.tokens):
            if token.text in expected:
                time = timing.of(i)
                found[token.text] = None if time is None else text[time.start : time.end]
    assert found.keys() == expected.keys()
    wrong = {
        word: (found[word], time)
        for word, time in expected.items()
        if (found[word] is None) != (time is None) or (time or "") not in (found[word] or "")
    }
    assert not wrong


def test_without_times_no_predicate_has_one(steps: Steps) -> None:
    language = steps.knowledge.languages["en"]
    text = "Peru thanked Chile."
    article = Article("a", "c", text, "en", blocks=(Block("body", 0, len(text), "test"),))
    (sentence,) = read(article, language, steps.parser("en")).sentences
    assert [Timing(sentence, (), language).of(i) for i in range(len(sentence.tokens))] == [None] * 4


def test_since_a_dated_clause_is_from_that_day_on(coded: Coded) -> None:
    text = "Since Estonia joined the alliance in 2004, it has sent soldiers to Iraq."
    kept = coded(text, "en", "2024-03-20")
    dates = {
        kept.article.text[r.predicate[0] : r.predicate[1]].split()[0]: r.date for r in kept.reports
    }
    assert [(d.start, d.end) for d in dates.values() if d] == [
        ("2004-01-01", "2004-12-31"), ("2004-01-01", None),
    ]  # fmt: skip
    assert {r.told_as for r in kept.reports} == {"background"}


def test_an_act_that_dates_another_is_recalled(coded: Coded) -> None:
    text = "Au moment de l'invasion du Koweït par l'Irak, Le Caire a remercié Damas."
    kept = coded(text, "fr", "2024-03-20")
    told = {kept.article.text[r.predicate[0] : r.predicate[1]]: r.told_as for r in kept.reports}
    assert told == {"invasion": "background", "remercié": "background"}
