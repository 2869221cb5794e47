"""Event files of our own making in the forms of others."""

from __future__ import annotations

import csv
import io

from dragoman.knowledge.eventdata import EventData

GDELT = {
    "GlobalEventID": "1", "Day": "20240317", "Actor1Name": "ARMENIA", "Actor1CountryCode": "ARM",
    "Actor2Name": "AZERBAIJAN", "Actor2CountryCode": "AZE", "EventCode": "112",
    "EventRootCode": "11", "ActionGeo_Type": "1", "SOURCEURL": "https://pier.example/1",
}  # fmt: skip
POLECAT = {
    "Event ID": "p_1", "Event Date": "2024-03-17", "Event Type": "ACCUSE", "Actor Name": "None",
    "Actor Country": "ARM", "Recipient Name": "Azerbaijan", "Recipient Country": "None",
    "City": "None", "Latitude": "40.1", "Longitude": "47.5", "Source": "pier.example",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "ARM1", "event_date": "17 March 2024", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Military Forces of Azerbaijan (2003-)",
    "actor2": "Military Forces of Armenia (2018-)", "latitude": "39.6", "longitude": "46.5",
    "geo_precision": "1", "notes": "Shots were heard by the lake, \"said\" a keeper.\nTwice.",
}  # fmt: skip


def gdelt(data: EventData, *rows: dict[str, str]) -> str:
    """A file without a header, as GDELT 2.0 publishes it."""
    columns = data.columns["gdelt"]
    lines = ("\t".join((GDELT | row).get(name, "") for name in columns) for row in rows)
    return "".join(line + "\n" for line in lines)


def polecat(data: EventData, *rows: dict[str, str]) -> str:
    columns = data.columns["polecat"]
    lines = ("\t".join((POLECAT | row).get(name, "None") for name in columns) for row in rows)
    return "".join(line + "\n" for line in ("\t".join(columns), *lines))


def acled(data: EventData, *rows: dict[str, str], mark: str = ",") -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, data.columns["acled"], delimiter=mark, lineterminator="\n")
    writer.writeheader()
    writer.writerows(ACLED | row for row in rows)
    return made.getvalue()
