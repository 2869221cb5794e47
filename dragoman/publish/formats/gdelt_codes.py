"""What GDELT's event files are coded by: the scale of an act, types of actors, ids as numbers.

Published facts of the CAMEO scheme; what is not known here stays empty in the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

GOLDSTEIN: Mapping[str, float] = {
    "01": 0.0, "02": 3.0, "03": 4.0, "04": 1.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0,
    "09": -2.0, "10": -5.0, "11": -2.0, "12": -4.0, "13": -6.0, "14": -6.5, "15": -7.2,
    "16": -4.0, "17": -7.0, "18": -9.0, "19": -10.0, "20": -10.0,
}  # fmt: skip
"""CAMEO root → its value on Goldstein's scale, from -10 (conflict) to 10 (cooperation)."""
TYPES: Mapping[str, str] = {
    "CIV": "CVL",
    **{
        one: one
        for one in (
            "BUS", "COP", "CRM", "EDU", "GOV", "HLH", "IGO", "JUD", "LAB", "LEG", "MED", "MIL",
            "NGO", "OPP", "REB", "REF", "SET", "SPY", "UAF",
        )
    },
}  # fmt: skip
"""PLOVER sector → CAMEO type. A sector that CAMEO has no type for is left empty."""
BITS = 53
"""Of an id as a number: what every program holds exactly, also those that count in doubles."""


def number_of(identity: str) -> int:
    """The same number for the same id, on every desk: the first bits of its SHA-256."""
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) >> (64 - BITS)


def root_of(cameo: str | None) -> str | None:
    return cameo[:2] if cameo else None
