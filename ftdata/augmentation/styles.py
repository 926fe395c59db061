"""The styles that an English request may be put in: more formal, more casual, shorter, longer.

A style takes a text whose protected spans are masked, and gives it in that style, or None where it
is in it already.
"""

from __future__ import annotations

import re

from ftdata.augmentation.choosing import pick
from ftdata.augmentation.harm import HARM
from ftdata.augmentation.rephrasing import (
    Rule,
    ask_could_you,
    contract,
    expand,
    is_order,
    lower_first,
    phrases,
    polite_favour,
)
from ftdata.augmentation.simplifying import simplify_request
from ftdata.augmentation.swapping import find_swaps, read_lexicon

_THAT = r"that(?:'s| is| will be|'ll be)"
_OPENS = r"(?:^|(?<=[,.!?] ))"
_QUESTION = re.compile(
    r"(?:what|what's|when|where|where's|who|who's|how|which|is|are|do|does|did|can|could|would"
    r"|will)\b.*",
    re.IGNORECASE,
)
_SEEKS_HELP = re.compile(
    r"(?:how|where|can|could|what's the best|what is the best)\b", re.IGNORECASE
)
_WHY = re.compile(r"why\b.*", re.IGNORECASE)
_POLITE = re.compile(r"\b(?:please|pls|thanks?|thx|help|hi|hey|hello)\b", re.IGNORECASE)
# Where cheerfulness would be out of place.
_GRAVE = re.compile(
    rf"\b(?:(?:{HARM})\b|dies?\b|died|dying|dead|death|drugs?\b|abus|harass|harm|hurt|artery|swallow"
    r"|hate\b|hatred|racis|illegal|attack|cancer|sick\b|pain|angry|slash|crush|terminate|sad\b|lost\b"
    r"|stolen|fake\b|destroy|body\b|wife|husband|someone's|denied|kicked|ethnic|discriminat|inferior"
    r"|superior|rights?\b|jew|muslim|christian|latin|black|white|gay|immigra|indigenous|asexual"
    r"|disabled|euthani|ruptur|on fire\b|opponents?\b)",
    re.IGNORECASE,
)
_STILL_CASUAL = re.compile(r"(?:hey|hi|yeah|yep|yup|ok)\b|.*\bthanks\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"^[a-z]|(?<=[a-z]{2}[.!?] )[a-z]")
_LOOSE_END = re.compile(r"\s[.?!]+$|[^\w.?!)]$|[.?!]{2}$")
_FORMAL_WORDS = """
VERB _ -me -us -him -her -you -into : buy > purchase
_ with : help me > assist me
my our the your _ -menu : kids > children
info > information
my _ : mom > mother
my _ : dad > father
ask about > inquire about
information details questions question _ DET : about > regarding
VERB _ if whether : find out > determine
figure out > determine
_ that : make sure > ensure
_ someone DET : talk to > speak with
get in touch with > contact
VERB _ : look for > search for
i'm we're am are _ : looking for > searching for
wanna > want to
gonna > going to
i we you _ : gotta > have to
pls > please
plz > please
need some any more all your _ END COMMA with : help > assistance
SHOW _ END : start > begin
_ END COMMA : right now > at the moment
"""
_CASUAL_WORDS = """
VERB _ -order -orders : purchase > buy
assist me with > help me with
more any all some _ about on END : information > info
my our your _ END COMMA for to with and : children > kids
VERB _ DET : obtain > get
inquire about > ask about
approximately > about
information details question questions advice news insight insights _ DET : regarding > about
information details question questions advice news discovery _ DET : concerning > about
need some any more all your _ END COMMA with : assistance > help
in order to > to
_ good nice helpful interesting hard difficult easy happy cheap : very > really
START COMMA _ COMMA that : yes > yeah
START COMMA _ COMMA : okay > ok
speak with > talk to
speak to > talk to
wish to > want to
VERB _ a an one two three some : select > pick
VERB _ a an one two three some : choose > pick
reserve > book
VERB _ DET : receive > get
depart > leave
_ END COMMA : at the moment > right now
a large number of > a lot of
_ END COMMA : would be wonderful > would be great
"""

_FORMAL: tuple[Rule, ...] = (
    phrases((rf"{_OPENS}(?:hi|hey)(?: there)?(?=[,.!])", "Hello")),
    phrases((rf"{_OPENS}(?:yeah|yep|yup)(?=[,.!]| (?:that|it|please)\b)", "Yes")),
    phrases(
        (rf"{_OPENS}thanks a (?:lot|ton|bunch)\b", "Thank you very much"),
        (rf"{_OPENS}thanks(?= (?:so|very) much\b| for\b|[.!,]|$)", "Thank you"),
    ),
    phrases((r"\bI want(?= (?:to \w|a\b|an\b|the\b|some\b|two\b|three\b))", "I would like")),
    phrases((r"^can I (?:get|have)(?= (?:a|an|the|some|two|three|four|five)\b)", "May I have")),
    lambda text: _swapped(text, _FORMAL_WORDS),
    expand,
    polite_favour,
    lambda text: _prefixed(ask_could_you(text), "Could you ", "Could you please "),
)
_CASUAL: tuple[Rule, ...] = (
    phrases((rf"{_OPENS}(?:hello|good (?:morning|afternoon|evening))(?: there)?(?=[,.!])", "Hey")),
    phrases(
        (rf"{_OPENS}thank you (?:so|very) much\b", "Thanks a lot"),
        (rf"{_OPENS}thank you(?= for\b|[.!,]|$)", "Thanks"),
    ),
    phrases((r"\bI(?: would|'d) like to(?= \w)", "I want to")),
    phrases((r"^(?:may|could) I have(?= (?:a|an|the|some|two|three)\b)", "Can I get")),
    phrases((r"\bcould you (?:please|kindly)\b", "can you")),
    phrases((r"\bthat is(?= (?:right|correct|all|fine|good|great|perfect)\b)", "that's")),
    lambda text: _swapped(text, _CASUAL_WORDS),
    contract,
)
_SHORTER: tuple[Rule, ...] = (
    simplify_request,
    phrases(
        (
            r"\b(thank you|thanks)(?: so much| very much| a lot)?"
            r" for (?:all )?(?:of )?(?:your|the) (?:help|assistance)(?: today)?\b",
            r"\1",
        ),
        (r"\b(thank you|thanks) (?:(?:so|very) much|a lot)\b(?! for\b)", r"\1"),
        (
            rf"\b({_THAT} all)(?: (?:the help )?I need(?:ed)?)?(?: for now| for today| today)\b",
            r"\1",
        ),
        (rf"\b({_THAT} all) (?:the help )?I need(?:ed)?(?=[.,!]|$)", r"\1"),
    ),
    phrases(
        (r"\bI (?:really|just|actually) (?=(?:want|need|would)\b)", "I "),
        (r"\b(can|could|would) you (?:just|possibly|maybe) (?=\w)", r"\1 you "),
        (r"\bin order to\b", "to"),
        (r"\ball of (?=(?:the|my|your|these|those)\b)", "all "),
        (r"(?<=playing|showing|ing out|are out) (?:right now|at the moment)(?=[.?!]*$)", ""),
        (r"^(.*\b(?:find|book|list|play|check|reserve|order)\b.*[a-z]) for me(?=[.?!]*$)", r"\1"),
    ),
)  # fmt: skip
_GREETINGS = ("Hi there! ", "Hello! ", "Hi! ")
_QUESTION_FOLLOWS = (
    "I have a question. ", "Hi, I have a question. ", "Hello, I have a question for you. "
)  # fmt: skip
_HELP_FOLLOWS = ("Hello, I hope you can help me. ", "I hope you can help me with this. ")
_THANKS = (
    " Thanks!", " Thank you!", " Thanks in advance!", " Thank you in advance.",
    " Thanks for your help!", " Thank you for your help.",
)  # fmt: skip


def make_formal(text: str) -> str | None:
    """ "Hey, can you tell me what's on?" becomes "Hello, could you please tell me what is on?"."""
    changed = _all_of(_FORMAL, text)
    return None if changed is None or _STILL_CASUAL.match(changed) else _tidy(changed)


def make_casual(text: str, seed: int, is_first: bool) -> str | None:
    """ "I would like to purchase a book." becomes "I want to buy a book."; where no word tells a
    casual text from another one, a question that begins the conversation gets a "Hey,".
    """
    changed = _all_of(_CASUAL, text)
    if changed is not None or not is_first or not _is_cheerful(text, _QUESTION):
        return changed
    return pick(("Hey, ", "Hey there, ", "Hi, "), seed, "hey") + lower_first(text)


def make_shorter(text: str) -> str | None:
    """ "Hi! Could you please list the shops for me?" becomes "List the shops."."""
    return _all_of(_SHORTER, text)


def make_longer(text: str, seed: int, is_first: bool) -> str | None:
    """ "When do you open?" becomes "Hi there! When do you open?": a sentence of courtesy more.

    A greeting only opens the conversation; thanks only follow a request or a neutral question.
    """
    choices = _courtesies(text, is_first)
    if not choices:
        return None
    chosen = pick(choices, seed, "courtesy")
    if chosen[0] == " ":
        return _with_mark(text) + chosen
    return (lower_first(chosen) if text[0].islower() and chosen[:2] != "I " else chosen) + text


def _courtesies(text: str, is_first: bool) -> tuple[str, ...]:
    """What may stand before the text (it ends in a blank) or after it (it begins with one)."""
    is_question = _is_cheerful(text, _QUESTION)
    choices: tuple[str, ...] = ()
    if is_first and (is_question or _is_cheerful(text, _WHY)):
        choices += _GREETINGS
    if is_first and is_question:
        choices += _HELP_FOLLOWS if _SEEKS_HELP.match(text) else _QUESTION_FOLLOWS
    if not _LOOSE_END.search(text) and (
        is_question or (is_order(text) and _is_cheerful(text, None))
    ):
        choices += _THANKS
    return choices


def _is_cheerful(text: str, form: re.Pattern[str] | None) -> bool:
    """Whether a text has that form, no courtesy yet, and nothing to make courtesy odd."""
    is_of_form = form is None or form.fullmatch(text) is not None
    return is_of_form and not _POLITE.search(text) and not _GRAVE.search(text)


def _all_of(rules: tuple[Rule, ...], text: str) -> str | None:
    changed = text
    for rule in rules:
        changed = rule(changed) or changed
    return changed if changed != text else None


def _swapped(text: str, lexicon: str) -> str | None:
    """The text with all words of a lexicon replaced."""
    changed = text
    for swap in reversed(find_swaps(text, read_lexicon(lexicon))):
        changed = changed[: swap.start] + swap.options[0] + changed[swap.end :]
    return changed if changed != text else None


def _prefixed(text: str | None, old: str, new: str) -> str | None:
    return None if text is None else new + text.removeprefix(old)


def _tidy(text: str) -> str:
    """With the capitals and the last mark that a formal text has."""
    text = _SENTENCE_START.sub(lambda match: match[0].upper(), text)
    return _with_mark(re.sub(r"\bi\b(?!\.)", "I", text))


def _with_mark(text: str) -> str:
    if not text[-1:].isalpha() or not text[-1:].isascii():
        return text
    last = re.split(r"[.!?] +", text)[-1]
    return text + ("?" if _QUESTION.fullmatch(last) or _WHY.fullmatch(last) else ".")
