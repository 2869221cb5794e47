"""What people may leave at the desk: one module for each form, and the list of all."""

from dragoman.publish.forms import (
    error_note,
    judge_actor,
    judge_event,
    judge_story,
    judgements,
    notes,
    sources,
)
from dragoman.publish.sitting import Form

FORMS: tuple[Form, ...] = (
    error_note.FORM,
    judge_event.FORM,
    judge_story.FORM,
    judge_actor.FORM,
    judgements.FORM,
    notes.FORM,
    sources.FORM,
)
