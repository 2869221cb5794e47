"""What a re-cleaning changed over the desk: counts by field and rule, and a few examples of each.

In: the change of one article after the other. Out: lines of text, or plain values for JSON. It
keeps counts and as many examples as were asked for, and not the articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.model import Change
from dragoman.publish.formats.article_json import Json
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.words import counted

LONGEST = 70
"""Characters of a value that an example shows."""


@dataclass(slots=True)
class Tally:
    """Add changes; then ask for the lines."""

    examples: int = 3
    articles: int = 0
    changed: int = 0
    kept: int = 0
    dropped: int = 0
    by_field: Counter[str] = field(default_factory=Counter)
    """Articles; `body` and `labels` count beside the fields."""
    by_rule: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Articles by label before, label after, and rule."""
    shown: dict[str, list[str]] = field(default_factory=dict)

    def add(self, identity: str, change: Change) -> None:
        self.articles += 1
        self.changed += bool(change)
        self.kept += change.kept
        self.dropped += change.dropped
        for one in change.fields:
            self._note(one.field, f"{identity}: {_short(one.was)} → {_short(one.now)}")
        if change.kept or change.dropped:
            self._note("body", f"{identity}: {change.kept} kept, {change.dropped} dropped")
        if change.relabelled:
            first = max(change.relabelled, key=lambda one: one.characters)
            words = f"{first.was} → {first.now} by {first.rule}"
            self._note("labels", f"{identity}: {words} ({first.characters} characters)")
        self.by_rule.update({(one.was, one.now, one.rule) for one in change.relabelled})

    def lines(self) -> Iterator[str]:
        unchanged = self.articles - self.changed
        yield f"{counted(self.articles, 'article')}: {self.changed} changed, {unchanged} unchanged"
        for name, number in self.by_field.most_common():
            extra = f": {self.kept} characters kept, {self.dropped} dropped"
            yield f"  {name}: {number} changed{extra if name == 'body' else ''}"
            yield from (f"    {one}" for one in self.shown.get(name, ()))
            if name == "labels":
                for (was, now, rule), times in self.by_rule.most_common():
                    yield f"    {was} → {now} by {rule}: in {counted(times, 'article')}"

    def json(self) -> Json:
        rules = [
            {"was": was, "now": now, "rule": rule, "articles": number}
            for (was, now, rule), number in self.by_rule.most_common()
        ]
        return {
            "articles": self.articles,
            "changed": self.changed,
            "unchanged": self.articles - self.changed,
            "fields": dict(self.by_field.most_common()),
            "body": {"kept": self.kept, "dropped": self.dropped},
            "labels": rules,
        }

    def _note(self, name: str, example: str) -> None:
        self.by_field[name] += 1
        shown = self.shown.setdefault(name, [])
        if len(shown) < self.examples:
            shown.append(quiet(example))


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    words = " ".join(value.split())
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"
