"""What stands in the files of a snapshot: their rows as JSON, and what each key means.

In: rows of the store and items of `publish.gathering`. Out: plain dictionaries, and the dictionary
of data that goes with them. An article's text is never among them, only its digest and length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model import Claim, Correction
from dragoman.publish.formats import Field
from dragoman.publish.formats.article_json import Json, dated_json
from dragoman.publish.formats.record_json import event_json
from dragoman.publish.gathering import EventItem
from dragoman.store.rows import ArticleRow, Gone, Judgement


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    means: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.jsonl.gz"


def event_row(item: EventItem) -> Json:
    """The event, with the sentence of the report that tells it most fully."""
    best = item.best
    sentence = best.report.evidence_text if best is not None else None
    return {**event_json(item, with_reports=False), "sentence": sentence}


def article_row(row: ArticleRow, outlet: str, versions: Mapping[str, str]) -> Json:
    article, given = row.article, row.article.attribution
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "canonical": article.canonical,
        "outlet": outlet,
        "language": article.language,
        "genre": article.genre.value,
        "published": dated_json(article.published),
        "modified": article.modified,
        "authors": [author.name for author in article.authors],
        "first_publisher": _value(given.first_publisher),
        "republisher": _value(given.republisher),
        "agency": _value(given.agency),
        "characters": len(article.text),
        "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "capture": article.capture_id,
        "revision": row.revision,
        "made_by": dict(versions),
    }


def judgement_row(judgement: Judgement) -> Json:
    """What was said of which ids. What a correction changed stands in the report itself."""
    word = judgement.word
    return {
        "id": judgement.id,
        "kind": judgement.kind,
        "target": judgement.target_id,
        "ids": list(word.ids),
        "fields": list(word.fields) if isinstance(word, Correction) else [],
        "note": judgement.note,
        "by": judgement.by,
        "at": judgement.at,
        "undone_at": judgement.undone_at,
        "undone_by": judgement.undone_by,
        "undone_why": judgement.undone_why,
    }


def tombstone_row(gone: Gone, *, public: bool) -> Json:
    """Why and at whose word something was forgotten is for the desk alone."""
    return {
        "id": gone.id,
        "what": gone.what,
        "at": gone.at,
        "into": gone.into,
        "reason": None if public else gone.reason,
        "by": None if public else gone.by,
    }


def key_of(row: Json) -> str:
    """What rows are sorted by: the id; a number with zeros before it."""
    identity = row["id"]
    return f"{identity:012d}" if isinstance(identity, int) else str(identity)


def _value(claim: Claim | None) -> str | None:
    return None if claim is None else claim.value


_ID = Field("id", "text", "Given once; it never depends on a version.")
_REVISION = Field("revision", "integer", "Grows by one with every change of what it says, from 1.")
_WITHDRAWN = Field("retracted_at", "instant", "Null in a snapshot: what is withdrawn stands in "
                   "tombstones.")  # fmt: skip
_CATEGORY = Field("category", "text", "Of the codebook, after status (docs/codebook.md).")
_STATUS = Field("status", "text", "happened, ongoing, planned, demanded, threatened, hypothetical, "
                "denied, alleged or halted.")  # fmt: skip
_TOLD = Field("told_as", "text", "news, background or announced.")
_DATE = Field("date", "object", "start and end (ISO, end included), precision, basis; null where "
              "it is not known.")  # fmt: skip
_PLACE = Field("place", "object", "name, lat, lon (degrees), id; null where it is not known.")

EVENTS = Table("events", "The happenings: one row for each, however many articles tell it.", (
    _ID, _CATEGORY, _STATUS, _TOLD,
    Field("source", "text", "Id of the actor that acts; null where it is none that is known."),
    Field("source_name", "text", "Its name as told."),
    Field("target", "text", "Id of the actor it is done to; null where it is none that is known."),
    Field("target_name", "text", "Its name as told."),
    _DATE, _PLACE,
    Field("outlets", "integer", "Outlets that tell it."),
    Field("origins", "integer", "Independent origins: copies, texts on one source and outlets of "
          "one owner count once."),
    Field("languages", "list", "Of the articles that tell it (ISO 639)."),
    Field("best", "text", "Id of the report that tells it most fully."),
    Field("first", "object", "Who told it first, and when."),
    Field("history", "list", "Its statuses over time."),
    Field("alike", "list", "What several reports tell alike."),
    Field("differences", "list", "Where reports contradict each other."),
    Field("report_ids", "list", "Its reports."),
    _REVISION, _WITHDRAWN,
    Field("address", "text", "Of its page on the desk's site."),
    Field("sentence", "text", "The one that the best report rests on."),
))  # fmt: skip

REPORTS = Table("reports", "What one article says happened: one row for each coded act.", (
    _ID, _CATEGORY,
    Field("root", "text", "Category of the act as such, before status."),
    Field("mode", "text", "Of the category; null where none was told."),
    Field("context", "list", "What it was about."),
    Field("cameo", "text", "The nearest CAMEO code."),
    Field("quad", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, "
          "4 material conflict."),
    _STATUS, _TOLD,
    Field("sources", "list", "Who acts: actor, name, sector, start and end in the article's text."),
    Field("targets", "list", "To whom, in the same form."),
    Field("counts", "list", "what, low, high, unit, start, end."),
    _DATE, _PLACE,
    Field("predicate", "object", "start and end, code points in the article's text."),
    Field("evidence", "object", "The sentence it rests on: start, end, text."),
    Field("attributed_to", "object", "Who says so, where it is somebody's word."),
    Field("confidence", "number", "0 to 1."),
    Field("why", "list", "Why it was coded so."),
    Field("labels", "list", "Categories of the desk's own: category, score, example."),
    Field("article", "object", "id, title, url, outlet, language, published."),
    Field("event", "text", "Id of the event it tells."),
    _REVISION, _WITHDRAWN,
    Field("coder_version", "text", "Of the program's coder that made it."),
    Field("codebook_version", "text", "Digest of the codebook it was coded by."),
    Field("lexicon_version", "text", "Digest of the lexicons it was read by."),
))  # fmt: skip

ARTICLES = Table("articles", "Where it was printed: credits and dates, without text.", (
    _ID,
    Field("title", "text", "The headline."),
    Field("url", "text", "Where it was found."),
    Field("canonical", "text", "The address that the page itself names."),
    Field("outlet", "text", "Who shows the page."),
    Field("language", "text", "ISO 639."),
    Field("genre", "text", "wire, news, analysis, opinion, interview, release, live or other."),
    Field("published", "object", "start, end, precision, basis."),
    Field("modified", "text", "ISO, as the page says."),
    Field("authors", "list", "Names."),
    Field("first_publisher", "text", "Whom the page names as such."),
    Field("republisher", "text", "Who prints another's text, where it does."),
    Field("agency", "text", "The agency that the page credits."),
    Field("characters", "integer", "Code points of its text, into which offsets count."),
    Field("text_sha256", "text", "Digest of that text in UTF-8: whoever holds it can compare."),
    Field("capture", "text", "Id (digest) of the bytes it was made of."),
    _REVISION,
    Field("made_by", "object", "Version of each step that made it."),
))  # fmt: skip

JUDGEMENTS = Table("judgements", "What people said of the desk's work, all of it.", (
    Field("id", "integer", "In order of time."),
    Field("kind", "text", "confirm, reject, unsure, correct, merge or split."),
    Field("target", "text", "What it is of: a report, event, story, article or actor."),
    Field("ids", "list", "All ids that it names, the target first."),
    Field("fields", "list", "Of a correction, the fields that a person answers for."),
    Field("note", "text", "Why; null in a public snapshot."),
    Field("by", "text", "Who; null in a public snapshot."),
    Field("at", "instant", "When."),
    Field("undone_at", "instant", "When it was taken back; null while it stands."),
    Field("undone_by", "text", "By whom; null in a public snapshot."),
    Field("undone_why", "text", "Why; null in a public snapshot."),
))  # fmt: skip

TOMBSTONES = Table("tombstones", "Ids that were given out and stand no more, of the whole desk.", (
    Field("id", "text", "Of a report (r-), event (e-), article (a-) or capture (c-)."),
    Field("what", "text", "withdrawn (nothing tells it any more), merged (into another event) or "
          "forgotten (removed for good)."),
    Field("at", "instant", "When; null where nobody noted it."),
    Field("into", "text", "The event it was merged into, the event that a withdrawn report told, "
          "or the article that it was forgotten with."),
    Field("reason", "text", "Why it was forgotten; null in a public snapshot."),
    Field("by", "text", "At whose word; null in a public snapshot."),
))  # fmt: skip

TABLES = (EVENTS, REPORTS, ARTICLES, JUDGEMENTS, TOMBSTONES)
