"""Scores who is meant: who held an office on a day, and which actor a mention in a text stands for.

`measure` asks the atlas for the holder of every row of a table: `right` where the name is the
holder's, `unknown` where the atlas gives none (or several without the name), else `wrong`. Names
are compared folded, with the atlas's spellings; a surname with the first initial is enough.
`mentions` reads passages in which spans are marked with an actor's id, or null where nobody can
say: `right`, `wrong` (another actor, or one where none is due) and `open` (none where one is due).
`lookup` is the anchor: the share right by looking up the span's own words in the index of names.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale

from dragoman.collect.pages import capture_text
from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Actor
from dragoman.knowledge.names import WORD, fold
from dragoman.model import Kept, Reference, Token
from dragoman.pipeline import Steps

HEAD_TITLES: Mapping[str, str] = {
    "monarch": "monarch",
    "sovereign": "monarch",
    "pm": "prime_minister",
}
"""Titles of tables that no role noun of the languages names."""
Span = tuple[int, int]


# --- holders of offices ------------------------------------------------------------------------


def measure(path: Path, steps: Steps) -> dict[str, float]:
    """Shares of the rows of a table with columns office, country, date and name."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    counted = Counter(_judged(row, steps.knowledge) for row in rows)
    return _shares(counted, ("right", "unknown", "wrong"))


def _judged(row: Mapping[str, str], knowledge: Knowledge) -> str:
    country = country_of(row["country"], knowledge)
    title = title_of(row["office"], knowledge)
    if country is None or title is None:
        return "unknown"
    holders = holders_of(title, country, row["date"].strip(), knowledge)
    if any(is_named(row["name"], knowledge.atlas.actors[one]) for one in holders):
        return "right"
    return "wrong" if len(holders) == 1 else "unknown"


def holders_of(title: str, actor: str, day: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Who bears a title; where a state has no head of government, its president heads it."""
    atlas = knowledge.atlas
    found = atlas.titled(title, actor, day)
    if found or title != "head_of_government":
        return found
    has_one = any(
        role.actor == actor and (role.end or "9999") > day
        for office in ("prime_minister", "chancellor")
        for role in atlas.roles_by_office.get((office, actor), ())
    )
    return () if has_one else atlas.titled("president", actor, day)


def country_of(name: str, knowledge: Knowledge) -> str | None:
    """A state or body by its id, its two-letter code, or a name in any language of the atlas."""
    actors, plain = knowledge.atlas.actors, name.strip()
    for identity in (plain, plain.upper(), plain.lower()):
        if identity in actors:
            return identity
    coded = Locale("en").territories.get(plain.upper()) if len(plain) == 2 else None
    for code in knowledge.languages:
        found = {c.id for c in knowledge.names(code).look_up(coded or plain) if c.id in actors}
        if len(found) == 1:
            return found.pop()
    return None


def title_of(office: str, knowledge: Knowledge) -> str | None:
    """An office by its id or by a role noun of any language."""
    words = " ".join(office.replace("_", " ").lower().split())
    identity = words.replace(" ", "_").replace("-", "_")
    if identity in knowledge.atlas.offices_by_title:
        return identity
    nouns = (knowledge.languages[code].roles.get(words) for code in knowledge.languages)
    return next((noun.office for noun in nouns if noun and noun.office), HEAD_TITLES.get(words))


def is_named(name: str, actor: Actor) -> bool:
    """True for a spelling of the actor's name, for all but a title or by-name of one ("Albert II"
    of "King Albert II"), or for its surname with the same first initial."""
    given = _words(name)
    spellings = [_words(one) for forms in actor.names.values() for one in forms]
    if given in spellings or not given:
        return given in spellings
    if any(sorted(given) == sorted(one) for one in spellings):
        return True
    if any(given[0] in one and set(given) - ORDINALS <= set(one) for one in spellings):
        return True
    return any(
        one and one[-1] == given[-1] and (len(given) == 1 or one[0][:1] == given[0][:1])
        for one in spellings
    )


ORDINALS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "jr"})


def _words(name: str) -> list[str]:
    return [fold(match.group()) for match in WORD.finditer(name)]


# --- mentions ----------------------------------------------------------------------------------


def mentions(path: Path, steps: Steps) -> dict[str, float]:
    """Shares of the marked spans of a file of passages."""
    counted: Counter[str] = Counter()
    looked_up = 0
    for passage, kept in _read(path, steps):
        for span, words, due in _marked(passage):
            counted[_verdict(answer(kept, span), due)] += 1
            looked_up += _lookup(words, kept.article.language, steps.knowledge) == due
    total = sum(counted.values())
    lookup = round(looked_up / total, 3) if total else 0.0
    return {**_shares(counted, ("right", "wrong", "open")), "lookup": lookup}


def errors(path: Path, steps: Steps) -> Iterator[str]:
    """One line for each span that is not right, for reading."""
    for passage, kept in _read(path, steps):
        for span, words, due in _marked(passage):
            given = answer(kept, span)
            if given != due:
                found = reference_at(kept, span)
                why = f"{found.mention.text}: {found.reason}" if found else "no mention"
                yield f"{_verdict(given, due)}: {words!r} is {due}, given {given} ({why})"


def answer(kept: Kept, span: Span) -> str | None:
    found = reference_at(kept, span)
    return found.actor if found is not None else None


def reference_at(kept: Kept, span: Span) -> Reference | None:
    """The reference that a marked span stands for: of the same span, else the one over its head
    word ("the Azerbaijani president" is the president, not the state in it)."""
    head = _head(kept, span)
    if head is None:
        return None
    over = [r for r in kept.references if r.mention.start <= head.start < r.mention.end]
    exact = [r for r in over if (r.mention.start, r.mention.end) == span]
    return max(
        exact or over,
        key=lambda r: (r.actor is not None, r.mention.kind in {"ROLE", "PER"}, r.mention.end),
        default=None,
    )


def _head(kept: Kept, span: Span) -> Token | None:
    for sentence in kept.reading.sentences:
        inside = {i for i, t in enumerate(sentence.tokens) if span[0] <= t.start < span[1]}
        for i in sorted(inside):
            token = sentence.tokens[i]
            if token.head not in inside or token.head == i:
                return token
    return None


def _read(path: Path, steps: Steps) -> Iterator[tuple[Mapping[str, object], Kept]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            passage = json.loads(line)
            day, language = passage["published"], passage["language"]
            capture = capture_text(passage["text"], "gold", language=language, published=day)
            yield passage, steps.all(capture)


def _marked(passage: Mapping[str, object]) -> Iterator[tuple[Span, str, str | None]]:
    marked = passage["mentions"]
    assert isinstance(marked, list)
    for one in marked:
        yield (one["start"], one["end"]), one["text"], one["actor"]


def _verdict(given: str | None, due: str | None) -> str:
    if given == due:
        return "right"
    return "open" if given is None else "wrong"


def _lookup(words: str, language: str | None, knowledge: Knowledge) -> str | None:
    """Who bears exactly this name, if one does; a capital stands for its state."""
    atlas = knowledge.atlas
    found = {
        atlas.places[c.id].country if c.kind == "capital" else c.id
        for c in knowledge.names(language or "en").look_up(words)
        if c.kind != "place"
    }
    return found.pop() if len(found) == 1 else None


def _shares(counted: Counter[str], names: Iterable[str]) -> dict[str, float]:
    total = sum(counted.values())
    return {name: round(counted[name] / total, 3) if total else 0.0 for name in names}
