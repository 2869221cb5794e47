"""Groups that are a function of the set, under ids that are given once.

In: what is linked with what. Out: groups in an order of their own, whatever order their members
came in; and for groups that were there before, which of them each new group goes on. Articles
make stories and copies this way, reports make happenings.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

Group = frozenset[str]


def connected(nodes: Iterable[str], linked: Callable[[str], Iterable[str]]) -> list[Group]:
    """The connected parts of a graph around `nodes`, by their least member.

    `linked` gives a node's neighbours, both ways; they belong to the part even where `nodes` does
    not name them.
    """
    parts: list[Group] = []
    seen: set[str] = set()
    for start in sorted(set(nodes)):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            new = set(linked(waiting.pop())) - part
            part |= new
            waiting += new
        seen |= part
        parts.append(frozenset(part))
    return sorted(parts, key=min)


@dataclass(frozen=True, slots=True)
class Named:
    """Groups by id, and the ids that another one took in."""

    groups: Mapping[str, Group]
    redirects: Mapping[str, str] = field(default_factory=dict)


def named(
    before: Mapping[str, Collection[str]],
    after: Iterable[Group],
    new_id: Callable[[str], str],
    is_free: Callable[[str], bool] = lambda _: True,
) -> Named:
    """Give each group of `after` an id, those of `before` going on where most of them are.

    A merge leaves the other ids redirected; a split keeps the id with the larger part. A new id is
    made by `new_id` of a group's least member that gives one which is not taken (`is_free`: nor
    elsewhere). Ids of groups all of whose members are gone appear nowhere.
    """
    home = {member: group for group in after for member in group}
    shared: dict[tuple[str, Group], int] = {}
    for old, members in before.items():
        for member in members:
            if member in home:
                shared[old, home[member]] = shared.get((old, home[member]), 0) + 1
    given: dict[Group, str] = {}
    heir: dict[str, Group] = {}
    for old, group in sorted(shared, key=lambda k: (-shared[k], k[0], min(k[1]))):
        if old not in heir:
            heir[old] = group
            given.setdefault(group, old)
    taken = set(before)
    for group in sorted(set(home.values()) - set(given), key=min):
        made = _first_free(group, new_id, taken, is_free)
        taken.add(made)
        given[group] = made
    redirects = {old: given[group] for old, group in heir.items() if given[group] != old}
    return Named({identity: group for group, identity in given.items()}, redirects)


def _first_free(
    group: Group, new_id: Callable[[str], str], taken: set[str], is_free: Callable[[str], bool]
) -> str:
    ids = (new_id(member) for member in sorted(group))
    found = next((made for made in ids if made not in taken and is_free(made)), None)
    number = 2
    while found is None:
        made = new_id(f"{min(group)} {number}")
        if made not in taken and is_free(made):
            found = made
        number += 1
    return found
