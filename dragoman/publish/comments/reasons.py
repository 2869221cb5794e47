"""Why a comment was put where it is, in the language of whoever moderates.

In: a reason as the store keeps it. Out: a sentence. What the filter found is worded by the filter;
here stand the reasons of the desk itself. A kind that an older version knew is shown as it is.
"""

from __future__ import annotations

from dragoman.model.comment import CommentReason
from dragoman.publish.spam.reasons import SAID, told
from dragoman.publish.spam.writing import Reason
from dragoman.publish.wording import N_, Table

OWN = Table(
    {
        "blocked": N_("A member blocked this person: everything of theirs is held."),
        "edited": N_("It was changed by who wrote it, which never shows it sooner."),
        "unheld": N_("This desk does not hold the first comment of a person."),
        "akismet_spam": N_("Akismet takes it for spam."),
        "akismet_fine": N_("Akismet does not take it for spam."),
        "akismet_silent": N_("Akismet was asked and did not answer; so it is held."),
    }
)


def worded(reason: CommentReason) -> str:
    if reason.kind in OWN:
        return OWN[reason.kind]
    if reason.kind not in SAID:
        return reason.kind
    return told(Reason(reason.kind, reason.weight, reason.shown))
