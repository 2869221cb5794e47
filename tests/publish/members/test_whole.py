"""A member of a public desk sees the whole of it, on pages, files and feeds; nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from dragoman.store import open_store
from dragoman.store.schema import events
from tests.publish.conftest import Client
from tests.publish.members.people import PASSWORD, cookie, token

FILES = ("/stories", "/actor/AZE.csv", "/today.rss", "/export/jsonl", "/pair/ARM/AZE.json")


def text_shown(client: Client, headers: dict[str, str]) -> str:
    answer = client.get("/article/a-wire", "application/json", headers=headers)
    assert answer.status_code == 200
    return str(answer.json()["article"]["text"])


@pytest.mark.parametrize("how", ["cookie", "token"])
def test_member_reads_whole_articles(staffed: Path, public: Client, how: str) -> None:
    headers = (
        {"cookie": cookie(staffed, "reader")}
        if how == "cookie"
        else {"authorization": f"Bearer {token(staffed, 'reader', 'reader')}"}
    )
    with open_store(staffed) as store:
        kept = store.kept("a-wire")
    assert kept is not None
    assert text_shown(public, headers) == kept.article.text
    assert len(text_shown(public, {})) < len(kept.article.text)


def test_member_sees_events_that_are_hidden(staffed: Path, public: Client) -> None:
    headers = {"cookie": cookie(staffed, "reader")}
    assert public.get("/event/e-met").status_code == 200
    with open_store(staffed) as store, store._writing() as connection:
        connection.execute(update(events).where(events.c.id == "e-met").values(is_shown=False))
    assert public.get("/event/e-met").status_code == 404
    assert public.get("/event/e-met", headers=headers).status_code == 200
    assert "e-met" in public.get("/export/jsonl", headers=headers).text
    assert "e-met" not in public.get("/export/jsonl").text


@pytest.mark.parametrize("path", FILES)
def test_what_is_made_for_a_member_is_kept_by_no_cache(
    staffed: Path, public: Client, path: str
) -> None:
    answer = public.get(path, headers={"cookie": cookie(staffed, "reader")})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", FILES)
def test_others_get_what_they_got_before_there_were_members(
    staffed: Path, public: Client, path: str
) -> None:
    before = public.get(path)
    public.get(path, headers={"cookie": cookie(staffed, "editor")})
    after = public.get(path, headers={"cookie": "dragoman=" + "A" * 43})
    assert before.text == after.text
    assert "cache-control" not in after.headers
    assert "Edda" not in after.text


def test_no_secret_leaves_in_exports(staffed: Path, public: Client) -> None:
    made = token(staffed, "editor", "editor")
    headers = {"cookie": cookie(staffed, "editor")}
    for path in (*FILES, "/openapi.json", "/desk", "/desk/account", "/desk/members"):
        for accept in ("text/html", "application/json"):
            text = public.get(path, accept, headers=headers).text
            for secret in (PASSWORD, "$argon2", made, headers["cookie"].partition("=")[2]):
                assert secret not in text
