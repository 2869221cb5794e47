"""The filter: what it decides and why, what it learns, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.publish.spam import prior
from dragoman.publish.spam.filter import CALM, SPAM, Filter
from dragoman.publish.spam.reasons import SAID, told
from dragoman.publish.spam.sameness import signature
from dragoman.publish.spam.traits import TRAITS
from dragoman.publish.spam.writing import Outcome, Reason, Writing
from dragoman.publish.wording import LANGUAGES, speaking

CALM_ONE = Writing(
    "Lectrice", "Le vote a été reporté au mois de mars, le ministère l'a dit hier.", "fr"
)
SPAM_ONE = Writing(
    "Offres", "Gagnez de l'argent depuis chez vous, cliquez ici : http://gain.example", "fr"
)
NEW = Writing(
    "Kim", "Zorblat wuffles are sold at our zorblat shop, hurry to wuffle street today", "en"
)


@pytest.fixture(scope="module")
def shipped() -> Filter:
    """What we ship; nobody may teach it."""
    return Filter(Knowledge().lures)


@pytest.fixture
def fresh() -> Filter:
    return Filter(Knowledge().lures, shipped=False)


def kinds(reasons: tuple[Reason, ...]) -> set[str]:
    return {reason.kind for reason in reasons}


def test_a_first_comment_waits(shipped: Filter) -> None:
    verdict = shipped.judge(CALM_ONE)
    assert verdict.outcome == "hold"
    assert verdict.reasons[0].kind == "first"


def test_a_known_person_is_shown(shipped: Filter) -> None:
    verdict = shipped.judge(replace(CALM_ONE, known=True))
    assert verdict.outcome == "publish"
    assert verdict.reasons[0].kind == "calm"
    assert verdict.score < CALM


@pytest.mark.parametrize(
    "addition",
    [
        "https://www.osce.org/minsk-group",
        "osce.org",
        "osce (dot) org",
        "nom@courriel.example",
        "+33 1 00 00 00 00",
        '<a href="http://osce.org">ici</a>',
    ],
)
def test_an_address_makes_even_a_known_person_wait(shipped: Filter, addition: str) -> None:
    text = f"{CALM_ONE.text} {addition}"
    verdict = shipped.judge(replace(CALM_ONE, text=text, known=True))
    assert verdict.outcome != "publish"
    assert "has_link" in kinds(verdict.reasons)


def test_spam_lies_with_the_spam(shipped: Filter) -> None:
    verdict = shipped.judge(SPAM_ONE)
    assert verdict.outcome == "spam"
    assert verdict.score >= SPAM
    assert {"high", "money", "click"} <= kinds(verdict.reasons)


def test_who_was_approved_is_never_with_the_spam_for_a_score(shipped: Filter) -> None:
    verdict = shipped.judge(replace(SPAM_ONE, known=True))
    assert verdict.outcome == "hold"
    assert "known_high" in kinds(verdict.reasons)


@pytest.mark.parametrize(("trap", "token", "kind"), [(True, True, "trap"), (False, False, "token")])
def test_forms_that_no_person_sent(shipped: Filter, trap: bool, token: bool, kind: str) -> None:
    forged = replace(CALM_ONE, known=True, trap_filled=trap, token_valid=token)
    verdict = shipped.judge(forged)
    assert (verdict.outcome, verdict.reasons[0].kind) == ("spam", kind)


def test_what_is_sent_in_no_time_waits(shipped: Filter) -> None:
    assert shipped.judge(replace(CALM_ONE, known=True, seconds=30)).outcome == "publish"
    verdict = shipped.judge(replace(CALM_ONE, known=True, seconds=1))
    assert (verdict.outcome, verdict.reasons[0].kind) == ("hold", "sent_fast")


def test_what_others_send_too_waits(shipped: Filter) -> None:
    other = signature(CALM_ONE.text.replace("hier", "hier soir"))
    once = replace(CALM_ONE, known=True, recent=(other,))
    assert shipped.judge(once).outcome == "publish"
    verdict = shipped.judge(replace(once, recent=(other, other)))
    assert (verdict.outcome, verdict.reasons[0].kind) == ("hold", "sent_before")
    short = replace(once, text="Merci", recent=(signature("merci"),) * 5)
    assert "sent_before" not in kinds(shipped.judge(short).reasons)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300),
    st.text(max_size=40),
    st.sampled_from(["fr", "en", "ru", "ar", "xx"]),
    st.booleans(),
    st.booleans(),
    st.none() | st.floats(allow_nan=False, min_value=0),
)
def test_whatever_is_typed_gets_an_outcome_with_reasons(
    shipped: Filter,
    text: str,
    name: str,
    language: str,
    known: bool,
    trap: bool,
    seconds: float | None,
) -> None:
    writing = Writing(name, text, language, seconds, trap, known=known, email=name)
    verdict = shipped.judge(writing)
    assert verdict.outcome in {"publish", "hold", "spam"}
    assert 0 <= verdict.score <= 1
    assert verdict.reasons
    assert all(told(reason) for reason in verdict.reasons)
    assert verdict == shipped.judge(writing)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\ud800",
        "a" * 100_000,
        "<" * 50_000,
        "http://" * 20_000,
        "x." * 50_000,
        "[url=" * 20_000,
        "1 " * 50_000,
        "s u b " * 20_000,
        "😀" * 3_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_long_and_broken_texts(shipped: Filter, text: str) -> None:
    assert shipped.judge(Writing("n", text, "en")).reasons


def test_nothing_is_ever_deleted() -> None:
    assert set(get_args(Outcome)) == {"publish", "hold", "spam"}


def test_reasons_are_worded_in_every_language() -> None:
    assert set(TRAITS) <= set(SAID)
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = told(Reason("click", 1.2, ("cliquez", "visitez")))
    assert said == {
        "en": "Asks to click, visit or watch: “cliquez”, “visitez”",
        "fr": "Invite à cliquer, à visiter ou à regarder\u00a0: "
        "«\u202fcliquez\u202f», «\u202fvisitez\u202f»",
    }


def test_learning_moves_scores_and_undo_restores_them(fresh: Filter) -> None:
    before = fresh.to_bytes()
    like_it = replace(NEW, text=NEW.text.replace("today", "tonight"))
    assert fresh.score(like_it) == 0.5
    first = fresh.learn(NEW, True)
    up = fresh.score(like_it)
    assert up > 0.7
    second = fresh.learn(CALM_ONE, False)
    assert fresh.score(CALM_ONE) < 0.5
    fresh.unlearn(first)
    fresh.unlearn(second)
    assert fresh.to_bytes() == before
    fresh.learn(NEW, False)
    assert fresh.score(like_it) < 0.3


def test_lessons_are_undone_in_any_order(fresh: Filter) -> None:
    lessons = [fresh.learn(writing, is_spam) for writing, is_spam in list(prior.judged())[:40]]
    kept = fresh.to_bytes()
    extra = fresh.learn(NEW, True)
    later = fresh.learn(SPAM_ONE, True)
    fresh.unlearn(extra)
    fresh.unlearn(later)
    assert fresh.to_bytes() == kept
    for lesson in lessons:
        fresh.unlearn(lesson)
    assert not fresh.learnt.table.any()


def test_a_flood_of_copies_teaches_as_one(fresh: Filter) -> None:
    fresh.learn(NEW, True)
    once = fresh.to_bytes()
    for number in range(300):
        fresh.learn(replace(NEW, text=f"{NEW.text} {number}", name=f"Kim {number}"), True)
    assert fresh.to_bytes() == once


def test_a_flood_counts_once_when_all_is_learnt_anew(fresh: Filter) -> None:
    fresh.fit([(NEW, True), (CALM_ONE, False)])
    once = fresh.score(NEW)
    fresh.fit([*[(NEW, True)] * 50, (CALM_ONE, False)])
    assert fresh.score(NEW) == once


def test_what_was_learnt_survives_as_bytes(fresh: Filter) -> None:
    for writing, is_spam in list(prior.judged())[:30]:
        fresh.learn(writing, is_spam)
    again = Filter(fresh.lures, fresh.to_bytes(), shipped=False)
    assert again.to_bytes() == fresh.to_bytes()
    assert again.judge(SPAM_ONE) == fresh.judge(SPAM_ONE)


def test_learning_outweighs_what_is_shipped() -> None:
    taught = Filter(Knowledge().lures)
    assert taught.score(SPAM_ONE) > SPAM
    taught.learn(SPAM_ONE, False)
    assert taught.score(SPAM_ONE) < 0.5
