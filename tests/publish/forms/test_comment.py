"""A comment from the page of an article: previewed, sent, shown or held, changed, erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.config import CommentSettings, Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

FORM = "/article/a-wire/comment"
PAGE = "/article/a-wire"
SAID = {
    "name": "Lectrice",
    "email": "lectrice@mail.example",
    "text": "The ferry left before the meeting began.",
    "do": "send",
}
MakeClient = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def make_client(home: Path, knowledge: Knowledge) -> MakeClient:
    def make(*, today: str = TODAY, public: bool = False, **settings: object) -> Client:
        chosen = CommentSettings.model_validate({"on": True, **settings})
        config = Config(today=today, comments=chosen)
        return Client(lambda: site(home, config, knowledge, public=public))

    return make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()


def states(home: Path) -> dict[int, str]:
    with open_store(home) as store:
        found = (store.comment(number) for number in range(1, 20))
        return {one.id: one.state for one in found if one is not None}


def decide(home: Path, *states: str) -> None:
    """Put the comments 1, 2 … where a member says."""
    with open_store(home) as store:
        for number, state in enumerate(states, 1):
            store.rule_comment(number, state, "Ada")  # type: ignore[arg-type]


def in_store(home: Path, ask: Callable[[Store], object]) -> object:
    with open_store(home) as store:
        return ask(store)


def test_off_there_is_nothing_of_it(home: Path, knowledge: Knowledge) -> None:
    client = Client(lambda: site(home, Config(today=TODAY), knowledge))
    assert "omment" not in client.get(PAGE).text.partition("<main")[2]
    for path in (FORM, "/comments-data", "/desk/comments", "/comment/1/own"):
        assert client.get(path).status_code == 404
    assert "comments" not in client.get(f"{PAGE}.json").json()


def test_page_of_an_article_carries_the_form(client: Client, home: Path) -> None:
    page = client.get(PAGE)
    assert "Your address will not be published" in page.text
    assert "nothing is sent to anyone" in page.text
    token = page.text.split('name="token" value="')[1].split('"')[0]
    answer = client.post(FORM, {**SAID, "token": token})
    assert answer.status_code == 303
    assert states(home) == {1: "held"}


def test_each_reader_is_handed_a_form_of_their_own(make_client: MakeClient) -> None:
    """Also of a page that is kept for all of them."""
    with staying(make_client()._make()) as client:
        answers = [client.get(PAGE) for _ in range(3)]
        tokens = [one.text.split('name="token" value="')[1].split('"')[0] for one in answers]
        assert len(set(tokens)) == 3
        assert {one.headers["cache-control"] for one in answers} == {"no-store"}
        sent = [client.post(FORM, {**SAID, "token": one}).status_code for one in tokens]
    assert sent == [303] * 3


def test_first_comment_waits_and_its_author_is_told(client: Client, home: Path) -> None:
    answer = client.fill(FORM, SAID)
    own = client.get(answer.headers["location"])
    assert "Your comment waits to be read" in own.text
    assert "before the meeting began" not in client.get(PAGE).text
    decide(home, "shown")
    assert "before the meeting began" in client.get(PAGE).text
    assert "Your comment is shown" in client.get(answer.headers["location"]).text


def test_who_was_approved_is_shown_at_once(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    decide(home, "shown")
    again = {**SAID, "text": "The second ferry took the same way, an hour later."}
    own = client.fill(FORM, again).headers["location"]
    assert states(home)[2] == "shown"
    assert "Your comment is shown" in client.get(own).text
    client.fill(FORM, {**again, "email": "other@mail.example"})
    client.fill(FORM, {**again, "email": "", "text": "And a third one at noon."})
    client.fill(FORM, {**again, "text": "Its hours stand at https://ferry.example/hours."})
    assert [states(home)[number] for number in (3, 4, 5)] == ["held"] * 3


def test_desk_may_choose_not_to_hold_first_comments(make_client: MakeClient, home: Path) -> None:
    make_client(hold_first=False).fill(FORM, SAID)
    assert states(home) == {1: "shown"}


def test_nothing_of_an_address_is_kept(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    stored = b"".join(path.read_bytes() for path in home.glob("desk.sqlite*"))
    assert b"lectrice@" not in stored
    assert b"127.0.0.1" not in stored


def test_preview_shows_and_keeps_nothing(client: Client, home: Path) -> None:
    text = "First part.\n\nSee https://a.example/x_(y), then decide. <b>No</b>"
    answer = client.fill(FORM, {**SAID, "text": text, "do": "preview"})
    assert answer.status_code == 200
    shown = answer.text.partition('id="preview"')[2].partition("</section>")[0]
    link = '<a href="https://a.example/x_(y)" rel="nofollow ugc noopener noreferrer">'
    assert link in shown
    assert "&lt;b&gt;No&lt;/b&gt;" in shown
    assert shown.count("<p dir") == 2
    assert "First part.\n\nSee" in answer.text.partition("<textarea")[2]
    assert states(home) == {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Write a name"),
        ({"name": "\u200b\u202e"}, "Write a name"),
        ({"name": "a" * 61}, "at most 60"),
        ({"text": " \n "}, "Write your comment"),
        ({"text": "\u200b"}, "Write your comment"),
        ({"text": "a" * 4001}, "in 4000 characters; these are 4001"),
        ({"email": "nobody"}, "no e-mail address"),
        ({"email": "a@b.example\r\nBcc: all@b.example"}, "no e-mail address"),
        ({"to": "7"}, "not shown any more"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(
    client: Client, home: Path, fields: dict[str, str], said: str
) -> None:
    answer = client.fill(FORM, {**SAID, "text": "Kept & safe.", **fields})
    assert answer.status_code == 422
    assert said in answer.text
    if "text" not in fields:
        assert "Kept &amp; safe." in answer.text
    assert states(home) == {}


def test_form_that_is_shown_again_was_handed_out_once(client: Client, home: Path) -> None:
    """After a preview the time goes on from when the reader began to write."""
    page = client.get(FORM).text
    token = page.split('name="token" value="')[1].split('"')[0]
    for fields in ({"do": "preview"}, {"text": ""}):
        assert (
            f'name="token" value="{token}"'
            in client.post(FORM, {**SAID, "token": token, **fields}).text
        )


def test_answers_stand_below_what_they_answer(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    decide(home, "shown")
    page = client.get(f"{FORM}?to=1").text
    assert "Answer a comment" in page
    assert "before the meeting began" in page
    client.fill(f"{FORM}?to=1", {**SAID, "text": "Which one was it?", "to": "1"})
    client.fill(f"{FORM}?to=2", {**SAID, "text": "The nine o’clock one.", "to": "2"})
    told = [
        (one["id"], one["answers"])
        for one in client.get(f"{PAGE}.json").json()["comments"]["shown"]
    ]
    assert told == [(1, None), (2, 1), (3, 2)]
    shown = client.get(PAGE).text
    assert shown.count('<ol class="threads">') == 1
    assert shown.index('id="c-1"') < shown.index('id="c-2"') < shown.index('id="c-3"')


def test_answer_to_a_comment_elsewhere_is_refused(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    decide(home, "shown")
    answer = client.fill("/article/a-copy/comment", {**SAID, "to": "1"})
    assert answer.status_code == 422
    assert "not shown any more" in answer.text


def test_json_says_nothing_of_who_it_was(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    decide(home, "shown")
    (one,) = client.get(f"{PAGE}.json").json()["comments"]["shown"]
    assert set(one) == {"id", "answers", "name", "text", "language", "made", "edited"}


def test_form_sent_again_is_one_comment(client: Client, home: Path) -> None:
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    first, second = (client.post(FORM, {**SAID, "token": token}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert states(home) == {1: "held"}


def test_forged_token_leaves_nothing(client: Client, home: Path) -> None:
    other = client.get("/article/a-copy/comment").text
    theirs = other.split('name="token" value="')[1].split('"')[0]
    for token in ("", "x.y", theirs, theirs[:-2]):
        assert client.post(FORM, {**SAID, "token": token}).status_code == 403
    assert states(home) == {}


def test_trapped_form_is_set_aside_not_lost(client: Client, home: Path) -> None:
    own = client.fill(FORM, {**SAID, "website": "https://a.example"}).headers["location"]
    assert states(home) == {1: "spam"}
    assert "set aside" in client.get(own).text
    assert "before the meeting" not in client.get(PAGE).text


def test_closed_after_its_days(make_client: MakeClient, home: Path) -> None:
    make_client().fill(FORM, SAID)
    decide(home, "shown")
    late = make_client(today="2024-06-01")
    page = late.get(PAGE).text
    assert "before the meeting began" in page
    assert "No more comments are taken" in page
    assert "Answer</a>" not in page
    assert "Comments were taken for 30 days" in late.get(FORM).text
    token = late.get(FORM.replace("a-wire", "a-wire")).text
    assert 'name="token"' not in token
    assert 'name="text"' in make_client(today="2024-06-01", close_after=0).get(FORM).text


def test_closed_meanwhile_loses_nothing(make_client: MakeClient, home: Path) -> None:
    token = make_client().get(FORM).text.split('name="token" value="')[1].split('"')[0]
    answer = make_client(today="2024-06-01").post(FORM, {**SAID, "token": token})
    assert answer.status_code == 422
    assert "before the meeting began" in answer.text


def test_own_page_needs_its_key(client: Client) -> None:
    path = client.fill(FORM, SAID).headers["location"]
    bare = path.partition("?")[0]
    for other in (bare, f"{bare}?key=", f"{bare}?key=é", f"{bare}?key={'0' * 40}", "/comment/x/own",
                  path.replace("/comment/1/", "/comment/2/")):  # fmt: skip
        assert client.get(other).status_code == 404
    answer = client.get(path)
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"] == "no-store"


def test_change_is_read_anew_and_never_shows_sooner(client: Client, home: Path) -> None:
    path = client.fill(FORM, SAID).headers["location"]
    assert client.fill(path, {"text": "Other words.", "do": "change"}).status_code == 303
    assert states(home) == {1: "held"}
    decide(home, "shown")
    assert "Other words." in client.get(PAGE).text
    client.fill(path, {"text": "See https://shop.example now.", "do": "change"})
    assert states(home) == {1: "held"}
    assert "shop.example" not in client.get(PAGE).text


def test_change_has_its_time(make_client: MakeClient, home: Path) -> None:
    client = make_client(edit_minutes=0)
    path = client.fill(FORM, SAID).headers["location"]
    assert "Change it" not in client.get(path).text
    answer = client.fill(path, {"text": "Other words.", "do": "change"})
    assert answer.status_code == 422
    assert "time to change it is over" in answer.text
    assert in_store(home, lambda store: store.comment(1).text) == SAID["text"]  # type: ignore[union-attr]


def test_export_is_all_that_is_kept(client: Client, home: Path) -> None:
    path = client.fill(FORM, SAID).headers["location"]
    decide(home, "shown")
    made = client.get(path.replace("/own?", "/own.json?"))
    assert made.headers["content-type"] == "application/json"
    told = json.loads(made.text)
    assert (told["name"], told["text"], told["state"]) == (SAID["name"], SAID["text"], "shown")
    assert [one["did"] for one in told["log"]] == ["approved", "received"]
    assert client.get("/comment/1/own.json?key=x").status_code == 404


def test_erased_leaves_nothing(client: Client, home: Path) -> None:
    path = client.fill(FORM, SAID).headers["location"]
    decide(home, "shown")
    assert "Tick that you are sure" in client.fill(path, {"do": "erase"}).text
    answer = client.fill(path, {"do": "erase", "sure": "1"})
    assert answer.headers["location"] == "/comments-data?erased=1"
    assert "Your comment is erased" in client.get(answer.headers["location"]).text
    assert states(home) == {}
    assert client.get(path).status_code == 404


def test_erased_leaves_a_place_where_others_answered(client: Client, home: Path) -> None:
    path = client.fill(FORM, SAID).headers["location"]
    decide(home, "shown")
    client.fill(FORM, {**SAID, "text": "Which one was it?", "to": "1"})
    client.fill(path, {"do": "erase", "sure": "1"})
    page = client.get(PAGE).text
    assert "Removed by its author." in page
    assert "Which one was it?" in page
    assert "before the meeting began" not in page
    assert client.get(f"{PAGE}.json").json()["comments"]["count"] == 1


def test_in_french_it_stays_in_french(client: Client) -> None:
    page = client.get(f"/fr{FORM}").text
    assert "Les champs obligatoires sont indiqués avec *" in page
    assert "Votre adresse e-mail ne sera pas publiée" in page
    assert client.fill(f"/fr{FORM}", SAID).headers["location"].startswith("/fr/comment/1/own?")


def test_notice_says_which_filter_is_on(make_client: MakeClient) -> None:
    with_akismet = make_client(akismet_key="0123456789ab")
    for path in (PAGE, FORM, "/comments-data"):
        assert "Akismet" in with_akismet.get(path).text
        assert "Akismet" not in make_client().get(path).text


def test_data_page_follows_the_settings(make_client: MakeClient) -> None:
    page = make_client(spam_days=3, person_days=9, close_after=11).get("/comments-data").text
    for days in ("after 3 days", "for 9 days", "for 11 days"):
        assert days in page


def test_one_network_sends_only_so_many(make_client: MakeClient, knowledge: Knowledge) -> None:
    application = make_client(per_minute=2)._make()
    with staying(application) as client:
        answers = [client.fill(FORM, SAID).status_code for _ in range(3)]
    assert answers == [303, 303, 429]


@pytest.mark.parametrize("public", [False, True])
def test_what_is_of_its_author_alone_is_kept_and_read_nowhere_else(
    make_client: MakeClient, public: bool
) -> None:
    client = make_client(public=public)
    own = client.fill(FORM, SAID).headers["location"]
    for path, accept in (
        (own, "text/html"),
        (own, "application/json"),
        (own.replace("/own?", "/own.json?"), "text/html"),
        (FORM, "application/json"),
    ):
        answer = client.get(path, accept)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "akismet_key" not in answer.text


def test_page_with_a_form_is_kept_by_nobody_whatever_its_reader_sends(client: Client) -> None:
    for headers in ({}, {"cookie": "dragoman=none"}, {"authorization": "Basic eDp5"}):
        answer = client.get(PAGE, headers=headers)
        assert 'name="token"' in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_other_words_in_a_form_that_was_sent_are_not_lost(client: Client, home: Path) -> None:
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    first = client.post(FORM, {**SAID, "token": token})
    assert (
        client.post(FORM, {**SAID, "token": token}).headers["location"] == first.headers["location"]
    )
    answer = client.post(FORM, {**SAID, "token": token, "text": "And the fog came in."})
    assert answer.status_code == 422
    assert "open the form anew" in answer.text
    assert "And the fog came in." in answer.text
    assert len(states(home)) == 1
