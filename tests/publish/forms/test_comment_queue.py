"""The folders of comments: who may look, what is decided, learnt, undone, and told of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request

from dragoman.config import CommentSettings, Config
from dragoman.knowledge import Knowledge
from dragoman.model.account import Account, Role
from dragoman.model.comment import CommentState
from dragoman.publish.comments.learning import filter_of
from dragoman.publish.comments.owning import own_path
from dragoman.publish.site.app import site
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Visitor
from dragoman.publish.spam.writing import Writing
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

QUEUE = "/desk/comments"
FORM = "/article/a-wire/comment"
SAID = {"name": "Lectrice", "email": "lectrice@mail.example", "text": "Which pier was it?"}
CONFIG = Config(today=TODAY, comments=CommentSettings(on=True, per_minute=100))
Sign = Callable[[Role | None], None]
pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def sign(monkeypatch: pytest.MonkeyPatch) -> Sign:
    """From now on everybody who asks is a member of this role, or with None nobody is."""

    def be(role: Role | None) -> None:
        member = Account(1, "Ada", role) if role is not None else None
        session = "s" if member is not None else None

        def of(_self: Visitors, _request: Request) -> Visitor:
            return Visitor("somewhere", member, session)

        monkeypatch.setattr(Visitors, "of", of)

    return be


@pytest.fixture
def client(home: Path, knowledge: Knowledge) -> Client:
    return Client(lambda: site(home, CONFIG, knowledge))


@pytest.fixture
def waiting(client: Client, sign: Sign) -> Client:
    """Three comments wait, and a moderator looks at them."""
    sign(None)
    for text in ("Which pier was it?", "And who paid the fare?", "Both, I was there."):
        assert client.fill(FORM, {**SAID, "text": text}).status_code == 303
    sign("moderator")
    return client


def states(home: Path) -> list[CommentState]:
    with open_store(home) as store:
        found = (store.comment(number) for number in range(1, 9))
        return [one.state for one in found if one is not None]


def weights(home: Path) -> bytes | None:
    with open_store(home) as store:
        return store.filter_weights()


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), ("reader", 403), ("moderator", 200), ("editor", 200)]
)
def test_only_moderators_look(
    waiting: Client, sign: Sign, role: Role | None, status: int, home: Path
) -> None:
    sign(role)
    assert waiting.get(QUEUE).status_code == status
    if status != 200:
        assert waiting.post(QUEUE, {"one": "show-1"}).status_code == status
        assert states(home) == ["held"] * 3


def test_queue_says_what_why_and_who(waiting: Client) -> None:
    page = waiting.get(QUEUE).text
    for said in (
        "Which pier was it?",
        "First comment of this person.",
        "2 other comments of this person",
        'href="/article/a-wire"',
        'Waiting <span class="number">3</span>',
    ):
        assert said in page
    assert re.search(r'<span class="weight">[+−]\d', page)


def test_one_is_shown_and_the_decision_undone(waiting: Client, home: Path) -> None:
    answer = waiting.fill(QUEUE, {"one": "show-2", "why": "to the point"})
    assert answer.headers["location"] == f"{QUEUE}?in=held&done=show-2"
    assert states(home) == ["held", "shown", "held"]
    page = waiting.get(answer.headers["location"]).text
    assert "1 comment is shown now." in page
    assert 'value="undo-2"' in page
    shown = waiting.get(f"{QUEUE}?in=shown").text
    assert "by Ada" in shown
    assert "<q>to the point</q>" in shown
    waiting.fill(QUEUE, {"one": "undo-2"})
    assert states(home) == ["held"] * 3
    assert "last decision undone" in waiting.get(QUEUE).text


def test_all_that_are_ticked(waiting: Client, home: Path) -> None:
    page = waiting.get(QUEUE).text.partition("<main")[2]
    token = page.split('name="token" value="')[1].split('"')[0]
    body = f"token={token}&in=held&do=spam&id=1&id=3&id=3"
    assert post_raw(waiting, body) == f"{QUEUE}?in=held&done=spam-1,3"
    assert states(home) == ["spam", "held", "spam"]
    page = waiting.get(f"{QUEUE}?in=held&done=spam-1,3").text
    assert "2 comments are with spam now." in page
    waiting.fill(QUEUE, {"one": "undo-1,3"})
    assert states(home) == ["held"] * 3


def post_raw(client: Client, body: str) -> str:
    import anyio

    sent = {"content-type": "application/x-www-form-urlencoded"}
    answer = anyio.run(client._ask, "POST", QUEUE, "text/html", "localhost", "", sent, body)
    return answer.headers["location"]


def test_removed_can_be_taken_back(waiting: Client, home: Path) -> None:
    waiting.fill(QUEUE, {"one": "remove-1", "why": "insults"})
    assert states(home)[0] == "gone"
    page = waiting.get(f"{QUEUE}?in=gone").text
    assert "insults" in page
    assert "Which pier was it?" in page
    waiting.fill(QUEUE, {"one": "undo-1"})
    assert states(home)[0] == "held"


def test_block_holds_what_comes_later_even_of_who_is_known(
    waiting: Client, sign: Sign, home: Path
) -> None:
    waiting.fill(QUEUE, {"one": "show-1"})
    waiting.fill(QUEUE, {"one": "block-1"})
    sign(None)
    waiting.fill(FORM, {**SAID, "text": "Me again, with the hours of the boats."})
    assert states(home)[3] == "held"
    sign("moderator")
    assert "A member blocked this person" in waiting.get(QUEUE).text
    waiting.fill(QUEUE, {"one": "undo-1"})
    sign(None)
    waiting.fill(FORM, {**SAID, "text": "Now with the hours of the trains as well."})
    assert states(home)[4] == "shown"


def test_decisions_teach_and_undoing_unteaches(waiting: Client, home: Path) -> None:
    writing = Writing(SAID["name"], "Which pier was it?", "en")

    def score() -> float:
        with open_store(home) as store:
            return filter_of(store).judge(writing).score

    before = score()
    waiting.fill(QUEUE, {"one": "spam-1"})
    taught = weights(home)
    assert score() > before
    waiting.fill(QUEUE, {"one": "show-2"})
    waiting.fill(QUEUE, {"one": "undo-2"})
    assert weights(home) == taught
    waiting.fill(QUEUE, {"one": "undo-1"})
    assert score() == before


def test_removing_teaches_nothing(waiting: Client, home: Path) -> None:
    waiting.fill(QUEUE, {"one": "remove-1"})
    waiting.fill(QUEUE, {"one": "hold-1"})
    assert weights(home) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose what is to be done."),
        ({"do": "delete", "id": "1"}, "Choose what is to be done."),
        ({"do": "spam"}, "Tick the comments"),
        ({"one": "show-77"}, "there is no comment 77"),
        ({"one": "show-x"}, "there is no comment 0"),
        ({"one": "undo-1"}, "nothing to undo"),
        ({"one": "show-1", "why": "a" * 301}, "in 300 characters"),
    ],
)
def test_what_can_not_be_done_is_said(
    waiting: Client, home: Path, fields: dict[str, str], said: str
) -> None:
    answer = waiting.fill(QUEUE, fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert states(home) == ["held"] * 3


def test_folder_goes_on_and_comes_to_an_end(client: Client, sign: Sign) -> None:
    sign(None)
    for number in range(27):
        client.fill(FORM, {**SAID, "text": f"Remark {number} of many."})
    sign("moderator")
    first = client.get(QUEUE).text
    assert "2 more" in first
    assert 'id="c-25"' in first
    assert 'id="c-26"' not in first
    assert 'id="c-26"' in client.get(f"{QUEUE}?start=25").text
    assert "nothing in this folder" in client.get(f"{QUEUE}?in=spam").text


def test_member_of_a_public_desk_moderates(home: Path, knowledge: Knowledge, sign: Sign) -> None:
    sign(None)
    client = Client(lambda: site(home, CONFIG, knowledge, public=True))
    client.fill(FORM, SAID)
    sign("moderator")
    assert client.fill(QUEUE, {"one": "show-1"}).status_code == 303
    sign(None)
    assert "Which pier was it?" in client.get("/article/a-wire").text


def test_words_that_were_changed_meanwhile_are_not_shown_unread(
    waiting: Client, sign: Sign, home: Path
) -> None:
    with open_store(home) as store:
        own = own_path(store, 1)
    seen = dict(re.findall(r'name="seen" value="((\d+)-\d+)"', waiting.get(QUEUE).text))
    seen = {number: both for both, number in seen.items()}
    sign(None)
    waiting.fill(own, {"text": "Something else altogether."})
    sign("moderator")
    answer = waiting.fill(QUEUE, {"one": "show-1", "seen": seen["1"]})
    assert answer.status_code == 422
    assert "while you looked at it" in answer.text
    assert states(home)[0] == "held"
    assert weights(home) is None


def test_the_second_of_two_moderators_is_told_what_the_first_decided(
    waiting: Client, home: Path
) -> None:
    seen = re.findall(r'name="seen" value="(2-\d+)"', waiting.get(QUEUE).text)[0]
    waiting.fill(QUEUE, {"one": "spam-2", "seen": seen})
    for do in ("show", "hold", "undo"):
        answer = waiting.fill(QUEUE, {"one": f"{do}-2", "seen": seen})
        assert answer.status_code == 422
        assert states(home)[1] == "spam"


def test_who_is_blocked_can_not_change_what_is_shown_unseen(
    waiting: Client, sign: Sign, home: Path
) -> None:
    waiting.fill(QUEUE, {"one": "show-1"})
    sign(None)
    waiting.fill(FORM, {**SAID, "text": "Me again, with the hours of the boats."})
    assert states(home)[3] == "shown"
    sign("moderator")
    waiting.fill(QUEUE, {"one": "block-4"})
    sign(None)
    with open_store(home) as store:
        own = own_path(store, 4)
    waiting.fill(own, {"text": "Now with the hours of the trains as well."})
    assert states(home)[3] == "held"
