"""What an editor decides of an article that others may print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ruling = Literal["approved", "dropped", "waiting"]
"""It is handed on, it is not, or the decision before was taken back."""
LONGEST_LEAD = 500
"""Characters of a lead in the desk's own words."""


@dataclass(frozen=True, slots=True)
class Decision:
    id: int
    article_id: str
    digest: str
    """Of what would be handed on, as it stood."""
    what: Ruling
    lead: str | None
    """A lead in the desk's own words; the article's text stays as it is."""
    by: str | None
    why: str | None
    at: str
