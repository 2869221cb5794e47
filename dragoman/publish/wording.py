"""The languages of the interface: which one is spoken just now, and what it says for our English.

In: our own English sentences, as they stand in templates and modules. Out: what the catalogues of
`locale/` have for them; a sentence that a catalogue lacks stays English. Who serves a page says
with `speaking` which language it is in; everybody else (terminal, exports) speaks English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

Key = TypeVar("Key")
LOCALE = Path(__file__).parent / "locale"
LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français"}
"""By code, each in its own words. The first is what our sentences are written in."""
SOURCE = "en"
_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, all words are of this language; one that we don't speak is a KeyError."""
    token = _spoken.set(language if LANGUAGES[language] else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken_language() -> str:
    return _spoken.get()


def gettext(message: str) -> str:
    return str(catalogue(_spoken.get()).gettext(message))


def ngettext(one: str, many: str, number: int) -> str:
    return str(catalogue(_spoken.get()).ngettext(one, many, number))


def pgettext(context: str, message: str) -> str:
    """Of a word that other languages tell apart by what it is said of."""
    return str(catalogue(_spoken.get()).pgettext(context, message))


def N_(message: str) -> str:
    """Marks words that are looked up later, when it is known who reads them."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks one and many of a thing that are looked up later, by `ngettext`."""
    return one, many


def PN_(context: str, message: str) -> str:
    """Marks a word that is looked up later, by `pgettext` with the same context."""
    return message


class Table(Mapping[Key, str]):
    """Words by what they stand for, each in the language that is spoken when it is asked for.

    `context`: the one they were marked with by `PN_`.
    """

    def __init__(self, words: Mapping[Key, str], context: str | None = None) -> None:
        self._words = words
        self._context = context

    def __getitem__(self, key: Key) -> str:
        word = self._words[key]
        return gettext(word) if self._context is None else pgettext(self._context, word)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


@cache
def catalogue(language: str) -> NullTranslations:
    """`locale/xx.po`, compiled when it is first asked for."""
    if language == SOURCE:
        return NullTranslations()
    made = BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as file:
        write_mo(made, read_po(file, locale=language))
    made.seek(0)
    return Translations(made)


def chosen(path_prefix: str | None, accepted: str) -> str:
    """The language of a page: what its address says, else the first that the reader's browser
    accepts (an Accept-Language header) and that we speak, else English."""
    if path_prefix is not None and path_prefix in LANGUAGES:
        return path_prefix
    for _, _, code in sorted(_accepted(accepted)):
        if code in LANGUAGES:
            return code
    return SOURCE


def _accepted(header: str) -> Iterator[tuple[float, int, str]]:
    """Of each language: how little it is wanted, its place, its code without country."""
    for place, part in enumerate(header[:500].split(",")):
        code, _, weight = part.partition(";")
        try:
            wanted = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if wanted > 0:
            yield -wanted, place, code.strip().partition("-")[0].lower()
