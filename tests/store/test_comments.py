"""Comments in the store: kept once, decided with who and why, undone, erased, purged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from dragoman.errors import StoreError
from dragoman.model.comment import Comment
from dragoman.store import Store, open_store
from dragoman.store.schema_comments import comment_blocks
from tests.comments import REASON, new
from tests.publish.desk import PAGES, settle

EVER, NEVER = "9999", "0000"


@pytest.fixture
def store(address: Path | str) -> Iterator[Store]:
    with open_store(address) as opened:
        settle(opened, PAGES)
        yield opened


def told(store: Store, number: int) -> list[tuple[str, str, str | None, bool]]:
    return [(one.did, one.became, one.by, one.undone) for one in store.comment_deeds(number)]


def test_is_kept_as_it_was_typed(store: Store) -> None:
    made = store.keep_comment(new(text="<b>\u202e'; --", name="\r\nX"))
    assert store.comment(made.id) == made
    assert (made.text, made.name) == ("<b>\u202e'; --", "\r\nX")
    assert made.reasons == (REASON,)
    assert store.recent_circumstances() == [{"signature": 12}]
    assert store.recent_circumstances(but=made.id) == []


def test_form_sent_again_is_the_same_comment(store: Store) -> None:
    first = store.keep_comment(new(nonce="n"))
    assert store.keep_comment(new(nonce="n", text="Other words.")) == first
    assert store.count_comments() == {"held": 1}


def test_place_must_be_there(store: Store) -> None:
    with pytest.raises(StoreError, match="no article a-none"):
        store.keep_comment(new(article_id="a-none"))
    other = store.keep_comment(new(article_id="a-copy"))
    with pytest.raises(StoreError, match="to answer"):
        store.keep_comment(new(parent=other.id))
    with pytest.raises(StoreError, match="to answer"):
        store.keep_comment(new(parent=2**70))


def test_decisions_say_who_and_why_and_are_taken_back(store: Store) -> None:
    made = store.keep_comment(new())
    shown = store.rule_comment(made.id, "shown", "Ada", "to the point")
    assert (shown.state, shown.decided_by, shown.why) == ("shown", "Ada", "to the point")
    assert store.comments_of_article("a-wire") == [shown]
    store.rule_comment(made.id, "spam", "Béla")
    assert store.comments_of_article("a-wire") == []
    assert store.undo_comment(made.id, "Ada").decided_by == "Ada"
    back = store.undo_comment(made.id, "Ada")
    assert (back.state, back.decided_by, back.why) == ("held", None, None)
    with pytest.raises(StoreError, match="nothing to undo"):
        store.undo_comment(made.id, "Ada")
    assert told(store, made.id) == [
        ("undone", "held", "Ada", False),
        ("undone", "shown", "Ada", False),
        ("spam", "spam", "Béla", True),
        ("approved", "shown", "Ada", True),
        ("received", "held", None, False),
    ]


def test_same_decision_twice_is_refused(store: Store) -> None:
    made = store.keep_comment(new())
    store.rule_comment(made.id, "shown", "Ada")
    with pytest.raises(StoreError, match="already"):
        store.rule_comment(made.id, "shown", "Ada")
    with pytest.raises(StoreError, match="no comment 99"):
        store.rule_comment(99, "shown", "Ada")


def test_known_is_who_was_approved_under_an_address(store: Store) -> None:
    made = store.keep_comment(new())
    nameless = store.keep_comment(new(author="author-2", has_email=False))
    assert not store.is_known("author-1")
    for one in (made, nameless):
        store.rule_comment(one.id, "shown", "Ada")
    assert store.is_known("author-1")
    assert not store.is_known("author-2")
    store.undo_comment(made.id, "Ada")
    assert not store.is_known("author-1")


def test_what_the_filter_lets_through_makes_nobody_known(store: Store) -> None:
    store.keep_comment(new(state="shown"))
    assert not store.is_known("author-1")


def test_block_holds_and_is_undone(store: Store) -> None:
    made = store.keep_comment(new())
    assert store.block_author(made.id, "Ada", "insults") == 2
    assert store.is_blocked(["author-1"])
    assert store.is_blocked(["x", "person-1"])
    assert not store.is_blocked(["x"])
    assert store.undo_comment(made.id, "Ada").state == "held"
    assert not store.is_blocked(["author-1", "person-1"])


def test_block_outlasts_what_is_erased_but_not_the_words_on_it(store: Store) -> None:
    made = store.keep_comment(new())
    store.block_author(made.id, "Ada", "wrote: fog at nine")
    store.erase_comment(made.id)
    assert store.is_blocked(["author-1"])
    with store._reading() as connection:
        assert connection.execute(select(comment_blocks.c.why)).scalars().all() == [None, None]


def test_edited_words_are_decided_anew(store: Store) -> None:
    made = store.keep_comment(new())
    store.rule_comment(made.id, "shown", "Ada")
    changed = store.edit_comment(made.id, "Other words.", "held", 0.4, ())
    assert (changed.text, changed.state, changed.decided_by) == ("Other words.", "held", None)
    assert changed.edited_at is not None


def test_others_of_the_same_person(store: Store) -> None:
    first = store.keep_comment(new())
    by_name = store.keep_comment(new(person="person-2"))
    by_place = store.keep_comment(new(author="author-2"))
    store.keep_comment(new(author="author-3", person="person-3"))
    assert [one.id for one in store.comments_by(first)] == [by_place.id, by_name.id]


def test_erased_is_gone_and_leaves_a_place_where_it_was_answered(store: Store) -> None:
    made = store.keep_comment(new(state="shown"))
    answer = store.keep_comment(new(parent=made.id, state="shown", author="author-2"))
    store.erase_comment(made.id)
    left = store.comment(made.id)
    assert left is not None
    assert (left.state, left.name, left.text, left.author, left.person) == (
        "gone",
        "",
        "",
        None,
        None,
    )
    assert store.comment_deeds(made.id) == []
    with pytest.raises(StoreError, match="nothing is left"):
        store.rule_comment(made.id, "shown", "Ada")
    store.erase_comment(answer.id)
    assert store.comment(answer.id) is None
    store.purge_comments(NEVER, NEVER)
    assert store.comment(made.id) is None
    assert [(one.what, one.number) for one in store.erasures()] == [("asked", 1), ("asked", 1)]


def test_purge_takes_what_is_past_its_time_alone(store: Store) -> None:
    held = store.keep_comment(new())
    spam = store.keep_comment(new(state="spam"))
    removed = store.keep_comment(new(state="shown"))
    shown = store.keep_comment(new(state="shown"))
    store.rule_comment(removed.id, "gone", "Ada")
    store.block_author(spam.id, "Ada")
    assert store.purge_comments(NEVER, NEVER) == {"spam": 0, "removed": 0, "persons": 0}
    assert store.purge_comments(EVER, EVER) == {"spam": 1, "removed": 1, "persons": 2}
    assert [one.id for one in (held, shown) if store.comment(one.id)] == [held.id, shown.id]
    assert store.comment(spam.id) is store.comment(removed.id) is None
    assert not store.is_blocked(["person-1"])
    assert store.is_blocked(["author-1"])
    assert {one.what: one.number for one in store.erasures()} == {
        "spam": 1,
        "removed": 1,
        "persons": 2,
    }


def test_comments_go_with_their_article(store: Store) -> None:
    mine = store.keep_comment(new())
    other = store.keep_comment(new(article_id="a-copy"))
    store.forget("a-wire", reason="asked", by="Ada")
    assert store.comment(mine.id) is None
    assert store.comment_deeds(mine.id) == []
    assert isinstance(store.comment(other.id), Comment)
    assert [(one.what, one.number) for one in store.erasures()] == [("forgotten", 1)]


def test_weights_and_lessons_are_kept(store: Store) -> None:
    assert store.filter_weights() is None
    for weights in (b"one", b"two"):
        store.keep_weights(weights)
    assert store.filter_weights() == b"two"


def test_lesson_is_of_the_decision_that_an_undo_takes_back(store: Store) -> None:
    made = store.keep_comment(new())
    assert store.take_lesson(made.id) is None
    for state, taught in (("shown", b"ham"), ("spam", b"spam")):
        store.rule_comment(made.id, state, "Ada")  # type: ignore[arg-type]
        store.keep_lesson(made.id, state == "spam", taught)
    for taught in (b"spam", b"ham"):
        assert store.take_lesson(made.id) == taught
        store.undo_comment(made.id, "Ada")
    assert store.take_lesson(made.id) is None


def test_queue_is_oldest_first_and_the_folders_newest_first(store: Store) -> None:
    for state in ("held", "held", "spam", "spam"):
        store.keep_comment(new(state=state))
    assert [one.id for one in store.comments_in("held")] == [1, 2]
    assert [one.id for one in store.comments_in("spam")] == [4, 3]
    assert [one.id for one in store.comments_in("spam", most=1, before=1)] == [3]
