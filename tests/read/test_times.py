"""Time expressions: what is found, what it is worth, on which days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import DataFileError
from dragoman.knowledge.times import TimeRules, load_times
from dragoman.model import Time
from dragoman.read.times import find_times, publication_bounds, read_times

LANGUAGES = Path(dragoman.__path__[0]) / "languages"
WEDNESDAY = date(2024, 3, 20)

# (text, expression, TIMEX3 type and value, first..last day)
FRENCH = [
    # full date with its article
    ("Ils se sont vus le 17 mars 2024.", "le 17 mars 2024", "DATE 2024-03-17", "2024-03-17"),
    # first of the month
    ("Le traité date du 1er mai 1998.", "1er mai 1998", "DATE 1998-05-01", "1998-05-01"),
    # weekday and date without a year: the year in which they fit
    ("Le vote aura lieu le samedi 6 avril.", "le samedi 6 avril", "DATE 2024-04-06", "2024-04-06"),
    # "dernier" on a date
    ("Arrivé le 17 mars dernier, il est reparti.", "le 17 mars dernier",
     "DATE 2024-03-17", "2024-03-17"),
    # "prochain" on a month
    ("La conférence ouvrira en novembre prochain.", "novembre prochain",
     "DATE 2024-11", "2024-11-01..2024-11-30"),
    # month and year
    ("La trêve fut signée en novembre 2020.", "novembre 2020",
     "DATE 2020-11", "2020-11-01..2020-11-30"),
    # year after a preposition
    ("Le pays a adhéré en 1994.", "1994", "DATE 1994", "1994-01-01..1994-12-31"),
    # "depuis" and a year
    ("Le camp est vide depuis 2008.", "2008", "DATE 2008", "2008-01-01..2008-12-31"),
    # "depuis" and a length begins in a year that can be named
    ("La ville est assiégée depuis deux ans.", "deux ans", "DURATION P2Y", "2022-01-01.."),
    # bare weekday after a past tense
    ("Le ministre a démissionné lundi.", "lundi", "DATE 2024-03-18", "2024-03-18"),
    # bare weekday in a future sentence
    ("Les pourparlers reprendront vendredi.", "vendredi", "DATE 2024-03-22", "2024-03-22"),
    # part of the day after "hier"
    ("Deux obus sont tombés hier soir.", "hier soir", "TIME 2024-03-19TEV", "2024-03-19"),
    # curly apostrophe
    ("La province est tombée l’année dernière.", "l’année dernière",
     "DATE 2023", "2023-01-01..2023-12-31"),
    # week before
    ("Elle l'a reçu la semaine dernière.", "la semaine dernière",
     "DATE 2024-W11", "2024-03-11..2024-03-17"),
    # "il y a"
    ("Ils ont rompu il y a trois mois.", "il y a trois mois",
     "DATE 2023-12", "2023-12-01..2023-12-31"),
    # vague length that ends today
    ("Il a beaucoup voyagé ces derniers jours.", "ces derniers jours",
     "DURATION PXD", "..2024-03-20"),
    # beginning of a month is its first half
    ("Le siège fut levé début mars 2023.", "début mars 2023",
     "DATE 2023-03", "2023-03-01..2023-03-16"),
    # decade of two digits
    ("Une base des années 60.", "années 60", "DATE 196X", "1960-01-01..1969-12-31"),
    # season with its year
    ("La contre-offensive de l'été 2023 a échoué.", "l'été 2023",
     "DATE 2023-SU", "2023-06-01..2023-08-31"),
    # century in Roman numerals
    ("La frontière remonte au XIXe siècle.", "XIXe siècle", "DATE 18XX", "1800-01-01..1899-12-31"),
    # repeated day
    ("Ils défilent tous les jeudis.", "tous les jeudis", "SET XXXX-WXX-4", "-"),
    # numeric date, day first
    ("Fait le 05/04/2023.", "05/04/2023", "DATE 2023-04-05", "2023-04-05"),
    # both ends of a range carry the whole of it
    ("Il y sera du 17 au 19 mars 2024.", "17", "DATE 2024-03-17", "2024-03-17..2024-03-19"),
    ("Il y sera du 17 au 19 mars 2024.", "19 mars 2024",
     "DATE 2024-03-19", "2024-03-17..2024-03-19"),
    # the end of another month than this
    ("Il revient à la fin du mois prochain.", "la fin du mois prochain",
     "DATE 2024-04", "2024-04-16..2024-04-30"),
    # a happening called by its day, with the year
    ("Les tours sont tombées le 11-Septembre 2001.", "le 11-Septembre 2001",
     "DATE 2001-09-11", "2001-09-11"),
    # a slip in the weekday: that 19 March was a Tuesday
    ("Il est venu lundi 19 mars.", "lundi 19 mars", "DATE 2024-03-19", "2024-03-19"),
    # a space or comma between thousands; an early century
    ("Le siège a duré 2\u00a0500 jours.", "2\u00a0500 jours", "DURATION P2500D", "-"),
    ("La ville est née au Ve siècle.", "Ve siècle", "DATE 04XX", "0400-01-01..0499-12-31"),
    # the clock belongs to the day last named
    ("Mardi, vers 21 h 45, un drone a frappé.", "vers 21 h 45",
     "TIME 2024-03-19T21:45", "2024-03-19"),
]  # fmt: skip
ENGLISH = [
    # month first, comma, year
    ("They met on March 17, 2024.", "March 17, 2024", "DATE 2024-03-17", "2024-03-17"),
    # day first
    ("They met on 17 March 2024.", "17 March 2024", "DATE 2024-03-17", "2024-03-17"),
    # a short month without its full stop
    ("They met on Dec 5th 2021.", "Dec 5th 2021", "DATE 2021-12-05", "2021-12-05"),
    # a comma between thousands
    ("The wall stood for 3,000 years.", "3,000 years", "DURATION P3000Y", "-"),
    # year after a preposition
    ("The country joined in 1994.", "1994", "DATE 1994", "1994-01-01..1994-12-31"),
    # bare weekday after a past tense
    ("The minister resigned on Monday.", "Monday", "DATE 2024-03-18", "2024-03-18"),
    # bare weekday in a future sentence
    ("Talks will resume Friday.", "Friday", "DATE 2024-03-22", "2024-03-22"),
    # "last" and a unit
    ("The province fell last year.", "last year", "DATE 2023", "2023-01-01..2023-12-31"),
    # "next" and a unit
    ("He is due back next month.", "next month", "DATE 2024-04", "2024-04-01..2024-04-30"),
    # "ago"
    ("It was shelled two weeks ago.", "two weeks ago", "DATE 2024-W10", "2024-03-04..2024-03-10"),
    # quarter
    ("Exports fell in Q3 2023.", "Q3 2023", "DATE 2023-Q3", "2023-07-01..2023-09-30"),
    # range of years
    ("Between 2020 and 2023 the border was shut.", "2020", "DATE 2020", "2020-01-01..2023-12-31"),
    # decade of four digits
    ("A treaty of the 1990s.", "the 1990s", "DATE 199", "1990-01-01..1999-12-31"),
    # end of a year is its second half
    ("The siege began in late 2023.", "late 2023", "DATE 2023", "2023-07-02..2023-12-31"),
    # middle of a month
    ("A vote is planned for mid-April.", "mid-April", "DATE 2024-04", "2024-04-08..2024-04-23"),
    # the year is all that an ambiguous numeric date says for sure
    ("Signed 03/04/2023.", "03/04/2023", "DATE 2023", "2023-01-01..2023-12-31"),
    # ISO date
    ("Dated 2024-03-17.", "2024-03-17", "DATE 2024-03-17", "2024-03-17"),
    # counted from the day last named
    ("On 10 March 2024 they met. Three days later they parted.", "Three days later",
     "DATE 2024-03-13", "2024-03-13"),
    # repeated day
    ("They march every Monday.", "every Monday", "SET XXXX-WXX-1", "-"),
]  # fmt: skip

# what is no time
NOTHING = [
    ("fr", "Un homme de 24 ans a été arrêté."),  # age
    ("fr", "Les 2008 soldats sont rentrés."),  # number that looks like a year
    ("fr", "La Cop 29 s'ouvrira à Bakou."),  # number in a name
    ("en", "They may march on the capital."),  # verbs, not months
    ("en", "He sold 1,994 rifles."),  # number
]


@lru_cache
def rules(language: str) -> TimeRules:
    return load_times(LANGUAGES / language / "times.toml")


def times_of(
    language: str, text: str, published: tuple[date, date] | None = (WEDNESDAY, WEDNESDAY)
) -> dict[str, Time]:
    times = read_times(text, [(0, len(text))], rules(language), published)
    return {text[time.start : time.end]: time for time in times}


@pytest.mark.parametrize(
    ("language", "case"), [("fr", case) for case in FRENCH] + [("en", case) for case in ENGLISH]
)
def test_expression(language: str, case: tuple[str, str, str, str]) -> None:
    text, words, value, days = case
    times = times_of(language, text)
    assert words in times
    time = times[words]
    assert (f"{time.type} {time.value}", interval(time)) == (value, days)


def interval(time: Time) -> str:
    if time.start_day is None and time.end_day is None:
        return "-"
    if time.start_day == time.end_day:
        return str(time.start_day)
    return f"{time.start_day or ''}..{time.end_day or ''}"


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_no_expression(language: str, text: str) -> None:
    assert times_of(language, text) == {}


def test_offsets_point_into_the_whole_text() -> None:
    text = "Hier encore. Il part demain."
    times = find_times(text, 13, len(text), rules("fr"), published=(WEDNESDAY, WEDNESDAY))
    assert [text[time.start : time.end] for time in times] == ["demain"]
    assert times[0].start_day == "2024-03-21"


def test_previous_day_anchors_the_day_after() -> None:
    text = "Le lendemain, il est parti."
    times = find_times(text, 0, len(text), rules("fr"), published=None, previous=date(2024, 3, 17))
    assert (times[0].start_day, times[0].basis) == ("2024-03-18", "from another date in the text")


def test_bounds_that_agree_resolve_a_relative_expression() -> None:
    inside = (date(2024, 3, 17), date(2024, 10, 31))
    across = (date(2023, 12, 1), date(2024, 1, 31))
    assert times_of("fr", "L'an dernier.", inside)["L'an dernier"].start_day == "2023-01-01"
    assert times_of("fr", "L'an dernier.", across)["L'an dernier"].start_day is None


def test_unknown_publication_leaves_relative_words_open() -> None:
    time = times_of("fr", "Il est arrivé hier.", None)["hier"]
    assert (time.start_day, time.end_day) == (None, None)


STORY = (
    "La ministre était à Tunis le 4 février 2023. Elle y est donc arrivée le 4 février dernier. "
    "La guerre a éclaté l'année dernière. Un sommet se tiendra en juin prochain."
)


def test_text_without_a_date_is_dated_from_its_own_dates() -> None:
    times = times_of("fr", STORY, None)
    repeated = times["le 4 février dernier"]
    assert (repeated.start_day, repeated.basis) == ("2023-02-04", "from another date in the text")
    assert times["l'année dernière"].value == "2022"
    assert times["juin prochain"].value == "2023-06"


def test_bounds_of_publication_say_what_they_rest_on() -> None:
    times = read_times(STORY, [(0, len(STORY))], rules("fr"), None)
    bounds = publication_bounds(times, STORY, rules("fr"))
    assert bounds is not None
    assert (bounds.start, bounds.end, bounds.precision) == ("2023-02-04", "2023-05-31", "range")
    assert bounds.basis == (
        'bounds: not before 2023-02-04 (stated), before 2023-06 ("juin prochain")'
    )


def test_a_planned_date_does_not_bound_from_below() -> None:
    text = "The pact was signed on 3 May 2022. A review will be held on 1 May 2025."
    bounds = publication_bounds(
        read_times(text, [(0, len(text))], rules("en"), None), text, rules("en")
    )
    assert bounds is not None
    assert (bounds.start, bounds.end) == ("2022-05-03", "2025-04-30")


BOUNDED = [
    # (language, text, first, last): seen on 1 June 2024
    ("en", "They fled on 4 April 2024. Elections are due in September 2025.",
     "2024-04-04", "2024-06-01"),
    ("en", "They fled on 4 April 2024. The court will rule on 9 May 2024.",
     "2024-04-04", "2024-05-08"),
    ("en", "The pact of 3 May 2022 was signed in Rome.", "2022-05-03", "2024-06-01"),
    ("fr", "Ils ont fui le 4 avril 2024. La cour se prononcera en mai prochain.",
     "2024-04-04", "2024-04-30"),
    ("fr", "Le pacte fut signé à Rome en mai 2022.", "2022-05-01", "2024-06-01"),
    # a day after the capture is none that the text looks back on
    ("fr", "Il est né le 3 mai 1960. Le récit s'achève le 9 juillet 2031.",
     "1960-05-03", "2024-06-01"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "first", "last"), BOUNDED)
def test_a_text_is_not_younger_than_its_capture(
    language: str, text: str, first: str, last: str
) -> None:
    times = read_times(text, [(0, len(text))], rules(language), None)
    bounds = publication_bounds(times, text, rules(language), date(2024, 6, 1))
    assert bounds is not None
    assert (bounds.start, bounds.end) == (first, last)


def test_no_date_no_bounds() -> None:
    assert publication_bounds((), "Rien.", rules("fr")) is None


def test_bad_form_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "times.toml"
    source = (LANGUAGES / "fr" / "times.toml").read_text("utf-8")
    path.write_text(source + '\n[[pattern]]\nkind = "date"\nforms = ["<nonsense>"]\n', "utf-8")
    with pytest.raises(DataFileError, match="nonsense") as caught:
        load_times(path)
    assert caught.value.line == source.count("\n") + 4
