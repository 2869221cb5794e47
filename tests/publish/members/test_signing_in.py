"""Signing in and out: the session, its cookie, the way back, and those who try without a name."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.forms.sign_in import own_path
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store
from dragoman.store.handed_out import later
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY
from tests.publish.members.people import NAMES, PASSWORD, Browser

SIGN_IN, SIGN_OUT = "/desk/sign-in", "/desk/sign-out"


def set_cookie(answer: object) -> str:
    return str(getattr(answer, "headers")["set-cookie"])  # noqa: B009


# --- the session --------------------------------------------------------------------------------


def test_who_signs_in_is_greeted_and_whoever_did_not_is_asked(desk: Client) -> None:
    browser = Browser(desk)
    asked = browser.get("/desk")
    assert asked.status_code == 401
    assert 'name="password"' in asked.text
    answer = browser.sign_in("reader")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    shown = browser.get("/desk")
    assert shown.status_code == 200
    assert "<h1>Rosa</h1>" in shown.text


def test_sign_in_page_that_bars_the_way_signs_in(desk: Client) -> None:
    """The form of the 401 is whole: with its token, and where the way leads on."""
    browser = Browser(desk)
    page = browser.get("/desk/account?done=password").text
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = browser.post(SIGN_IN, {**carried, "name": "Rosa", "password": PASSWORD})
    assert answer.headers["location"] == "/desk/account?done=password"


def test_session_is_another_one_after_signing_in(desk: Client) -> None:
    """A cookie that somebody else put into the browser opens nothing, then or later."""
    planted = "A" * 43
    browser = Browser(desk, {"dragoman": planted})
    assert browser.get("/desk").status_code == 401
    browser.sign_in("editor")
    assert browser.cookies["dragoman"] != planted
    assert browser.get("/desk").status_code == 200
    assert Browser(desk, {"dragoman": planted}).get("/desk").status_code == 401


def test_signing_in_again_ends_the_session_before(desk: Client) -> None:
    browser = Browser(desk)
    browser.sign_in("reader")
    first = dict(browser.cookies)
    browser.sign_in("editor")
    assert browser.cookies != first
    assert "<h1>Edda</h1>" in browser.get("/desk").text
    assert Browser(desk, first).get("/desk").status_code == 401


def test_signing_out_ends_it_on_the_server(desk: Client) -> None:
    browser = Browser(desk)
    browser.sign_in("reader")
    kept = dict(browser.cookies)
    answer = browser.fill(SIGN_OUT, {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.cookies == {}
    assert Browser(desk, kept).get("/desk").status_code == 401


def test_button_of_every_page_signs_out(desk: Client) -> None:
    browser = Browser(desk)
    browser.sign_in("reader")
    page = browser.get("/event/e-met").text
    form = page.partition(f'action="{SIGN_OUT}"')[2].partition("</form>")[0]
    carried = re.findall(r'name="token" value="([^"]*)"', form)
    assert browser.post(SIGN_OUT, {"token": carried[0]}).status_code == 303
    assert browser.get("/desk").status_code == 401


def test_looking_at_the_page_signs_nobody_out(desk: Client) -> None:
    browser = Browser(desk)
    browser.sign_in("reader")
    assert browser.get(SIGN_OUT).status_code == 200
    assert browser.get("/desk").status_code == 200
    assert "You are not signed in" in Browser(desk).get(SIGN_OUT).text


@pytest.mark.parametrize(("days", "hours", "is_in"), [(0, 11, True), (0, 13, False)])
def test_session_ends_when_it_is_not_used(
    staffed: Path, desk: Client, days: float, hours: float, is_in: bool
) -> None:
    with open_store(staffed) as store:
        past = later(store.now(), days=-days, hours=-hours)
        store._clock = lambda: past
        cookie = store.open_session(store.member("Rosa").id, days=30)
    browser = Browser(desk, {"dragoman": cookie})
    assert browser.get("/desk").status_code == (200 if is_in else 401)


def test_session_lasts_as_long_as_the_settings_say(staffed: Path, knowledge: Knowledge) -> None:
    with open_store(staffed) as store:
        past = later(store.now(), hours=-2)
        store._clock = lambda: past
        cookie = store.open_session(store.member("Rosa").id, days=30)
    config = Config(today=TODAY, sign_in_hours=1)
    with staying(site(staffed, config, knowledge)) as client:
        assert Browser(client, {"dragoman": cookie}).get("/desk").status_code == 401


# --- the cookie ---------------------------------------------------------------------------------


def test_cookie_is_for_the_server_alone(desk: Client) -> None:
    said = set_cookie(Browser(desk).sign_in("reader")).lower()
    assert said.startswith("dragoman=")
    assert "httponly" in said
    assert "samesite=lax" in said
    assert "path=/" in said
    assert "domain" not in said
    assert "secure" not in said


def test_cookie_is_of_the_host_where_the_address_is_safe(
    staffed: Path, knowledge: Knowledge
) -> None:
    config = Config(today=TODAY, address="https://desk.example.org")
    with staying(site(staffed, config, knowledge, public=True)) as client:
        browser = Browser(client)
        said = set_cookie(browser.sign_in("reader"))
        assert said.startswith("__Host-dragoman=")
        assert "; Secure" in said
        assert browser.get("/desk").status_code == 200
        bare = {"dragoman": browser.cookies["__Host-dragoman"]}
        assert Browser(client, bare).get("/desk").status_code == 401
        gone = set_cookie(browser.fill(SIGN_OUT, {}))
        assert gone.startswith('__Host-dragoman="";')
        assert "; Secure" in gone


@pytest.mark.parametrize("cookie", ["", "x", "A" * 44, "%C3%A9" * 8, "' OR 1=1 --", "A" * 10_000])
def test_store_is_not_asked_for_what_is_no_session(
    desk: Client, monkeypatch: pytest.MonkeyPatch, cookie: str
) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(Store, "signed_in", asked)
    headers = {"cookie": f"dragoman={cookie}"}
    assert desk.get("/stories", headers=headers).status_code == 200
    assert desk.get("/stories").status_code == 200


# --- who tries ------------------------------------------------------------------------------------


def told(page: str) -> str:
    """What a refusal says, without what differs between any two forms."""
    return re.sub(r'(name="token" value|id="name"[^>]* value)="[^"]*"', "", page)


def test_wrong_password_and_unknown_name_are_told_alike(desk: Client) -> None:
    known = Browser(desk).sign_in("editor", "not the one it is")
    unknown = Browser(desk).sign_in("editor", "not the one it is", name="Nobody at all")
    assert known.status_code == unknown.status_code == 422
    assert "the name or the password is wrong" in known.text
    assert told(known.text) == told(unknown.text)
    assert "set-cookie" not in known.headers


def test_name_stays_and_password_does_not(desk: Client) -> None:
    page = Browser(desk).sign_in("editor", "not the one it is").text
    assert 'value="Edda"' in page
    assert "not the one it is" not in page


def test_who_tries_often_waits(desk: Client) -> None:
    codes = [Browser(desk).sign_in("editor", f"wrong wrong {n}").status_code for n in range(8)]
    assert codes == [422] * 6 + [429] * 2
    held = Browser(desk).sign_in("editor")
    assert held.status_code == 429
    assert int(held.headers["retry-after"]) > 0


def test_one_name_is_not_tried_often_from_many_places(desk: Client, staffed: Path) -> None:
    """Who is signed in is not counted by where they are, and is by whom they try to be."""
    tries = []
    for number in range(8):
        with open_store(staffed) as store:
            cookie = store.open_session(store.member("Rosa").id, days=1)
        tries.append(Browser(desk, {"dragoman": cookie}).sign_in("editor", f"wrong wrong {number}"))
    assert [one.status_code for one in tries] == [422] * 6 + [429] * 2
    assert "too many tries for this name" in tries[-1].text
    other = Browser(desk)
    assert other.sign_in("moderator").status_code == 303


def test_one_name_in_all_ways_of_writing_is_counted_once(desk: Client, staffed: Path) -> None:
    with open_store(staffed) as store:
        cookie = store.open_session(store.member("Rosa").id, days=1)
    names = ["Edda", "edda", "EDDA", " Edda ", "\uff25dda", "eDDa", "edDa"]
    codes = []
    for name in names:
        browser = Browser(desk, {"dragoman": cookie})
        codes.append(browser.sign_in("editor", "wrong wrong wrong", name=name).status_code)
    assert codes[-1] == 429


def test_no_secret_is_logged(desk: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(desk)
    browser.sign_in("editor", "not the one it is")
    browser.sign_in("editor")
    browser.get("/desk")
    for one in (PASSWORD, "not the one it is", browser.cookies["dragoman"], "$argon2"):
        assert one not in caplog.text


# --- the way back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    [
        "https://other.example/",
        "//other.example",
        "/\\other.example",
        "\\\\other.example",
        "/\t/other.example",
        "/\r\nLocation: https://other.example",
        "javascript:alert(1)",
        "other.example",
        "",
        "/desk/sign-out",
        "/" + "a" * 5000,
    ],
)
def test_way_back_stays_on_the_site(desk: Client, to: str) -> None:
    assert own_path(to) == "/desk"
    answer = Browser(desk).fill(SIGN_IN, {"name": NAMES["reader"], "password": PASSWORD, "to": to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


@pytest.mark.parametrize("to", ["/", "/event/e-met", "/explore?q=from%3AFRA&as=map", "/actor/a:b"])
def test_way_back_leads_on(desk: Client, to: str) -> None:
    assert own_path(to) == to
    assert Browser(desk).sign_in("reader", to=to).headers["location"] == to


def test_way_back_keeps_the_language(desk: Client) -> None:
    browser = Browser(desk)
    page = browser.get("/fr/desk/account")
    assert page.status_code == 401
    assert 'name="to" value="/desk/account"' in page.text
    assert "Se connecter" in page.text
    answer = browser.fill("/fr" + SIGN_IN, {"name": "Rosa", "password": PASSWORD})
    assert answer.headers["location"] == "/fr/desk"


# --- a desk without members -----------------------------------------------------------------------


def test_desk_without_members_says_how_to_make_the_first(client: Client) -> None:
    assert f'<a href="{SIGN_IN}">' in client.get("/stories").text
    assert "dragoman user add NAME --role editor" in client.get(SIGN_IN).text


def test_public_desk_leads_in_only_where_there_are_members(
    home: Path, knowledge: Knowledge, staffed: Path
) -> None:
    with staying(site(staffed, Config(today=TODAY), knowledge, public=True)) as client:
        assert f'<a href="{SIGN_IN}">' in client.get("/stories").text


def test_public_desk_without_members_does_not(home: Path, knowledge: Knowledge) -> None:
    with staying(site(home, Config(today=TODAY), knowledge, public=True)) as client:
        assert f'<a href="{SIGN_IN}">' not in client.get("/stories").text
