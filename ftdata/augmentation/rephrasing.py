"""The rules that rephrase an English request: greeting, form, wording and contractions.

A rule takes a text whose protected spans are masked, and gives it rephrased, or None where it has
nothing to change. Rules are curated rather than many: each has to read well wherever it applies,
so most demand a word after (or before) the phrase that makes its meaning certain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

Rule = Callable[[str], str | None]

_MAX_QUESTION_WORDS = 30

# Verbs that can only be a request, and those that may be nouns unless such a word follows.
_ASK = (
    r"(?:(?:find|tell|give|describe|explain|suggest|recommend|provide|summari[sz]e|calculate"
    r"|generate|compose|write|create|compare|define|identify|cancel|remind|extract)\b"
    r"(?! (?:of|up|in)\b)"
    r"|(?:show|list|name|book|play|set|order|check|look|search|help|make|get|add|design|share"
    r"|reserve|outline|discuss|schedule|send)"
    r" (?:me|us|a|an|the|some|any|all|my|this|that|these|those|it|two|three|four|five|for|up|how"
    r"|what|why|which|who|where|when|each|every|if|whether)\b)"
)
# After "can you" a general "you" must be impossible: "Can you find gold in Alaska?" asks no favour.
_FAVOUR = (
    r"(?:(?:tell|show|give|find|get|send|help|recommend|book) (?:me|us)\b"
    r"|(?:explain|describe|suggest|recommend|summari[sz]e|list|provide|look up)\b"
    r"|check (?:if|whether)\b|write (?:me |us )?(?:a|an|the|some)\b)"
)
_REQUEST = re.compile(rf"{_ASK}.*", re.IGNORECASE)
_PLEASE_REQUEST = re.compile(rf"please,? (?P<rest>{_ASK}.*)", re.IGNORECASE)
_FAVOUR_QUESTION = re.compile(
    rf"(?:can|could|would|will) you (?:please )?(?P<rest>{_FAVOUR}[^?]*)\?*", re.IGNORECASE
)
_YOU_FAVOUR = re.compile(rf"\b(?P<modal>can|could) you (?={_FAVOUR})", re.IGNORECASE)
_YOU_PLEASE = re.compile(r"\b(?P<modal>can|could|would|will) you please\b", re.IGNORECASE)
FINAL_PLEASE = re.compile(r",? please(?=[.?!]*$)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\?|…")
_POLITE = re.compile(r"\b(?:please|thanks?|thx)\b", re.IGNORECASE)
GREETED = r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening))(?: there)?"
GREETING = re.compile(rf"{GREETED}[,.!]+ *(?=\w)", re.IGNORECASE)


def drop_greeting(text: str) -> str | None:
    """ "Hi there! What is on?" becomes "What is on?"."""
    match = GREETING.match(text)
    return capitalise(text[match.end() :]) if match else None


def ask_can_you(text: str) -> str | None:
    """ "Tell me the plot." becomes "Can you tell me the plot?"."""
    return _as_question(text, "Can you ")


def ask_could_you(text: str) -> str | None:
    """ "Tell me the plot." becomes "Could you tell me the plot?"."""
    return _as_question(text, "Could you ")


def add_please(text: str) -> str | None:
    """ "Tell me the plot." becomes "Please tell me the plot."."""
    if _POLITE.search(text):
        return None
    if _REQUEST.fullmatch(text):
        return "Please " + lower_first(text)
    changed = _YOU_FAVOUR.sub(lambda match: f"{match['modal']} you please ", text, count=1)
    return _changed(text, changed)


def drop_please(text: str) -> str | None:
    """ "Can you please tell me the plot?" becomes "Can you tell me the plot?"."""
    match = _PLEASE_REQUEST.fullmatch(text)
    if match:
        return capitalise(match["rest"])
    changed = _YOU_PLEASE.sub(lambda found: f"{found['modal']} you", text)
    return _changed(text, FINAL_PLEASE.sub("", changed))


def tell_instead_of_ask(text: str) -> str | None:
    """ "Could you tell me the plot?" becomes "Tell me the plot."."""
    match = _FAVOUR_QUESTION.fullmatch(text)
    if match is None or _SENTENCE_END.search(match["rest"]):
        return None
    return capitalise(match["rest"].rstrip(" .")) + "."


def polite_favour(text: str) -> str | None:
    """ "Can you tell me the plot?" becomes "Could you please tell me the plot?"."""
    if _POLITE.search(text):
        return _changed(text, _YOU_PLEASE.sub(_could_you_please, text))
    return _changed(text, _YOU_FAVOUR.sub(_could_you_please, text, count=1))


def is_order(text: str) -> bool:
    """Whether a text opens with a verb that can only ask for something."""
    return _REQUEST.fullmatch(text) is not None


def _could_you_please(match: re.Match[str]) -> str:
    return _same_case(match[0], "could you please ").rstrip() + match[0][len(match[0].rstrip()) :]


def _as_question(text: str, opening: str) -> str | None:
    body = text.rstrip(" .!")
    if (
        not _REQUEST.fullmatch(text)
        or _POLITE.search(text)
        or _SENTENCE_END.search(body)
        or len(body.split()) > _MAX_QUESTION_WORDS
        or not body[-1:].isascii()  # a mark: what a colon opened would end in a question mark
    ):
        return None
    return opening + lower_first(body) + "?"


def phrases(*pairs: tuple[str, str]) -> Rule:
    """Make a rule that replaces the patterns wherever they match.

    The first letter keeps its case. In a replacement `\\1` is a group; patterns write `'` for both
    apostrophes.
    """

    @functools.cache  # compiled at the first use
    def compiled() -> list[tuple[re.Pattern[str], str]]:
        return [
            (re.compile(pattern.replace("'", "['’]"), re.IGNORECASE), replacement)
            for pattern, replacement in pairs
        ]

    def rephrase(text: str) -> str | None:
        changed = text
        for pattern, replacement in compiled():
            changed = _substitute(pattern, replacement, changed)
        if "’" in text:
            changed = changed.replace("'", "’")
        return _changed(text, changed)

    return rephrase


def _substitute(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    return pattern.sub(lambda match: _same_case(match[0], match.expand(replacement)), text)


def _same_case(old: str, new: str) -> str:
    return lower_first(new) if old[0].islower() else capitalise(new)


def capitalise(text: str) -> str:
    """The text with its first letter as at the start of a sentence."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text as it goes on behind other words."""
    return text[:1].lower() + text[1:]


def _changed(old: str, new: str) -> str | None:
    return None if old == new else new


_SUBJECT = r"\b(I|you|we|they|he|she|it|this|that|there|which|who)"
_AUXILIARY = r"(do|does|did|is|are|was|were|would|should|could|has|have|had)"
_AFTER_IS = (
    r"(?= (?:a|an|the|not|my|your|our|their|his|her|this|that|too|very|really|so|for|on|in|all|fine"
    r"|right|correct|good|great|perfect|okay|ok|what|playing|showing|going|happening)\b)"
)
_THE = r"(?= (?:a|an|the|my|your|our|their|his|her|its|this|that)\b)"
_AFTER_AM = (
    r"(?= (?:not|a|an|the|in|from|interested|sorry|sure|happy|so|very|really|just|currently|also"
    r"|looking|trying|going|planning|having|using|working|writing|thinking|hoping|searching)\b)"
)
_AFTER_HAVE = r"(?= (?:been|already|got|never|always|just|tried|lost|seen|heard|forgotten)\b)"

contract = phrases(
    (rf"\bI am{_AFTER_AM}", "I'm"),
    (r"\bI would(?= (?:like|love|prefer|rather)\b)", "I'd"),
    (r"\bI will(?= (?:be|need|have|take|go|also|not|probably)\b)", "I'll"),
    (rf"\bI have{_AFTER_HAVE}", "I've"),
    (rf"\b(what|where|who) is{_THE}", r"\1's"),
    (
        r"^(It|That|There) is(?= (?:a|an|the|not|all|right|correct|fine|good|great|perfect)\b)",
        r"\1's",
    ),
    (r"\bcan ?not\b(?! (?:only|just)\b)", "can't"),
    (r"\bwill not\b(?! (?:only|just)\b)", "won't"),
    (
        rf"\b{_AUXILIARY} not\b"
        r"(?! (?:only|just|I|you|he|she|it|we|they)\b)",
        r"\1n't",
    ),
)  # fmt: skip
expand = phrases(
    (r"\bI'm\b", "I am"),
    (r"\bI'd(?= (?:like|love|prefer|rather)\b)", "I would"),
    (r"\bI'll\b", "I will"),
    (rf"\bI've{_AFTER_HAVE}", "I have"),
    (rf"\b(what|where|who)'s{_AFTER_IS}", r"\1 is"),
    (rf"\b(it|that)'s{_AFTER_IS}", r"\1 is"),
    (r"\b(you|we|they)'re\b", r"\1 are"),
    (rf"{_SUBJECT} can't\b", r"\1 cannot"),
    (rf"{_SUBJECT} won't\b", r"\1 will not"),
    (rf"{_SUBJECT} {_AUXILIARY}n't\b", r"\1 \2 not"),
)  # fmt: skip

_OPENS = r"(?:^|(?<=[,.!?] )|(?<=\bno )|(?<=\bok )|(?<=\band )|(?<=\bbut ))"
_WH = r"(?=(?:what|where|when|who|how|if|whether|why|which)\b)"
_GOOD = r"(?=(?:good|great|perfect|fine|nice|interesting)\b)"
_PERSONA = r"(?=[^.?!]*[.] (?:describe|explain|write|share|discuss|give|tell|create|present)\b)"

WORDINGS: tuple[Rule, ...] = (
    phrases((r"\bI want to(?= \w)", "I'd like to")),
    phrases((r"\bI(?: would|'d) like to(?= \w)", "I want to")),
    phrases((r"\bI(?: am|'m) looking for(?= \w)", "I'm trying to find")),
    phrases((r"^how can I\b", "How do I")),
    phrases((r"^how do I\b", "How can I")),
    phrases((r"^how much (does|do|will|would)(?= .* cost\b)", r"What \1")),
    phrases((r"^what time (does|do|will)\b", r"When \1")),
    phrases((r"^what does (\S+) mean(?=\?*$)", r"What is the meaning of \1")),
    phrases((r"^what are some(?= [^.?!]*\?$)", "Can you name some")),
    phrases((rf"^do you know {_WH}", "Can you tell me ")),
    phrases((r"^is there a way to\b", "Is it possible to")),
    phrases((r"^is it possible to\b", "Is there a way to")),
    phrases((r"^can I (?:get|have)(?= (?:a|an|the|some|two|three|four|five)\b)", "Could I have")),
    phrases((rf"{_OPENS}what about(?= \w)", "how about")),
    phrases((rf"{_OPENS}how about(?= \w)", "what about")),
    phrases((r"^give me a list of\b", "List")),
    phrases((r"^tell me about\b", "Tell me something about")),
    phrases((r"^describe(?= the\b)", "Give a description of")),
    phrases((rf"^you are(?= (?:a|an|the)\b){_PERSONA}", "Imagine you are")),
    phrases((r"^imagine (?:that )?you(?: are|'re)(?= (?:a|an|the)\b)", "Imagine yourself as")),
    phrases((r"^take on the role of\b", "Assume the role of")),
    phrases((r"^(?:assume the role of|roleplay as)\b", "Take on the role of")),
    phrases((r"^pretend to be\b", "Pretend you are")),
    phrases((r"^pretend (?:that )?you(?: are|'re)(?= (?:a|an|the)\b)", "Pretend to be")),
    phrases((rf"^sounds {_GOOD}", "That sounds ")),
    phrases((rf"^that sounds {_GOOD}", "Sounds ")),
    phrases((rf"{_OPENS}thank you(?= (?:so|very) much\b| for\b|[.!,]|$)", "thanks")),
    phrases((rf"{_OPENS}thanks(?= so much\b| for\b)", "thank you")),
    phrases((r"^(?:yeah|yep|yup)(?=,)", "Yes")),
    phrases(
        (r"\bsuch as\b", "like"),
        (r"\bfor example\b", "for instance"),
        (r"\bin order to\b", "to"),
        (r"\bto purchase\b", "to buy"),
        (r"\bassist me\b", "help me"),
        (r"\b(information|questions?|advice|details|news) regarding\b", r"\1 about"),
        (r"\bright now\b", "at the moment"),
        (r"\bnear me\b", "close to me"),
        (r"\bnearby(?=[.?!]|$)", "close by"),
    ),
)

# Applied in this order, at most one rule of each family.
FAMILIES: tuple[tuple[Rule, ...], ...] = (
    (drop_greeting,),
    WORDINGS,
    (contract, expand),
    (ask_can_you, ask_could_you, add_please, drop_please, tell_instead_of_ask),
)
