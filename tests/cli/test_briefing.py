"""`dragoman brief`: printed, written, sent; the demo desk’s is held to its articles by the word."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from email import message_from_string, policy
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html as html_of

from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.postbox import postbox

BASE = "https://desk.example.org"
EVENT = re.compile(rf"{BASE}/event/(e-[0-9a-f]{{16}})")
ARTICLE = re.compile(rf"{BASE}/article/(a-[0-9a-f]{{16}})#(r-[0-9a-f]{{16}})")
pytestmark = pytest.mark.usefixtures("loaded_once")


@pytest.fixture(scope="module")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "desk")
    with (home / "dragoman.toml").open("a", encoding="utf-8") as file:
        file.write(f'address = "{BASE}"\n')
    return home


@pytest.fixture(scope="module")
def texts(demo: Path) -> dict[str, str]:
    """Of all articles, by id, with single spaces."""
    with open_store(demo) as store:
        kept = [store.kept(one) for one in store.article_ids()]
    return {one.article.id: flat(one.article.text) for one in kept if one is not None}


def flat(text: str) -> str:
    return " ".join(text.split())


def parsed(text: str) -> Any:
    return html_of.fromstring(text)


def written(run: Run, demo: Path, form: str, language: str, since: str = "14d") -> str:
    made = run("brief", "--home", demo, "--since", since, "--format", form, "--language", language)
    assert (made.code, made.err) == (0, "")
    return made.out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_quoted_sentence_stands_in_its_article(
    run: Run, demo: Path, texts: dict[str, str], language: str
) -> None:
    page = parsed(written(run, demo, "html", language))
    quotes = page.xpath("//blockquote")
    assert len(quotes) > 20
    for quote in quotes:
        cited = quote.getnext()
        link = ARTICLE.fullmatch(cited.xpath("./a/@href")[0])
        assert link is not None
        assert flat(quote.text_content()) in texts[link.group(1)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_act_leads_to_its_event_and_its_sentences(
    run: Run, demo: Path, language: str
) -> None:
    page = parsed(written(run, demo, "html", language))
    acts = page.xpath("//li")
    assert len(acts) > 10
    with open_store(demo) as store:
        for act in acts:
            links = act.xpath(".//a/@href")
            (event,) = {found.group(1) for one in links if (found := EVENT.fullmatch(one))}
            told = {row.report.id for row in store.reports_of_event(event)}
            reports = [found.group(2) for one in links if (found := ARTICLE.fullmatch(one))]
            assert reports
            assert set(reports) <= told
    for paragraph in page.xpath("//p[contains(@class, 'onward')]"):
        assert paragraph.xpath("./a/@href")


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_plain_forms_quote_the_same_sentences(
    run: Run, demo: Path, texts: dict[str, str], form: str, language: str
) -> None:
    page = parsed(written(run, demo, "html", language))
    text = re.sub(r"\\([\W_])", r"\1", written(run, demo, form, language))
    quoted = re.findall(r"(?m)^(?:> |  )(?:“|«\u202f|«)(.*?)(?:”|\u202f»|»)(?:  )?$", text)
    assert [flat(one) for one in quoted] == [
        flat(one.text_content()) for one in page.xpath("//blockquote")
    ]
    assert len(EVENT.findall(text)) == len(page.xpath("//li"))


def test_nothing_but_quotes_and_names_is_from_elsewhere(
    run: Run, demo: Path, texts: dict[str, str]
) -> None:
    """What stands outside quotes and headlines holds no six words that an article has."""
    page = parsed(written(run, demo, "html", "en"))
    for one in page.xpath("//blockquote | //h2 | //p[@class='what'] | //style"):
        one.drop_tree()
    words = re.findall(r"\w+", page.text_content().lower())
    whole = " ".join(" ".join(re.findall(r"\w+", text.lower())) for text in texts.values())
    runs = {" ".join(words[i : i + 6]) for i in range(len(words) - 5)}
    assert not [one for one in runs if f" {one} " in whole]


def test_its_json_is_the_pages(run: Run, demo: Path) -> None:
    made = json.loads(run("brief", "--home", demo, "--since", "7d", "--json").out)
    assert made["since"] == "2024-03-14T00:00:00+00:00"
    assert made["new"] + made["again"] > 10
    said = made["stories"][0]["acts"][0]["said"][0]
    assert set(said) == {
        "text", "language", "outlet", "title", "article", "report", "published", "address",
    }  # fmt: skip


def test_nothing_to_tell(run: Run, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    options = ("brief", "--home", demo, "--since", "2024-03-16", "--until", "2024-03-16")
    made = run(*options, "--out", out)
    assert (made.code, made.out, out.exists()) == (3, "", False)
    assert "nothing to tell (What came on 16 March 2024 (UTC))" in made.err
    assert run(*options, "--out", out, "--even-if-empty").code == 0
    assert "Nothing was told for the first time" in out.read_text("utf-8")


def test_the_suffix_tells_the_form(run: Run, demo: Path, tmp_path: Path) -> None:
    for name, start in (("b.html", "<!doctype html>"), ("b.md", "# "), ("b.txt", "Dragoman")):
        assert run("brief", "--home", demo, "--out", tmp_path / name).code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    made = run("brief", "--home", demo, "--out", tmp_path / "b.doc")
    assert (made.code, "name the format with --format" in made.err) == (1, True)


@pytest.fixture
def sending(demo: Path) -> Iterator[Path]:
    file = demo / "dragoman.toml"
    before = file.read_text("utf-8")
    file.write_text(before + '[mail]\nfrom = "desk@example.org"\nsecurity = "none"\n', "utf-8")
    yield demo
    file.write_text(before, "utf-8")


def test_it_is_sent(run: Run, sending: Path) -> None:
    with postbox() as box:
        made = run(
            "brief", "--home", sending, "--since", "7d", "--query", "actor:NATO",
            "--language", "fr", "--smtp", f"127.0.0.1:{box.port}",
            "--to", "a@example.org", "--to", "b@example.org",
        )  # fmt: skip
    assert (made.code, made.out) == (0, "")
    assert made.err == "sent to a@example.org, b@example.org\n"
    assert box.readers == ["a@example.org", "b@example.org"]
    letter = box.letters[0]
    assert letter["Subject"].startswith("Dragoman demo · actor:NATO · 20 mars 2024 · ")
    text, html = letter.iter_parts()
    assert "Jens Stoltenberg" in text.get_content()
    assert '<html lang="fr">' in html.get_content()


def test_a_letter_is_only_printed(run: Run, sending: Path) -> None:
    made = run("brief", "--home", sending, "--to", "a@example.org", "--dry-run")
    assert made.code == 0
    letter = message_from_string(made.out, policy=policy.SMTP)
    assert (letter["To"], letter["List-Id"]) == ("a@example.org", "<brief.desk.example.org>")


def test_a_query_makes_no_header(run: Run, sending: Path) -> None:
    query = 'actor:NATO\r\nBcc: "x"'
    made = run("brief", "--home", sending, "-q", query, "--to", "a@example.org", "--dry-run",
               "--even-if-empty")  # fmt: skip
    letter = message_from_string(made.out, policy=policy.SMTP)
    assert letter["Bcc"] is None
    assert made.code in (0, 1)  # such a query may be one that is not understood


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--since", "soon"), "since takes 24h, 7d, a day such as 2024-03-17"),
        (("--query", "colour:red"), "of the query"),
        (("--to", "a@example.org"), '[mail]\n  host = "mail.example.org"'),
        (("--to", "nobody", "--smtp", "127.0.0.1"), "[mail]"),
        (("--language", "de"), "write one of en, fr"),
        (("--format", "pdf"), "write one of text, markdown, html, email"),
        (("--format", "email"), "name a reader with --to"),
        (("--format", "html", "--to", "a@example.org"), "a letter has the format email"),
        (("--to", "a@example.org", "--smtp", "host:none"), "write HOST or HOST:PORT"),
    ],
)
def test_errors_name_the_fix(run: Run, demo: Path, options: tuple[str, ...], words: str) -> None:
    made = run("brief", "--home", demo, *options)
    assert made.code in (1, 2)
    assert words in unescape(re.sub(r"\s*│\s*", " ", made.err)) or words in made.err
