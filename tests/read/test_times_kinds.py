"""Every kind of time in both languages, as a table; and what only looks like one.

Written on Wednesday 20 March 2024. A row: text, expression, TIMEX3 type and value, days.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.read.test_times import interval, rules, times_of

Row = tuple[str, str, str, str]

FRENCH: dict[str, list[Row]] = {
    "dates": [
        ("L'accord du 24 février 2022 tient.", "24 février 2022",
         "DATE 2022-02-24", "2022-02-24"),
        ("Elle a quitté Tunis le 28 janvier.", "le 28 janvier", "DATE 2024-01-28", "2024-01-28"),
        ("La loi de 1905 reste en vigueur.", "1905", "DATE 1905", "1905-01-01..1905-12-31"),
        ("Il a présidé le sommet 2019, à Dakar.", "2019", "DATE 2019", "2019-01-01..2019-12-31"),
        ("Réforme adoptée en mars de l'an dernier.", "mars de l'an dernier",
         "DATE 2023-03", "2023-03-01..2023-03-31"),
        ("Publié le 2022-02-24 au journal.", "2022-02-24", "DATE 2022-02-24", "2022-02-24"),
    ],
    "parts of a month or year": [
        ("Le vote aura lieu à la mi-avril.", "mi-avril", "DATE 2024-04", "2024-04-08..2024-04-23"),
        ("Le camp a fermé fin 2021.", "fin 2021", "DATE 2021", "2021-07-02..2021-12-31"),
        ("Le PIB a reculé au troisième trimestre.", "troisième trimestre",
         "DATE 2023-Q3", "2023-07-01..2023-09-30"),
        ("Le PIB a reculé au T4 2023.", "T4 2023", "DATE 2023-Q4", "2023-10-01..2023-12-31"),
        ("Le déficit du premier semestre 2024 inquiète.", "premier semestre 2024",
         "DATE 2024-H1", "2024-01-01..2024-06-30"),
        ("Les ventes du second semestre de l'an dernier.", "second semestre de l'an dernier",
         "DATE 2023-H2", "2023-07-01..2023-12-31"),
        ("L'armée a repris la ville à l'été 2023.", "l'été 2023",
         "DATE 2023-SU", "2023-06-01..2023-08-31"),
        ("Le texte passera avant la fin du mois.", "la fin du mois",
         "DATE 2024-03", "2024-03-16..2024-03-31"),
    ],
    "decades and centuries": [
        ("Une usine des années 1990.", "années 1990", "DATE 199X", "1990-01-01..1999-12-31"),
        ("Elle date des années quatre-vingt-dix.", "années quatre-vingt-dix",
         "DATE 199X", "1990-01-01..1999-12-31"),
        ("La ligne date du début du XXe siècle.", "début du XXe siècle",
         "DATE 19XX", "1900-01-01..1949-12-31"),
    ],
    "feasts": [
        ("La trêve de Noël 2023 a tenu.", "Noël 2023", "DATE 2023-12-25", "2023-12-25"),
        ("Le camp rouvrira à Pâques.", "Pâques", "DATE 2024-03-31", "2024-03-31"),
    ],
    "seen from the day of writing": [
        ("Elle part après-demain.", "après-demain", "DATE 2024-03-22", "2024-03-22"),
        ("Le chef a fui il y a une dizaine de jours.", "il y a une dizaine de jours",
         "DATE 2024-03-10", "2024-03-10"),
        ("Il revient dans trois mois.", "dans trois mois",
         "DATE 2024-06", "2024-06-01..2024-06-30"),
        ("Un vote suivra dans les soixante jours.", "les soixante jours",
         "DURATION P60D", "2024-03-20..2024-05-19"),
        ("Les tirs ont repris ces dernières semaines.", "ces dernières semaines",
         "DURATION PXW", "..2024-03-20"),
        ("Elle a triplé au cours de la dernière décennie.", "la dernière décennie",
         "DURATION P10Y", "2014-03-20..2024-03-20"),
        ("Les députés siègent ce week-end.", "ce week-end",
         "DATE 2024-W12-WE", "2024-03-23..2024-03-24"),
        ("Le port a rouvert en début de semaine.", "début de semaine",
         "DATE 2024-W12", "2024-03-18..2024-03-21"),
    ],
    "by the tense": [
        ("Il rencontrera jeudi son homologue.", "jeudi", "DATE 2024-03-21", "2024-03-21"),
        ("Il a rencontré jeudi son homologue.", "jeudi", "DATE 2024-03-14", "2024-03-14"),
        ("La frontière sera fermée dès lundi.", "lundi", "DATE 2024-03-25", "2024-03-25"),
        ("Le camp a été fermé en septembre.", "septembre",
         "DATE 2023-09", "2023-09-01..2023-09-30"),
    ],
    "from what was last named": [
        ("Arrivé le 3 mai 2023, il est reparti trois jours plus tard.", "trois jours plus tard",
         "DATE 2023-05-06", "2023-05-06"),
        ("Le 3 mai 2023, il a signé ; la veille, il hésitait.", "la veille",
         "DATE 2023-05-02", "2023-05-02"),
        ("Le 3 mai 2023, il a signé et, le jour même, il est parti.", "le jour même",
         "DATE 2023-05-03", "2023-05-03"),
        ("Élu en 2012, il est tombé l'année suivante.", "l'année suivante",
         "DATE 2013", "2013-01-01..2013-12-31"),
        ("Le pays a rompu en 2015, puis renoué trois ans plus tard.", "trois ans plus tard",
         "DATE 2018", "2018-01-01..2018-12-31"),
        # an act that is not dated here is no day to count from
        ("Le 3 mai 2023, il priait. Il a fui au lendemain de l'attaque.", "lendemain",
         "DATE XXXX-XX-XX", "-"),
        ("Le 3 mai 2023, il priait. Il a fui trois jours après l'attaque.", "trois jours",
         "DURATION P3D", "-"),
        # three days after a year can't be told
        ("Élu en 2012, il est tombé trois jours plus tard.", "trois jours plus tard",
         "DATE FUTURE_REF", "-"),
    ],
    "parts of a day": [
        ("Un tir l'a touché mardi à l'aube.", "mardi à l'aube", "TIME 2024-03-19TMO", "2024-03-19"),
        ("Un tir l'a touché au soir du 3 décembre 2023.", "au soir du 3 décembre 2023",
         "TIME 2023-12-03TEV", "2023-12-03"),
        ("Ils ont attaqué dans la nuit de lundi à mardi.", "la nuit de lundi à mardi",
         "TIME 2024-03-18TNI", "2024-03-18"),
        ("Ils ont attaqué dans la nuit du 3 au 4 mars.", "la nuit du 3 au 4 mars",
         "TIME 2024-03-03TNI", "2024-03-03"),
        ("L'attaque a eu lieu lundi à 14h30 GMT.", "14h30 GMT", "TIME 2024-03-18T14:30",
         "2024-03-18"),
        ("L'attaque a eu lieu lundi vers 9 heures.", "vers 9 heures", "TIME 2024-03-18T09:00",
         "2024-03-18"),
    ],
    "ranges": [
        ("Réunis du 28 février au 3 mars, ils ont conclu.", "28 février",
         "DATE 2024-02-28", "2024-02-28..2024-03-03"),
        ("Le blocus de 2015 à 2020 l'a ruinée.", "2015", "DATE 2015", "2015-01-01..2020-12-31"),
    ],
    "lengths": [
        ("Ils ont parlé pendant trois heures.", "trois heures", "DURATION PT3H", "-"),
        ("Il y a vécu un an et demi.", "un an et demi", "DURATION P1.5Y", "-"),
        ("La paix a tenu un demi-siècle.", "un demi-siècle", "DURATION P50Y", "-"),
        ("La base est vide depuis 1994.", "1994", "DATE 1994", "1994-01-01..1994-12-31"),
        ("La ville est assiégée depuis deux ans.", "deux ans", "DURATION P2Y", "2022-01-01.."),
    ],
    "again and again": [
        ("Le conseil siège tous les deux ans.", "tous les deux ans", "SET P2Y", "-"),
        ("La mer monte chaque été.", "chaque été", "SET XXXX-SU", "-"),
        ("Il prie tous les matins.", "tous les matins", "SET XXXX-XX-XXTMO", "-"),
    ],
    "vague": [
        ("Il a récemment quitté Paris.", "récemment", "TIME PAST_REF", "-"),
        ("La ville est désormais vide.", "désormais", "TIME PRESENT_REF", "-"),
    ],
}  # fmt: skip

ENGLISH: dict[str, list[Row]] = {
    "dates": [
        ("They left on Feb. 24, 2022.", "Feb. 24, 2022", "DATE 2022-02-24", "2022-02-24"),
        ("They left on the 3rd of January.", "the 3rd of January",
         "DATE 2024-01-03", "2024-01-03"),
        ("The 2015 deal collapsed.", "2015", "DATE 2015", "2015-01-01..2015-12-31"),
        ("It was agreed in February of last year.", "February of last year",
         "DATE 2023-02", "2023-02-01..2023-02-28"),
        ("Signed 25/12/2023.", "25/12/2023", "DATE 2023-12-25", "2023-12-25"),
    ],
    "parts of a month or year": [
        ("It began in early March 2022.", "early March 2022",
         "DATE 2022-03", "2022-03-01..2022-03-16"),
        ("Exports rose in the third quarter.", "the third quarter",
         "DATE 2023-Q3", "2023-07-01..2023-09-30"),
        ("H1 2024 looks good.", "H1 2024", "DATE 2024-H1", "2024-01-01..2024-06-30"),
        ("It earned less in fiscal 2023.", "fiscal 2023", "DATE 2023", "2023-01-01..2023-12-31"),
        ("The front moved in the spring of 2022.", "the spring of 2022",
         "DATE 2022-SP", "2022-03-01..2022-05-31"),
        ("Talks will resume later this year.", "later this year",
         "DATE 2024", "2024-01-01..2024-12-31"),
        ("Gas stores were full before the winter.", "the winter",
         "DATE 2023-WI", "2023-12-01..2024-02-29"),
    ],
    "decades and centuries": [
        ("Imposed in the early 1990s.", "the early 1990s", "DATE 199", "1990-01-01..1994-12-31"),
        ("A fort of the nineteenth century.", "the nineteenth century",
         "DATE 18", "1800-01-01..1899-12-31"),
    ],
    "feasts": [
        ("Shells fell on Christmas Day 2023.", "Christmas Day 2023",
         "DATE 2023-12-25", "2023-12-25"),
        ("The court met on Thanksgiving.", "Thanksgiving", "DATE 2023-11-23", "2023-11-23"),
    ],
    "seen from the day of writing": [
        ("He was freed nine months ago.", "nine months ago",
         "DATE 2023-06", "2023-06-01..2023-06-30"),
        ("It was shut half a century ago.", "half a century ago",
         "DATE 1974", "1974-01-01..1974-12-31"),
        ("He was freed years ago.", "years ago", "DATE PAST_REF", "-"),
        ("Shelling intensified in recent weeks.", "recent weeks", "DURATION PXW", "..2024-03-20"),
        ("The border moved over the past year.", "the past year",
         "DURATION P1Y", "2023-03-20..2024-03-20"),
        ("Over the weekend, crowds gathered.", "the weekend",
         "DATE 2024-W11-WE", "2024-03-16..2024-03-17"),
        ("Aid will arrive in two weeks.", "two weeks", "DATE 2024-W14", "2024-04-01..2024-04-07"),
        ("They took the town in two weeks.", "two weeks", "DURATION P2W", "-"),
    ],
    "by the tense": [
        ("The council voted Thursday.", "Thursday", "DATE 2024-03-14", "2024-03-14"),
        ("The council will vote Thursday.", "Thursday", "DATE 2024-03-21", "2024-03-21"),
        ("Officials said Thursday that talks would resume.", "Thursday",
         "DATE 2024-03-14", "2024-03-14"),
        ("Shots have rung out since June 1st.", "June 1st", "DATE 2023-06-01", "2023-06-01"),
        ("They called a summit for Sunday.", "Sunday", "DATE 2024-03-24", "2024-03-24"),
        ("Rebels must leave by Sunday.", "Sunday", "DATE 2024-03-24", "2024-03-24"),
        ("By Sunday the rebels had left.", "Sunday", "DATE 2024-03-17", "2024-03-17"),
    ],
    "from what was last named": [
        ("In 2012 he left. Two years later he came back.", "Two years later",
         "DATE 2014", "2014-01-01..2014-12-31"),
        ("In 2012 he left, and the following year he died.", "the following year",
         "DATE 2013", "2013-01-01..2013-12-31"),
        ("On 10 March they met; the same day, a bomb fell.", "the same day",
         "DATE 2024-03-10", "2024-03-10"),
        ("On 10 March they met; the next morning, a bomb fell.", "the next morning",
         "TIME 2024-03-11TMO", "2024-03-11"),
        ("The spring of 1989 brought talks; that summer they won.", "that summer",
         "DATE 1989-SU", "1989-06-01..1989-08-31"),
        ("Three days later he fled.", "Three days later", "DATE FUTURE_REF", "-"),
    ],
    "parts of a day": [
        ("He spoke on the morning of January 31.", "the morning of January 31",
         "TIME 2024-01-31TMO", "2024-01-31"),
        ("A convoy left at 9:30 a.m. EST on Monday.", "9:30 a.m. EST on Monday",
         "TIME 2024-03-18T09:30", "2024-03-18"),
        ("Polls closed at 1800 GMT.", "1800 GMT", "TIME 2024-03-20T18:00", "2024-03-20"),
        ("The gates opened at 12 a.m.", "12 a.m.", "TIME 2024-03-20T00:00", "2024-03-20"),
        ("The army shelled the village overnight.", "overnight",
         "TIME 2024-03-19TNI", "2024-03-19"),
    ],
    "ranges": [
        ("The fair ran from March 3 to March 8.", "March 3",
         "DATE 2024-03-03", "2024-03-03..2024-03-08"),
        ("It was shut between December 3 and January 4.", "December 3",
         "DATE 2023-12-03", "2023-12-03..2024-01-04"),
        ("The fair ran from 17 to 19 March.", "17", "DATE 2024-03-17", "2024-03-17..2024-03-19"),
        ("The fair ran on March 3-8, 2023.", "8, 2023", "DATE 2023-03-08",
         "2023-03-03..2023-03-08"),
    ],
    "lengths": [
        ("Talks lasted several hours.", "several hours", "DURATION PTXH", "-"),
        ("He spent a year and a half in prison.", "a year and a half", "DURATION P1.5Y", "-"),
        ("The worst attack in a decade.", "a decade", "DURATION P1DE", "-"),
        ("They have not met in years.", "years", "DURATION PXY", "-"),
        ("They signed a five-year lease.", "five-year", "DURATION P5Y", "-"),
        ("Sanctions will last 15 years.", "15 years", "DURATION P15Y", "-"),
        ("He has ruled the country for two years.", "two years", "DURATION P2Y", "2022-01-01.."),
        # TempEval counts ages among lengths
        ("A 24-year-old was arrested.", "24-year-old", "DURATION P24Y", "-"),
    ],
    "again and again": [
        ("The plant makes 400,000 barrels a day.", "a day", "SET P1D", "-"),
        ("The council meets twice a year.", "twice a year", "SET P1Y", "-"),
        ("The summit meets every two years.", "every two years", "SET P2Y", "-"),
        ("The sea rises each December.", "each December", "SET XXXX-12", "-"),
    ],
    "vague": [
        ("The general now lives abroad.", "now", "DATE PRESENT_REF", "-"),
        ("The general recently fled.", "recently", "DATE PAST_REF", "-"),
        ("It may fall in the near future.", "the near future", "DATE FUTURE_REF", "-"),
    ],
}  # fmt: skip

NOTHING = [
    ("fr", "La sonde fonce vers la planète Mars."),  # a planet
    ("fr", "Le robot continue d'explorer Mars."),  # the same
    ("fr", "Une étoile à 400 années-lumière."),  # a way
    ("fr", "L'explosion a fait sept morts."),  # a number, not September
    ("fr", "Elle cite la page 2015 du rapport."),  # page number
    ("fr", "Un reportage de France 24 l'affirme."),  # channel
    ("fr", "Il a gagné au second tour."),  # ordinal
    ("fr", "Un match des moins de 17 ans."),  # ages
    ("fr", "Le monde a changé depuis le 11-Septembre."),  # what happened on a day
    ("fr", "Le Mouvement du 5-Juin a manifesté."),  # a date that is a name
    ("en", "The army may march on the capital."),  # verbs
    ("en", "He sat down for a second time."),  # neither Saturday nor a length
    ("en", "More than 2020 people left."),  # number
    ("en", "He cited page 2015 of the report."),  # page number
    ("en", "France 24 reported the news."),  # channel
    ("en", "Resolution 1701 was breached."),  # number of a document
    ("en", "They will call as soon as they can."),  # no day
    ("en", "USA Today asked."),  # a name
    ("en", "The March 14 Alliance lost."),  # a date that is a name
    ("en", "It rose by three quarters of a point."),  # fraction
]


def rows(table: dict[str, list[Row]]) -> list[Row]:
    return [row for kind in table.values() for row in kind]


@pytest.mark.parametrize(
    ("language", "row"),
    [("fr", row) for row in rows(FRENCH)] + [("en", row) for row in rows(ENGLISH)],
)
def test_kind(language: str, row: Row) -> None:
    text, words, value, days = row
    times = times_of(language, text)
    assert words in times
    assert (f"{times[words].type} {times[words].value}", interval(times[words])) == (value, days)


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_only_looks_like_a_time(language: str, text: str) -> None:
    assert times_of(language, text) == {}


def test_both_languages_have_every_kind() -> None:
    assert FRENCH.keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nearly_every_form_is_tried_only_near_what_it_needs(language: str) -> None:
    """A form without needs is tried on the whole of every text."""
    forms = rules(language).forms
    assert sum(not form.needs for form in forms) < len(forms) / 10


def test_a_summer_named_before_any_year_stays_open() -> None:
    time = times_of("en", "Talks were held in the summer.", None)["summer"]
    assert (time.value, interval(time)) == ("XXXX-SU", "-")


def test_a_quarter_without_a_year_is_the_last_one_begun() -> None:
    day = date(2024, 1, 10)
    times = times_of("en", "Exports in the fourth quarter fell.", (day, day))
    assert times["the fourth quarter"].value == "2023-Q4"
