"""What people may leave at the desk: one module for each form, and the list of all."""

from dragoman.publish.forms import error_note
from dragoman.publish.sitting import Form

FORMS: tuple[Form, ...] = (error_note.FORM,)
