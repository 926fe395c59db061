"""Words before a number that say what it is: an order id is no telephone, whatever its shape."""

from __future__ import annotations

import re

# These name an identifier by themselves: "order 555-123-4567".
STRONG_WORDS = (
    "order", "item", "product", "tracking", "sku", "invoice", "isbn", "upc", "asin", "serial",
    "reservation", "booking", "transaction", "shipment", "id", "ids",
)  # fmt: skip
# These do only with a noun after them: "ticket number 555-123-4567", not "in any case 555-…".
WEAK_WORDS = (
    "case", "part", "model", "account", "ticket", "reference", "ref", "customer", "user", "member",
    "confirmation", "policy", "flight", "payment", "batch", "lot", "build", "bug", "issue",
)  # fmt: skip

_NOUN = r"(?:id|ids|no|nos|nr|num|number|numbers|code|codes|key)"
_NAMED = re.compile(
    rf"(?:(?<![^\W\d_])(?:(?:{'|'.join(STRONG_WORDS)})(?:[\s_-]{{0,2}}{_NOUN})?"
    rf"|(?:{'|'.join(WEAK_WORDS)})[\s_-]{{0,2}}{_NOUN})"
    rf"[^\w+]{{0,6}}(?:(?:is|are|was)[^\w+]{{1,3}})?|#\s?)\Z"
)
# The bracket: a placeholder is no cue for the number after it.
_CUE = re.compile(
    r"(?<![a-z[])(?:(?:tele)?phones?|mobile|cell(?:phone)?|call(?:ed|ing|s)?|fax|whatsapp|tel|dial"
    r"|sms|text (?:me|us|him|her|them)|reach(?:ed)?|contact|hotline|desk|messages?|ring|landline"
    r"|voicemail|(?:answer(?:s|ed|ing)?|pick(?:s|ed|ing)? up|available)(?: (?:me|us|it))? (?:at|on)"
    r"|(?:my|your|his|her|our|their) (?:new )?number"
    # Spanish, Portuguese, French, German, Dutch, Italian, Turkish
    r"|tel[eé]fonos?|tel[eé]fone|t[eé]l[eé]phone|telefonn?(?:ummer)?|telefoon(?:nummer)?|telefoni?"
    r"|m[oó]vil|celular|cellulare|t[eé]l|handy(?:nummer)?|rufnummer|mobilnummer|durchwahl|cep"
    r"|ll[aá]mame|appelez|portable)(?![a-z])"
)
# "20 7946 0958 is the phone number"
_CUE_AFTER = re.compile(
    r"[ ,]{0,2}is (?:the|my|his|her|their|our|your) (?:[a-z]{1,12} )?"
    r"(?:phone|mobile|cell|telephone|contact)"
)
_NAME_CHARS = 40
_CUE_CHARS = 45
# Spaces that do not break or are wide, and the hyphens and dashes of typesetting.
_SEPARATORS = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " ") | dict.fromkeys(
    (0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-"
)


def is_named_identifier(text: str, start: int) -> bool:
    """Whether the words right before `start` name an identifier: `"item_id": `, `order no. `."""
    return _NAMED.search(text[max(0, start - _NAME_CHARS) : start].lower()) is not None


def plain_separators(text: str) -> str:
    """The text with plain spaces and hyphens for their kin, each in its place."""
    return text if text.isascii() else text.translate(_SEPARATORS)


def has_phone_cue(text: str, start: int, end: int) -> bool:
    """Whether the words shortly before the place, in its line, or behind it say telephone."""
    if _CUE_AFTER.match(text, end, end + _CUE_CHARS):
        return True
    before = text[max(0, start - _CUE_CHARS) : start].lower().rstrip()
    return _CUE.search(before, before.rfind("\n") + 1) is not None
