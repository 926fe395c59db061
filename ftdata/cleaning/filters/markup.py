"""Finds markup left over from where a text came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.by_message import by_conversation
from ftdata.cleaning.filters.finding import Finding
from ftdata.settings_cleaning import Action, Cleaning

_CODE = re.compile(r"```.{0,20000}?(?:```|\Z)|`[^`\n]{1,300}`", re.DOTALL)
_MARKUP = {
    "HTML tag": re.compile(
        r"(?i)</?(?:p|br|div|span|b|i|u|strong|em|a|ul|ol|li|table|tbody|thead|tr|td|th|h[1-6]|font"
        r"|img|script|style|iframe|hr|blockquote|html|body|head|sup|sub|center|section|article|nav"
        r"|button|input|form|label|small|dl|dt|dd|link|meta|pre)(?:\s[^<>]{0,300})?/?>"
    ),
    "HTML entity": re.compile(
        r"&(?:amp|lt|gt|quot|nbsp|apos|hellip|mdash|ndash|[lr][sd]quo|bull|copy|reg|trade|euro"
        r"|[aeiouAEIOU](?:acute|grave|uml|circ)|[nN]tilde|[cC]cedil|szlig|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
    ),
    "template tag": re.compile(
        r"\{\{[ #/>-]{0,3}[A-Za-z_][^{}\n]{0,120}\}\}|\{%[^%{}\n]{1,160}%\}"
    ),
    "shortcode": re.compile(
        r"(?i)\[/?(?:caption|gallery|embed|vc_[a-z]{1,30}|et_pb_[a-z]{1,30}|quote|url|img|playlist"
        r"|color|size)\b(?:[ =][^\[\]\n]{0,200})?\]|\[/(?:b|i|u|code|list)\]"
    ),
}
# A conversation about markup or code holds it for a reason.
_ABOUT_CODE = re.compile(
    r"(?i)\b(?:html|css|xml|xhtml|svg|jsx|tsx|javascript|typescript|react|vue|angular|django|flask"
    r"|jinja2?|liquid|handlebars|mustache|helm|ansible|markup|markdown|mdx|template|tags?|entit(?:y"
    r"|ies)|code|coding|script|regex|parse|parser|scrap\w{2,4}|wordpress|shortcodes?|bbcode|php|latex"
    r"|web ?(?:page|site)s?|selenium|xpath|beautifulsoup|dom|query|json|yaml|api)\b"
)


def markup_action(options: Cleaning) -> Action:
    """What the settings make of markup left over."""
    return options.markup.action


def find_markup(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`markup_left` where a user or assistant message holds markup; the detail says of which kind.

    HTML tags and entities, template tags and shortcodes outside code. Conversations about markup or
    code are passed over.
    """
    del options
    findings = by_conversation(conversations, _found(conversations))
    bounds = conversations.bounds.tolist()
    for row, finding in enumerate(findings):
        if finding:
            texts = conversations.contents[bounds[row] : bounds[row + 1]]
            if any("```" in text or _ABOUT_CODE.search(text) for text in texts if text):
                findings[row] = None
    return findings


def _found(conversations: Conversations) -> Iterator[tuple[int, Finding]]:
    for index, text in enumerate(conversations.contents):
        if text and ("<" in text or "&" in text or "{" in text or "[" in text):
            if conversations.roles[index] not in ("user", "assistant"):
                continue
            bare = _CODE.sub(" ", text) if "`" in text else text
            kind = next((name for name, one in _MARKUP.items() if one.search(bare)), None)
            if kind:
                yield index, Finding("markup_left", kind)
