"""Settings of a desk: `dragoman.toml` in its home, overridden by `DRAGOMAN_*` variables.

In: a home folder. Out: `Config`. Read once, by the command line or the server, and passed on;
nothing reads the environment at import.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dragoman.engine import Limits
from dragoman.errors import DataFileError, EmptyDesk, StoreError
from dragoman.knowledge.files import read_toml
from dragoman.logs import keep_quiet

LOCAL = "http://localhost:8000"
"""Where `dragoman serve` answers by default."""


_STORE: ContextVar[str | None] = ContextVar("store", default=None)
"""What `--store` names, for as long as the command runs."""
PASSWORD = "DRAGOMAN_SMTP_PASSWORD"
"""The variable that holds the mail server's password; no file does."""
METRICS_TOKEN = "DRAGOMAN_METRICS_TOKEN"
"""The variable that holds what Prometheus sends to read /metrics; no file does."""
SHORTEST_TOKEN = 16
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""Where mail servers answer, by how the line is made safe."""


class CommentSettings(BaseModel):
    """What readers may say under articles; in the file as `[comments]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = False
    close_after: int = Field(default=30, ge=0, le=36_500)
    """Days after an article was published; 0: never."""
    hold_first: bool = True
    """Whether a member reads the first comment of a person before it is shown."""
    edit_minutes: int = Field(default=15, ge=0, le=1440)
    """How long who wrote a comment may change it."""
    spam_days: int = Field(default=14, ge=1, le=3650)
    """How long spam, and what a member removed, can be looked at and taken back."""
    person_days: int = Field(default=30, ge=1, le=365)
    """How long the hash is kept that says which comments of a day came from one network."""
    per_minute: int = Field(default=6, ge=1, le=1000)
    """Comments that are taken from one network."""
    akismet_key: str | None = None
    """Asks Akismet too, a service elsewhere, of every comment; the notice to readers says so."""

    @field_validator("akismet_key")
    @classmethod
    def _is_a_key(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9A-Za-z]{8,64}", value):
            raise ValueError("a key of Akismet is letters and digits alone")
        return value


class MailSettings(BaseModel):
    """By whom letters are sent: `[mail]` in `dragoman.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    host: str | None = Field(default=None, pattern=r"^[A-Za-z0-9.:-]{1,253}$")
    port: int | None = Field(default=None, ge=1, le=65535)
    """None is 587, 465 with security "tls", 25 with "none"."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    """Where the server asks for one; its password is in DRAGOMAN_SMTP_PASSWORD."""
    sender: str | None = Field(default=None, alias="from")
    """The mail address that letters are from."""

    @property
    def port_used(self) -> int:
        return self.port or PORTS[self.security]


class Config(BaseModel):
    """All settings, with their defaults. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = "Dragoman"
    store: str | None = Field(default=None, repr=False)
    """A file or a database address, which may hold a password; None is one SQLite file in the home
    folder."""
    models: dict[str, list[str]] = Field(default_factory=dict)
    """Parser models by language, tried in order before the language's own list."""
    jobs: int = Field(default=1, ge=1)
    article_seconds: float = Field(default=120, ge=0, le=86_400)
    """How long one article may be read, of the clock; what takes longer is set aside. It is kept by
    reading in a process of its own, which can be ended; 0 reads in this process, without end."""
    article_memory: int = Field(default=4096, ge=1500, le=1_000_000)
    """Megabytes that this process may take, its models among them, before it is refused more."""
    allow_hosts: list[str] = Field(default_factory=list)
    """Hosts, by exact name, that may be fetched although they are on a private network."""
    agent_contact: str | None = None
    """A mail address or page of the desk's owner, which servers are told with each request."""
    polite_delay: float = Field(default=3.0, ge=0, le=3600)
    """Seconds between two requests to one host; what its robots.txt asks for may be longer."""
    serve_names: list[str] = Field(default_factory=list)
    """Names, beside those of this machine, under which a private desk may be asked for."""
    embed_sites: list[str] = Field(default_factory=list)
    """Other sites, such as https://news.example.org, that may show embeds inside their pages."""
    address: str | None = None
    """Where readers find the desk's site, such as https://desk.example.org: what exports and feeds
    link to."""
    people_confidence: float = Field(default=0.85, ge=0, le=1)
    """What a public desk asks of an accusation, coercion or assault by a person before it shows
    it, if nobody confirmed it. Confidence is calibrated: of reports at 0.85 about three in twenty
    have another category; most that are read stand between 0.6 and 0.9."""
    comments: CommentSettings = Field(default_factory=CommentSettings)
    rate: int = Field(default=60, ge=0, le=100_000)
    """Searches and exports that one reader of a public desk may ask for in a minute; 0: any."""
    page_seconds: float = Field(default=5, ge=0, le=3600)
    """How long after an article was collected its readers may still be shown a page without it, so
    that pages need not be made anew with every arrival; 0: not at all."""
    legal_notice: dict[str, str] = Field(default_factory=dict)
    contact: dict[str, str] = Field(default_factory=dict)
    right_of_reply: dict[str, str] = Field(default_factory=dict)
    """Pages in the desk's own words, in Markdown, by language; one that is not set is not there."""
    mail: MailSettings = Field(default_factory=MailSettings)
    republish: Literal["approved", "licensed"] | None = None
    """Which licensed articles are handed on whole: those that an editor approved, or all but those
    that one dropped. None is "approved", without a queue on a private desk."""
    sign_in_days: float = Field(default=30, gt=0, le=366)
    """Days after which a member must sign in again."""
    sign_in_hours: float = Field(default=12, gt=0, le=8784)
    """Hours without use after which a member must sign in again."""
    today: str | None = None
    """The day that Today shows (ISO); None is the present day. A demo desk sets it."""

    @property
    def base(self) -> str:
        """The site's address without a slash at the end; this machine's, where none is set."""
        return self.address.rstrip("/") if self.address else LOCAL

    @property
    def limits(self) -> Limits:
        """What reading one article may take."""
        return Limits(self.article_seconds or None, self.article_memory)

    @property
    def is_secure(self) -> bool:
        """Whether readers reach the site over TLS alone, so that its cookie may be too."""
        return self.base.startswith("https:")

    @field_validator("address")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[\x21-\x7e]{1,200}", value):
            raise ValueError("an address begins with http:// or https:// and has no spaces")
        return value

    @field_validator("embed_sites")
    @classmethod
    def _are_origins(cls, value: list[str]) -> list[str]:
        for site in value:
            if not re.fullmatch(r"https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?", site):
                raise ValueError(
                    f"{site[:60]!r} is no site: write https://news.example.org, in small letters, "
                    "without a path or a slash at its end"
                )
        return value

    @field_validator("legal_notice", "contact", "right_of_reply")
    @classmethod
    def _is_by_language(cls, value: dict[str, str]) -> dict[str, str]:
        for language, text in value.items():
            if not re.fullmatch(r"[a-z]{2}", language):
                raise ValueError(f"{language[:20]!r} is no language: write en = or fr =")
            if not text.strip():
                raise ValueError("a page needs words; leave the line out to have none")
        return value

    @field_validator("agent_contact")
    @classmethod
    def _fits_a_header(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[\x21-\x7e]{1,200}", value):
            raise ValueError("a contact is one mail address or page, in ASCII, without spaces")
        return value

    @field_validator("today")
    @classmethod
    def _is_a_day(cls, value: str | None) -> str | None:
        if value is not None:
            date.fromisoformat(value)
        return value


@contextmanager
def stored_at(address: str | None) -> Iterator[None]:
    """Inside the block every home's desk is kept at this address, whatever its settings say."""
    if not address:
        yield
        return
    before = _STORE.set(address)
    try:
        yield
    finally:
        _STORE.reset(before)


def named_store() -> str | None:
    """What `--store` names just now."""
    return _STORE.get()


def desk_address(home: Path | None) -> Path | str:
    """Where the desk of a home is kept: in it, or at the address that its settings name.

    Raises StoreError where there is none.
    """
    elsewhere = load_config(home).store
    if elsewhere:
        return elsewhere
    file = home / "desk.sqlite" if home is not None else None
    if home is None or file is None or not file.exists():
        raise StoreError(
            f"{home}: there is no desk here; `dragoman add` or `dragoman sources add` makes one"
        )
    if file.is_file() and not file.stat().st_size:
        raise EmptyDesk(file)
    return home


def load_config(home: Path | None) -> Config:
    """The home's `dragoman.toml`, if any, with environment variables laid over it."""
    path = home / "dragoman.toml" if home is not None else None
    config = read_toml(path, Config) if path is not None and path.exists() else Config()
    changes: dict[str, object] = {}
    for name in ("title", "store", "address", "today", "agent_contact"):
        value = os.environ.get(f"DRAGOMAN_{name.upper()}")
        if value is not None:
            changes[name] = value
    if (named := named_store()) is not None:
        changes["store"] = named
    jobs = os.environ.get("DRAGOMAN_JOBS")
    if jobs is not None:
        if not (jobs.isascii() and jobs.isdigit()) or int(jobs) < 1:
            raise DataFileError("DRAGOMAN_JOBS", None, f"{jobs!r} is not a number of processes")
        changes["jobs"] = int(jobs)
    seconds = os.environ.get("DRAGOMAN_ARTICLE_SECONDS")
    if seconds is not None:
        changes["article_seconds"] = seconds
    key = os.environ.get("DRAGOMAN_AKISMET_KEY")
    if key is not None:
        changes["comments"] = {**config.comments.model_dump(), "akismet_key": key}
    try:
        made = Config.model_validate(config.model_dump() | changes)
    except ValidationError as fault:
        first = fault.errors()[0]
        name = "DRAGOMAN_" + str(first["loc"][-1]).upper()
        raise DataFileError(name, None, first["msg"]) from fault
    _keep_secrets(made)
    return made


def _keep_secrets(config: Config) -> None:
    """None of them is ever told in the log."""
    token = os.environ.get(METRICS_TOKEN)
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise DataFileError(
            METRICS_TOKEN, None, f"a token has {SHORTEST_TOKEN} characters or more; make one anew"
        )
    address = urlsplit(config.store or "")
    written = address.password
    for secret in (
        token,
        os.environ.get(PASSWORD),
        os.environ.get("PGPASSWORD"),
        config.comments.akismet_key,
        written,
        unquote(written) if written is not None else None,
    ):
        keep_quiet(secret)
