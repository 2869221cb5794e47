"""From the words after "first published in" to the outlet they name.

In: words as a page writes them, with what stands around a name. Out: the outlet, or a name that no
file knows, or nothing. A social network, a picture archive or a lower-case noun is no outlet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, host_of

MOST_NAME_WORDS = 7
SHORTEST_PART = 6
"""Letters of a press word that may end a longer one."""
ISSUE = re.compile(r"(?:\w+ )?\d{4} (?:issue|edition|number) of ", re.I)
DATE = re.compile(r"(?:\d{1,2}\.? )?[^\W\d]+\.? (?:\d{1,2},? )?(?:19|20)\d\d\w?")
MOST_LEADING_WORDS = 6
LOWER_WORD = re.compile(r"[a-zà-öø-ÿ\u0101-\u017f\u0430-\u045f\u0491α-ωά-ώ]['\w-]*\s+")
LONGEST_NAME = 70
EDGES = " \t\n\"'«»“”„()[]*_|>→:,;–—-։"
FOREIGN_ENDING = re.compile(r"(?<=[a-z])-[\u0400-\u058f\u10a0-\u10ff]{1,5}\Z", re.I)
QUOTED = re.compile(
    r"[«“„\"《「『]\s*([^\s«»“”„\"《》「」『』][^«»“”„\"《》「」『』\n]{1,69}?)\s*[»”“\"》」』]"
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+[a-z]{2,14}\b(?:/\S*)?", re.I)
# Where a name ends and the sentence goes on. Rows of spaces are counted off: without an end to them
# this took a second for two thousand.
AFTER_NAME = re.compile(
    r"\s{0,9}[,;:|(\[–—]\s{0,9}|\s{1,9}-\s{1,9}"
    r"|\s{1,9}(?:on|le|am|vom|el|il|em|op|den|dnia|w dniu|в|от|від|at)\s{1,9}"
    r"(?:\w+,?\s{1,9}){0,2}\d"
    r"|\s{1,9}(?:under|sous|unter|bajo|sob|sotto|onder|na licencji|под лиценз\w+"
    r"|за ліценз\w+|lisansı\w*)\s"
    r"|\s{1,9}(?:and|et|und|y|e|en|och|i|и|та|ve)\s{1,9}(?=(?-i:[a-zà-ÿа-я]))"
    r"|\s{1,9}(?:with|avec|mit|con|com|met|med|z|с|з|by|par|por|door|av|as|in|en|en tant)\s{1,9}"
    r"(?=(?-i:[a-zà-ÿа-я]))|\s{1,9}(?:where|here|who|which|où|ici|hier|aquí|qui|здесь)\b"
    r"|\s{1,9}(?:(?:is|was|has|est|a été|ist|wurde|es|fue|è|é)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands for an outlet. `shift` and `length`: where in the words it stands."""

    value: str
    outlet: Outlet | None
    shift: int
    length: int


def read_name(words: str, rules: FurnitureRules, outlets: Outlets) -> Named | None:
    """The outlet that the words begin with or quote: a known one, a domain, or a capital name."""
    address = ADDRESS.search(words)
    known = _known(words, rules, outlets)
    if known is not None:
        return known
    for quoted in QUOTED.finditer(words):
        inside = _known(quoted.group(1), rules, outlets) or _unknown(quoted.group(1), rules)
        if inside is not None:
            return Named(inside.value, inside.outlet, quoted.start(1) + inside.shift, inside.length)
    if address is not None:
        return _at_address(address, outlets, rules)
    return _unknown(words, rules)


def is_refused(name: str, rules: FurnitureRules) -> bool:
    return fold_name(name) in _folded(rules.no_outlets)


def holds_press_word(name: str, rules: FurnitureRules) -> bool:
    """A name made as names of outlets are: "… Gazette", "Le Courrier …", "Alpenkurier"."""
    words = {fold_name(word) for word in name.split()} | {fold_name(name)}
    for known in _folded(rules.press_words):
        if known in words or (len(known) >= SHORTEST_PART and fold_name(name).endswith(known)):
            return True
        if not known.isascii() and known in fold_name(name):
            return True
    return False


def _at_address(address: re.Match[str], outlets: Outlets, rules: FurnitureRules) -> Named | None:
    outlet, host = outlets.at(address.group()), host_of(address.group().rstrip(".,;)"))
    if outlet is None and (not host or is_refused(host.split(".")[-2:][0], rules)):
        return None
    start, end = address.span()
    return Named(outlet.name if outlet else host, outlet, start, end - start)


def _known(words: str, rules: FurnitureRules, outlets: Outlets) -> Named | None:
    """The longest beginning that a file knows, after as many articles and nouns as it takes."""
    for start in _beginnings(words, rules):
        rest = words[start:]
        ends = [match.end() for match in re.finditer(r"\S+", rest)][: MOST_NAME_WORDS + 1]
        for end in reversed(ends):
            name = rest[:end].strip(EDGES + ".")
            found = outlets.named(name) or outlets.inflected(name) if len(name) > 1 else None
            if found is not None and _is_whole(name, rest[end:]):
                shift = start + rest.index(name)
                return Named(found.name, found, shift, len(name))
    return None


def _is_whole(name: str, rest: str) -> bool:
    """ "Valley" is not the "Valley Mail": no capital word follows a known name unless cut off."""
    return re.match(r"\s+(?-i:[A-ZÀ-ÝА-Я][\wà-ÿ]*)", rest) is None or name[-1:] in ".,;:"


def _unknown(words: str, rules: FurnitureRules) -> Named | None:
    start = _own_beginning(words, rules)
    rest = words[start:]
    cut = AFTER_NAME.search(rest, 1)
    name = (rest[: cut.start()] if cut else rest).strip(EDGES).rstrip(".")
    name = FOREIGN_ENDING.sub("", name)
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_NAME_WORDS:
        return None
    if name[0].islower() or is_refused(name, rules) or not any(c.isalpha() for c in name):
        return None
    if DATE.fullmatch(name):
        return None
    shift = start + rest.index(name)
    return Named(name, None, shift, len(name))


def _own_beginning(words: str, rules: FurnitureRules) -> int:
    """Lower-case nouns lead to a name; a capital one, or one without case, is a part of it."""
    found = _beginnings(words, rules)
    names = (at for at in found if not words[at : at + 1].islower() and not ISSUE.match(words, at))
    return next(names, found[-1])


def _beginnings(words: str, rules: FurnitureRules) -> list[int]:
    """Where the name may begin: at the start, and after each word that leads to it.

    In scripts with case any lower-case word may lead to a name, in all others only those listed.
    """
    at = len(words) - len(words.lstrip(EDGES))
    found = [at]
    leading = _leading(rules.outlet_words)
    while len(found) <= MOST_LEADING_WORDS:
        match = leading.match(words, at) or LOWER_WORD.match(words, at)
        if match is None:
            break
        at = match.end()
        found.append(at)
    return found


@lru_cache(maxsize=64)
def _leading(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        rf"(?:{'|'.join(longest_first) or '(?!)'})(?:(?<=')|\s+|\s*(?=[«“„\"]))", re.I
    )


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold_name(word) for word in words)
