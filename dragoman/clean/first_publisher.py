"""Who first published the text: every claim that the page makes of it, with the rule that read it.

In: labelled lines and what the page states. Out: claims of outlets other than the page's own. A
citation, a picture's source, a list of sources or the page's own name is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.clean.facts import PageFacts
from dragoman.clean.furniture import Footer, footer_of
from dragoman.clean.house import House, site_of
from dragoman.clean.lines import Line, is_paragraph, key_of, labelled
from dragoman.clean.outlet_names import Named, holds_press_word, is_refused, read_name
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, host_of
from dragoman.model import BODY_LABELS, Claim

# Best evidence first. A feed's footer is there only when the page was imported from that feed.
TRUST = (
    "feed-footer", "first-published-line", "outlet-phrase", "original-line",
    "page: canonical address",
    "page: stated original", "source-line", "page: og address", "page: stated publisher",
    "feed: source", "page: stated author", "page: stated source",
    "linked beside the title", "byline of an outlet", "via-line",
)  # fmt: skip
LONGEST_PHRASE_LINE = 700
LONGEST_BYLINE = 90
NEAR_TITLE = 2
LINES_ABOVE = 4
"""Lines between a by-line and the first paragraph, at most."""
VIA = re.compile(r"(?i:\b(?:authored|written|posted|by|par|por|von)\b.{0,60}? via )(.{2,60}?)\W*\Z")
MOST_LEADING = 3
"""Words between "published in" and a name that no file knows."""
LED_ASTRAY = re.compile(
    r"(?<!\w)(?:with|avec|mit|con|com|by|par|von|por|door|av|с|з|partner\w*|partena\w*)(?!\w)", re.I
)
MOST_BEHIND = 12
"""Characters behind a name in a line that names nothing else."""
COLON = re.compile(r"\A[^:：]{2,40}[:：]")
OFFICIAL = re.compile(r"\.(?:int|gov|gouv|gob|mil|edu|ac)(?:\.\w\w)?\Z")
"""Hosts of offices and universities, which are sources of figures."""
DEEP = re.compile(r"//[^/]+/[^/?#]")
"""An address of a page, not of a site."""
BESIDE = re.compile(r"\s*[·•|–—]\s*|\s{2,}|,\s|\n")


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
        *_bylines(lines, rules, outlets),
        *_beside_title(lines, outlets),
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
        if named is None or not _believable(named, footer, line, rules, house):
            continue
        start = line.start + footer.start + named.shift
        value = named.value if named.outlet else _name_of_host(named.value, lines, rules)
        yield Claim(value, start, start + named.length, footer.name)


def _name_of_host(value: str, lines: Sequence[Line], rules: FurnitureRules) -> str:
    """An address' outlet by the name that another line of the page gives it."""
    label = fold_name(site_of(value).split(".")[0])
    for line in labelled(lines, "syndication") if "." in value else ():
        footer = footer_of(line, rules)
        if footer is not None and fold_name(footer.words) == label:
            return footer.words.strip(" .")
    return value


def _linked(line: Line, outlets: Outlets, house: House) -> Outlet | None:
    """The one other outlet that the line's links lead to."""
    found = {
        o.id: o for o in map(outlets.at, line.hrefs) if o is not None and o is not house.outlet
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _by_link(linked: Outlet | None, words: str) -> Named | None:
    return Named(linked.name, linked, 0, len(words)) if linked is not None else None


def _believable(
    named: Named, footer: Footer, line: Line, rules: FurnitureRules, house: House
) -> bool:
    """A sentence is believed on its word; what only stands behind a colon needs a second sign."""
    hosts = {host_of(href) for href in line.hrefs if "//" in href} - {""}
    if hosts and named.outlet is None and all(map(house.holds, hosts)):
        return False
    if is_refused(named.value, rules):
        return False
    led = footer.words[: named.shift].split()
    if named.outlet is None and (len(led) > MOST_LEADING or LED_ASTRAY.search(" ".join(led))):
        return footer.name == "feed-footer" or holds_press_word(named.value, rules)
    in_short = footer.name in ("source-line", "via-line")
    if not in_short and not (footer.name == "original-line" and COLON.search(line.text)):
        return True
    # What goes on behind the name is a list of sources, or no name at all.
    goes_on = len(footer.words.strip(" .")) > named.shift + named.length + MOST_BEHIND
    if named.outlet is not None:  # "Source: AFP" is read with the agencies
        return not named.outlet.is_agency and not (goes_on and "," in footer.words)
    return footer.name != "via-line" and not goes_on and _looks_like_outlet(named, hosts, rules)


def _looks_like_outlet(named: Named, hosts: Iterable[str], rules: FurnitureRules) -> bool:
    """An unknown name that is an address, that links to its namesake, or is made as such are."""
    if "." in named.value and " " not in named.value:
        return not OFFICIAL.search(named.value)
    label = fold_name(named.value)
    linked = any(label == fold_name(site_of(host).split(".")[0]) for host in hosts)
    return linked or holds_press_word(named.value, rules)


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
    # Where no file knows the house, what it calls itself must tell it from the others.
    told_apart = house.outlet is not None or facts.site_name not in (None, facts.publisher)
    if told_apart:
        yield from _known(facts.authors, outlets, "page: stated author")
    if facts.publisher and told_apart:
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
    for stated in facts.originals:
        host = host_of(stated)
        outlet = outlets.at(stated)
        if outlet is not None or ("." in host and not house.holds(host)):
            yield Claim(outlet.name if outlet else host, None, None, "page: stated original")


def _known(names: Iterable[str], outlets: Outlets, rule: str) -> Iterator[Claim]:
    for name in names:
        outlet = outlets.named(name)
        if outlet is not None and not outlet.is_agency:
            yield Claim(outlet.name, None, None, rule)


def _bylines(lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets) -> Iterator[Claim]:
    """A by-line that holds the name of another outlet: alone, behind a person, or behind "via"."""
    for line in _near(lines):
        if line.label not in ("byline", "other", "body", "navigation"):
            continue
        via = VIA.search(line.text)
        named = read_name(via.group(1), rules, outlets) if via else None
        if via and named is not None and not is_refused(named.value, rules):
            start = line.start + via.start(1) + named.shift
            yield Claim(named.value, start, start + named.length, "byline of an outlet")
        elif line.label == "byline" or len(line.text) <= LONGEST_BYLINE:
            yield from _parts_of(line, outlets)


def _parts_of(line: Line, outlets: Outlets) -> Iterator[Claim]:
    """ "By the Valley Mail", "A. Person, Valley Mail", "Valley Mail, Norway"."""
    words = line.text.strip(" .|•·—–-")
    parts = [part.strip() for part in words.split(",")]
    if line.label == "byline" and len(parts) == 1:
        names = [words, words.partition(" ")[2]]
    elif len(parts) in (2, 3) and not any(map(str.isdigit, words)):
        names = parts[1:] if len(parts) == 3 or " " in parts[1] else parts
    else:
        return
    for name in names:
        outlet = outlets.named(name)
        if outlet is not None and not outlet.is_agency:
            start = line.start + line.text.index(name)
            yield Claim(outlet.name, start, start + len(name), "byline of an outlet")
            return


def _beside_title(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    """Aggregators set the source beside the date and link it to the page that they took."""
    for line in _near(lines):
        hosts = [outlets.at(href) for href in line.hrefs if DEEP.search(href)]
        if len(line.text) > LONGEST_BYLINE or not any(hosts):
            continue
        name = BESIDE.split(line.text.strip(), maxsplit=1)[0]
        outlet = outlets.named(name)
        if outlet is not None and outlet in hosts:
            start = line.start + line.text.index(name)
            yield Claim(outlet.name, start, start + len(name), "linked beside the title")


def _near(lines: Sequence[Line]) -> list[Line]:
    """Lines so close to headline or first paragraph that they can only tell of the article."""
    heads = [i for i, other in enumerate(lines) if other.label == "headline"][:2]
    first = next((i for i, other in enumerate(lines) if is_paragraph(other)), 0)
    at = {i for head in heads for i in range(head - NEAR_TITLE, head + NEAR_TITLE + 1)}
    at |= set(range(first - LINES_ABOVE, first))
    return [lines[i] for i in sorted(at) if 0 <= i < len(lines)]
