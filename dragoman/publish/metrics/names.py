"""All metrics by name: of which kind, with which labels, and what they count.

A metric that is not here can't be made, and docs/operate.md lists these; labels have few values,
all our own, so that no reader can make series without end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["gauge", "counter", "histogram"]


@dataclass(frozen=True, slots=True)
class Name:
    kind: Kind
    says: str
    labels: tuple[str, ...] = ()
    by: Literal["desk", "site", "watch"] = "desk"
    """Where it is counted: what is of the desk is told by the site and by `watch` alike."""


NAMES: Mapping[str, Name] = {
    "dragoman_build_info": Name("gauge", "1; the version of the program", ("version",)),
    "dragoman_store_up": Name("gauge", "1 where the store answers, else 0 and no figures of it"),
    "dragoman_store_bytes": Name("gauge", "Size of the store"),
    "dragoman_articles": Name("gauge", "Articles in the desk"),
    "dragoman_reports": Name("gauge", "Coded reports that stand"),
    "dragoman_events": Name("gauge", "Events that some report tells"),
    "dragoman_stories": Name("gauge", "Stories"),
    "dragoman_copies": Name("gauge", "Articles that repeat the text of another"),
    "dragoman_set_aside": Name("gauge", "Inputs that could not be used, by step", ("step",)),
    "dragoman_sources": Name("gauge", "Sources, by how they do", ("state",)),
    "dragoman_last_visit_timestamp_seconds": Name("gauge", "When a source was last visited"),
    "dragoman_collection_lag_seconds": Name(
        "gauge", "Median time from publication to our first sight, of the newest 500 entries"
    ),
    "dragoman_entries_waiting": Name("gauge", "Entries whose page is still to be fetched"),
    "dragoman_comments_waiting": Name("gauge", "Comments that wait for a moderator"),
    "dragoman_alerts_overdue": Name(
        "gauge", "Messages to members that have been due for over 15 minutes"
    ),
    "dragoman_http_requests_total": Name(
        "counter", "Answers of the site", ("method", "route", "status"), "site"
    ),
    "dragoman_http_request_seconds": Name(
        "histogram", "Time until an answer was sent", ("route",), "site"
    ),
    "dragoman_page_cache_total": Name(
        "counter", "Pages given as they were made before (hit), or made (miss)", ("result",), "site"
    ),
    "dragoman_process_memory_bytes": Name(
        "gauge", "Resident memory of each process that answers (Linux)", ("pid",), "site"
    ),
    "dragoman_visits_total": Name(
        "counter", "Visits to sources, by outcome", ("outcome",), "watch"
    ),
    "dragoman_pages_total": Name("counter", "Pages read, by outcome", ("outcome",), "watch"),
    "dragoman_round_timestamp_seconds": Name(
        "gauge", "When the last round ended, or before that when watching began", (), "watch"
    ),
    "dragoman_round_seconds": Name("gauge", "How long the last round took", (), "watch"),
}
