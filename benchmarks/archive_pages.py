"""A made-up web archive of short pages: sentences of our own, in three languages, and copies.

In: how many pages, words of each, a seed. Out: a WARC file, the same for the same numbers. Its
sentences tell what states do to each other on days of one year, and nothing that was ever so; one
page in five prints an earlier one again.
"""

from __future__ import annotations

import gzip
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

FIRST, DAYS = date(2031, 1, 1), 360
COPIED, RECENT = 0.2, 400
"""Share of pages that print another one of the last so many."""
HOSTS = 120
LANGUAGES = (*("en",) * 10, *("fr",) * 9, "ru")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
STATES = {
    "en": ("Norway", "Iceland", "Kenya", "Rwanda", "Poland", "Finland", "Chile", "Peru"),
    "fr": ("La Norvège", "L'Islande", "Le Kenya", "Le Rwanda", "La Pologne", "La Finlande",
           "Le Chili", "Le Pérou"),
    "ru": ("Норвегия", "Исландия", "Кения", "Руанда", "Польша", "Финляндия", "Чили", "Перу"),
}  # fmt: skip
OBJECTS = {
    "en": STATES["en"],
    "fr": ("la Norvège", "l'Islande", "le Kenya", "le Rwanda", "la Pologne", "la Finlande",
           "le Chili", "le Pérou"),
    "ru": ("Норвегию", "Исландию", "Кению", "Руанду", "Польшу", "Финляндию", "Чили", "Перу"),
}  # fmt: skip
ACTS = {
    "en": (
        "{a} condemned {b} on {day} over {n} {things} that lay off the northern islands.",
        "{a} threatened {b} with new tariffs after {n} {things} were held in port for a week.",
        "On {day} {a} promised {b} {n} {things} and a loan that is to be paid back in ten years.",
        "A spokesman for the ministry said that {a} had met {b} twice since {day}, without result.",
        "Shopkeepers near the harbour counted {n} {things} that morning and closed early.",
        "{a} and {b} signed a treaty on {day} that settles who may use the {things} in winter.",
        "Nobody in the valley could say where the {n} {things} had been brought from, or by whom.",
    ),
    "fr": (
        "{a} a condamné {b} le {day} à propos de {n} {things} restés au large des îles.",
        "{a} a menacé {b} de nouveaux droits de douane après la saisie de {n} {things}.",
        "Le {day}, {a} a promis à ses voisins {n} {things} et un prêt sur dix ans.",
        "Selon un porte-parole du ministère, {a} a rencontré {b} deux fois depuis le {day}.",
        "Les commerçants du port ont compté {n} {things} ce matin-là et fermé plus tôt.",
        "{a} a signé le {day} un traité qui règle l'usage des {things} pendant l'hiver.",
        "Personne dans la vallée ne savait d'où venaient les {n} {things}, ni qui les avait menés.",
    ),
    "ru": (
        "{a} осудила {b} {day} из-за того, что {n} {things} стояли у северных островов.",
        "{a} пригрозила новыми пошлинами после того, как {n} {things} задержали в порту.",
        "{day} {a} пообещала соседям {n} {things} и заём на десять лет.",
        "По словам представителя министерства, стороны встречались дважды, но ничего не решили.",
        "Торговцы у гавани насчитали в то утро {n} {things} и закрылись раньше.",
        "{a} подписала {day} договор о том, кто зимой пользуется причалами.",
        "Никто в долине не знал, откуда привезли {n} {things} и кто это сделал.",
    ),
}
THINGS = {
    "en": ("boats", "crates", "tents", "lorries", "barrels", "wagons", "cables"),
    "fr": ("bateaux", "caissons", "abris", "camions", "barils", "wagons", "cordages"),
    "ru": ("лодок", "ящиков", "палаток", "грузовиков", "бочек", "вагонов", "канатов"),
}


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    day: date
    language: str
    title: str
    sentences: tuple[str, ...]

    @property
    def html(self) -> str:
        told = "".join(f"<p>{one}</p>" for one in self.sentences)
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{self.title}</title><meta property='article:published_time' "
            f"content='{self.day}T08:00:00Z'></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>{self.title}</h1>{told}</article>"
            f"<footer><a href='/about'>About us</a></footer></body></html>"
        )


@dataclass(frozen=True, slots=True)
class Given(Page):
    """A page whose mark-up is given."""

    markup: str

    @property
    def html(self) -> str:
        return self.markup


def pages(number: int, words: int, seed: int, language: str | None = None) -> Iterator[Page]:
    """So many pages of at least so many words, by day."""
    dice = Random(f"archive {seed}")
    recent: deque[Page] = deque(maxlen=RECENT)
    for n in range(number):
        day = FIRST + timedelta(days=n * DAYS // number)
        url = f"https://outlet{int(HOSTS * dice.random() ** 2)}.example/news/{n}"
        if recent and dice.random() < COPIED:
            told = dice.choice(recent)
            yield Page(url, day, told.language, told.title, told.sentences)
            continue
        chosen = language or dice.choice(LANGUAGES)
        made = Page(url, day, chosen, *_told(dice, chosen, words, day))
        recent.append(made)
        yield made


def _told(dice: Random, language: str, words: int, day: date) -> tuple[str, tuple[str, ...]]:
    sentences: list[str] = []
    count = 0
    while count < words or not sentences:
        sentences.append(_sentence(dice, language, day))
        count += len(sentences[-1].split())
    title = sentences[0].rstrip(".").partition(",")[0]
    return " ".join(title.split()[:9]), tuple(sentences)


def _sentence(dice: Random, language: str, day: date) -> str:
    a, b = dice.sample(range(len(STATES[language])), 2)
    told = day - timedelta(days=dice.randint(0, 20))
    month = MONTHS[language].split()[told.month - 1]
    made = dice.choice(ACTS[language]).format(
        a=STATES[language][a],
        b=OBJECTS[language][b],
        n=dice.randint(3, 9000),
        things=dice.choice(THINGS[language]),
        day=f"{told.day} {month} {told.year}",
    )
    return made[0].upper() + made[1:]


def write_warc(path: Path, made: Sequence[Page] | Iterator[Page]) -> int:
    """The pages as answers of servers, each a gzip member; how many."""
    count = 0
    with path.open("wb") as file:
        for page in made:
            file.write(gzip.compress(_record(page, count), 6, mtime=0))
            count += 1
    return count


def _record(page: Page, number: int) -> bytes:
    body = page.html.encode()
    content = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {page.day}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: {page.url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"
