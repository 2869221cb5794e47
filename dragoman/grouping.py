"""Groups that are a function of the set, under ids that are given once.

In: what is linked with what. Out: groups in an order of their own, whatever order their members
came in; and for groups that were there before, which of them each new group goes on. Articles
make stories and copies this way, reports make happenings. A person's word joins or parts them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.model import Grouping, Joining

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


def ruled(groups: Iterable[Group], words: Iterable[Grouping]) -> list[Group]:
    """The groups as people will have them, each word over what the earlier ones left.

    What is said to be one brings all of its groups together; what is said to be apart leaves only
    where any of the rest is. Members that are in no group say nothing.
    """
    made = [group for group in groups if group]
    for word in words:
        if isinstance(word, Joining):
            members = {one for group in word.members for one in group}
            joined = [group for group in made if group & members]
            made = [group for group in made if not group & members]
            made += [frozenset().union(*joined)] if joined else []
        else:
            out, rest = frozenset(word.out), frozenset(word.rest)
            parted = [group for group in made if group & out and group & rest]
            made = [group for group in made if group not in parted]
            made += [part for group in parted for part in (group & out, group - out)]
    return sorted(made, key=min)


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
    *,
    taken_in: Callable[[Collection[str]], Mapping[str, str]] = lambda _: {},
    elder: Collection[str] = (),
) -> Named:
    """Give each group of `after` an id, those of `before` going on where most of them are.

    A merge leaves the other ids redirected; a split keeps the id with the larger part. A new id is
    made by `new_id` of a group's least member that gives one which is not taken (`is_free`: nor
    elsewhere). Ids of groups all of whose members are gone appear nowhere.

    `taken_in` tells which ids were redirected to some of `before`: a group that comes apart again
    gets the one that was made of a member of it. `elder` are ids that go first among equals.
    """
    after = list(after)
    made = _named(before, after, new_id, is_free, elder)
    if set(made.groups) <= set(before):
        return made
    back = {
        old: [one for one in before.get(heir, ()) if new_id(one) == old]
        for old, heir in taken_in(before).items()
        if old not in before
    }
    return _named({**before, **back}, after, new_id, is_free, elder) if back else made


def _named(
    before: Mapping[str, Collection[str]],
    after: Sequence[Group],
    new_id: Callable[[str], str],
    is_free: Callable[[str], bool],
    elder: Collection[str],
) -> Named:
    home = {member: group for group in after for member in group}
    shared: dict[tuple[str, Group], int] = {}
    for old, members in before.items():
        for member in members:
            if member in home:
                shared[old, home[member]] = shared.get((old, home[member]), 0) + 1

    def rank(pair: tuple[str, Group]) -> tuple[int, bool, bool, str, str]:
        """Most members, then the elder id, then where the member is that the id was made of."""
        old, group = pair
        is_made_of = len(shared) > 1 and any(new_id(one) == old for one in group)
        return -shared[pair], old not in elder, not is_made_of, old, min(group)

    given: dict[Group, str] = {}
    heir: dict[str, Group] = {}
    for old, group in sorted(shared, key=rank):
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
