"""What people may leave at the desk: one module for each form, and the list of all."""

from dragoman.publish.forms import account, desk, error_note, invitation, member, members, sign_in
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
)
