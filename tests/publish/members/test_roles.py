"""Who may do what: every form, for everybody who may come, and for their programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.model.account import ROLES, Role, may
from dragoman.publish.forms import FORMS
from dragoman.publish.sitting import Form
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.members.people import NAMES, Browser, cookie, token

IDS = {
    "/event/{id0}/error": "e-met",
    "/article/{id0}/comment": "a-wire",
    "/desk/members/{id0}": "1",
    "/desk/invitation/{id0}": "x" * 43,
    "/event/{id0}/judge": "e-met",
    "/story/{id0}/judge": "s-ferries",
    "/actor/{id0}/judge": "AZE",
}
"""Something for each form with an id in its address."""
ROLED = [one for one in FORMS if one.role is not None]
TAKING = [one for one in FORMS if one.take is not None]


def at(form: Form) -> str:
    return form.address.replace("{id0}", IDS.get(form.address, "1"))


def named(form: Form) -> str:
    return form.address


def tokens_of(page: str, path: str) -> list[str]:
    """Those of the forms on a page that are sent to a path."""
    forms = re.findall(r'<form [^>]*action="([^"]*)"[^>]*>(.*?)</form>', page, re.S)
    return [
        found
        for action, inside in forms
        if action == path
        for found in re.findall(r'name="token" value="([^"]*)"', inside)
    ]


@pytest.mark.parametrize("form", ROLED, ids=named)
def test_nobody_is_let_in_without_a_name(desk: Client, form: Form) -> None:
    path = at(form)
    page = desk.get(path)
    assert page.status_code == 401
    assert f'name="to" value="{path}"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert desk.get(path, "application/json").status_code == 401
    assert desk.head(path).status_code == 401
    wanted = 405 if form.take is None else 401
    assert desk.post(path, {"do": "role", "why": "x"}).status_code == wanted


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("form", ROLED, ids=named)
def test_a_role_opens_its_own_rooms_alone(
    staffed: Path, desk: Client, form: Form, role: Role
) -> None:
    headers = {"cookie": cookie(staffed, role)}
    page = desk.get(at(form), headers=headers)
    assert form.role is not None
    is_open = may(role, form.role)
    assert page.status_code == (200 if is_open else 403)
    assert (f'href="{form.address}"' in desk.get("/desk", headers=headers).text) >= (
        is_open and "{" not in form.address
    )
    if form.take is not None:
        # Without what the page carries nobody gets further, and who may not is told that first.
        answer = desk.post(at(form), {"do": "role", "role": "editor", "why": "x"}, headers)
        assert answer.status_code == 403
        assert ("open the form anew" in answer.text) is is_open
    if not is_open:
        assert "ask an editor" in page.text


@pytest.mark.parametrize("role", ["reader", "moderator"])
def test_nobody_raises_themselves(staffed: Path, desk: Client, role: Role) -> None:
    """With the token of a form that they may open, and with that of an editor."""
    headers = {"cookie": cookie(staffed, role)}
    editor = desk.get("/desk/members/1", headers={"cookie": cookie(staffed, "editor")}).text
    for one in (*tokens_of(editor, "/desk/members/1"), *_own(desk, headers)):
        for path in ("/desk/members/1", "/desk/members/2", "/desk/members"):
            said = {"do": "role", "role": "editor", "why": "x", "token": one, "name": "Zed"}
            assert desk.post(path, said, headers).status_code == 403
    with open_store(staffed) as store:
        assert [one.role for one in store.members() if one.role == "editor"] == ["editor"]
        assert len(store.members()) == 3


def _own(desk: Client, headers: dict[str, str]) -> list[str]:
    return tokens_of(desk.get("/desk/account", headers=headers).text, "/desk/account")


# --- forms that nobody meant to send ----------------------------------------------------------


@pytest.mark.parametrize("form", TAKING, ids=named)
def test_form_is_taken_with_its_own_token_alone(staffed: Path, desk: Client, form: Form) -> None:
    path = at(form)
    mine = {"cookie": cookie(staffed, "editor")}
    theirs = {"cookie": cookie(staffed, "editor")}
    page = desk.get(path, headers=theirs).text
    others = tokens_of(page, path)
    for one in ("", "x", *others):
        answer = desk.post(path, {"token": one}, mine)
        assert answer.status_code == 403
        assert "open the form anew" in answer.text
    if "{" not in form.address and form.role is None:
        anonymous = tokens_of(desk.get(path).text, path)
        for one in anonymous:
            assert desk.post(path, {"token": one}, mine).status_code == 403


@pytest.mark.parametrize("form", TAKING, ids=named)
@pytest.mark.parametrize(
    "sent", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}]
)
def test_form_from_elsewhere_is_not_taken(
    staffed: Path, desk: Client, form: Form, sent: dict[str, str]
) -> None:
    mine = {"cookie": cookie(staffed, "editor")}
    carried = tokens_of(desk.get(at(form), headers=mine).text, at(form)) or [""]
    answer = desk.post(at(form), {"token": carried[0]}, {**mine, **sent})
    assert answer.status_code == 403
    assert "a page elsewhere" in answer.text


# --- programs -------------------------------------------------------------------------------------


def bearer(value: str) -> dict[str, str]:
    return {"authorization": f"Bearer {value}"}


def test_token_is_its_member_as_far_as_its_scope_goes(staffed: Path, desk: Client) -> None:
    low = token(staffed, "editor", "reader")
    shown = desk.get("/desk", "application/json", headers=bearer(low))
    assert (shown.status_code, shown.json()["role"]) == (200, "reader")
    high = token(staffed, "editor", "editor")
    assert desk.get("/desk", "application/json", headers=bearer(high)).json()["role"] == "editor"


@pytest.mark.parametrize("scope", ROLES)
@pytest.mark.parametrize("form", ROLED, ids=named)
def test_token_opens_what_its_scope_allows_and_no_account(
    staffed: Path, desk: Client, form: Form, scope: Role
) -> None:
    headers = bearer(token(staffed, "editor", scope))
    assert form.role is not None
    is_open = may(scope, form.role) and not form.by_hand
    assert desk.get(at(form), headers=headers).status_code == (200 if is_open else 403)
    if form.take is not None and not is_open:
        assert desk.post(at(form), {"do": "token"}, headers).status_code == 403


@pytest.mark.parametrize("form", [one for one in TAKING if one.by_hand], ids=named)
def test_no_token_makes_tokens_passwords_or_members(
    staffed: Path, desk: Client, form: Form
) -> None:
    answer = desk.post(at(form), {}, bearer(token(staffed, "editor", "editor")))
    assert answer.status_code == 403
    assert "sign in and do it yourself" in answer.text.replace("&#39;", "'")


def test_accounts_are_for_people_alone() -> None:
    """A new form under /desk that a token may send is a decision, not an oversight."""
    accounts = {"/desk/account", "/desk/members", "/desk/members/{id0}", "/desk/sign-in"}
    assert accounts <= {one.address for one in FORMS if one.by_hand}


def test_program_needs_no_form(staffed: Path, desk: Client) -> None:
    said = {"what": "who", "text": "It was the deputy."}
    headers = {**bearer(token(staffed, "reader", "reader")), "origin": "https://other.example"}
    assert desk.post("/event/e-met/error", said, headers).status_code == 303
    with open_store(staffed) as store:
        assert store.count_error_notes() == 1


@pytest.mark.parametrize("how", ["revoked", "closed", "made up", "not whole"])
def test_token_that_is_none_is_refused_on_every_page(staffed: Path, desk: Client, how: str) -> None:
    value = token(staffed, "reader", "reader")
    with open_store(staffed) as store:
        if how == "revoked":
            store.revoke_token(1)
        elif how == "closed":
            store.close_account(store.member(NAMES["reader"]).id)
        elif how == "made up":
            value = "dgm_" + "A" * 43
        else:
            value = value[:-1]
    for path in ("/", "/today.json", "/export/csv", "/desk", "/event/e-met/error"):
        answer = desk.get(path, headers=bearer(value))
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"] == "Bearer"


def test_what_a_proxy_asks_for_is_not_ours(desk: Client) -> None:
    for said in ("Basic QTpC", "Bearer eyJhbGciOi", "dgm_x"):
        assert desk.get("/stories", headers={"authorization": said}).status_code == 200


def test_cookie_beside_a_token_does_not_lend_its_role(staffed: Path, desk: Client) -> None:
    low = {**bearer(token(staffed, "reader", "reader")), "cookie": cookie(staffed, "editor")}
    assert desk.get("/desk/members", headers=low).status_code == 403


def test_browser_is_who_its_cookie_says(staffed: Path, desk: Client) -> None:
    browser = Browser(desk)
    browser.sign_in("moderator")
    page = browser.get("/stories").text
    assert "Milo" in page
    assert "Milo" not in desk.get("/stories").text
