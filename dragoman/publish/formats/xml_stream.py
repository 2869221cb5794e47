"""XML that is written as it is made, element after element.

In: names, attributes and any text. Out: UTF-8 that every parser reads: what mark-up is made of is
escaped, and characters that XML 1.0 has no place for are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, cast
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")
Attributes = Mapping[str, object]
"""Those whose value is None are not written."""


def xml_text(text: str) -> str:
    """What XML can hold of a text, its line ends as parsers give them back."""
    return _LINE_ENDS.sub("\n", _FORBIDDEN.sub("", text))


class Xml:
    """One document; it ends when `document` does."""

    def __init__(self, generator: XMLGenerator) -> None:
        self._generator = generator

    @contextmanager
    def inside(self, name: str, attributes: Attributes | None = None) -> Iterator[None]:
        given = (attributes or {}).items()
        said = {key: xml_text(str(value)) for key, value in given if value is not None}
        self._generator.startElement(name, cast("AttributesImpl[str]", AttributesImpl(said)))
        yield
        self._generator.endElement(name)

    def element(
        self, name: str, text: str | None = None, attributes: Attributes | None = None
    ) -> None:
        with self.inside(name, attributes):
            if text:
                self._generator.characters(xml_text(text))

    def optional(self, name: str, text: str | None, attributes: Attributes | None = None) -> None:
        """Nothing at all where there is no text."""
        if text:
            self.element(name, text, attributes)


@contextmanager
def document(out: BinaryIO, root: str, attributes: Attributes) -> Iterator[Xml]:
    """A document with its declaration and root element."""
    generator = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
    generator.startDocument()
    xml = Xml(generator)
    with xml.inside(root, attributes):
        yield xml
    generator.endDocument()
