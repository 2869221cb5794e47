"""Which of PLOVER's categories ACLED has event types for, and which types these are.

ACLED records violence, demonstrations, and a short list of strategic developments. Visits, talks,
aid, sanctions or accusations are none of these: they have no row rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BATTLES = "Battles"
REMOTE = "Explosions/Remote violence"
CIVILIANS = "Violence against civilians"
PROTESTS = "Protests"
RIOTS = "Riots"
STRATEGIC = "Strategic developments"

DISORDER: Mapping[str, str] = {
    BATTLES: "Political violence",
    REMOTE: "Political violence",
    CIVILIANS: "Political violence",
    RIOTS: "Political violence",
    PROTESTS: "Demonstrations",
    STRATEGIC: "Strategic developments",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """An ACLED event type with its sub-type; None where ours does not decide it."""

    event: str
    sub: str | None


BY_MODE: Mapping[tuple[str, str | None], Kind] = {
    ("PROTEST", None): Kind(PROTESTS, None),
    ("PROTEST", "demo"): Kind(PROTESTS, "Peaceful protest"),
    ("PROTEST", "obstruct"): Kind(PROTESTS, None),
    ("PROTEST", "riot"): Kind(RIOTS, "Violent demonstration"),
    ("ASSAULT", "abduct"): Kind(CIVILIANS, "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): Kind(CIVILIANS, "Sexual violence"),
    ("ASSAULT", "explosives"): Kind(REMOTE, "Remote explosive/landmine/IED"),
    ("ASSAULT", "suicide-attack"): Kind(REMOTE, "Suicide bomb"),
    ("ASSAULT", "heavy-weapons"): Kind(REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "crowd-control"): Kind(PROTESTS, "Protest with intervention"),
    ("ASSAULT", "destroy"): Kind(STRATEGIC, "Looting/property destruction"),
    ("COERCE", "arrest"): Kind(STRATEGIC, "Arrests"),
    ("RETREAT", "ceasefire"): Kind(STRATEGIC, "Agreement"),
    ("MOBILIZE", "troops"): Kind(STRATEGIC, "Change to group/activity"),
    ("MOBILIZE", "militia"): Kind(STRATEGIC, "Change to group/activity"),
}
"""By category and mode. Strikes, fasts and boycotts are no demonstrations and are left out."""
BY_CAMEO: Mapping[tuple[str, str], Kind] = {
    ("ASSAULT", "195"): Kind(REMOTE, "Air/drone strike"),
    ("ASSAULT", "1951"): Kind(REMOTE, "Air/drone strike"),
    ("ASSAULT", "1952"): Kind(REMOTE, "Air/drone strike"),
    ("COERCE", "192"): Kind(STRATEGIC, "Non-violent transfer of territory"),
}
"""Where the CAMEO code says more than the mode."""
ASSAULT = "ASSAULT"
CLASH = Kind(BATTLES, "Armed clash")
ATTACK = Kind(CIVILIANS, "Attack")

STATE, REBELS, UNALIGNED = "State forces", "Rebel group", "Political militia"
PROTESTERS, RIOTERS, UNARMED = "Protesters", "Rioters", "Civilians"
PARTIES: Mapping[str, str] = {
    **dict.fromkeys(("GOV", "MIL", "COP", "SPY"), STATE),
    "REB": REBELS,
    "UAF": UNALIGNED,
    **dict.fromkeys(("CIV", "REF", "MED", "NGO", "EDU", "HLH", "LAB", "BUS", "REL"), UNARMED),
}
"""PLOVER sector → ACLED's kind of actor; others are left empty."""
ARMED = frozenset({STATE, REBELS, UNALIGNED})


def kind_of(
    category: str, mode: str | None, cameo: str | None, actor: str | None, other: str | None
) -> Kind | None:
    """What an event is to ACLED, or None. `actor`, `other`: kinds of the two sides.

    An assault of no particular mode is a clash between armed sides, an attack on civilians, or,
    where it isn't known who was hit, nothing that could be told.
    """
    found = BY_CAMEO.get((category, cameo or "")) or BY_MODE.get((category, mode))
    if found is not None or category != ASSAULT:
        return found
    if other == UNARMED:
        return ATTACK
    return CLASH if actor in ARMED and other in ARMED else None
