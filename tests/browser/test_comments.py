"""Comments in Chromium: from the form to the page and out of it again, with and without script, by
keyboard alone, in both languages; and words that mean harm do none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page
from starlette.requests import Request

from dragoman.model.account import Account
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Visitor
from dragoman.store import open_store
from tests.browser.served import served
from tests.browser.test_screens import DESK, PHONE, opened, too_wide, violations

QUEUE = "/desk/comments"
OWN = re.compile(r"/comment/\d+/own\?key=")
OPEN_SINCE = "2024-03"
HARM = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> "
    'https://a.example/"onclick=alert(1) \u202e'
)


@pytest.fixture(scope="module")
def desk(demo: Path) -> Iterator[str]:
    """The demo desk; whoever sends X-Member is a moderator of it, and X-Person says who asks."""

    def of(_self: Visitors, request: Request) -> Visitor:
        is_member = request.headers.get("x-member") == "1"
        account = Account(1, "Ada", "moderator") if is_member else None
        person = request.headers.get("x-person", "somebody")
        return Visitor(person, account, "s" if is_member else None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Visitors, "of", of)
        with served(demo) as address:
            yield address


@pytest.fixture(scope="module")
def article(demo: Path) -> str:
    with open_store(demo) as store:
        rows = [row for one in store.article_ids() if (row := store.article(one)) is not None]
        fresh = [
            row.article.id
            for row in rows
            if row.article.published and (row.article.published.end or "") > OPEN_SINCE
        ]
    return min(fresh)


@contextmanager
def asking(
    browser: Browser,
    faults: list[str],
    headers: dict[str, str],
    size: tuple[int, int] = DESK,
    *,
    script: bool = True,
) -> Iterator[Page]:
    """A page that notes dialogs as well: no comment may open one."""

    def told(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    with opened(
        browser, *size, faults=faults, java_script_enabled=script, extra_http_headers=headers
    ) as page:
        page.on("dialog", told)
        yield page


def reader(
    browser: Browser, faults: list[str], person: str, *, script: bool = True, phone: bool = False
) -> AbstractContextManager[Page]:
    size = PHONE if phone else DESK
    return asking(browser, faults, {"x-person": person}, size, script=script)


def moderator(
    browser: Browser, faults: list[str], *, script: bool = True
) -> AbstractContextManager[Page]:
    return asking(browser, faults, {"x-member": "1"}, script=script)


def write(page: Page, name: str, text: str, button: str = "send") -> None:
    page.fill("#comment-name", name)
    page.fill("#comment-text", text)
    page.click(f"button[value={button}]")
    if button == "send":
        page.wait_for_url(OWN)
    else:  # a click doesn't wait for the page that it asks for
        page.locator(".preview").wait_for()
        page.wait_for_load_state()


@pytest.mark.parametrize(("script", "language"), [(True, "fr"), (False, "en")])
def test_from_the_form_to_an_answer_and_out_again(
    browser: Browser, desk: str, article: str, script: bool, language: str
) -> None:
    faults: list[str] = []
    at = f"{desk}/{language}/article/{article}"
    said = f"Which pier was it, asks the reader {language}?"
    with (
        reader(browser, faults, f"one-{language}", script=script) as page,
        moderator(browser, faults, script=script) as member,
    ):
        page.goto(at)
        write(page, "Lectrice", said, "preview")
        assert said in page.locator(".preview").inner_text()
        page.click("button[value=send]")
        page.wait_for_url(OWN)
        own = page.url
        assert "/own?key=" in own
        page.goto(at)
        assert said not in page.locator("main").inner_text()

        member.goto(f"{desk}/{language}{QUEUE}")
        item = member.locator(".waiting", has_text=said)
        item.locator("button[data-key=a]").click()
        member.wait_for_url("**done=show-*")
        page.goto(at)
        assert said in page.locator(".threads").inner_text()

        page.locator(".comment", has_text=said).locator("a[href*='?to=']").click()
        write(page, "Reader", f"The old one, says {language}.")
        member.goto(f"{desk}/{language}{QUEUE}")
        answer = member.locator(".waiting", has_text=f"The old one, says {language}.")
        answer.locator("button[data-key=a]").click()
        member.wait_for_url("**done=show-*")
        page.goto(at)
        below = page.locator(".comment", has_text=said).locator("ol .comment")
        assert f"The old one, says {language}." in below.inner_text()

        page.goto(own)
        page.fill("#text", f"{said} Or was it another?")
        page.click("button[value=change]")
        page.wait_for_url(re.compile(r"/own\?key=\w+$"))
        assert "Or was it another?" in page.locator(".answered").inner_text()
        page.check("input[name=sure]")
        page.click("button[value=erase]")
        page.wait_for_url("**/comments-data?erased=1")
        page.goto(at)
        assert said not in page.locator("main").inner_text()
        assert page.locator(".gone").count() >= 1
    assert faults == []


def test_spam_is_never_shown(browser: Browser, desk: str, article: str) -> None:
    faults: list[str] = []
    text = (
        "Earn money fast!!! Visit https://casino.example and https://pills.example, click here now"
    )
    with reader(browser, faults, "spammer") as page, moderator(browser, faults) as member:
        page.goto(f"{desk}/article/{article}")
        write(page, "BEST OFFERS", text)
        assert "set aside" in page.locator("h1").inner_text()
        page.goto(f"{desk}/article/{article}")
        assert "Earn money fast" not in page.content()
        member.goto(f"{desk}{QUEUE}?in=spam")
        assert "Earn money fast" in member.locator(".queue").inner_text()
    assert faults == []


def test_keyboard_alone(browser: Browser, desk: str, article: str) -> None:
    """Two comments wait: the first is shown, the second called spam, and that undone; while
    somebody types, keys are letters."""
    faults: list[str] = []
    texts = ["Key by key, the first of two.", "Key by key, the second of two."]
    with reader(browser, faults, "typist") as page, moderator(browser, faults) as member:
        for text in texts:
            page.goto(f"{desk}/article/{article}/comment")
            write(page, "Typist", text)
        member.goto(f"{desk}{QUEUE}")
        member.keyboard.press("?")
        assert member.locator("#keys").get_attribute("open") is not None
        place = member.locator(".waiting").evaluate_all(
            "(all, text) => all.findIndex(e => e.textContent.includes(text))", texts[0]
        )
        for _ in range(place + 1):
            member.keyboard.press("j")
        assert texts[0] in member.locator(".waiting:focus").inner_text()
        member.keyboard.press("a")
        member.wait_for_url("**done=show-*")
        while texts[1] not in member.locator(".waiting:focus").inner_text():
            member.keyboard.press("j")
        member.keyboard.press("s")
        member.wait_for_url("**done=spam-*")
        assert texts[1] not in member.locator("#queue").inner_text()
        member.keyboard.press("u")
        member.wait_for_url("**done=undo*")
        assert texts[1] in member.locator("#queue").inner_text()
        member.focus("#why")
        member.keyboard.type("sad jab")
        assert member.input_value("#why") == "sad jab"
        page.goto(f"{desk}/article/{article}")
        shown = page.locator("main").inner_text()
        assert texts[0] in shown
        assert texts[1] not in shown
    assert faults == []


def test_harm_is_words(browser: Browser, desk: str, article: str) -> None:
    """In a real browser: no dialog, no report of the policy, nothing asked of another host."""
    faults: list[str] = []
    with reader(browser, faults, "attacker") as page, moderator(browser, faults) as member:
        page.goto(f"{desk}/article/{article}/comment")
        write(page, HARM[:60], HARM, "preview")
        page.click("button[value=send]")
        page.wait_for_url(OWN)
        member.goto(f"{desk}{QUEUE}")
        if not member.locator(".waiting", has_text="onerror").count():
            member.goto(f"{desk}{QUEUE}?in=spam")
        member.fill("#why", HARM)
        member.locator(".waiting", has_text="onerror").locator("button[data-key=a]").click()
        member.wait_for_url("**done=show-*")
        member.goto(f"{desk}{QUEUE}?in=shown")
        for summary in member.locator(".waiting summary").all():
            summary.click()
        page.goto(f"{desk}/article/{article}")
        assert "alert(1)" in page.locator(".threads").inner_text()
        page.locator(".threads a", has_text="https://a.example").hover()
    assert faults == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_screens_of_comments(browser: Browser, desk: str, article: str, language: str) -> None:
    """None scrolls sideways on a phone or has what axe calls a violation."""
    faults: list[str] = []
    at = f"{desk}/{language}"
    with reader(browser, faults, f"looker-{language}", phone=True) as page:
        page.goto(f"{at}/article/{article}/comment")
        faults += too_wide(page) + violations(page)
        write(page, "Lectrice", f"A remark to look at, {'long' * 40}.", "preview")
        faults += too_wide(page) + violations(page)
        page.click("button[value=send]")
        page.wait_for_url(OWN)
        faults += too_wide(page) + violations(page)
        for path in (f"/article/{article}", "/comments-data"):
            page.goto(at + path)
            faults += too_wide(page) + violations(page)
    with moderator(browser, faults) as member:
        for size in (DESK, PHONE):
            member.set_viewport_size({"width": size[0], "height": size[1]})
            for folder in ("held", "gone"):
                member.goto(f"{at}{QUEUE}?in={folder}&done=hold-1")
                faults += too_wide(member) + violations(member)
    assert faults == []
