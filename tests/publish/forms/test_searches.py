"""Saved searches and alerts on the site: whose they are, what is new in them, and who follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from dragoman.config import Config, MailSettings
from dragoman.knowledge import Knowledge
from dragoman.publish.followed import feed_path, key_of, mail_path, number_of
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import COPY, TODAY, WIRE, Page, Told, settle
from tests.publish.members.people import Browser, cookie, people

PATH = "/desk/searches"
NEWS = "Armenia thanked Azerbaijan for a tugboat."
TUG = Page(
    "tug",
    [("headline", "A tugboat"), ("body", NEWS)],
    [Told(NEWS, "Armenia", "thanked", "Azerbaijan", day="2024-03-19")],
)


@pytest.fixture
def staffed(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        settle(store, [WIRE, COPY])
    people(tmp_path)
    return tmp_path


@pytest.fixture
def config() -> Config:
    found = {"host": "127.0.0.1", "port": 9, "security": "none", "from": "desk@x.example"}
    mail = MailSettings.model_validate(found)
    return Config(today=TODAY, address="http://localhost", mail=mail)


@pytest.fixture
def desk(staffed: Path, config: Config, knowledge: Knowledge) -> Iterator[Client]:
    with staying(site(staffed, config, knowledge, public=True)) as client:
        yield client


@pytest.fixture
def rosa(desk: Client, staffed: Path) -> Browser:
    return browser(desk, staffed, "reader")


def browser(desk: Client, home: Path, role: str) -> Browser:
    name, _, value = cookie(home, role).partition("=")  # type: ignore[arg-type]
    return Browser(desk, {name: value})


def save(who: Browser, name: str = "Ferries", query: str = "pair:ARM,AZE") -> None:
    answer = who.fill(PATH, {"do": "save", "name": name, "query": query})
    assert answer.status_code == 303, answer.text


def follow(who: Browser, **fields: str) -> str:
    sent = {"do": "follow", "search": "1", "origins": "1", **fields}
    answer = who.fill(PATH, sent)
    return answer.text if answer.status_code in {200, 422} else answer.headers["location"]


# --- saving and looking ---------------------------------------------------------------------------


def test_a_query_of_explore_is_saved_and_counts_what_comes(
    desk: Client, staffed: Path, rosa: Browser
) -> None:
    page = rosa.get("/explore?q=pair:ARM,AZE").text
    form = page.partition('<details class="save">')[2].partition("</details>")[0]
    carried = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    sent = {"token": carried["token"], "query": carried["query"], "name": "Ferries", "do": "save"}
    answer = rosa.post(PATH, sent)
    assert answer.headers["location"] == f"{PATH}?done=saved#search-1"
    assert "nothing new" in rosa.get(PATH).text
    with open_store(staffed) as store:
        settle(store, [TUG])
    assert "1 new" in rosa.get(PATH).text
    today = rosa.get("/").text
    nav = today.partition('<nav class="searches"')[2].partition("</nav>")[0]
    assert ">Ferries</button>" in nav
    assert "1 new" in nav
    token = re.findall(r'name="token" value="([^"]*)"', nav)[0]
    opened = rosa.post(PATH, {"token": token, "do": "open", "search": "1"})
    assert opened.headers["location"] == "/explore?q=pair%3AARM%2CAZE"
    assert "nothing new" in rosa.get(PATH).text


@pytest.mark.parametrize(
    ("page", "query"), [("/pair/ARM/AZE", "pair:ARM,AZE"), ("/actor/nato", "actor:nato")]
)
def test_pages_of_pairs_and_actors_are_watched(rosa: Browser, page: str, query: str) -> None:
    form = rosa.get(page).text.partition('<form class="watch"')[2].partition("</form>")[0]
    carried = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert carried["query"] == query
    assert rosa.post(PATH, carried).status_code == 303
    assert f"<code>{query}</code>" in rosa.get(PATH).text


@pytest.mark.parametrize("page", ["/", "/explore?q=ferry", "/pair/ARM/AZE", "/actor/nato"])
def test_others_see_nothing_of_it(desk: Client, page: str) -> None:
    assert PATH not in desk.get(page).text


def test_todays_twin_is_the_same_for_all(desk: Client, rosa: Browser) -> None:
    save(rosa)
    assert rosa.get("/today.json").json().keys() == desk.get("/today.json").json().keys()


def test_a_query_that_cannot_be_read_is_not_saved_and_not_lost(rosa: Browser) -> None:
    answer = rosa.fill(PATH, {"do": "save", "name": "Boats", "query": "category:NOSUCH"})
    assert answer.status_code == 422
    assert 'value="category:NOSUCH"' in answer.text
    assert 'role="alert" lang="en"' in answer.text


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x00b"])
def test_a_name_is_needed(rosa: Browser, name: str) -> None:
    answer = rosa.fill(PATH, {"do": "save", "name": name, "query": ""})
    assert answer.status_code == 422
    assert "Give the search a name" in answer.text


def test_a_search_is_renamed_and_deleted(rosa: Browser) -> None:
    save(rosa)
    assert rosa.fill(PATH, {"do": "rename", "search": "1", "name": "Boats"}).status_code == 303
    page = rosa.get(PATH).text
    assert "Boats</h2>" in page
    assert rosa.fill(PATH, {"do": "delete", "search": "1"}).status_code == 303
    assert "Boats" not in rosa.get(PATH).text


def test_a_hostile_name_and_query_stay_text(rosa: Browser) -> None:
    save(rosa, '<script>alert(1)</script> {{ 7*7 }} "x\r\nBcc: y', '"<img src=x onerror=alert(1)>"')
    for page in (PATH, "/"):
        text = rosa.get(page).text
        assert "<script>alert" not in text
        assert "<img src" not in text
        assert "{{" not in text
    opened = rosa.fill(PATH, {"do": "open", "search": "1"})
    assert opened.headers["location"].startswith("/explore?q=%22%3Cimg")


@pytest.mark.parametrize("do", ["open", "rename", "delete", "follow"])
def test_anothers_search_is_not_there(desk: Client, staffed: Path, rosa: Browser, do: str) -> None:
    save(rosa)
    milo = browser(desk, staffed, "moderator")
    assert "Ferries" not in milo.get(PATH).text
    assert "Ferries" not in milo.get(PATH, "application/json").text
    sent = {"do": do, "search": "1", "name": "mine", "way": "feed", "origins": "1"}
    answer = milo.fill(PATH, sent)
    assert answer.status_code == 422
    assert "You have no such search" in answer.text
    assert "Ferries</h2>" in rosa.get(PATH).text


def test_anothers_alert_is_not_deleted(desk: Client, staffed: Path, rosa: Browser) -> None:
    save(rosa)
    follow(rosa, way="feed")
    milo = browser(desk, staffed, "editor")
    assert milo.fill(PATH, {"do": "unfollow", "alert": "1"}).status_code == 422
    with open_store(staffed) as store:
        assert store.alert(1) is not None
    assert rosa.fill(PATH, {"do": "unfollow", "alert": "1"}).status_code == 303


# --- alerts ---------------------------------------------------------------------------------------


def test_a_feed_is_read_by_who_has_its_address(desk: Client, staffed: Path, rosa: Browser) -> None:
    save(rosa)
    assert follow(rosa, way="feed", origins="1").endswith("#search-1")
    address = re.findall(r'href="http://localhost(/alerts/[^"]*)"', rosa.get(PATH).text)[0]
    answer = desk.get(address)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
    assert "private" in answer.headers["cache-control"]
    found = feedparser.parse(answer.content)
    assert [one.id for one in found.entries] == ["e-wire-2", "e-wire-3"]
    again = desk.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    with open_store(staffed) as store:
        store.close_account(store.member("Rosa").id)
    assert desk.get(address).status_code == 404


def test_a_key_is_not_guessed(desk: Client, staffed: Path, rosa: Browser) -> None:
    save(rosa)
    follow(rosa, way="feed")
    with open_store(staffed) as store:
        key, other = key_of(store, "feed", 1), key_of(store, "mail", 1)
        assert number_of(store, "feed", key) == 1
        assert number_of(store, "mail", key) is None
    swapped = key[:-1] + ("A" if key[-1] != "A" else "B")
    guesses = ["1", "1-", key.replace("1-", "2-", 1), swapped, other, key + "x", "0" + key, "-1"]
    for guess in guesses:
        assert desk.get(f"/alerts/{guess}.rss").status_code == 404, guess


def test_only_enough_origins_are_in_a_feed(desk: Client, staffed: Path, rosa: Browser) -> None:
    save(rosa)
    follow(rosa, way="feed", origins="2")
    with open_store(staffed) as store:
        path = feed_path(store, 1)
    assert feedparser.parse(desk.get(path).content).entries == []


def test_the_key_of_a_webhook_is_shown_once(rosa: Browser) -> None:
    save(rosa)
    page = follow(rosa, way="webhook", address="https://hooks.example/x")
    assert re.search(r"<code>whsec_[A-Za-z0-9+/]{43}=</code>", page)
    again = rosa.get(PATH).text
    assert "whsec_" not in again
    assert "https://hooks.example/x" in again


@pytest.mark.parametrize(
    ("way", "address", "words"),
    [
        ("mail", "", "one mail address"),
        ("mail", "a@b.example\r\nBcc: c@d.example", "one mail address"),
        ("mail", "a@b.example,c@d.example", "one mail address"),
        ("webhook", "ftp://hooks.example/", "a web address that begins"),
        ("webhook", "https://user:pass@hooks.example/", "a web address that begins"),
        ("webhook", "javascript:alert(1)", "a web address that begins"),
        ("pigeon", "x", "Choose how you want to be told"),
    ],
)
def test_an_address_is_one(rosa: Browser, way: str, address: str, words: str) -> None:
    save(rosa)
    answer = rosa.fill(
        PATH, {"do": "follow", "search": "1", "way": way, "address": address, "origins": "3"}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert 'min="1" max="20" value="3"' in answer.text


@pytest.mark.parametrize("origins", ["0", "21", "x", "-1", ""])
def test_origins_are_a_number(rosa: Browser, origins: str) -> None:
    save(rosa)
    assert "Ask for 1 to 20 independent origins" in follow(rosa, way="feed", origins=origins)


def test_an_alert_that_finds_too_much_is_refused(
    rosa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.publish.forms.searches.MOST_KNOWN", 1)
    save(rosa)
    page = follow(rosa, way="webhook", address="https://hooks.example/")
    assert "narrow the search down" in page
    assert follow(rosa, way="feed").endswith("#search-1")


def test_without_a_mail_server_no_letters_are_offered(staffed: Path, knowledge: Knowledge) -> None:
    with staying(site(staffed, Config(today=TODAY), knowledge)) as client:
        rosa = browser(client, staffed, "reader")
        save(rosa)
        assert 'value="mail"' not in rosa.get(PATH).text
        assert "no mail server" in follow(rosa, way="mail", address="a@b.example")


def test_a_mailbox_says_that_it_is_whose_it_is(desk: Client, staffed: Path, rosa: Browser) -> None:
    save(rosa)
    assert "done=asked" in follow(rosa, way="mail", address="rosa@paper.example")
    assert "waits for its link" in rosa.get(PATH).text
    with open_store(staffed) as store:
        path = mail_path(store, 1)
    page = desk.get(path)
    assert "rosa@paper.example" in page.text
    with open_store(staffed) as store:
        assert not store.alerts()[0].is_confirmed  # looking is not saying
    assert desk.fill(path, {"do": "confirm"}).status_code == 303
    assert "will be sent from now on" in desk.get(f"{path}?done=1").text
    assert "waits for its link" not in rosa.get(PATH).text
    stopped = desk.fill(path, {"do": "stop"})
    assert stopped.status_code == 200
    assert "No more letters" in stopped.text
    assert desk.get(path).status_code == 404


def test_a_letter_has_one_key_and_it_is_not_guessed(
    desk: Client, staffed: Path, rosa: Browser
) -> None:
    save(rosa)
    follow(rosa, way="mail", address="rosa@paper.example")
    with open_store(staffed) as store:
        feed = key_of(store, "feed", 1)
    for key in (feed, "1-" + "A" * 43, "1"):
        assert desk.get(f"/alerts/mail/{key}").status_code == 404


def test_what_went_wrong_is_shown(staffed: Path, rosa: Browser) -> None:
    save(rosa)
    follow(rosa, way="webhook", address="https://hooks.example/")
    with open_store(staffed) as store:
        store.queue_message(1, [("e-met", "new")], {"e-met": "x"})
        store.message_failed(1, "the server answered 500", "2999-01-01T00:00:00+00:00")
    page = rosa.get(PATH).text
    assert "not taken yet" in page
    assert "the server answered 500" in page
    with open_store(staffed) as store:
        store.message_failed(1, "the server answered 500", None)
    assert "the last message was given up" in rosa.get(PATH).text
