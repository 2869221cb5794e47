"""A flood, and words that mean harm: nothing is shown that should not be, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from starlette.requests import Request

from dragoman.config import CommentSettings, Config
from dragoman.knowledge import Knowledge
from dragoman.model.account import Account
from dragoman.publish.forms import comment as comment_form
from dragoman.publish.judging import Judging
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site import posting
from dragoman.publish.site.app import site
from dragoman.publish.site.rates import Rates
from dragoman.publish.site.tokens import Tokens
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Filled, Led, Sitting, Visitor
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

FORM, PAGE, QUEUE = "/article/a-wire/comment", "/article/a-wire", "/desk/comments"
CONFIG = Config(today=TODAY, comments=CommentSettings(on=True))
EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    'https://a.example/"onmouseover=alert(1)//',
    "https://a.example/'><svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7*7 }} {% include 'x' %} {$inline_image} %(x)s ${x}",
    "</textarea><script>alert(1)</script>",
    "</title><style>*{display:none}</style>",
    "<!-- --><iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "a\r\nSet-Cookie: evil=1\r\n\r\n<script>",
    "\u202etxt.exe\u202c \u2066x\u2069",
)
TYPED = re.compile(r"<textarea.*?</textarea>|<input[^>]*>", re.DOTALL)
"""Fields, where what was typed stands as it was."""


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


def test_thousand_a_minute_from_fifty_addresses(store: Store, knowledge: Knowledge) -> None:
    """One minute by the clock of the rates: each network has its six, and those that were taken
    are all there, none of them shown."""
    now = [0.0]
    rates = Rates(comment_form.FORM.per_minute, lambda: now[0])
    room = ReadingRoom(store, knowledge, CONFIG)
    judging = Judging(store, knowledge, CONFIG)
    taken = Counter[str]()
    for number in range(1000):
        now[0] = number * 60 / 1000
        person = f"192.0.2.{number % 50}"
        if rates.wait(person):
            continue
        fields = {"name": [f"Offer {number}"], "text": [f"Cheap tickets number {number}, ask me."]}
        filled = Filled(fields, 30.0, f"nonce-{number}")
        sitting = Sitting(room, store, judging, Visitor(person))
        made = comment_form.take(sitting, ("a-wire",), filled)
        assert isinstance(made, Led)
        taken[person] += 1
    assert len(taken) == 50
    assert set(taken.values()) <= {6, 7, 8, 9, 10, 11, 12}
    counts = store.count_comments()
    assert sum(counts.values()) == sum(taken.values())
    assert "shown" not in counts
    assert store.comments_of_article("a-wire") == []


def test_rates_hold_on_the_site_too(home: Path, knowledge: Knowledge) -> None:
    from tests.publish.conftest import staying

    with staying(site(home, CONFIG, knowledge)) as client:
        page = client.get(FORM).text
        token = page.split('name="token" value="')[1].split('"')[0]
        said = {"name": "A", "text": "Words enough to be read.", "token": token}
        answers = [client.post(FORM, said) for _ in range(9)]
        assert [one.status_code for one in answers] == [303] * 6 + [429] * 3
        assert len({one.headers["location"] for one in answers[:6]}) == 1
        assert client.get(PAGE).status_code == 200
    with open_store(home) as store:
        assert store.count_comments() == {"held": 1}


def test_replayed_after_a_day_is_refused(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]

    class Dated(Tokens):
        def __init__(self, key: bytes) -> None:
            super().__init__(key, lambda: now[0])

    monkeypatch.setattr("dragoman.publish.site.app.Tokens", Dated)
    client = Client(lambda: site(home, CONFIG, knowledge))
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    now[0] += 25 * 3600
    answer = client.post(FORM, {"name": "A", "text": "Words.", "token": token})
    assert answer.status_code == 403
    assert posting.STALE[1:20] in answer.text


@pytest.fixture
def member(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(_self: Visitors, request: Request) -> Visitor:
        is_member = request.headers.get("x-member") == "1"
        account = Account(1, "Ada", "moderator") if is_member else None
        return Visitor("p", account, "s" if is_member else None)

    monkeypatch.setattr(Visitors, "of", of)


def harmless(page: str) -> None:
    """Read as a browser reads it: no element or attribute of somebody else's."""
    for one in lxml.html.fromstring(page).iter():
        if not isinstance(one.tag, str):
            raise AssertionError(f"a comment in the page: {one.text}")
        assert one.tag not in {"iframe", "img", "svg", "style", "object"}
        assert one.tag != "script" or str(one.get("src")).startswith("/static/")
        assert not [
            name for name in map(str, one.attrib) if name.startswith("on") or name == "style"
        ]
        for address in (one.get("href"), one.get("action")):
            assert address is None or address.startswith(("/", "#", "http://", "https://"))
    body = TYPED.sub("", page.partition("<main")[2])
    for left in ("{{", "{%", "{$", "\u202e", "\u2066"):
        assert left not in body
    assert "{{ 7" not in page


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize("evil", EVIL)
def test_harm_in_every_field(home: Path, knowledge: Knowledge, evil: str) -> None:
    client = Client(lambda: site(home, CONFIG, knowledge))
    said = {"name": evil[:60], "text": f"{evil} {evil}", "email": ""}
    mended = client.fill(FORM, {**said, "email": evil, "to": evil})
    assert mended.status_code == 422
    harmless(mended.text)
    harmless(client.fill(FORM, {**said, "do": "preview"}).text)
    answer = client.fill(FORM, said)
    assert answer.status_code == 303
    assert "evil" not in str(answer.headers.get("set-cookie", ""))
    harmless(client.get(answer.headers["location"]).text)
    me = {"x-member": "1"}
    harmless(client.get(QUEUE, headers=me).text)
    assert client.fill(QUEUE, {"one": "show-1", "why": evil, "in": evil}, me).status_code == 303
    for folder in ("shown", evil):
        harmless(client.get(f"{QUEUE}?in={quote(folder)}&done=show-1", headers=me).text)
    harmless(client.get(PAGE).text)
    harmless(client.get(f"{FORM}?to=1").text)
    harmless(client.fill(FORM, {**said, "to": "1", "do": "preview"}).text)
    made = client.get(f"{PAGE}.json")
    assert made.headers["content-type"] == "application/json"
    (shown,) = json.loads(made.text)["comments"]["shown"]
    assert not set(shown["text"]) & set("\u202e\u2066\r")
    with open_store(home) as store:
        kept = store.comment(1)
        assert kept is not None
        assert kept.text == f"{evil} {evil}"  # nothing of it is lost


def test_oversize_is_refused(home: Path, knowledge: Knowledge) -> None:
    client = Client(lambda: site(home, CONFIG, knowledge))
    assert client.post(FORM, {"text": "a" * 70_000}).status_code == 413
    assert client.fill(FORM, {"name": "A", "text": "é" * 4001}).status_code == 422
    with open_store(home) as store:
        assert store.count_comments() == {}
