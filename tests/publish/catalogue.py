"""The catalogue of the interface, brought up to date: `python -m tests.publish.catalogue`.

Every sentence that templates and modules of `publish` mark for translation is in `locale/fr.po`, in
the order of the alphabet; sentences that are gone leave it, new ones wait there for their French.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dragoman.publish import wording

PUBLISH = Path(wording.__file__).parent
FOLDERS = (("**/templates/**.html", "jinja2"), ("**.py", "python"))
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "N_": None,
    "NN_": (1, 2),
    "PN_": ((1, "c"), 2),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}


def messages() -> Iterator[tuple[str | tuple[str, ...], str | None, str]]:
    """Each marked sentence (one and many of it), its context, and the file that it stands in."""
    found = extract_from_dir(
        str(PUBLISH), method_map=FOLDERS, options_map=OPTIONS, keywords=KEYWORDS
    )
    for file, _line, message, _comments, context in found:
        yield message, context, file


def updated(language: str) -> Catalog:
    """What is marked now, with the translations that there are."""
    with (wording.LOCALE / f"{language}.po").open("rb") as file:
        known = read_po(file, locale=language)
    made = Catalog(locale=language)
    for message, context, _file in messages():
        one = message if isinstance(message, str) else message[0]
        old = known.get(one, context)
        made.add(message, old.string if old is not None else None, context=context)
    return made


def write(language: str) -> int:
    """Update a catalogue; gives how many sentences wait for a translation."""
    made = updated(language)
    with (wording.LOCALE / f"{language}.po").open("wb") as file:
        file.write(HEADER.format(language=language, plural=made.plural_forms).encode())
        write_po(file, made, width=100, sort_output=True, omit_header=True)
    waiting = [one for one in made if one.id and not _is_translated(one.string)]
    for one in waiting:
        print(one.id)
    return len(waiting)


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    sys.exit(write("fr") > 0)
