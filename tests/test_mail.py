"""Letters: what is in one, how it is handed over, and that nothing from outside makes a header."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from dragoman.config import PASSWORD, Config, MailSettings, load_config
from dragoman.errors import DataFileError, DragomanError
from dragoman.mail import letter, send
from tests.postbox import Postbox, postbox

READER = "reader@example.org"
ATTACK = "Day\r\nBcc: everybody@example.org\r\n\r\nbody\x00\u2028X-More: yes"


def settings(box: Postbox | None = None, **more: object) -> Config:
    known = {"host": "127.0.0.1", "port": box.port, "security": "none"} if box else {}
    mail = MailSettings.model_validate({**known, "from": "desk@example.org", **more})
    return Config(title="The Harbour Desk", address="https://desk.example.org", mail=mail)


def written(config: Config, to: str = READER, subject: str = "Today · é") -> EmailMessage:
    return letter(
        config, to, subject=subject, text="Plain é\n.\nmore\n", html="<p>é</p>", list_name="brief"
    )


def test_a_letter_is_text_and_html() -> None:
    with postbox() as box:
        config = settings(box)
        send(config.mail, [written(config)])
    (found,) = box.letters
    assert box.readers == [READER]
    assert found["From"] == "The Harbour Desk <desk@example.org>"
    assert (found["To"], found["Subject"]) == (READER, "Today · é")
    assert found["List-Id"] == "<brief.desk.example.org>"
    assert found["Message-ID"].endswith("@example.org>")
    assert found["Date"].datetime.tzinfo is not None
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content_type() == "multipart/alternative"
    text, html = found.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert text.get_content().splitlines() == ["Plain é", ".", "more"]
    assert html.get_content_type() == "text/html"
    assert html.get_content().strip() == "<p>é</p>"


def test_each_reader_has_a_letter_and_sees_no_other() -> None:
    with postbox() as box:
        config = settings(box)
        send(config.mail, [written(config), written(config, "other@example.org")])
    assert box.readers == [READER, "other@example.org"]
    assert [one["To"] for one in box.letters] == box.readers
    assert len({one["Message-ID"] for one in box.letters}) == 2


@pytest.mark.parametrize("where", ["subject", "title"])
def test_no_header_is_made_of_two_lines(where: str) -> None:
    with postbox() as box:
        config = settings(box)
        if where == "title":
            config = config.model_copy(update={"title": ATTACK})
        send(config.mail, [written(config, subject=ATTACK if where == "subject" else "Day")])
    (found,) = box.letters
    assert found["Bcc"] is None
    assert found["X-More"] is None
    assert box.readers == [READER]
    assert "Day Bcc: everybody@example.org body X-More: yes" in (
        found["Subject"] if where == "subject" else found["From"].addresses[0].display_name
    )


@pytest.mark.parametrize(
    "to",
    [
        "reader@example.org\r\nBcc: everybody@example.org",
        "reader@example.org\n",
        "reader",
        "Reader <reader@example.org>",
        "a@example.org, b@example.org",
        "",
    ],
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(DragomanError, match="is no mail address"):
        written(settings(), to)


def test_the_login_and_that_nobody_is_told_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with postbox(asks_login=True) as box:
        config = settings(box, user="desk")
        with pytest.raises(DragomanError, match=f"put it into {PASSWORD}"):
            send(config.mail, [written(config)])
        monkeypatch.setenv(PASSWORD, box.password)
        send(config.mail, [written(config)])
        assert (len(box.letters), box.logins) == (1, [f"\0desk\0{box.password}"])
        monkeypatch.setenv(PASSWORD, "another one")
        with pytest.raises(DragomanError, match="refuses desk") as fault:
            send(config.mail, [written(config)])
    assert "another one" not in str(fault.value)
    assert "another one" not in repr(config)


def test_no_password_goes_over_an_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "secret")
    config = settings(host="mail.example.org", security="none", user="desk")
    with pytest.raises(DragomanError, match="not sent over an open line"):
        send(config.mail, [written(config)])


def test_a_server_without_tls_is_refused_with_the_fix() -> None:
    with postbox() as box:
        config = settings(box, security="starttls")
        with pytest.raises(DragomanError, match=r"set security in \[mail\] of dragoman.toml"):
            send(config.mail, [written(config)])
    assert box.letters == []


def test_a_reader_whom_the_server_does_not_know() -> None:
    with postbox(refuses=READER) as box:
        config = settings(box)
        with pytest.raises(DragomanError, match=r"does not take mail for reader@example.org \(550"):
            send(config.mail, [written(config)])


def test_nobody_there() -> None:
    with postbox() as box:
        config = settings(box)
    with pytest.raises(DragomanError, match="check host, port and security"):
        send(config.mail, [written(config)])


def test_without_settings_it_says_which_lines_to_write() -> None:
    with pytest.raises(DragomanError, match=r"\[mail\]\n  host = "):
        send(MailSettings(), [])
    with pytest.raises(DragomanError, match=r"from = .desk@example\.org"):
        written(Config())


def test_settings_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dragoman.toml"
    file.write_text('[mail]\nhost = "mail.example.org"\nfrom = "d@example.org"\n', "utf-8")
    mail = load_config(tmp_path).mail
    assert (mail.host, mail.sender, mail.security, mail.port_used) == (
        "mail.example.org", "d@example.org", "starttls", 587,
    )  # fmt: skip
    assert MailSettings(security="tls").port_used == 465
    file.write_text('[mail]\npassword = "secret"\n', "utf-8")
    with pytest.raises(DataFileError) as fault:
        load_config(tmp_path)
    assert "secret" not in str(fault.value)
