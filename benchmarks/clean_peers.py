"""Other extractors of article text, each as a function from a page to its text.

In: a page. Out: the text that the peer keeps, empty where it fails. Those that are not installed
(`make peers`) are None. They get the page as bytes where they take bytes.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from lxml import html as lxml_html

from benchmarks.clean_sets import Page

Extract = Callable[[Page], str]
STOP_LISTS = {"en": "English", "pl": "Polish", "ru": "Russian", "de": "German", "fr": "French"}

warnings.filterwarnings("ignore", module="dateutil")
warnings.filterwarnings("ignore", module="newspaper")
logging.getLogger("readability").setLevel(logging.ERROR)


def trafilatura(page: Page, **options: Any) -> str:
    from trafilatura import extract

    return extract(page.body, include_comments=False, **options) or ""


def trafilatura_with_metadata(page: Page) -> str:
    from trafilatura import bare_extraction

    document = bare_extraction(page.body, include_comments=False, with_metadata=True)
    return getattr(document, "text", "") or ""


def readability(page: Page) -> str:
    from readability import Document

    summary = Document(_decoded(page)).summary(html_partial=True)
    texts = (str(text).strip() for text in lxml_html.fromstring(summary).itertext())
    return "\n".join(text for text in texts if text)


def resiliparse(page: Page) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(_decoded(page), main_content=True))


def newspaper(page: Page) -> str:
    from newspaper import Article, Config
    from tldextract import TLDExtract, tldextract

    # It would ask the network for a list of suffixes; the one in its package serves as well.
    if tldextract.TLD_EXTRACTOR.suffix_list_urls:
        tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=())
    settings = Config()
    settings.fetch_images = False
    article = Article(page.url or "http://example.org/", config=settings)
    article.download(input_html=_decoded(page))
    article.parse()
    return str(article.text)


def justext(page: Page) -> str:
    from justext import get_stoplist
    from justext import justext as paragraphs_of

    stop_list = get_stoplist(STOP_LISTS.get(page.language, "English"))
    found = paragraphs_of(page.body, stop_list)
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def _decoded(page: Page) -> str:
    from trafilatura.utils import decode_file

    return str(decode_file(page.body))


def _guarded(extract: Extract) -> Extract:
    """A peer's fault costs it the page, and nothing else."""

    def guarded(page: Page) -> str:
        try:
            return extract(page)
        except Exception:
            return ""

    return guarded


def _if_installed(module: str, extract: Extract) -> Extract | None:
    return _guarded(extract) if find_spec(module) else None


PEERS: dict[str, Extract | None] = {
    "trafilatura": _guarded(trafilatura),
    "trafilatura precision": _guarded(lambda page: trafilatura(page, favor_precision=True)),
    "trafilatura with metadata": _guarded(trafilatura_with_metadata),
    "readability-lxml": _if_installed("readability", readability),
    "resiliparse": _if_installed("resiliparse", resiliparse),
    "newspaper4k": _if_installed("newspaper", newspaper),
    "jusText": _if_installed("justext", justext),
}
