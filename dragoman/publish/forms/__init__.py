"""What people may leave at the desk: one module for each form, and the list of all."""

from dataclasses import replace

from dragoman.config import Config
from dragoman.publish.forms import (
    comment,
    comment_queue,
    comments_data,
    error_note,
    own_comment,
)
from dragoman.publish.sitting import Form

ABOUT_COMMENTS: tuple[Form, ...] = (
    comment.FORM,
    own_comment.EXPORT,
    own_comment.FORM,
    comments_data.FORM,
    comment_queue.FORM,
)
FORMS: tuple[Form, ...] = (error_note.FORM, *ABOUT_COMMENTS)


def forms_of(config: Config) -> tuple[Form, ...]:
    """Those that a desk of these settings has: where comments are off, none of them is there."""
    if not config.comments.on:
        return tuple(form for form in FORMS if form not in ABOUT_COMMENTS)
    often = replace(comment.FORM, per_minute=config.comments.per_minute)
    return tuple(often if form is comment.FORM else form for form in FORMS)
