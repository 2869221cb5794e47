"""How a source does, in words: for the terminal and for the site's Sources page.

In: a row of `store.source_health`. Out: a few words in the language that is spoken.
Nothing is looked up in the store.
"""

from __future__ import annotations

from dragoman.model import Source
from dragoman.publish.wording import N_, gettext
from dragoman.publish.words import counted, percent
from dragoman.store.rows import SourceHealth

STATE_WORDS = ("given up", "failing", "silent", "in part", "new", "well", "paused")
"""The worst first."""


def state_word(health: SourceHealth) -> str:
    return state_of(health.source, is_silent=health.silent_days is not None)


def state_of(source: Source, *, is_silent: bool) -> str:
    """One of `STATE_WORDS`."""
    state = source.state
    if not source.active:
        return "paused"
    if state.given_up:
        return "given up"
    if state.error is not None:
        return "in part" if state.error_kind == "damaged" else "failing"
    if is_silent:
        return "silent"
    return "new" if state.succeeded is None else "well"


def notes(health: SourceHealth) -> list[str]:
    """What a person should know of it, in plain sentences, the most pressing first."""
    state = health.source.state
    said: list[str] = []
    fault = _lastly(health.last_fault)
    if state.error is not None:
        said.append(state.error)
    if state.given_up:
        said.append(gettext("it has failed for so long that it is only tried once a day"))
    if health.silent_days is not None and health.per_day is not None:
        said.append(
            gettext("nothing new for %(days)s; it used to bring %(rate)s")
            % {"days": counted(health.silent_days, "day"), "rate": rate_words(health.per_day)}
        )
    if state.moved_to is not None:
        said.append(gettext("it has moved for good to %s") % state.moved_to)
    if health.failed:
        said.append(gettext("%s of its pages were given up") % health.failed + fault)
    elif health.waiting and health.last_fault:
        said.append(
            gettext("%s of its pages are tried again later") % health.waiting
            + _lastly(health.last_fault)
        )
    if health.passed:
        said.append(
            gettext("%s of its entries were passed over") % health.passed
            + _lastly(health.last_passed)
        )
    return said


def _lastly(reason: str | None) -> str:
    return " " + gettext("(the last: %s)") % reason if reason else ""


def rate_words(per_day: float) -> str:
    """ "14 a day", "3 a week", "2 a month"."""
    for days, words in ((1, N_("%s a day")), (7, N_("%s a week")), (30, N_("%s a month"))):
        if per_day * days >= 1:
            return gettext(words) % round(per_day * days)
    return gettext("less than one a month")


def lag_words(minutes: float | None) -> str:
    """ "12 min", "3 h", "2 days"; a dash where it is not known."""
    if minutes is None:
        return "–"
    if minutes < 90:
        return f"{minutes:.0f} min"
    if minutes < 48 * 60:
        return f"{minutes / 60:.0f} h"
    return counted(round(minutes / 1440), "day")


def share_words(share: float | None) -> str:
    """A share in whole percents; a dash where there is nothing to count."""
    return "–" if share is None else percent(share)
