"""What can be said of a comment in words: its links, its calls and offers, its shape, its name.

In: a `Writing` and its plain text. Out: a number from 0 to 1 for each trait of `TRAITS`, and the
words or addresses that show it. What a trait weighs is the model's to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p

from dragoman.knowledge.lures import KINDS, Lures, folded
from dragoman.publish.spam.plain import LINK, Plain
from dragoman.publish.spam.writing import Writing

SHAPES = (
    "links",
    "link_share",
    "own_links",
    "shortened_link",
    "doubtful_host",
    "mail",
    "disposable_mail",
    "phone",
    "sum",
    "disguise",
    "capitals",
    "exclamation",
    "repetition",
    "long_runs",
    "short",
    "long",
    "tag",
    "other_script",
    "no_letters",
    "name_address",
    "name_lure",
    "name_digits",
)
TRAITS = (*KINDS, "several_kinds", *SHAPES)
_LATIN = re.compile("[a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "kk"), re.compile("[\u0400-\u052f]")),
    **dict.fromkeys(("ar", "fa", "ur"), re.compile("[\u0600-\u06ff\u0750-\u077f]")),
}
"""Letters by language of the page; all others are taken to be written in Latin."""
_TAG = re.compile(r"[@#]\w{2,}")
_LONG_RUN = re.compile(r"(\w)\1{2,}")


@dataclass(frozen=True, slots=True)
class Traits:
    amounts: Mapping[str, float]
    """Those that a comment has, each over 0 and up to 1."""
    shown: Mapping[str, tuple[str, ...]]
    """By trait the words of the comment that show it, where words do."""


def traits(writing: Writing, plain: Plain, name: Plain, lures: Lures) -> Traits:
    """All traits of a comment."""
    found = lures.found(folded(plain.text))
    amounts = {kind: _much(len(hits), 4) for kind, hits in found.items()}
    amounts["several_kinds"] = _much(max(0, sum(map(bool, found.values())) - 1), 4)
    amounts |= _addresses(plain, writing, lures) | _shape(plain) | _strangeness(writing, plain)
    amounts |= _of_name(name, lures)
    shown = {kind: tuple(dict.fromkeys(hits)) for kind, hits in found.items()}
    shown["links"] = tuple(link for link in plain.links if link)
    return Traits({trait: amount for trait, amount in amounts.items() if amount}, shown)


def _much(count: float, plenty: int) -> float:
    """0 for none, 1 for `plenty` and more, fast at first."""
    return min(1.0, log1p(count) / log1p(plenty))


def _addresses(plain: Plain, writing: Writing, lures: Lures) -> dict[str, float]:
    hosts = [link.split("/")[0].split(":")[0] for link in plain.links]
    outside = [host for host in hosts if host not in writing.own_hosts]
    mails = [*plain.mails, *([writing.email.rpartition("@")[2].lower()] if writing.email else [])]
    words = len(plain.text.split())
    return {
        "links": _much(len(outside), 4),
        "link_share": len(outside) / max(words, len(outside), 1),
        "own_links": _much(len(hosts) - len(outside), 4),
        "shortened_link": float(any(host in lures.shorteners for host in hosts)),
        "doubtful_host": float(any(host.rpartition(".")[2] in lures.doubtful for host in hosts)),
        "mail": _much(len(plain.mails), 2),
        "disposable_mail": float(any(host in lures.disposable for host in mails)),
        "phone": float(plain.phones > 0),
        "sum": _much(plain.sums, 3),
        "disguise": _much(plain.disguises, 3),
    }


def _shape(plain: Plain) -> dict[str, float]:
    written = plain.written.replace(LINK, " ")
    letters = [c for c in written if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    words = re.findall(r"\w+", plain.text)
    most = Counter(words).most_common(1)[0][1] if words else 0
    return {
        "capitals": capitals / len(letters) if len(letters) > 8 and capitals > 4 else 0.0,
        "exclamation": _much(written.count("!"), 6),
        "repetition": (most - 2) / len(words) if most > 2 else 0.0,
        "long_runs": _much(len(_LONG_RUN.findall(written)), 4),
        "short": max(0.0, 1 - len(words) / 8),
        "long": _much(max(0, len(words) - 20), 200),
        "tag": _much(len(_TAG.findall(written)), 4),
        "no_letters": float(not letters),
    }


def _strangeness(writing: Writing, plain: Plain) -> dict[str, float]:
    letters = "".join(c for c in plain.written if c.isalpha())
    expected = SCRIPTS.get(writing.language, _LATIN)
    other = len(letters) - len(expected.findall(letters))
    return {"other_script": other / len(letters) if letters else 0.0}


def _of_name(name: Plain, lures: Lures) -> dict[str, float]:
    lured = any(lures.found(folded(name.text)).values())
    return {
        "name_address": float(bool(name.links or name.mails)),
        "name_lure": float(lured),
        "name_digits": float(name.text.count("0") > 2),
    }
