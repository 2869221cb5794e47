"""What becomes of comments and of what readers leave with them: for them to read, not to send.

In: the desk's settings. Out: the page that the notice under every form leads to.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.config import CommentSettings
from dragoman.publish.sitting import Form, Sitting


@dataclass(frozen=True, slots=True)
class CommentsDataPage:
    days_open: int
    holds_first: bool
    edit_minutes: int
    spam_days: int
    person_days: int
    akismet: bool
    is_erased: bool
    """Whether the reader comes here from having erased a comment."""


def view(sitting: Sitting, _ids: tuple[str, ...]) -> CommentsDataPage:
    return data_page(sitting.room.config.comments, is_erased=sitting.asked("erased") == "1")


def data_page(settings: CommentSettings, *, is_erased: bool = False) -> CommentsDataPage:
    return CommentsDataPage(
        settings.close_after,
        settings.hold_first,
        settings.edit_minutes,
        settings.spam_days,
        settings.person_days,
        settings.akismet_key is not None,
        is_erased,
    )


FORM = Form("/comments-data", "comments_data.html", view)
