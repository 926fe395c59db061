"""The turns of an example that rules may add to, and what can be told of a prompt and a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ftdata.augmentation.augmenter import Parent
from ftdata.augmentation.choosing import shuffle
from ftdata.augmentation.messages import last_trained_prompt, said
from ftdata.augmentation.protected import mask_protected
from ftdata.text import words
from ftdata.token_count import Message

MAX_NEW_TURN_WORDS = 7
"""Of a user turn that many variants share: from eight words on it would tie their parents."""
_LEAD = 160  # characters in which a reply says that it has none, or at its end that it waits
_SHORT_REPLY = 200  # characters that a further sentence may follow on the same line

_DATA = re.compile(r"\s*(?:[{<]|\[\s*[{\"\d\]])|.*\{\"", re.DOTALL)
_CONTROL = re.compile(r"<\||\|>|\[/?INST\]")
_ENDED = re.compile(r"(?:[.!?:)*`|]|[.!?][\"”])\s*\Z")
_FAILS = re.compile(
    r"\W*(?:no[,.!]|(?:i(?:'m| am) )?(?:really |so |very )?(?:sorry|afraid|unable|not|an ai)\b"
    r"|unfortunately|i apologi|apologies|i (?:can(?:'t|not)|could(?:n't| not)|do(?:n't| not)"
    r"|have no|did(?:n't| not)|won't|will not|must)\b|as an ai\b|it(?: is|'s) not\b"
    r"|there is no\b|for some reason)",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"\b(?:sorry|apologi\w+|unfortunately|unable|trouble|(?:not|n't) able|i can(?:'t|not)"
    r"|i could(?:n't| not)|try (?:again|back)|no comment|not sure|did(?:n't| not) understand"
    r"|please (?:do |o )?(?:confirm|tell|let|check|verify|provide|specify|give)|what would you"
    r"|can you confirm|to (?:verify|confirm)|confirming|let(?:'s| me) (?:know|confirm))\b"
    r"|^you(?:'d| would)? (?:want|like|wish)\b|^(?:what|how) (?:about|do you)\b",
    re.IGNORECASE,
)
# What the user is to say next, somewhere at the end of a longer reply.
_AWAITS = re.compile(
    r"\b(?:please|first|do you) (?:confirm|choose|select|reply)\b"
    r"|\b(?:would you like|do you want|shall i|should i) .*\?",
    re.IGNORECASE | re.DOTALL,
)
_FAREWELL = re.compile(
    r"\b(?:have|enjoy) (?:a|an|your|the)\b.{0,30}\b(?:day|night|evening|afternoon|morning|weekend"
    r"|week|time|stay|trip|movie|show|flight|event|concert|meal|rest|one|ride)\b|\b(?:good ?bye|bye"
    r"|take care|see you|you're welcome|you are welcome|my pleasure|glad (?:i|to)|happy to help"
    r"|anything else|thank you|thanks)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|great|now),? )?"
    r"(?:(?:in|at|on|to|for|from|of|by|with) (?:what|which|whom)"
    r"|what|what's|where|where's|when|when's|who|who's|whose|why|how|how's|which|can|could|would"
    r"|will|do|does|did|is|are|was|were|has|have|should|may)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:please,? |kindly )?(?:explain|describe|tell|give|list|name|show|find|write|suggest"
    r"|recommend|provide|summari[sz]e|compare|define|identify|create|generate|outline|discuss"
    r"|design|compose|calculate|book|check|search|help|look|make|offer|share|imagine|draft|propose"
    r"|classify|i (?:need|want)|i(?:'d| would) like)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:imagine|pretend|role|roleplay|you are|you're|act as|as an?)\b", re.IGNORECASE
)
# A reply that must have a certain form has no room for what a variant adds.
_FORM = re.compile(
    r"\b(?:json|xml|yaml|csv|only|just|exactly|format|one[- ]word|yes or no|true or false"
    r"|answer with|respond with|reply with|classify|categori[sz]e|poem|haiku|song|limerick|joke"
    r"|code|function|script)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Turn:
    """The user message at `place`, in English, and the trained reply in prose that follows it."""

    place: int
    prompt: str
    reply: str
    is_first: bool  # no turn is before
    is_last: bool  # nothing follows the reply


def find_last_turn(parent: Parent) -> Turn | None:
    """The turn whose reply is the last trained one; None where rules must leave it alone.

    That is, where it is not English, the user's text is protected, or the reply is called for by
    tools, is data such as JSON, or ends in the middle of a sentence.
    """
    place = last_trained_prompt(parent.messages)
    return None if place is None else _turn(parent, place)


def find_turns(parent: Parent, seed: int) -> Iterator[Turn]:
    """The turns that rules may add to, as `find_last_turn` has it; the seed decides their order."""
    places = [i for i, message in enumerate(parent.messages) if message["role"] == "user"]
    for place in shuffle(places, seed):
        found = _turn(parent, place)
        if found is not None:
            yield found


def _turn(parent: Parent, place: int) -> Turn | None:
    if parent.language != "en" or place + 1 == len(parent.messages):
        return None
    prompt, reply = parent.messages[place]["content"], parent.messages[place + 1]
    if not is_trained_prose(reply) or mask_protected(prompt) is None:
        return None
    return Turn(
        place,
        prompt.strip(),
        reply["content"],
        is_first=all(message["role"] == "system" for message in parent.messages[:place]),
        is_last=place + 2 == len(parent.messages),
    )


def is_trained_prose(message: Message) -> bool:
    """Whether it is a trained reply of the assistant in words, which a sentence may follow."""
    text = message["content"]
    return (
        message["role"] == "assistant"
        and message["weight"] == 1
        and not message["tool_calls"]
        and bool(text and text.strip())
        and not _DATA.match(text)
        and not _CONTROL.search(text)
        and (len(text) <= _SHORT_REPLY or bool(_ENDED.search(text)))
    )


def is_answer(reply: str) -> bool:
    """Whether a reply gives what was asked for: does not ask, deny, confirm or say goodbye."""
    text = reply.strip().replace("’", "'")
    if text.endswith(("?", ":")) or _FAILS.match(text[:80]) or _FAILURE.search(text[:_LEAD]):
        return False
    if _AWAITS.search(text[-_LEAD:]):
        return False
    if _QUESTION.match(text) and not text.endswith((".", "!")):
        return False
    return not (len(text) <= _SHORT_REPLY and ("?" in text or _FAREWELL.search(text)))


def is_request(prompt: str) -> bool:
    """Whether a prompt asks for something by its last words: a question or an order."""
    return prompt.endswith("?") or bool(_QUESTION.match(prompt) or _ASKS.match(prompt))


def has_form(prompt: str) -> bool:
    """Whether a prompt says of what form its reply must be."""
    return bool(_FORM.search(prompt))


def has_role(prompt: str) -> bool:
    """Whether a prompt gives the assistant somebody to be, or may do so."""
    return bool(_ROLE.search(prompt))


def as_sentence(prompt: str) -> str | None:
    """The prompt with the mark at its end that another sentence may follow; None if unclear."""
    text = prompt.rstrip()
    if text.endswith((".", "!", "?")):
        return None if text.endswith(("..", " ?", " .", " !")) else text
    if not text[-1:].isalnum():
        return None
    return f"{text}?" if _QUESTION.match(text) else f"{text}."


def followed_by(reply: str, addition: str) -> str:
    """The reply and a further sentence: on the same line behind short prose, else a paragraph."""
    text = reply.rstrip()
    is_short = len(text) <= _SHORT_REPLY and "\n" not in text and text.endswith((".", "!"))
    return f"{text} {addition}" if is_short else f"{text}\n\n{addition}"


def is_minor(parent: Parent, addition: str) -> bool:
    """Whether the user's own words outweigh the added ones, many of which other variants share.

    Variants of strangers would otherwise be near-duplicates of each other.
    """
    own = said([message for message in parent.messages if message["role"] == "user"])
    return len(set(words(addition))) <= len(set(words(own)))
