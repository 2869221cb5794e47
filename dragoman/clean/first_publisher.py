"""Who first published the text: every claim that the page makes of it, with the rule that read it.

In: labelled lines and what the page states. Out: claims of outlets other than the page's own. A
citation, a picture's source, a list of sources or the page's own name is no claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.clean.facts import PageFacts
from dragoman.clean.furniture import footer_of
from dragoman.clean.lines import Line, key_of, labelled
from dragoman.clean.outlet_names import Named, holds_press_word, is_refused, read_name
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, host_of
from dragoman.model import BODY_LABELS, Claim

# Best evidence first. A feed's footer is there only when the page was imported from that feed.
TRUST = (
    "feed-footer", "first-published-line", "outlet-phrase", "original-line",
    "page: canonical address",
    "page: stated original", "source-line", "page: og address", "page: stated publisher",
    "feed: source", "page: stated author", "page: stated source", "byline of an outlet", "via-line",
)  # fmt: skip
LONGEST_PHRASE_LINE = 700
SHORTEST_ALIKE = 5
"""Letters that two names must share before one is taken for a longer form of the other."""
SECOND_LEVELS = frozenset(
    {"co", "com", "org", "net", "gov", "gouv", "gob", "edu", "ac", "or", "ne"}
)


@dataclass(frozen=True, slots=True)
class House:
    """Whose page it is: its outlet where a file knows it, and the names and host it goes by."""

    outlet: Outlet | None
    host: str
    names: frozenset[str]

    def owns(self, name: str, outlet: Outlet | None) -> bool:
        if outlet is not None and outlet is self.outlet:
            return True
        folded = fold_name(name)
        return any(
            folded == own
            or (min(len(folded), len(own)) >= SHORTEST_ALIKE and (folded in own or own in folded))
            for own in self.names
        ) and (outlet is None or self.outlet is None)

    def holds(self, host: str) -> bool:
        return bool(host and self.host) and site_of(host) == site_of(self.host)


def house_of(facts: PageFacts, outlets: Outlets) -> House:
    outlet = outlets.at(facts.url) or outlets.named(facts.site_name or "")
    host = host_of(facts.url or "")
    labels = site_of(host).split(".")[:1] if host else []
    names = {fold_name(name) for name in (facts.site_name or "", *labels)} - {""}
    return House(outlet, host, frozenset(names))


def site_of(host: str) -> str:
    """The part of a host that is one owner's: "news.bbc.co.uk" → "bbc.co.uk"."""
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVELS else 2
    return ".".join(labels[-keep:])


def first_publisher_claims(
    lines: Sequence[Line],
    facts: PageFacts,
    rules: FurnitureRules,
    outlets: Outlets,
    house: House,
) -> list[Claim]:
    """Claims of other outlets, the most trusted first; of equals, the one nearest the text."""
    found = [
        *_footers(lines, rules, outlets, house),
        *_phrases(lines, outlets),
        *_stated(facts, rules, outlets, house),
        *_bylines(lines, outlets),
    ]
    others = [claim for claim in found if not house.owns(claim.value, outlets.named(claim.value))]
    return sorted(others, key=lambda claim: TRUST.index(claim.rule))


def _footers(
    lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets, house: House
) -> Iterator[Claim]:
    for line in labelled(lines, "syndication"):
        footer = footer_of(line, rules)
        if footer is None or (footer.name == "source-line" and not _at_an_end(line, lines)):
            continue
        named = read_name(footer.words, rules, outlets)
        linked = _linked(line, outlets, house)
        if named is None or (named.outlet is None and linked is not None):
            named = _by_link(linked, footer.words) or named
        if named is None or not _believable(named, footer.name, footer.words, line, rules, house):
            continue
        start = line.start + footer.start + named.shift
        yield Claim(named.value, start, start + named.length, footer.name)


def _linked(line: Line, outlets: Outlets, house: House) -> Outlet | None:
    """The one other outlet that the line's links lead to."""
    found = {
        o.id: o for o in map(outlets.at, line.hrefs) if o is not None and o is not house.outlet
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _by_link(linked: Outlet | None, words: str) -> Named | None:
    return Named(linked.name, linked, 0, len(words)) if linked is not None else None


def _believable(
    named: Named, rule: str, words: str, line: Line, rules: FurnitureRules, house: House
) -> bool:
    """A footer is believed on its word; a "Source:" with an unknown name needs a second sign."""
    hosts = {host_of(href) for href in line.hrefs if "//" in href} - {""}
    if hosts and named.outlet is None and all(map(house.holds, hosts)):
        return False
    if is_refused(named.value, rules):
        return False
    if rule not in ("source-line", "via-line"):
        return True
    several = len(words.strip(" .")) > named.shift + named.length + 12
    if named.outlet is not None:
        return not (several and "," in words)
    if several:
        return False
    label = fold_name(named.value)
    linked = any(label == fold_name(site_of(host).split(".")[0]) for host in hosts)
    return linked or ("." in named.value and "/" in words) or holds_press_word(named.value, rules)


def _at_an_end(line: Line, lines: Sequence[Line]) -> bool:
    """Below the last paragraph; what stands amid the text is the source of a picture or table."""
    body = [other for other in lines if other.label in BODY_LABELS and other.is_prose]
    return not body or line.start > body[-1].start or line.start < body[0].start


def _phrases(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    """Sentences that one outlet's re-publishers must print."""
    phrases = [
        (outlet, key_of(phrase))
        for outlet in outlets
        for phrase in outlet.republisher_phrases
        if key_of(phrase)
    ]
    for line in lines:
        key = key_of(line.text) if phrases and len(line.text) < LONGEST_PHRASE_LINE else ""
        for outlet, phrase in phrases:
            if key and phrase in key:
                line.set("syndication", "outlet-phrase")
                yield Claim(outlet.name, line.start, line.end, "outlet-phrase")


def _stated(
    facts: PageFacts, rules: FurnitureRules, outlets: Outlets, house: House
) -> Iterator[Claim]:
    """What the page says of itself where no reader sees it, and what its feed says of it."""
    for address, rule in (
        (facts.canonical, "page: canonical address"), (facts.og_url, "page: og address"),
    ):  # fmt: skip
        elsewhere = outlets.at(address)
        if facts.url and elsewhere is not None and elsewhere is not outlets.at(facts.url):
            yield Claim(elsewhere.name, None, None, rule)
    yield from _originals(facts, rules, outlets, house)
    yield from _known(facts.credited, outlets, "page: stated source")
    yield from _known(facts.authors, outlets, "page: stated author")
    if facts.publisher and house.outlet is not None:
        yield from _known([facts.publisher], outlets, "page: stated publisher")
    entry = facts.entry
    if entry is not None and (entry.first_publisher or entry.first_address):
        outlet = outlets.at(entry.first_address) or outlets.named(entry.first_publisher or "")
        host = host_of(entry.first_address or "")
        if not house.holds(host):
            value = outlet.name if outlet is not None else entry.first_publisher or host
            yield Claim(value, None, None, "feed: source")


def _originals(
    facts: PageFacts, rules: FurnitureRules, outlets: Outlets, house: House
) -> Iterator[Claim]:
    for name in facts.based_on_outlet:
        outlet = outlets.named(name)
        yield Claim(outlet.name if outlet else name, None, None, "page: stated original")
    for stated in facts.based_on:
        outlet = outlets.named(stated) or (outlets.at(stated) if "." in stated else None)
        if outlet is not None and not outlet.is_agency:
            yield Claim(outlet.name, None, None, "page: stated original")


def _known(names: Iterable[str], outlets: Outlets, rule: str) -> Iterator[Claim]:
    for name in names:
        outlet = outlets.named(name)
        if outlet is not None and not outlet.is_agency:
            yield Claim(outlet.name, None, None, rule)


def _bylines(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    """A by-line that holds the name of another outlet and no person's."""
    for line in labelled(lines, "byline"):
        words = line.text.strip(" .|•·—–-")
        for name in (words, words.partition(" ")[2]):
            outlet = outlets.named(name)
            if outlet is not None and not outlet.is_agency:
                start = line.start + line.text.index(name)
                yield Claim(outlet.name, start, start + len(name), "byline of an outlet")
                break
