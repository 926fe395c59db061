"""Which part of an HTML page is its content: navigation, furniture and what is hidden left out."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from ftdata.documents.decoding import decode_text
from ftdata.documents.elements import Element, all_text
from ftdata.documents.parsed import RejectedDocumentError

SKIPPED = frozenset(
    (
        "script", "style", "head", "template", "noscript", "svg", "canvas", "iframe", "object",
        "embed", "audio", "video", "map", "nav", "menu", "button", "select", "textarea",
        "datalist", "dialog", "footer", "rt", "rp", "applet", "frameset",
    )
)  # fmt: skip
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog")
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Words of class and id that name furniture; what bears one goes when most of it is links.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|navbox|menu|sidebar|breadcrumbs?|footer|toc|pagination|"
    r"pager|related|share|social|tabs|toolbar|skip|langs?|languages?|prevnext|prev-next|"
    r"table-of-contents)(?=$|[\s_-])",
    re.IGNORECASE,
)
# Furniture by its name alone.
_ALWAYS = re.compile(
    r"(?:^|\s)(?:headerlink|anchor-?link|hash-link|heading-anchor|linenos|lineno|skip-link|"
    r"mw-editsection|sr-only|visually-hidden|screen-reader-text|noprint|cookie-(?:banner|consent)|"
    r"edit-this-page|copybtn|copy-button|toggle-code)(?=$|\s)",
    re.IGNORECASE,
)
ADMONITION = re.compile(
    r"(?:^|[\s_-])(?:admonition|alert|callout|notice|infobox|message|aside|hint|custom-block)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:div|section|center|main|article|body|blockquote|ul|ol|li)\b[^<>]*>")
_INLINE = re.compile(r"</?(?:span|font|b|i|u|em|strong|a|small|big)\b[^<>]*>")
_LONGEST_LIST = 3_000  # words
_LEAST_SHARE = 0.1  # of the words on the page, for a part to be taken as its content


def parse_page(data: bytes) -> tuple[Element, Element]:
    """The page's root and the element that holds its content, both of lxml.

    Raises RejectedDocumentError for what is no text or has no elements.
    """
    text = _decoded(data)
    root = _tree(text)
    if root is None:  # nested deeper than a page can be: wrappers say nothing
        root = _tree(_INLINE.sub("", _WRAPPER.sub("<p>", text)))
    if root is None:
        raise RejectedDocumentError(
            "unreadable", "elements nested too deeply; save the page's text instead"
        )
    return root, _content(root)


def is_furniture(element: Element, *, inside: bool) -> bool:
    """Whether an element holds nothing of the content; `inside` says that an article holds it."""
    tag = element.tag
    if tag in SKIPPED or _is_hidden(element):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if tag == "aside":
        return not ADMONITION.search(names)
    if tag == "header":
        return not inside and element.find(".//h1") is None
    if names == " ":
        return False
    named = _ALWAYS.search(names) is not None
    return named or (_FURNITURE.search(names) is not None and _is_links(element))


def _is_hidden(element: Element) -> bool:
    """Whether an element does not show, or says itself that it is no content."""
    attributes = element.attrib
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _ROLES
        or _HIDDEN.search(attributes.get("style", "")) is not None
    )


def words_of(element: Element) -> int:
    """How many words an element holds, scripts and styles aside."""
    total = len(all_text(element).split())
    for skipped in element.iter("script", "style", "noscript", "template"):
        total -= len(all_text(skipped).split())
    return total


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data, 0, 4_096)
    if named and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        try:
            encoding = codecs.lookup(named[1].decode("ascii")).name
            return decode_text(data.decode(encoding).encode())
        except (LookupError, UnicodeError):
            pass  # the page names an encoding that it is not in
    return decode_text(data)


def _tree(text: str) -> Element | None:
    """The page as a tree; None where it is nested too deeply to be read whole."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise RejectedDocumentError("empty_document", "no element holds text") from error
    if root is None:
        raise RejectedDocumentError("empty_document", "no element holds text")
    too_deep = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return None if any(entry.type == too_deep for entry in parser.error_log) else root


def _content(root: Element) -> Element:
    """The one main part or article of a page, if it holds a fair share of it; else the body."""
    body = root.find("body") if root.tag == "html" else root
    body = root if body is None else body
    least = max(1, int(words_of(body) * _LEAST_SHARE))
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and words_of(found[0]) >= least:
            return found[0]
    return body


def _is_links(element: Element) -> bool:
    """Whether at least half of an element's words are those of links; a long text is no list."""
    words = 0
    for text in element.itertext(with_tail=False):
        words += len(text.split())
        if words > _LONGEST_LIST:
            return False
    linked = sum(len(all_text(a).split()) for a in element.iter("a"))
    return linked * 2 >= words
