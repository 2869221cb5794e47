"""Alerts: what they tell and when, that each thing is told once, and what becomes of failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from dragoman.alerting import Round, rounds, run
from dragoman.config import Config, MailSettings, load_config
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.model.following import Alert, Way
from dragoman.publish.followed import asked, number_of, signed_by, signing_key
from dragoman.store import Store, open_store
from dragoman.store.handed_out import later
from tests.postbox import Postbox, postbox
from tests.publish.desk import COPY, REWRITE, TODAY, WIRE, settle
from tests.telling import told as telling
from tests.webhook import Webhook, webhook

PASSWORD = "a bridge over the strait"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as store:
        store.add_member("Rosa", "reader", PASSWORD)
        yield store


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as found:
        yield found


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as found:
        yield found


def settings(**more: object) -> Config:
    return Config(today=TODAY, address="https://desk.example", allow_hosts=["localhost"], **more)  # type: ignore[arg-type]


def with_mail(box: Postbox) -> Config:
    mail = MailSettings.model_validate(
        {"host": "127.0.0.1", "port": box.port, "security": "none", "from": "desk@x.example"}
    )
    return settings(mail=mail)


def follow(
    desk: Store,
    knowledge: Knowledge,
    address: str,
    *,
    way: Way = "webhook",
    origins: int = 2,
    query: str = "",
    language: str = "en",
) -> Alert:
    member = desk.member("Rosa").id
    search = desk.save_search(member, "Boats & quays", query)
    known = desk.each_event(asked(query, origins, knowledge))
    number = desk.add_alert(
        member, search.id, way, address, origins, language=language, known=known
    )
    found = desk.alert(number)
    assert found is not None
    return found


def origins(desk: Store, identity: str, number: int) -> None:
    event = desk.event(identity)
    assert event is not None
    desk.keep_events([replace(event, origins=number)])


def bodies(hook: Webhook) -> list[Any]:
    return [json.loads(body) for _, body in hook.got]


def told(hook: Webhook) -> list[tuple[str, str]]:
    return [(e["event"]["id"], e["telling"]) for body in bodies(hook) for e in body["events"]]


# --- what is told ---------------------------------------------------------------------------------


def test_an_event_is_told_when_it_reaches_the_origins_and_once(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    settle(desk, [REWRITE])
    follow(desk, knowledge, hook.at())
    settle(desk, [WIRE])
    assert run(desk, knowledge, settings()) == Round()
    origins(desk, "e-wire-2", 2)
    assert [one.what for one in run(desk, knowledge, settings()).sent] == ["sent"]
    assert told(hook) == [("e-wire-2", "new")]
    origins(desk, "e-wire-2", 3)
    assert run(desk, knowledge, settings()) == Round()
    # One that was there all the time is told too, once enough tell it.
    origins(desk, "e-met", 2)
    run(desk, knowledge, settings())
    assert told(hook) == [("e-wire-2", "new"), ("e-met", "new")]


def test_what_was_there_before_the_alert_is_not_told(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    settle(desk, [WIRE])
    origins(desk, "e-met", 5)
    follow(desk, knowledge, hook.at())
    assert run(desk, knowledge, settings()) == Round()
    assert hook.got == []


def test_only_what_the_search_finds_is_told(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), origins=1, query="pair:ARM,AZE category:ACCUSE")
    settle(desk, [WIRE])
    run(desk, knowledge, settings())
    assert told(hook) == [("e-wire-2", "new")]


def test_what_was_told_and_stands_otherwise_is_told_again(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), query="category:ACCUSE")
    settle(desk, [WIRE])
    origins(desk, "e-wire-2", 2)
    run(desk, knowledge, settings())
    event = desk.event("e-wire-2")
    assert event is not None
    desk.keep_events([replace(event, status="denied")])  # and its category the query's no more
    run(desk, knowledge, settings())
    origins(desk, "e-wire-2", 1)
    run(desk, knowledge, settings())
    desk.keep_events([replace(event, status="denied", report_ids=(), origins=0)])
    run(desk, knowledge, settings())
    run(desk, knowledge, settings())
    tellings = [telling for _, telling in told(hook)]
    assert tellings == ["new", "changed", "fewer", "withdrawn"]


def test_a_merged_event_is_not_told_anew(desk: Store, knowledge: Knowledge, hook: Webhook) -> None:
    follow(desk, knowledge, hook.at(), query="category:ACCUSE", origins=1)
    settle(desk, [WIRE])
    run(desk, knowledge, settings())
    event = desk.event("e-wire-2")
    assert event is not None
    desk.keep_events([replace(event, id="e-other")], {"e-wire-2": "e-other"})
    assert run(desk, knowledge, settings()) == Round()
    assert told(hook) == [("e-wire-2", "new")]


def test_of_what_was_forgotten_its_end_is_told_and_nothing_else(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), query="category:ACCUSE", origins=1)
    settle(desk, [WIRE])
    run(desk, knowledge, settings())
    desk.forget("a-wire", "asked")
    run(desk, knowledge, settings())
    assert run(desk, knowledge, settings()) == Round()
    last = bodies(hook)[-1]["events"]
    address = "https://desk.example/event/e-wire-2"
    assert last == [{"telling": "withdrawn", "event": {"id": "e-wire-2", "address": address}}]


def test_a_message_that_waits_tells_nothing_of_what_was_forgotten_meanwhile(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), query="category:ACCUSE", origins=1)
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE, REWRITE])
    hook.status = 500
    run(desk, knowledge, settings())
    assert "ferry line" in hook.got[0][1].decode()
    desk.forget("a-wire", "asked")
    hook.status = 200
    future = later(desk.now(), hours=1)
    desk._clock = lambda: future
    run(desk, knowledge, settings())
    late = hook.got[2:]
    assert all("ferry line" not in body.decode() for _, body in late)
    # Of the first alert nothing is left but that it is withdrawn; of the other what others tell.
    held = [{e["event"]["id"] for e in json.loads(body)["events"]} for _, body in late]
    assert {"e-met", "e-rewrite-2", "e-rewrite-3"} in held
    assert desk.last_messages()[1].sent_at is not None


def test_a_query_that_means_nothing_any_more_is_said_and_stops_no_other(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    member = desk.member("Rosa").id
    search = desk.save_search(member, "Broken", "category:NOSUCH")
    desk.add_alert(member, search.id, "webhook", hook.at(), 1, language="en")
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    made = run(desk, knowledge, settings())
    assert [new.fault is None for _, new in made.found] == [False, True]
    assert [one.what for one in made.sent] == ["sent"]


def test_a_dry_round_keeps_and_sends_nothing(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    dry = run(desk, knowledge, settings(), dry=True)
    assert len(dry.found[0][1].told) == 3
    assert (dry.sent, hook.got) == ([], [])
    run(desk, knowledge, settings())
    assert len(told(hook)) == 3


def test_who_left_is_told_nothing(desk: Store, knowledge: Knowledge, hook: Webhook) -> None:
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    desk.close_account(desk.member("Rosa").id)
    assert run(desk, knowledge, settings()) == Round()
    assert hook.got == []


# --- webhooks -------------------------------------------------------------------------------------


def test_a_webhook_can_tell_that_it_came_from_here(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    alert = follow(desk, knowledge, hook.at(), origins=1, query="category:ACCUSE")
    settle(desk, [WIRE])
    run(desk, knowledge, settings())
    ((headers, body),) = hook.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = signing_key(desk, alert.id)
    assert headers["webhook-signature"] == signed_by(key, signed)
    assert headers["webhook-signature"] != signed_by(signing_key(desk, alert.id + 1), signed)
    assert headers["content-type"] == "application/json"
    made = json.loads(body)
    assert made["id"] == headers["webhook-id"]
    assert made["search"] == {"name": "Boats & quays", "query": "category:ACCUSE"}
    (one,) = made["events"]
    assert one["event"]["reports"][0]["evidence"]["text"].startswith("Armenia accused")


def test_a_crash_after_sending_sends_again_under_the_same_number(
    desk: Store, knowledge: Knowledge, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    with monkeypatch.context() as broken:
        broken.setattr(Store, "message_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(desk, knowledge, settings())
    run(desk, knowledge, settings())
    first, again = bodies(hook)
    assert first == again
    run(desk, knowledge, settings())
    assert len(hook.got) == 2


def test_a_crash_before_sending_loses_nothing(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(desk, knowledge, settings(), post=killed)
    run(desk, knowledge, settings())
    assert len(told(hook)) == 3


def test_what_is_not_taken_is_tried_later_and_given_up_in_the_end(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    hook.status = 503
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    (first,) = run(desk, knowledge, settings()).sent
    assert first.what == "put off"
    assert "503" in (first.fault or "")
    assert run(desk, knowledge, settings()).sent == []  # not yet
    moment, outcomes, waits = desk.now(), [], []
    while True:
        due = desk.last_messages()[1].next_try
        if due is None:
            break
        waits.append(due)
        moment = due
        desk._clock = lambda at=moment: at  # type: ignore[misc]
        outcomes += [one.what for one in run(desk, knowledge, settings()).sent]
    assert outcomes == ["put off"] * (len(rounds.WAITS) - 1) + ["given up"]
    assert waits == sorted(set(waits))
    assert len(hook.got) == len(rounds.WAITS) + 1
    assert len({headers["webhook-id"] for headers, _ in hook.got}) == 1


def test_a_clock_that_jumps_tells_nothing_twice_and_holds_nothing_back(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    moment = desk.now()

    def at(days: int) -> None:
        now = later(moment, days=days)
        desk._clock = lambda: now

    hook.status = 503
    at(365)
    assert [one.what for one in run(desk, knowledge, settings()).sent] == ["put off"]
    hook.status = 204
    at(0)
    assert [one.what for one in run(desk, knowledge, settings()).sent] == ["sent"]
    for days in (-2, 0, 1, 365, 400):
        at(days)
        assert run(desk, knowledge, settings()) == Round()
    assert len(hook.got) == 2


def test_who_says_that_nothing_is_there_is_not_asked_again(
    desk: Store, knowledge: Knowledge, hook: Webhook
) -> None:
    hook.status = 410
    follow(desk, knowledge, hook.at(), origins=1)
    settle(desk, [WIRE])
    assert [one.what for one in run(desk, knowledge, settings()).sent] == ["given up"]


def test_a_redirect_is_not_followed(desk: Store, knowledge: Knowledge, hook: Webhook) -> None:
    with webhook() as elsewhere:
        hook.status, hook.location = 307, elsewhere.at()
        follow(desk, knowledge, hook.at(), origins=1)
        settle(desk, [WIRE])
        (sent,) = run(desk, knowledge, settings()).sent
    assert elsewhere.got == []
    assert "redirects, which is not followed" in (sent.fault or "")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_nothing_is_handed_to_a_private_network(
    desk: Store, knowledge: Knowledge, hook: Webhook, host: str
) -> None:
    follow(desk, knowledge, hook.at(host), origins=1)
    settle(desk, [WIRE])
    (sent,) = run(desk, knowledge, Config(today=TODAY)).sent
    assert sent.what == "put off"
    assert "private network" in (sent.fault or "") or "no usual way" in (sent.fault or "")
    (last,) = desk.last_messages().values()
    assert "(127.0.0.1)" not in (last.fault or "")
    assert "allow_hosts" in (last.fault or "") or "no usual way" in (last.fault or "")
    assert hook.got == []


def test_a_test_tells_nothing(desk: Store, knowledge: Knowledge, hook: Webhook) -> None:
    settle(desk, [WIRE])
    alert = follow(desk, knowledge, hook.at(), origins=1)
    rounds.try_out(desk, knowledge, settings(), alert)
    (body,) = bodies(hook)
    assert (body["type"], body["events"]) == ("test", [])
    assert run(desk, knowledge, settings()) == Round()


# --- letters --------------------------------------------------------------------------------------


def parts(letter: EmailMessage) -> tuple[str, str]:
    found = {part.get_content_subtype(): part.get_content() for part in letter.walk()
             if part.get_content_maintype() == "text"}  # fmt: skip
    return found["plain"], found["html"]


def test_a_mailbox_is_asked_before_anything_else_is_sent(
    desk: Store, knowledge: Knowledge, box: Postbox
) -> None:
    alert = follow(desk, knowledge, "rosa@paper.example", way="mail", origins=1)
    settle(desk, [WIRE])
    config = with_mail(box)
    run(desk, knowledge, config)
    run(desk, knowledge, config)
    (letter,) = box.letters
    text, html = parts(letter)
    assert "Are these letters for you?" in text
    link = next(line for line in text.splitlines() if line.startswith("https://"))
    assert f'href="{link}"' in html
    assert number_of(desk, "mail", link.rpartition("/")[2]) == alert.id
    for word in ("ferr", "Azerbaijan"):
        assert word not in text + html
    desk.confirm_alert(alert.id)
    run(desk, knowledge, config)
    run(desk, knowledge, config)
    assert len(box.letters) == 2
    assert box.readers == ["rosa@paper.example"] * 2


def test_a_letter_tells_each_event_with_its_sentence(
    desk: Store, knowledge: Knowledge, box: Postbox
) -> None:
    alert = follow(desk, knowledge, "rosa@paper.example", way="mail", origins=1)
    desk.confirm_alert(alert.id)
    settle(desk, [WIRE, COPY])
    config = with_mail(box)
    run(desk, knowledge, config)
    letter = box.letters[-1]
    text, html = parts(letter)
    assert letter["Subject"] == "Dragoman · Boats & quays · 3 new events"
    assert letter["Message-ID"].startswith("<msg_")
    assert letter["List-Unsubscribe"].startswith("<https://desk.example/alerts/mail/")
    for one in (text, html):
        assert (
            "Armenia accused Azerbaijan of closing the ferry line."
            in one.replace('<mark class="source">', "")
            or "closing the ferry line" in one
        )
        assert "https://desk.example/event/e-wire-2" in one
    assert "Boats &amp; quays" in html
    desk.forget("a-wire", "asked")
    run(desk, knowledge, config)
    text, html = parts(box.letters[-1])
    assert "ferry line" not in text + html
    assert "What the desk says otherwise" in text
    assert "e-wire-2" in text


def test_a_letter_speaks_the_language_of_its_alert(
    desk: Store, knowledge: Knowledge, box: Postbox
) -> None:
    alert = follow(desk, knowledge, "rosa@paper.example", way="mail", origins=1, language="fr")
    desk.confirm_alert(alert.id)
    settle(desk, [WIRE])
    run(desk, knowledge, with_mail(box))
    text, html = parts(box.letters[-1])
    assert 'lang="fr"' in html
    assert "Ne plus recevoir ces lettres" in text


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_no_header_is_made_of_an_address(
    desk: Store, knowledge: Knowledge, box: Postbox, address: str
) -> None:
    follow(desk, knowledge, address, way="mail", origins=1)
    (sent,) = run(desk, knowledge, with_mail(box)).sent
    assert "no mail address" in (sent.fault or "")
    assert box.letters == []


def test_without_a_mail_server_the_letter_waits(desk: Store, knowledge: Knowledge) -> None:
    follow(desk, knowledge, "rosa@paper.example", way="mail", origins=1)
    (sent,) = run(desk, knowledge, settings()).sent
    assert (sent.what, "no mail server" in (sent.fault or "")) == ("put off", True)


def test_a_feed_is_sent_nothing(desk: Store, knowledge: Knowledge) -> None:
    member = desk.member("Rosa").id
    search = desk.save_search(member, "All", "")
    number = desk.add_alert(member, search.id, "feed", None, 1, language="en")
    settle(desk, [WIRE])
    assert run(desk, knowledge, settings()) == Round()
    alert = desk.alert(number)
    assert alert is not None
    with pytest.raises(DragomanError, match="nothing is sent"):
        rounds.try_out(desk, knowledge, settings(), alert)


# --- the log -------------------------------------------------------------------------------------


def test_a_failure_is_a_line_of_the_log_without_the_address(
    desk: Store, knowledge: Knowledge
) -> None:
    follow(desk, knowledge, "http://127.0.0.1:9/hooks/sesame", origins=1)
    settle(desk, [WIRE])
    with telling() as log:
        (sent,) = run(desk, knowledge, settings()).sent
    assert sent.fault is not None
    (line,) = log.lines("alert")
    assert (line["outcome"], line["level"], line["way"]) == ("put off", "warning", "webhook")
    assert (line["alert"], line["message"]) == (sent.alert.id, sent.message.id)
    assert "sesame" not in log.text


def test_neither_a_mail_servers_password_nor_a_reader_is_told(
    desk: Store, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DRAGOMAN_SMTP_PASSWORD", "not the one it is")
    with postbox(asks_login=True) as box, telling() as log:
        alert = follow(desk, knowledge, "rosa@mail.example", way="mail", origins=1)
        desk.confirm_alert(alert.id)
        config = with_mail(box)
        config = config.model_copy(update={"mail": config.mail.model_copy(update={"user": "desk"})})
        load_config(tmp_path)
        sent = run(desk, knowledge, config).sent
    assert [one.what for one in sent] == ["put off"]
    assert "is the password" in (sent[0].fault or "")
    assert [line["outcome"] for line in log.lines("alert")] == ["put off"]
    for secret in ("not the one it is", "rosa@mail.example"):
        assert secret not in log.text
