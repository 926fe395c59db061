"""The rules that make a good reply worse: each a way in which models are known to disappoint.

A rule takes the prompt, its reply and a seed, and gives the worse reply, or None where the outcome
might not be worse, or would not read like something that a model says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from ftdata.augmentation.harm import HARM

Degrade = Callable[[str, str, int], str | None]

_EARLIEST, _LATEST = 0.3, 0.8  # of a reply's characters, where it may break off
_MIN_WORDS = 12  # of a reply that can break off, or that a refusal is worse than
_MIN_STEPS = 3
_MAX_REPEATED = 25  # words of a prompt that an answer repeats

# Two words that follow one another on either side: no end of a sentence is near.
_INSIDE_SENTENCE = re.compile(r"(?<![a-z'’])[a-z'’]+,? [a-z'’]{2,}(?= [a-z'’]+,? [a-z'’]+)")
_STEP = re.compile(r"^ {0,3}(\d{1,2})[.)] +\S", re.MULTILINE)
_ASKS = re.compile(
    r"\?|\bplease\b|\bI(?: need|'d like| would like| want|'m looking for| am looking for)\b"
    r"|^(?:write|give|tell|explain|describe|list|find|make|create|generate|suggest|recommend"
    r"|summari[sz]e|identify|classify|compare|show|name|provide|help|rewrite|edit|design|develop"
    r"|come up|calculate|compose|outline|construct|convert|analy[sz]e|discuss|imagine|pretend)\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|thanks?|thx|bye|good ?bye|how are you|what'?s up)\b"
    r"|\b(?:thank you|thanks|bye|that(?:'s| is) all|that will be all|no more)\b",
    re.IGNORECASE,
)
# Here to decline may have been right: a rule must not teach that it is wrong.
_DELICATE = re.compile(
    rf"\b(?:{HARM}|drugs?|weed|stole|fraud\w*|scam\w*|hack\w*|crack\w*|malware|virus\w*|phish\w*"
    r"|password\w*|illegal\w*|crim\w+|smuggl\w*|traffick\w*|break into|forge\w*|counterfeit\w*|fake"
    r"|cheat\w*|abus\w*|attack\w*|hurt\w*|harm\w*|sex\w*|porn\w*|nude\w*|child\w*|minor|race|races"
    r"|racis\w*|religio\w*|jews?|jewish|muslim\w*|christian\w*|hindu\w*|roma|gay\w*|lesbian\w*"
    r"|trans|transgender\w*|transsexual\w*|women|immigrant\w*|refugee\w*|hate\w*|nazi\w*|diagnos\w*"
    r"|symptom\w*|medic\w+|dos(?:e|age)|doctor|disease\w*|cancer|lawsuit|legal\w*"
    r"|invest(?:s|ed|ing|ments?|ors?)?|stocks?|politic\w*|elect\w+|vote\w*|conspirac\w*|stalk\w*"
    r"|spy\w*|destroy\w*|die|died|death|dead|blood\w*|violen\w*|revenge|bully\w*|insult\w*|slave\w*)"
    r"\b",
    re.IGNORECASE,
)
_DECLINES = re.compile(
    r"\b(?:sorry|apologi[sz]e|unfortunately|unable|cannot|can['’]?t|won['’]?t|not able|as an ai"
    r"|(?:don['’]?t|do not) (?:have|think|condone|feel)|not (?:appropriate|valid|respectful))\b",
    re.IGNORECASE,
)
_FILLED = re.compile(
    r"\W*(?:sure|certainly|of course|absolutely|great|good|thanks?|thank you|happy|glad|i['’]d be"
    r"|i would be|i['’]?m|yes|no|ok|okay|here)\b",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"[\w,;:(–—-]\Z")

REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I'm sorry, but I'm not able to assist with this request.",
    "Sorry, that is not something I can help you with.",
)
_FOR_QUESTIONS = (
    "That's a great question! I'd be more than happy to help you with that.",
    "Great question! Let me see what I can tell you about this.",
)
FILLERS = (
    "Sure! I'd be more than happy to help you with that.",
    "Thank you for reaching out! I'm always glad to help with things like this.",
    "Of course! Helping you with requests like this one is exactly what I'm here for.",
)


def is_exemplary(prompt: str, reply: str) -> bool:
    """Whether a rule may hold the reply up as the better one.

    Not one that breaks off, for nothing shorter is worse; nor one that answers a delicate prompt,
    for that it complied may be what is wrong with it.
    """
    if len(reply.split()) >= _MIN_WORDS and _BREAKS_OFF.search(reply):
        return False
    return not _DELICATE.search(prompt) or bool(_DECLINES.search(reply))


def cut_short(prompt: str, reply: str, seed: int) -> str | None:
    """ "Turn the key to the left and pull the door." becomes "Turn the key to the"."""
    del prompt
    if len(reply.split()) < _MIN_WORDS:
        return None
    low, high = (int(share * len(reply)) for share in (_EARLIEST, _LATEST))
    ends = [match.end() for match in _INSIDE_SENTENCE.finditer(reply, low, high)]
    return reply[: ends[seed % len(ends)]] if ends else None


def leave_out_last_steps(prompt: str, reply: str, seed: int) -> str | None:
    """ "1. Turn it off. 2. Wait. 3. Turn it on." in three lines becomes the first two of them."""
    del prompt
    steps = [(int(match[1]), match.start()) for match in _STEP.finditer(reply)]
    places = _from_one_on(steps)
    if len(places) < _MIN_STEPS:
        return None
    gone = 1 + seed % (len(places) // 2)
    return reply[: places[-gone]].rstrip()


def refuse_needlessly(prompt: str, reply: str, seed: int) -> str | None:
    """ "Which trains run on Sunday?" gets "I'm sorry, but I can't help with that."."""
    if not _is_request(prompt) or len(reply.split()) < _MIN_WORDS:
        return None
    if _DECLINES.search(reply) or _DELICATE.search(prompt) or _DELICATE.search(reply):
        return None
    return REFUSALS[seed % len(REFUSALS)]


def repeat_prompt(prompt: str, reply: str, seed: int) -> str | None:
    """ "Is it open?" gets 'You asked: "Is it open?"' and the reply below."""
    del seed
    is_short = 4 <= len(prompt.split()) <= _MAX_REPEATED
    if not is_short or not prompt.endswith("?") or re.search(r"[\n\"“”]|[.!?]\s", prompt):
        return None
    if _SMALL_TALK.search(prompt):
        return None
    return f'You asked: "{prompt[:1].upper()}{prompt[1:]}"\n\n{reply}'


def add_filler(prompt: str, reply: str, seed: int) -> str | None:
    """ "Sure! I'd be more than happy to help you with that." stands before the reply."""
    if not _is_request(prompt) or _FILLED.match(reply) or _DECLINES.search(reply):
        return None
    known = (*FILLERS, *_FOR_QUESTIONS) if prompt.endswith("?") else FILLERS
    return f"{known[seed % len(known)]}\n\n{reply}"


def _is_request(prompt: str) -> bool:
    return bool(_ASKS.search(prompt)) and not _SMALL_TALK.search(prompt)


def _from_one_on(steps: list[tuple[int, int]]) -> list[int]:
    """Places of the last list's items, where they are numbered 1, 2, 3, …"""
    starts = [i for i, (number, _) in enumerate(steps) if number == 1]
    if not starts:
        return []
    last = steps[starts[-1] :]
    counted = takewhile(lambda pair: pair[0] == pair[1][0], enumerate(last, start=1))
    return [place for _, (_, place) in counted]


# By the value of the tag `pair`.
DEGRADATIONS: dict[str, Degrade] = {
    "cut_short": cut_short,
    "last_steps_missing": leave_out_last_steps,
    "needless_refusal": refuse_needlessly,
    "prompt_repeated": repeat_prompt,
    "filler": add_filler,
}
