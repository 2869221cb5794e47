"""The rooms of members: the desk, their own account, and for editors all accounts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.members.people import PASSWORD, Browser

NEW = "another bridge, further on"
ACCOUNT, MEMBERS = "/desk/account", "/desk/members"


@pytest.fixture
def editor(desk: Client) -> Browser:
    browser = Browser(desk)
    browser.sign_in("editor")
    return browser


def member(home: Path, name: str) -> int:
    with open_store(home) as store:
        return store.member(name).id


def secret(page: str) -> str:
    """What is shown once."""
    found = re.findall(r'class="secret".*?<code>([^<]*)</code>', page, re.S)
    assert len(found) == 1
    return str(found[0])


# --- the desk ------------------------------------------------------------------------------------


def test_desk_says_what_waits_for_the_role(staffed: Path, desk: Client, editor: Browser) -> None:
    assert "Nothing: all is done" in editor.get("/desk").text
    with open_store(staffed) as store:
        store.note_error("e-met", "who", "It was the deputy.")
    assert "1 note from a reader" in editor.get("/desk").text
    moderator = Browser(desk)
    moderator.sign_in("moderator")
    assert "Nothing: all is done" in moderator.get("/desk").text
    assert MEMBERS not in moderator.get("/desk").text


# --- one's own account ---------------------------------------------------------------------------


def test_new_password_ends_all_other_sessions(desk: Client, editor: Browser) -> None:
    elsewhere = Browser(desk)
    elsewhere.sign_in("editor")
    before = dict(editor.cookies)
    said = {"do": "password", "password": PASSWORD, "new": NEW, "again": NEW}
    answer = editor.fill(ACCOUNT, said)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ACCOUNT}?done=password")
    assert editor.cookies != before
    assert "Your password is changed" in editor.get(answer.headers["location"]).text
    assert elsewhere.get("/desk").status_code == 401
    assert Browser(desk, before).get("/desk").status_code == 401
    assert Browser(desk).sign_in("editor").status_code == 422
    assert Browser(desk).sign_in("editor", NEW).status_code == 303


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"password": "not the one it is", "new": NEW, "again": NEW}, "present password"),
        ({"password": PASSWORD, "new": NEW, "again": NEW + "!"}, "not the same twice"),
        ({"password": PASSWORD, "new": "short", "again": "short"}, "12 characters or more"),
        ({"do": "nothing"}, "press one of the buttons"),
    ],
)
def test_password_that_is_not_taken_says_why(
    editor: Browser, said: dict[str, str], why: str
) -> None:
    answer = editor.fill(ACCOUNT, {"do": "password", **said})
    assert answer.status_code == 422
    assert why in answer.text
    assert all(value not in answer.text for value in (PASSWORD, NEW))
    assert editor.get("/desk").status_code == 200


def test_present_password_is_not_guessed_from_an_open_session(editor: Browser) -> None:
    said = {"do": "password", "new": NEW, "again": NEW}
    codes = [
        editor.fill(ACCOUNT, {**said, "password": f"wrong wrong {n}"}).status_code for n in range(7)
    ]
    assert codes == [422] * 6 + [429]
    assert editor.fill(ACCOUNT, {"do": "sessions"}).status_code == 303


def test_other_sessions_end(desk: Client, editor: Browser) -> None:
    elsewhere = Browser(desk)
    elsewhere.sign_in("editor")
    assert "Another one" in editor.get(ACCOUNT).text
    editor.fill(ACCOUNT, {"do": "sessions"})
    assert "Another one" not in editor.get(ACCOUNT).text
    assert elsewhere.get("/desk").status_code == 401


def test_token_is_shown_once_and_revoked(desk: Client, editor: Browser) -> None:
    said = {"do": "token", "label": "nightly <export>", "scope": "reader", "days": "30"}
    made = editor.fill(ACCOUNT, said)
    assert made.status_code == 200
    value = secret(made.text)
    headers = {"authorization": f"Bearer {value}"}
    assert desk.get("/desk", "application/json", headers=headers).json()["role"] == "reader"
    page = editor.get(ACCOUNT).text
    assert value not in page
    assert "nightly &lt;export&gt;" in page
    (number,) = re.findall(r'name="token_id" value="(\d+)"', page)
    assert editor.fill(ACCOUNT, {"do": "revoke", "token_id": number}).status_code == 303
    assert desk.get("/desk", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "said",
    [
        {"label": ""},
        {"days": "0"},
        {"days": "9999999999999999999999"},
        {"days": "soon"},
        {"scope": "owner"},
        {"scope": "editor"},
    ],
)
def test_token_that_is_not_made_says_why(desk: Client, said: dict[str, str]) -> None:
    browser = Browser(desk)
    browser.sign_in("moderator")
    whole = {"do": "token", "label": "mine & only", "scope": "reader", "days": "30", **said}
    answer = browser.fill(ACCOUNT, whole)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ("mine &amp; only" in answer.text) is (said != {"label": ""})


def test_nobody_revokes_the_token_of_another(staffed: Path, desk: Client, editor: Browser) -> None:
    with open_store(staffed) as store:
        value = store.make_token(store.member("Rosa").id, "hers", "reader", 9)
    assert editor.fill(ACCOUNT, {"do": "revoke", "token_id": "1"}).status_code == 422
    headers = {"authorization": f"Bearer {value}"}
    assert desk.get("/desk", headers=headers).status_code == 200


# --- all accounts, for editors -------------------------------------------------------------------


def test_invitation_lets_a_new_member_in_once(desk: Client, editor: Browser) -> None:
    said = {"name": "Nadia", "role": "moderator", "how": "invite", "why": "new here"}
    made = editor.fill(MEMBERS, said)
    assert made.status_code == 200
    path = secret(made.text).removeprefix("http://localhost:8000")
    assert "Welcome, Nadia" in desk.get(path).text
    browser = Browser(desk)
    assert browser.fill(path, {"new": "short", "again": "short"}).status_code == 422
    answer = browser.fill(path, {"new": NEW, "again": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "<h1>Nadia</h1>" in browser.get("/desk").text
    assert "no longer open" in desk.get(path).text
    assert Browser(desk).sign_in("editor", NEW, name="Nadia").status_code == 303
    log = editor.get(MEMBERS).text
    assert "new here" in log
    assert "by Edda" in log


def test_first_password_is_set_by_an_editor(desk: Client, editor: Browser) -> None:
    said = {"name": "Nadia", "role": "reader", "how": "password", "password": NEW}
    assert editor.fill(MEMBERS, said).status_code == 303
    assert Browser(desk).sign_in("reader", NEW, name="nadia").status_code == 303


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "eDDa"}, "is called so already"),
        ({"name": ""}, "Give a name"),
        ({"role": "owner"}, "Choose a role"),
        ({"how": ""}, "Choose how"),
        ({"how": "password", "password": "short"}, "12 characters or more"),
    ],
)
def test_member_that_is_not_added_says_why(
    staffed: Path, editor: Browser, said: dict[str, str], why: str
) -> None:
    whole = {"name": "Nadia <i>", "role": "reader", "how": "invite", "why": "a & b", **said}
    answer = editor.fill(MEMBERS, whole)
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="a &amp; b"' in answer.text
    with open_store(staffed) as store:
        assert len(store.members()) == 3


def test_role_closing_and_reopening_are_told_with_who_and_why(
    staffed: Path, desk: Client, editor: Browser
) -> None:
    path = f"{MEMBERS}/{member(staffed, 'Rosa')}"
    hers = Browser(desk)
    hers.sign_in("reader")
    deeds = (
        {"do": "role", "role": "moderator", "why": "rules now"},
        {"do": "close", "why": "left us"},
        {"do": "reopen", "why": "came back"},
    )
    for said in deeds:
        assert editor.fill(path, said).status_code == 303
    assert hers.get("/desk").status_code == 401
    page = editor.get(path).text
    for said in deeds:
        assert said["why"] in page
    assert page.count("by Edda") == 3
    assert "moderator" in page


def test_change_without_a_reason_is_not_made(staffed: Path, editor: Browser) -> None:
    path = f"{MEMBERS}/{member(staffed, 'Rosa')}"
    answer = editor.fill(path, {"do": "close", "why": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    with open_store(staffed) as store:
        assert store.member("Rosa").closed_at is None


@pytest.mark.parametrize("said", [{"do": "close"}, {"do": "role", "role": "reader"}])
def test_last_editor_stays(staffed: Path, editor: Browser, said: dict[str, str]) -> None:
    path = f"{MEMBERS}/{member(staffed, 'Edda')}"
    answer = editor.fill(path, {**said, "why": "enough"})
    assert answer.status_code == 422
    assert "last editor" in answer.text
    assert 'value="enough"' in answer.text
    assert editor.get("/desk").status_code == 200


def test_who_forgot_a_password_is_invited_again(
    staffed: Path, desk: Client, editor: Browser
) -> None:
    path = f"{MEMBERS}/{member(staffed, 'Rosa')}"
    made = editor.fill(path, {"do": "invite", "why": "forgot it"})
    link = secret(made.text).removeprefix("http://localhost:8000")
    assert Browser(desk).sign_in("reader").status_code == 303
    assert Browser(desk).fill(link, {"new": NEW, "again": NEW}).status_code == 303
    assert Browser(desk).sign_in("reader").status_code == 422


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "9" * 30])
def test_member_that_is_none_has_no_page(editor: Browser, number: str) -> None:
    assert editor.get(f"{MEMBERS}/{number}").status_code == 404
