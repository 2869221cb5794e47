"""What the filter is shown of a comment, and what it says of it.

In: a form that was sent, as `Writing`. Out: `Verdict`, with a reason for whatever it says.
No outcome takes a comment away: the worst is a folder that moderators can look through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["publish", "hold", "spam"]
"""`hold` waits for a moderator; `spam` waits in a folder of its own."""


@dataclass(frozen=True, slots=True)
class Writing:
    name: str
    text: str
    language: str
    """Code of the page's language."""
    seconds: float | None = None
    """Between the form being given and being sent; None where nobody knows."""
    trap_filled: bool = False
    """Whether something stands in the field that people do not see."""
    token_valid: bool = True
    """Whether the form's token is one that we signed."""
    known: bool = False
    """Whether a moderator has approved a comment of this person."""
    email: str = ""
    recent: tuple[int, ...] = ()
    """Signatures (`sameness.signature`) of what others sent lately, to any page."""
    own_hosts: frozenset[str] = frozenset()
    """Hosts of the site itself; links within it lead nobody away."""


@dataclass(frozen=True, slots=True)
class Reason:
    kind: str
    """One of `reasons.SAID`."""
    weight: float = 0.0
    """What it adds to the log-odds of spam; 0 for a rule, which needs none."""
    shown: tuple[str, ...] = ()
    """Words and addresses of the comment that it rests on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    score: float
    """Chance of spam as the model sees it, 0 to 1."""
    reasons: tuple[Reason, ...]
    """At least one: first the rule that decided, then what weighed most."""
