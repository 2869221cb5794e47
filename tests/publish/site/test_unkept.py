"""A desk that can't be written goes on being read, and says of every form why it is not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.errors import CannotWrite, StoreError
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.unkept import unkept
from dragoman.publish.wording import speaking
from dragoman.store import Store, open_store
from tests.desks import count
from tests.disks import no_more_pages, read_only
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

PATHS = ("/", "/stories", "/article/a-wire", "/explore?q=ferry", "/sources", "/article/a-wire.json")


@pytest.fixture
def form(home: Path) -> str:
    with open_store(home) as store:
        store.key("forms")
        return f"/event/{store.events(limit=1)[0].id}/error"


@pytest.fixture
def closed(home: Path, form: str, tmp_path: Path, knowledge: Knowledge) -> Iterator[Client]:
    """The site over a desk on a medium that can only be read."""
    at = tmp_path.parent / f"{tmp_path.name}-medium"
    with read_only(home, at), staying(site(at, Config(today=TODAY), knowledge)) as client:
        yield client


def sent(client: Client, form: str, prefix: str = "") -> tuple[int, str]:
    fields = {"text": "The date is another one. " * 70, "what": "when"}
    answer = client.fill(prefix + form, fields)
    return answer.status_code, answer.text.lower()


def test_a_medium_that_can_only_be_read(closed: Client, home: Path, form: str) -> None:
    assert [closed.get(path).status_code for path in PATHS] == [200] * len(PATHS)
    status, text = sent(closed, form)
    assert status == 503
    assert "this desk can only be read at present" in text
    assert str(home) not in text
    assert count(home, "error_notes") == 0
    assert closed.get("/").status_code == 200


def test_a_public_desk_on_such_a_medium(home: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    at = tmp_path.parent / f"{tmp_path.name}-medium"
    settings = Config(today=TODAY)
    with staying(site(home, settings, knowledge, public=True)) as client:
        before = [client.get(path).text for path in PATHS]
    with (
        read_only(home, at),
        staying(site(at, settings, knowledge, public=True)) as client,
    ):
        assert [client.get(path).text for path in PATHS] == before


def test_a_full_disk(home: Path, form: str, knowledge: Knowledge) -> None:
    with no_more_pages(), staying(site(home, Config(today=TODAY), knowledge)) as client:
        for _ in range(5):
            status, text = sent(client, form)
            if status != 303:  # there was room in pages that were begun
                break
        assert status == 507
        assert "the desk has no room left, and what was sent was not kept" in text
        assert [client.get(path).status_code for path in PATHS] == [200] * len(PATHS)
        assert "n’a plus de place" in sent(client, form, "/fr")[1]
    kept = count(home, "error_notes")
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        assert sent(client, form)[0] == 303
    assert count(home, "error_notes") == kept + 1


def test_each_fault_in_its_words() -> None:
    with speaking("en"):
        assert unkept(StoreError("the desk ada/desk is closed"))[0] == 503
        for why, status in (("full", 507), ("busy", 503), ("read-only", 503)):
            told = unkept(CannotWrite(why, "the desk ada/desk"))  # type: ignore[arg-type]
            assert told[0] == status
            assert "ada" not in told[1]


def test_a_program_is_told_too(
    home: Path, form: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite("busy", "the desk keeps being written to")

    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        page = client.get(form)
        token = page.text.partition('name="token" value="')[2].partition('"')[0]
        monkeypatch.setattr(Store, "note_error", refuse)
        answer = client.post(
            form, {"token": token, "text": "x", "what": "when"}, {"accept": "application/json"}
        )
    assert answer.status_code == 503
    assert "send it again in a minute" in json.loads(answer.text)["error"]
