"""The page on which an audit is read, asked in-process: verdicts, refusals, and its look."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlencode

import anyio
import httpx
import pytest

from dragoman.checking.sampling import draw
from dragoman.checking.session import Session
from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model.audit import Audit, Ruling
from dragoman.publish.gathering import about, events
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.auditing import audit_site
from dragoman.publish.site.render import HERE
from dragoman.store import open_store
from tests.publish.desk import TODAY

TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Reader:
    """A browser of one reader: every question opens the desk anew, as a new run would."""

    def __init__(self, home: Path, knowledge: Knowledge) -> None:
        self._home = home
        self._knowledge = knowledge

    def ask(
        self, path: str, form: dict[str, object] | None = None, *, host: str = "localhost"
    ) -> httpx.Response:
        """The answer to a page, or to a form whose token is that of the page it stands on."""
        return anyio.run(self._ask, path, form, host)

    async def _ask(self, path: str, form: dict[str, object] | None, host: str) -> httpx.Response:
        store = open_store(self._home)
        room = ReadingRoom(store, self._knowledge, Config(today=TODAY))
        audit = store.audit("ferries")
        assert audit is not None
        application = audit_site(room, Session(store, audit, "Ada"))
        transport = httpx.ASGITransport(application)
        headers = {"host": host}
        async with (
            application.router.lifespan_context(application),
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            if form is None:
                return await client.get(path, headers=headers)
            found = TOKEN.search((await client.get(path)).text)
            assert found is not None
            body = urlencode({"token": found[1]} | form, doseq=True)
            return await client.post(path, content=body, headers=headers)


@pytest.fixture
def reader(home: Path, knowledge: Knowledge) -> Reader:
    with open_store(home) as store:
        room = ReadingRoom(store, knowledge, Config(today=TODAY))
        rows = (row for item in events(room) for row in item.reports)
        strata, items = draw(rows, ["lang"], 50, 1, knowledge.outlets)
        store.keep_audit(Audit("ferries", "", ("lang",), 1, room.now, strata), items)
        store.rule("ferries", [Ruling(items[0].report_id, "Béla", "wrong", ("place",), "secret")])
    return Reader(home, knowledge)


def place_of(home: Path, words: str) -> int:
    """The number of the item whose sentence has these words."""
    with open_store(home) as store:
        items = store.audit_items("ferries")
    return next(i for i, item in enumerate(items, 1) if item.shown and words in item.shown.sentence)


def rulings(home: Path) -> list[Ruling]:
    with open_store(home) as store:
        return store.audit_verdicts("ferries", "Ada")


def test_a_page_shows_the_sentence_and_its_code(reader: Reader, home: Path) -> None:
    made = reader.ask(f"/item/{place_of(home, 'a rencontré')}")
    assert made.status_code == 200
    assert '<blockquote class="sentence" lang="fr">Jens Stoltenberg a rencontré' in made.text
    words = html.unescape(made.text)
    assert "<dt>words</dt><dd>“rencontré”</dd>" in words
    assert "<dt>what</dt><dd>Consult</dd>" in words
    assert "<dt>who</dt><dd>Jens Stoltenberg</dd>" in words
    assert "<dt>when</dt><dd>17 March 2024</dd>" in words
    assert "0 of 8 read" in words


def test_neither_another_s_verdict_nor_the_machine_s_doubt_is_shown(
    reader: Reader, home: Path
) -> None:
    pages = [reader.ask(f"/item/{number}").text for number in range(1, 9)]
    assert not any("secret" in page or "Béla" in page for page in pages)
    assert not any("0.75" in page or "confidence" in page for page in pages)


def test_verdicts_are_kept_and_lead_on(reader: Reader, home: Path) -> None:
    assert reader.ask("/").headers["location"] == "/item/1"
    made = reader.ask("/item/1", {"verdict": "right"})
    assert (made.status_code, made.headers["location"]) == (303, "/item/2")
    made = reader.ask("/item/2", {"verdict": "skip"})
    assert made.headers["location"] == "/item/3"
    reader.ask("/item/3", {"verdict": "wrong", "wrong": ["date", "place"], "note": "in June"})
    assert {(one.verdict, one.wrong, one.note) for one in rulings(home)} == {
        ("right", (), None),
        ("wrong", ("date", "place"), "in June"),
    }
    assert reader.ask("/").headers["location"] == "/item/2"
    again = reader.ask("/item/3").text
    assert "Your verdict so far: wrong" in again
    assert again.count(" checked>") == 2


def test_the_last_one_leads_to_the_end(reader: Reader) -> None:
    for number in range(1, 8):
        reader.ask(f"/item/{number}", {"verdict": "unsure"})
    assert reader.ask("/item/8", {"verdict": "right"}).headers["location"] == "/done"
    made = reader.ask("/done")
    assert "All is read" in made.text
    assert "audit show ferries" in made.text


def test_wrong_without_a_part_is_asked_back(reader: Reader, home: Path) -> None:
    made = reader.ask("/item/1", {"verdict": "wrong"})
    assert made.status_code == 422
    assert 'role="alert">say what is wrong' in made.text
    assert rulings(home) == []


@pytest.mark.parametrize("token", ["", "guessed", "é"])
def test_an_answer_from_elsewhere_is_refused(reader: Reader, home: Path, token: str) -> None:
    made = reader.ask("/item/1", {"verdict": "right", "token": token})
    assert made.status_code == 403
    assert rulings(home) == []


def test_another_name_is_not_answered_to(reader: Reader, home: Path) -> None:
    assert reader.ask("/", host="evil.example").status_code == 421
    made = reader.ask("/item/1", {"verdict": "right"}, host="evil.example:8001")
    assert made.status_code == 421
    assert rulings(home) == []


def test_a_long_answer_and_an_unknown_item_are_refused(reader: Reader, home: Path) -> None:
    note = "x" * 30_000
    assert reader.ask("/item/1", {"verdict": "right", "note": note}).status_code == 413
    assert reader.ask("/item/99").status_code == 404
    assert rulings(home) == []


def test_it_runs_nothing_and_escapes_what_pages_hold(reader: Reader, home: Path) -> None:
    made = reader.ask(f"/item/{place_of(home, 'warned')}")
    assert made.headers["content-security-policy"].startswith("default-src 'self';")
    assert made.headers["cache-control"] == "no-store"
    assert "<script" not in made.text
    assert "style=" not in made.text
    assert "onclick" not in made.text
    assert "&lt;script&gt;alert(&#39;body&#39;)" in made.text


def test_every_button_has_a_key_and_enter_gives_no_verdict_by_mistake(reader: Reader) -> None:
    page = reader.ask("/item/2").text
    assert sorted(re.findall(r'accesskey="(.)"', page)) == ["b", "r", "s", "u", "w"]
    first, second = page.split("<form ")[1:]
    # Enter in the note presses the first button of its form, which is the only one there.
    assert 'name="note"' not in first
    assert re.findall(r'name="verdict" value="(\w+)"', second) == ["wrong"]


def test_it_fits_a_phone() -> None:
    """Nothing of it has a fixed width, so that 390 pixels are enough; targets are large."""
    css = (HERE / "static" / "audit.css").read_text("utf-8")
    assert not re.search(r"(?<![-\w])(?:min-)?(?:width|inline-size)\s*:\s*\d{3,}px", css)
    widths = re.findall(r"flex:\s*\d \d (\d+)rem", css)
    assert widths
    assert max(map(int, widths)) * 16 < 390 - 2 * 32
    assert "flex-wrap: wrap" in css
    assert re.search(r"min-height: 3rem", css)


def test_an_export_says_how_right_its_code_was_found(
    reader: Reader, home: Path, knowledge: Knowledge
) -> None:
    with open_store(home) as store:
        room = ReadingRoom(store, knowledge, Config(today=TODAY))
        (result,) = about(room, "actor:AZE").audits
    assert (result.name, result.read, result.wrong) == ("ferries", 1, 1)
