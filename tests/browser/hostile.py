"""A desk of which every word is meant to harm, and what a browser makes of its pages.

In: payloads. Out: the faults: what ran, what was asked of another host, what became an element or
an attribute that our templates don't write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page

from dragoman.cli.app import knowledge_of
from dragoman.config import Config
from dragoman.errors import AccountError
from dragoman.knowledge import Knowledge
from dragoman.model import Attribution, Author, Claim, Image, Verdict, account
from dragoman.model.account import Account
from dragoman.model.comment import CommentReason
from dragoman.model.following import LONGEST_NAME, Message, Telling
from dragoman.publish import alert_letter, briefing
from dragoman.publish.pages import brief
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Visitor
from dragoman.publish.views.window import Asked
from dragoman.store import Store, open_store
from dragoman.store.alerts import MOST_UNCONFIRMED
from tests.browser.payloads import addresses
from tests.browser.served import served
from tests.comments import new
from tests.publish.desk import Page as Told_Page
from tests.publish.desk import Told, settle, tell_story

FORBIDDEN = """(isLetter) => {
  const wrong = [];
  for (const e of document.querySelectorAll('*')) {
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) wrong.push(e.tagName + ' ' + a.name);
      if (a.name === 'style') wrong.push(e.tagName + ' style=' + a.value.slice(0, 40));
      if (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name)
          && /^[\\s\\0]*(javascript|vbscript|data:text)/i.test(a.value))
        wrong.push(e.tagName + ' ' + a.name + '=' + a.value.slice(0, 40));
    }
    if (/^(iframe|object|embed|math|video)$/i.test(e.tagName)) wrong.push(e.tagName);
    if (/^style$/i.test(e.tagName) && !(isLetter && e === document.head.querySelector('style')))
      wrong.push(e.tagName);
    if (/^base$/i.test(e.tagName) && e.hasAttribute('href')) wrong.push('base ' + e.href);
    if (/^script$/i.test(e.tagName)
        && !(e.src.startsWith(location.origin + '/static/') || e.type === 'application/ld+json'))
      wrong.push('script ' + e.textContent.slice(0, 40));
    if (/^meta$/i.test(e.tagName) && e.httpEquiv) wrong.push('meta ' + e.httpEquiv);
  }
  if (window.__hit !== undefined) wrong.push('ran ' + window.__hit);
  return wrong.slice(0, 5);
}"""
FILES = ("/actor/ARM.json", "/pair/ARM/AZE.rss", "/explore.atom?q=about", "/actor/ARM.csv",
         "/article/a-harm0.json", "/story/s-harm.json", "/export/jsonl", "/export/csv",
         "/pair/ARM/AZE.svg", "/event/e-0.json", "/brief.json?since=60d")  # fmt: skip


def make(home: Path, payloads: Sequence[str]) -> list[str]:
    """A desk in which article n says payload n in every field; the addresses of its pages."""
    pages = [_page(number, words) for number, words in enumerate(payloads)]
    home.mkdir(parents=True, exist_ok=True)
    own = json.dumps("\n\n".join(payloads).replace("\0", ""))
    settings = f"[comments]\non = true\n[legal_notice]\nen = {own}\n[contact]\nfr = {own}\n"
    (home / "dragoman.toml").write_text(settings, "utf-8")
    (home / "codebook").mkdir()
    (home / "codebook" / "harm.toml").write_text(
        f'id = "HARM"\nquad = 3\nnot_this = [{own}]\n'
        f"[label]\nen = {own}\nfr = {own}\n[definition]\nen = {own}\n",
        "utf-8",
    )
    with open_store(home) as store:
        settle(store, pages)
        members = {page.article().id: payloads[n] for n, page in enumerate(pages[:12])}
        tell_story(store, "s-harm", members, "2024-03-18")
        for number, words in enumerate(payloads):
            _commented(store, f"a-{pages[number].name}", words)
            store.note_error(f"e-{number}", "other", words)
            store.judge(Verdict("confirm", f"e-{number}"), words, _seen(words, 60))
        store.undo(1, payloads[0], _seen(payloads[0], 60))
        _followed(store, payloads)
    found = ["/", "/stories", "/story/s-harm", "/explore", "/explore?as=table", "/explore?as=map",
             "/explore?as=network", "/sources", "/method", "/brief?since=60d", "/pair/ARM/AZE",
             "/actor/ARM", "/pair/ARM/AZE.svg", "/embed/pair/ARM/AZE", "/desk/notes",
             "/desk/comments", "/desk/sources", "/desk/judgements", "/desk/members",
             "/desk/members/1", "/desk/account", "/desk/searches", "/desk",
             "/desk/republish", "/event/e-0/judge", "/event/e-0/error", "/story/s-harm/judge",
             "/actor/ARM/judge", "/article/a-harm0/comment", "/api", "/explore?q=category:HARM",
             "/legal-notice", "/fr/contact"]  # fmt: skip
    for number in range(len(payloads)):
        found += [f"/article/a-harm{number}", f"/event/e-{number}"]
    return found


def _followed(store: Store, payloads: Sequence[str]) -> None:
    """Members of these names, and searches of the first of them, the first five with an alert."""
    for words in payloads:
        try:
            store.add_member(_seen(words, account.LONGEST_NAME), "editor")
        except AccountError as fault:
            if fault.fault != "taken":  # two that begin alike
                raise
    for number, words in enumerate(payloads[:12]):
        search = store.save_search(1, _seen(words, LONGEST_NAME), f'"{_seen(words, 60)}"')
        if number < MOST_UNCONFIRMED:
            store.add_alert(1, search.id, "mail", "ada@desk.example", 1, language="en")


def _seen(words: str, most: int) -> str:
    """As much of it as a name may hold."""
    return "".join(sign for sign in words if sign.isprintable())[:most].strip() or "x"


def letters(home: Path, payloads: Sequence[str]) -> Iterator[str]:
    """The HTML of what is sent by mail and kept in files: of each alert, and a brief."""
    knowledge = knowledge_of(home) or Knowledge()
    with open_store(home) as store:
        room = ReadingRoom(store, knowledge, Config(title=payloads[0], today="2024-03-20"))
        new: Telling = "new"
        told = tuple((f"e-{number}", new) for number in range(len(payloads)))
        for alert in store.alerts():
            message = Message(1, alert.id, alert.made_at, told, 0, None, None, None)
            yield alert_letter.as_html(
                alert_letter.letter_of(room, alert, message), "https://desk.example"
            )
        page = brief.view(room, brief=Asked(since="60d"))
        yield briefing.as_html(page, payloads[0], "https://desk.example")


def asked(payload: str) -> list[str]:
    """Pages that say again what they were asked."""
    words = quote(payload.replace("\0", ""))
    return [f"/explore?q={words}", f"/embed/check-also?url={words}", f"/event/{words}",
            f"/article/{words}", f"/explore?as={words}", f"/brief?since={words}",
            f"/desk/comments?in={words}&done={words}", f"/{words}"]  # fmt: skip


def _page(number: int, words: str) -> Told_Page:
    harm = words.replace("\n", " ").replace("\0", "")
    sentence = f"Armenia warned {harm} Azerbaijan about the buoys."
    category = "HARM" if number % 2 else "THREATEN"
    place = addresses()[number % len(addresses())]
    return Told_Page(
        f"harm{number}",
        [
            ("headline", f"H {harm}"), ("standfirst", f"S {harm}"), ("byline", f"B {harm}"),
            ("body", sentence), ("heading", f"G {harm}"), ("quote", f"“{harm}”"),
            ("caption", f"C {harm}"), ("related", f"R {harm}"), ("comment", f"O {harm}"),
        ],
        [Told(sentence, "Armenia", "warned", "Azerbaijan", category, None, 3,
              event=f"e-{number}", status="happened", day="2024-03-17")],
        host=f"www.{number}.example/{quote(harm)}" if number % 2 else f"www.{number}.example",
        attribution=Attribution(
            first_publisher=Claim(f"F {harm}", None, None, harm),
            republisher=Claim(f"P {harm}", None, None, harm),
            agency=Claim(f"A {harm}", None, None, harm),
        ),
        images=[Image(place, f"C {harm}", f"K {harm}")],
        authors=(Author(f"N {harm}", f"W {harm}"),),
        actors=("AZE", "ARM"),
    )  # fmt: skip


def _commented(store: Store, article: str, words: str) -> None:
    reason = CommentReason("links", 0.5, (words[:60],))
    for state in ("shown", "held", "spam"):
        comment = new(article_id=article, name=words[:60], text=words, state=state)
        store.keep_comment(replace(comment, reasons=(reason,)))


@dataclass(frozen=True, slots=True)
class Result:
    """`said`: how many pages repeated words that were meant to harm."""

    faults: list[str]
    pages: int
    said: int


@contextmanager
def watched(browser: Browser, faults: list[str], *, policy: bool = True) -> Iterator[Page]:
    """A page that notes what runs and what is asked of other hosts. Without the site's policy what
    slipped through would run: escaping has to hold alone."""
    context = browser.new_context(bypass_csp=not policy, extra_http_headers={"x-member": "1"})
    page = context.new_page()

    def dialog(shown: Dialog) -> None:
        faults.append(f"{page.url}: dialog")
        shown.dismiss()

    def elsewhere(url: str) -> None:
        if "//127.0.0.1" not in url[:18] and not url.startswith(("data:", "about:")):
            faults.append(f"{page.url}: asked for {url[:80]}")

    page.on("dialog", dialog)
    page.on("request", lambda request: elsewhere(request.url))
    page.on(
        "console",
        lambda said: (
            faults.append(f"{page.url}: {said.text[:120]}")
            if "Content Security Policy" in said.text
            else None
        ),
    )
    yield page
    context.close()


def look(page: Page, address: str, faults: list[str]) -> int:
    """Open a page, poke at it, and note what is wrong; the status."""
    answer = page.goto(address, wait_until="load")
    faults += [f"{address}: {one}" for one in page.evaluate(FORBIDDEN)]
    return answer.status if answer is not None else 0


def files(page: Page, base: str) -> Iterator[str]:
    """What is no page is never taken for one."""
    for path in FILES:
        answer = page.request.get(base + path)
        kind = answer.headers.get("content-type", "")
        if answer.status == 200 and ("html" in kind or "nosniff" not in str(answer.headers)):
            yield f"{path}: served as {kind or 'nothing'}"


def visit(browser: Browser, home: Path, payloads: Sequence[str]) -> Result:
    """Make the desk and open all of its pages, each with and without the site's own policy."""
    faults: list[str] = []
    said = 0
    pages = make(home, payloads)
    with pytest.MonkeyPatch.context() as patch, served(home) as base:
        editor = Visitor("p", Account(1, _seen(payloads[0], account.LONGEST_NAME), "editor"), "s")
        patch.setattr(Visitors, "of", lambda _self, _request: editor)
        for policy in (True, False):
            with watched(browser, faults, policy=policy) as page:
                for address in (*pages, *(one for words in payloads[:2] for one in asked(words))):
                    if look(page, base + address, faults) >= 500:
                        faults.append(f"{address}: failed")
                    said += "__hit" in page.content() or "evil.example" in page.content()
                faults += files(page, base)
        made = list(letters(home, payloads))
        assert len(made) > min(len(payloads), MOST_UNCONFIRMED)
        assert all("__hit" in one or "evil.example" in one for one in made)
        with watched(browser, faults, policy=False) as page:
            for number, text in enumerate(made):
                page.set_content(text, wait_until="load")
                faults += [f"letter {number}: {one}" for one in page.evaluate(FORBIDDEN, True)]
    return Result(faults, len(pages) * 2 + len(made), said)
