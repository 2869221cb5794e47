"""What people may leave at the desk: one module for each form, and the list of all."""

from dragoman.publish.forms import (
    account,
    alert_mail,
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
    republish,
    searches,
    sign_in,
    sources,
)
from dragoman.publish.sitting import Form

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
)
