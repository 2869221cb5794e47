"""Members, passwords, sessions, tokens and invitations: what is kept, and what ends when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dragoman.errors import AccountError
from dragoman.model.account import Account
from dragoman.store import Store, open_store, passwords
from dragoman.store.handed_out import TOKEN_PREFIX, digest_of, later, new_secret

NOW = "2026-03-01T12:00:00+00:00"
PASSWORD = "a bridge over the strait"
HOURS, DAYS = 12, 30


class Desk:
    """A store whose clock is set by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        store._clock = lambda: self.now

    def wait(self, *, days: float = 0, hours: float = 0) -> None:
        self.now = later(self.now, days=days, hours=hours)


@pytest.fixture
def desk(address: Path | str) -> Iterator[Desk]:
    with open_store(address) as store:
        yield Desk(store)


@pytest.fixture
def ada(desk: Desk) -> Account:
    return desk.store.add_member("Ada", "editor", PASSWORD)


def fault(error: pytest.ExceptionInfo[AccountError]) -> str:
    return error.value.fault


# --- names and passwords ---------------------------------------------------------------------


def test_name_is_one_in_all_its_ways_of_writing(desk: Desk) -> None:
    made = desk.store.add_member("  Zoé   Ünal ", "reader")
    assert made.name == "Zoé Ünal"
    for other in ("zoé ünal", "ZOÉ ÜNAL", "Zoe\u0301 U\u0308nal", "\uff3aoé Ünal"):
        with pytest.raises(AccountError) as error:
            desk.store.add_member(other, "editor")
        assert fault(error) == "taken"
        assert desk.store.member(other).id == made.id


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "a\u202eb", "a" * 61])
def test_name_can_be_seen(desk: Desk, name: str) -> None:
    with pytest.raises(AccountError) as error:
        desk.store.add_member(name, "reader")
    assert fault(error) == "name"


@pytest.mark.parametrize(
    ("password", "why"),
    [("eleven char", "short"), (" " * 20, "short"), ("a" * 257, "long"), ("ADA of Adana", "named")],
)
def test_weak_password_is_refused_and_nobody_added(desk: Desk, password: str, why: str) -> None:
    with pytest.raises(AccountError) as error:
        desk.store.add_member("Ada of Adana", "editor", password)
    assert fault(error) == why
    assert desk.store.members() == []


def test_password_is_kept_as_a_hash_alone(tmp_path: Path) -> None:
    desk = Desk(open_store(tmp_path))
    ada = desk.store.add_member("Ada", "editor", PASSWORD)
    secret = desk.store.open_session(ada.id, days=DAYS)
    token = desk.store.make_token(ada.id, "script", "reader", 90)
    link = desk.store.invite(ada.id)
    desk.store.close()
    kept = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert b"$argon2id$" in kept
    for one in (PASSWORD, secret, str(token).removeprefix(TOKEN_PREFIX), link):
        assert one.encode() not in kept


def test_known_by_name_and_password(desk: Desk, ada: Account) -> None:
    assert desk.store.known_by("aDA", PASSWORD) == ada
    wide = PASSWORD.replace("a", "\uff41")
    assert desk.store.known_by("Ada", wide) == ada
    for name, password in [("Ada", PASSWORD + "!"), ("Bea", PASSWORD), ("Ada", "")]:
        assert desk.store.known_by(name, password) is None


def test_who_has_no_password_or_a_closed_account_is_not_known(desk: Desk, ada: Account) -> None:
    desk.store.add_member("Bea", "reader")
    assert desk.store.known_by("Bea", "") is None
    cyd = desk.store.add_member("Cyd", "reader", PASSWORD)
    desk.store.close_account(cyd.id)
    assert desk.store.known_by("Cyd", PASSWORD) is None
    desk.store.reopen_account(cyd.id)
    assert desk.store.known_by("Cyd", PASSWORD) == cyd


class Counting:
    """A hasher that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def verify(self, kept: str, password: str) -> bool:
        self.asked.append(password)
        return PasswordHasher().verify(kept, password)

    def check_needs_rehash(self, kept: str) -> bool:
        return False


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ada", PASSWORD),
        ("Ada", "not the one it is"),
        ("Nobody", PASSWORD),
        ("Bea", PASSWORD),
        ("Cyd", PASSWORD),
        ("Ada", "a" * 100_000),
    ],
)
def test_every_attempt_costs_one_hash(
    desk: Desk, ada: Account, monkeypatch: pytest.MonkeyPatch, name: str, password: str
) -> None:
    """Nobody can tell by the time whether somebody is called so."""
    desk.store.add_member("Bea", "reader")
    closed = desk.store.add_member("Cyd", "reader", PASSWORD)
    desk.store.close_account(closed.id)
    passwords._of_nobody()
    counting = Counting()
    monkeypatch.setattr(passwords, "_HASHER", counting)
    desk.store.known_by(name, password)
    assert len(counting.asked) == 1


def test_hash_follows_the_parameters(
    desk: Desk, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    stronger = PasswordHasher(time_cost=5)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    hashes: list[str] = []

    def hashed(password: str) -> str:
        hashes.append(password)
        return stronger.hash(password)

    monkeypatch.setattr(passwords, "hashed", hashed)
    for _ in range(2):
        assert desk.store.known_by("Ada", PASSWORD) == ada
    assert hashes == [PASSWORD]


# --- who is signed in -----------------------------------------------------------------------------


def session_of(cookie: str) -> str:
    found = digest_of(cookie)
    assert found is not None
    return found


def test_session_ends_after_its_days(desk: Desk, ada: Account) -> None:
    session = session_of(desk.store.open_session(ada.id, days=1))
    for _ in range(3):
        assert desk.store.signed_in(session, hours=HOURS) == ada
        desk.wait(hours=8)
    assert desk.store.signed_in(session, hours=HOURS) is None
    assert desk.store.sessions(ada.id, hours=HOURS) == []


def test_session_ends_when_it_is_not_used(desk: Desk, ada: Account) -> None:
    session = session_of(desk.store.open_session(ada.id, days=DAYS))
    for hours in (11, 11, 11):
        desk.wait(hours=hours)
        assert desk.store.signed_in(session, hours=HOURS) == ada
    desk.wait(hours=12)
    assert desk.store.signed_in(session, hours=HOURS) is None


def test_reading_again_writes_nothing(desk: Desk, ada: Account) -> None:
    session = session_of(desk.store.open_session(ada.id, days=DAYS))
    desk.wait(hours=0.05)
    desk.store.signed_in(session, hours=HOURS)
    assert desk.store.sessions(ada.id, hours=HOURS)[0].seen_at == NOW
    desk.wait(hours=1)
    desk.store.signed_in(session, hours=HOURS)
    assert desk.store.sessions(ada.id, hours=HOURS)[0].seen_at == desk.now


def test_no_member_waits_for_who_writes(desk: Desk, ada: Account, address: Path | str) -> None:
    cookie = desk.store.open_session(ada.id, days=DAYS)
    token = str(desk.store.make_token(ada.id, "t", "reader", DAYS))
    desk.wait(hours=1)
    with open_store(address) as other, other.together():
        assert desk.store.signed_in(session_of(cookie), hours=HOURS) is not None
        assert desk.store.bearer(token) is not None
    assert [one.seen_at for one in desk.store.sessions(ada.id, hours=HOURS)] == [NOW]
    assert desk.store.signed_in(session_of(cookie), hours=HOURS) is not None
    assert [one.seen_at for one in desk.store.sessions(ada.id, hours=HOURS)] == [desk.now]


def test_only_the_secret_opens_a_session(desk: Desk, ada: Account) -> None:
    secret = desk.store.open_session(ada.id, days=DAYS)
    assert digest_of("") is None
    assert digest_of(secret + "\n") is None
    assert digest_of("' OR 1=1 --") is None
    assert desk.store.signed_in(secret, hours=HOURS) is None
    assert desk.store.signed_in(session_of(new_secret()), hours=HOURS) is None


@pytest.mark.parametrize("change", ["password", "role", "close"])
def test_a_change_of_the_account_ends_all_its_sessions(
    desk: Desk, ada: Account, change: str
) -> None:
    bea = desk.store.add_member("Bea", "moderator", PASSWORD)
    hers = session_of(desk.store.open_session(bea.id, days=DAYS))
    other = session_of(desk.store.open_session(ada.id, days=DAYS))
    desk.store.invite(bea.id)
    if change == "password":
        desk.store.set_password(bea.id, PASSWORD + "s")
    elif change == "role":
        desk.store.set_role(bea.id, "reader")
    else:
        desk.store.close_account(bea.id)
        desk.store.reopen_account(bea.id)
    assert desk.store.signed_in(hers, hours=HOURS) is None
    assert desk.store.signed_in(other, hours=HOURS) == ada


def test_a_role_that_stays_ends_nothing(desk: Desk, ada: Account) -> None:
    session = session_of(desk.store.open_session(ada.id, days=DAYS))
    desk.store.set_role(ada.id, "editor")
    assert desk.store.signed_in(session, hours=HOURS) == ada


def test_others_end_and_this_one_stays(desk: Desk, ada: Account) -> None:
    one, two, three = (session_of(desk.store.open_session(ada.id, days=DAYS)) for _ in range(3))
    assert desk.store.end_other_sessions(ada.id, two) == 2
    assert [one.id for one in desk.store.sessions(ada.id, hours=HOURS)] == [two]
    desk.store.end_session(two)
    assert {desk.store.signed_in(each, hours=HOURS) for each in (one, two, three)} == {None}


# --- the last editor ----------------------------------------------------------------------------


def test_last_editor_stays(desk: Desk, ada: Account) -> None:
    desk.store.add_member("Bea", "moderator", PASSWORD)
    desk.store.add_member("Cyd", "editor")  # who never set a password can't let others in
    gone = desk.store.add_member("Dov", "editor", PASSWORD)
    desk.store.close_account(gone.id)
    with pytest.raises(AccountError) as error:
        desk.store.close_account(ada.id)
    assert fault(error) == "last-editor"
    with pytest.raises(AccountError) as error:
        desk.store.set_role(ada.id, "moderator")
    assert fault(error) == "last-editor"
    desk.store.close_account(desk.store.member("Cyd").id)
    desk.store.reopen_account(gone.id)
    assert desk.store.set_role(ada.id, "reader").role == "reader"


def test_every_change_says_who_when_and_why(desk: Desk, ada: Account) -> None:
    bea = desk.store.add_member("Bea", "reader", by="Ada", why="new here")
    desk.store.set_role(bea.id, "moderator", by="Ada", why="rules on comments")
    desk.store.set_password(bea.id, PASSWORD, by="Bea")
    desk.store.close_account(bea.id, by="Ada", why="left")
    log = [
        (one.member, one.what, one.role, one.by, one.why, one.at)
        for one in desk.store.member_changes()
    ]
    assert log == [
        ("Bea", "closed", None, "Ada", "left", NOW),
        ("Bea", "password", None, "Bea", None, NOW),
        ("Bea", "role", "moderator", "Ada", "rules on comments", NOW),
        ("Bea", "added", "reader", "Ada", "new here", NOW),
        ("Ada", "added", "editor", None, None, NOW),
    ]
    assert {one.member for one in desk.store.member_changes(of=bea.id)} == {"Bea"}


# --- tokens -------------------------------------------------------------------------------------


def test_token_does_the_lesser_of_scope_and_role(desk: Desk, ada: Account) -> None:
    desk.store.add_member("Bea", "editor", PASSWORD)
    low = str(desk.store.make_token(ada.id, "a", "reader", 9))
    high = str(desk.store.make_token(ada.id, "b", "editor", 9))
    assert low.startswith(TOKEN_PREFIX)
    assert desk.store.bearer(low) == Account(ada.id, "Ada", "reader")
    assert desk.store.bearer(high) == Account(ada.id, "Ada", "editor")
    desk.store.set_role(ada.id, "moderator")
    assert desk.store.bearer(high) == Account(ada.id, "Ada", "moderator")
    with pytest.raises(AccountError) as error:
        desk.store.make_token(ada.id, "c", "editor", 9)
    assert fault(error) == "scope"


def test_token_ends(desk: Desk, ada: Account) -> None:
    desk.store.add_member("Bea", "editor", PASSWORD)
    short, long, other = (
        str(desk.store.make_token(ada.id, name, "reader", days))
        for name, days in (("short", 1), ("long", 90), ("other", 90))
    )
    desk.wait(days=2)
    assert desk.store.bearer(short) is None
    assert desk.store.bearer(long) == Account(ada.id, "Ada", "reader")
    number = next(one.id for one in desk.store.tokens(ada.id) if one.name == "long")
    with pytest.raises(AccountError):
        desk.store.revoke_token(number, of=ada.id + 1)
    assert desk.store.revoke_token(number, of=ada.id).revoked_at == desk.now
    assert desk.store.bearer(long) is None
    with pytest.raises(AccountError):
        desk.store.revoke_token(number)
    desk.store.close_account(ada.id)
    assert desk.store.bearer(other) is None


def test_token_of_others_is_none(desk: Desk, ada: Account) -> None:
    token = str(desk.store.make_token(ada.id, "a", "reader", 9))
    bare = token.removeprefix(TOKEN_PREFIX)
    for one in (bare, token + "a", TOKEN_PREFIX, TOKEN_PREFIX + new_secret(), TOKEN_PREFIX + token):
        assert desk.store.bearer(one) is None


def test_form_of_a_token_sent_twice_makes_one(desk: Desk, ada: Account) -> None:
    assert desk.store.make_token(ada.id, "a", "reader", 9, nonce="n") is not None
    assert desk.store.make_token(ada.id, "a", "reader", 9, nonce="n") is None
    assert len(desk.store.tokens()) == 1


@pytest.mark.parametrize(("name", "days"), [("", 9), ("a\nb" * 30, 9), ("a", 0), ("a", 367)])
def test_token_without_name_or_end_is_refused(
    desk: Desk, ada: Account, name: str, days: int
) -> None:
    with pytest.raises(AccountError):
        desk.store.make_token(ada.id, name, "reader", days)


# --- invitations ----------------------------------------------------------------------------------


def test_invitation_sets_a_password_once(desk: Desk, ada: Account) -> None:
    bea = desk.store.add_member("Bea", "reader")
    link = desk.store.invite(bea.id, by="Ada")
    assert desk.store.invited(link) == bea
    with pytest.raises(AccountError) as error:
        desk.store.accept_invitation(link, "short")
    assert fault(error) == "short"
    assert desk.store.accept_invitation(link, PASSWORD) == bea
    assert desk.store.known_by("Bea", PASSWORD) == bea
    with pytest.raises(AccountError) as error:
        desk.store.accept_invitation(link, PASSWORD + "!")
    assert fault(error) == "invitation"


def test_invitation_ends(desk: Desk, ada: Account) -> None:
    bea = desk.store.add_member("Bea", "reader")
    first = desk.store.invite(bea.id)
    second = desk.store.invite(bea.id)
    assert desk.store.invited(first) is None
    assert desk.store.invited(second) == bea
    desk.wait(days=8)
    assert desk.store.invited(second) is None
    third = desk.store.invite(bea.id)
    desk.store.close_account(bea.id)
    desk.store.reopen_account(bea.id)
    assert desk.store.invited(third) is None
