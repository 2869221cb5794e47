"""What people may leave at the desk: one module for each form, and the list of all."""

from dataclasses import replace

from dragoman.config import Config
from dragoman.publish.forms import (
    account,
    alert_mail,
    comment,
    comment_queue,
    comments_data,
    desk,
    error_note,
    invitation,
    judge_actor,
    judge_event,
    judge_story,
    judgements,
    member,
    members,
    notes,
    own_comment,
    republish,
    searches,
    sign_in,
    sources,
)
from dragoman.publish.sitting import Form

ABOUT_COMMENTS: tuple[Form, ...] = (
    comment.FORM,
    own_comment.EXPORT,
    own_comment.FORM,
    comments_data.FORM,
    comment_queue.FORM,
)
FORMS: tuple[Form, ...] = (
    error_note.FORM,
    sign_in.FORM,
    sign_in.OUT,
    invitation.FORM,
    desk.FORM,
    account.FORM,
    members.FORM,
    member.FORM,
    judge_event.FORM,
    judge_story.FORM,
    judge_actor.FORM,
    judgements.FORM,
    notes.FORM,
    sources.FORM,
    republish.FORM,
    searches.FORM,
    alert_mail.FORM,
    *ABOUT_COMMENTS,
)


def forms_of(config: Config) -> tuple[Form, ...]:
    """Those that a desk of these settings has: where comments are off, none of them is there."""
    if not config.comments.on:
        return tuple(form for form in FORMS if form not in ABOUT_COMMENTS)
    often = replace(comment.FORM, per_minute=config.comments.per_minute)
    return tuple(often if form is comment.FORM else form for form in FORMS)
