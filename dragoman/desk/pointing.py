"""What a desk can be pointed at without looking there: addresses of a given kind, and outlets.

In: what a person typed. Out: `Source`s, not yet kept. What is no address is refused; whether
anything answers there is found in the next round.
"""

from __future__ import annotations

from dragoman.addresses import normal_address
from dragoman.errors import Unreadable
from dragoman.knowledge import Knowledge
from dragoman.model import Source, SourceKind
from dragoman.store import source_id


def feeds_of(outlet_id: str, knowledge: Knowledge) -> list[Source]:
    """The feeds that are known of an outlet. Raises Unreadable where there are none."""
    outlet = knowledge.outlets.by_id.get(outlet_id)
    if outlet is None or not outlet.feeds:
        raise Unreadable(outlet_id, "we know no feed of this outlet; add it by its address")
    return [Source(source_id(one), one, "feed", outlet=outlet.id) for one in outlet.feeds]


def source_at(address: str, kind: SourceKind, knowledge: Knowledge) -> Source:
    """A feed, sitemap or page at an address. Raises Unreadable for what is no address."""
    place = written_out(address)
    if normal_address(place) is None:
        raise Unreadable(address, "no address of the web; it begins with https:// or http://")
    known = knowledge.outlets.at(place)
    return Source(source_id(place), place, kind, outlet=known.id if known is not None else None)


def written_out(address: str) -> str:
    """With its scheme. Raises Unreadable for a word that can be no address."""
    if "://" in address:
        return address
    if "." not in address:
        raise Unreadable(address, "neither an address, a file nor the id of an outlet")
    return f"https://{address}"
