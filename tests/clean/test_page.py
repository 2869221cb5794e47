"""Pages: text rebuilt from the tree, labels, statements, pictures. All pages are our own."""

from __future__ import annotations

from .conftest import Cleaner, check_cover, texts

BODY = [
    "The two ministers met on the ferry on Tuesday and agreed to reopen the northern crossing, "
    "which had been closed since the winter storms damaged both piers.",
    "Work on the piers will begin in the spring, the harbour office said, and the first boats "
    "should run again before the fishing season starts in June.",
    "Islanders have waited two years for the crossing, and many have moved to the mainland, where "
    "they found work in the canneries and sent their children to school.",
    "The ministers will meet again in the autumn to settle who pays for the new lighthouse and "
    "for the dredging of the narrow channel between the two small ports.",
]


def page(head: str = "", tail: str = "", title: str = "Northern crossing to reopen in June") -> str:
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title} - Harbour Times</title><meta property="og:site_name" content="Harbour Times">
<meta property="og:title" content="{title} - Harbour Times">{head}</head><body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<article><h1>{title}</h1><p class="byline">By <a rel="author" href="/ada">Ada Lindqvist</a></p>
<figure><img src="/pier.jpg"><figcaption>The pier after the storm. <span class="credit">Photo: Ida
Holm / AFP</span></figcaption></figure>
{paragraphs}{tail}</article>
<div id="comments"><h2>Comments</h2><div class="comment">I cross every day and I miss the old boat
very much indeed.</div><form class="comment-form">Leave a reply <input name="c"></form></div>
<aside class="related"><h3>Related</h3><a href="/x">A lighthouse goes dark</a></aside>
<footer>© 2026 Harbour Times</footer><script>var x = "hidden words";</script>
<div style="display:none">never shown</div></body></html>"""


ADDRESS = "https://www.harbourtimes.example/sea/crossing?utm_source=feed#top"


def test_blocks_of_a_page(cleaned: Cleaner) -> None:
    article = cleaned(page(), html=True, url=ADDRESS)
    check_cover(article)
    assert texts(article, "body") == BODY
    assert texts(article, "headline") == ["Northern crossing to reopen in June"]
    assert texts(article, "caption") == ["The pier after the storm."]
    assert len(texts(article, "comment")) >= 1
    assert texts(article, "comment_form") == ["Leave a reply"]
    assert "hidden words" not in article.text
    assert "never shown" not in article.text


def test_what_a_page_states(cleaned: Cleaner) -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
    {"@type": "NewsArticle", "headline": "Northern crossing to reopen in June", "datePublished":
    "2026-03-02T09:10:00+02:00", "dateModified": "2026-03-03", "author": {"@id": "#ada"}},
    {"@type": "Person", "@id": "#ada", "name": "Ada Lindqvist"}]}</script>"""
    article = cleaned(page(head), html=True, url=ADDRESS)
    assert article.title == "Northern crossing to reopen in June"
    assert [author.name for author in article.authors] == ["Ada Lindqvist"]
    assert article.published is not None
    assert (article.published.start, article.published.basis) == ("2026-03-02", "page: json-ld")
    assert article.modified == "2026-03-03"
    assert article.genre.value == "news"
    (image,) = article.images
    assert image.src == "https://www.harbourtimes.example/pier.jpg"
    assert (image.caption, image.credit) == ("The pier after the storm.", "Ida Holm / AFP")
    assert article.attribution.agency is None


def test_a_guessed_date_is_called_a_guess(cleaned: Cleaner) -> None:
    article = cleaned(page(tail="<p>Posted 2 March 2026</p>"), html=True, url=ADDRESS)
    if article.published is not None:
        assert article.published.basis == "page: htmldate"
        assert any("guessed" in doubt.reason for doubt in article.doubts)


def test_a_copy_says_whose_it_is_and_stays_a_page_of_its_own(cleaned: Cleaner) -> None:
    head = '<link rel="canonical" href="https://valleymail.example/crossing">'
    copy = cleaned(page(head), html=True, url=ADDRESS)
    first, again = copy.attribution.first_publisher, copy.attribution.republisher
    assert first is not None
    assert again is not None
    assert (first.value, again.value) == ("Valley Mail", "Harbour Times")
    assert copy.id == cleaned(page(), html=True, url=ADDRESS).id


def test_a_footer_of_a_feed_names_the_first_publisher(cleaned: Cleaner) -> None:
    tail = "<p>The post Northern crossing to reopen in June first appeared on Valley Mail.</p>"
    article = cleaned(page(tail=tail), html=True, url=ADDRESS)
    first = article.attribution.first_publisher
    assert first is not None
    assert first.value == "Valley Mail"
    assert texts(article, "body") == BODY


def test_read_also_amid_the_text_is_no_body(cleaned: Cleaner) -> None:
    html = page().replace(BODY[2], f"Read also: A lighthouse goes dark</p><p>{BODY[2]}")
    article = cleaned(html, html=True, url=ADDRESS)
    assert texts(article, "body") == BODY


def test_no_article_is_said_and_not_invented(cleaned: Cleaner) -> None:
    article = cleaned("<html><body><nav><a href='/'>Home</a></nav></body></html>", html=True)
    assert not texts(article, "body")
    assert "text" in {doubt.field for doubt in article.doubts}
