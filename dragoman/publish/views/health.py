"""How a source does, in words: for the terminal and for the site's Sources page.

In: a row of `store.source_health`. Out: short words, and notes in English. Nothing is looked
up in the store.
"""

from __future__ import annotations

from dragoman.publish.wording import N_, SOURCE, gettext, speaking
from dragoman.store.rows import SourceHealth


def state_word(health: SourceHealth) -> str:
    """paused, given up, failing, in part, silent, new or well."""
    state = health.source.state
    if not health.source.active:
        return "paused"
    if state.given_up:
        return "given up"
    if state.error is not None:
        return "in part" if state.error_kind == "damaged" else "failing"
    if health.silent_days is not None:
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
        said.append("it has failed for so long that it is only tried once a day")
    if health.silent_days is not None and health.per_day is not None:
        with speaking(SOURCE):
            rate = rate_words(health.per_day)
        said.append(f"nothing new for {health.silent_days} days; it used to bring {rate}")
    if state.moved_to is not None:
        said.append(f"it has moved for good to {state.moved_to}")
    if health.failed:
        said.append(f"{health.failed} of its pages were given up{fault}")
    elif health.waiting and health.last_fault:
        said.append(
            f"{health.waiting} of its pages are tried again later{_lastly(health.last_fault)}"
        )
    if health.passed:
        said.append(f"{health.passed} of its entries were passed over{_lastly(health.last_passed)}")
    return said


def _lastly(reason: str | None) -> str:
    return f" (the last: {reason})" if reason else ""


def rate_words(per_day: float) -> str:
    """ "14 a day", "3 a week", "2 a month"."""
    for days, words in ((1, N_("%.0f a day")), (7, N_("%.0f a week")), (30, N_("%.0f a month"))):
        if per_day * days >= 1:
            return gettext(words) % (per_day * days)
    return gettext("less than one a month")


def lag_words(minutes: float | None) -> str:
    """ "12 min", "3 h", "2 days"; a dash where it is not known."""
    if minutes is None:
        return "–"
    if minutes < 90:
        return f"{minutes:.0f} min"
    hours = minutes / 60
    return f"{hours:.0f} h" if hours < 48 else gettext("%.0f days") % (hours / 24)


def share_words(share: float | None) -> str:
    """A share in whole percents; a dash where there is nothing to count."""
    return "–" if share is None else f"{share:.0%}"
