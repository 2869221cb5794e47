"""What is said where the store gives or takes nothing: the disk is full, it is closed, it is busy.

In: the store's error. Out: the status of the answer and its words, in the language that is spoken.
Where the desk lies is not told.
"""

from __future__ import annotations

from dragoman.errors import CannotWrite
from dragoman.publish.wording import N_, gettext

UNREADABLE = N_("the desk can't be read just now; try again")
WORDS = {
    "full": N_(
        "the desk has no room left, and what was sent was not kept; go back, copy what you wrote, "
        "and tell who keeps this desk"
    ),
    "read-only": N_(
        "this desk can only be read at present, and what was sent was not kept; go back and copy "
        "what you wrote"
    ),
    "busy": N_(
        "the desk is being written to and could not take what was sent; go back and send it again "
        "in a minute"
    ),
}


def unkept(fault: Exception) -> tuple[int, str]:
    """507 for a full disk, as WebDAV has it; 503 for what passes."""
    if not isinstance(fault, CannotWrite):
        return 503, gettext(UNREADABLE)
    return 507 if fault.why == "full" else 503, gettext(WORDS[fault.why])
