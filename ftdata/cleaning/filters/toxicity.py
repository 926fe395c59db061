"""Finds toxic language: insults, slurs, threats, profanity, sexual abuse, self-harm.

A short list of what is toxic nearly wherever it stands, in English, with the usual disguises
(`f*ck`, `sh1t`). Words that are toxic in some contexts alone (`kill`, `stupid`, `pig`) count only
in phrases aimed at somebody, so that `kill a Python process` is none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.gate import Search, gate_of
from ftdata.settings_cleaning import Action, Cleaning

_SPEAKERS = ("user", "assistant")
# What is written for letters.
_A, _I, _S = "[a@4*]", "[i1!*]", "[s$5]"
_MARK = "[*@#%&]"
_SWEAR = rf"(?:f(?:[uv]c?|u?{_MARK}{{1,3}}c?)k|f\*{{3,6}}|f-{{2,4}}k?\b)"
_ASS = rf"a{_S}{{2}}"
_SHIT = "sh[i1!*]t"
# Somebody, and what is said of somebody in contempt.
_THEM = "(?:you|u|him|her|them|your|his|their|those|these)"
_THEY = "(?:you|he|she|they|these people|those people|this guy|this man|this woman)"
_ARE = "(?:'re|’re|re|'s|’s| are| r| is| was| were)"
_VERY = (
    "(?: (?:an?|the|all|just|so|such|really|fucking|total|complete|absolute|absolutely|nothing but"
    "|full of|real|very|truly|still|bunch of|bigger|biggest)){0,4}"
)
_CONTEMPT = (
    "(?:stupid|dumb|pathetic|worthless|disgusting|vile|useless|brain ?dead|delusional|ugly|moronic"
    "|idiotic|crazy|fat|ignorant|liars?|scum|trash|losers?|clowns?|disgrace|pigs?|rats?|maggots?"
    "|vermin|cockroach(?:es)?|parasites?|animals|monsters?|demons?|cowards?|traitors?|fools?|creeps?"
    "|sheep|witch|crap|idiots?|morons?|perverts?|freaks?|thugs?|degenerates?|lunatics?"
    "|waste of (?:space|oxygen|air|skin))"
)

# In the order in which they are asked; without look-around, for RE2.
_RULES: dict[str, str] = {
    "self_harm": (
        r"\bkill (?:yourself|urself|yourselves|myself)\b|\bkys\b"
        r"|\bgo (?:and )?(?:hang|drown|shoot|off) (?:yourself|urself|yourselves)\b"
        r"|\bslit (?:your|my) wrists?\b|\b(?:end|take) (?:my|your) own life\b"
        r"|\bi (?:want to|wanna|am going to|will|'m gonna) (?:end my life|cut myself)\b"
        r"|\bi (?:want to|wanna) die\s?(?:[.!,]|$)"
    ),
    "threat": (
        r"\b(?:i|we)(?:'ll|’ll| will|'m going to| am going to| would love to|'d love to| want to"
        r"|'m gonna| wanna| hope to) (?:\w{1,12} )?(?:kill|shoot|stab|murder|hurt|strangle|slap"
        rf"|punch|rape|beat|choke|hang|lynch|burn) {_THEM}\b"
        rf"|\b{_THEY}(?: all)? (?:should|deserves?|deserved|needs?|need|ought to|must)"
        r"(?: all| just| to| also| really){0,2}(?: be| get)? (?:die|dead|shot|hanged|hung|killed"
        r"|executed|raped|beaten|lynched|exterminated|castrated|tortured|assassinated)\b"
        r"|\bneeds? (?:a|to eat a) bullet\b|\bput a bullet (?:in|through) (?:you|him|her|his)\b"
        r"|\b(?:rot|burn|die|straight) (?:in|to) hell\b|\bdrop dead\b|\bgo (?:and )?die\b"
        rf"|\b(?:hope|wish|pray)(?: that)? {_THEY}(?: \w{{1,10}}){{0,3}} (?:die|dies|died|rots?"
        r"|burns?|suffers?|chokes?|drowns?|bleeds?|cancer|killed|shot|raped)\b"
        r"|\b(?:hang|shoot|kill|lynch|execute|exterminate|castrate|slaughter) (?:him|her|them|'em"
        r"|these (?:people|bastards)|those (?:people|bastards)) (?:all|now|already|slowly)\b"
    ),
    "slur": (
        rf"\bn{_I}gg(?:{_A}|er|uh)[sz]?\b|\bf{_A}gg(?:[o0]t)?[sz]?\b|\bk{_I}kes?\b|\bsp{_I}cs\b"
        r"|\bchinks\b|\bwetbacks?\b|\bcoons\b|\bgooks?\b|\btrann(?:y|ies)\b|\bshemales?\b"
        r"|\br[e3*]t[a4*]rd(?:s|ed|o)?\b|\b\w{2,12}tard(?:s|ed)\b|\blibtard|\btow(?:el)?heads?\b"
        rf"|\bragheads?\b|\bcamel jockeys?\b|\bmongoloids?\b|\bsand ?n{_I}gg|\bsubhumans?\b"
    ),
    "sexual": (
        rf"\bsuck (?:my|his|your|a|on) (?:d{_I}cks?|c[o0*]cks?|balls)\b|\bblow ?jobs?\b"
        r"|\bcum(?:shots?|dumpsters?|guzzl\w{1,6})\b|\bgang ?bang\w{0,4}\b"
        r"|\b(?:show|send) (?:me )?(?:your|ur) (?:tits|boobs|nudes|pussy)\b"
        rf"|\bdeep ?throat(?:s|ed|ing)\b|\bjerk(?:s|ing)? off\b|\bp[u*]{_S}{{2}}(?:y|ies)\b"
    ),
    "insult": (
        rf"\b{_ASS} ?-?(?:h[o0*]les?|hats?|wipes?|clowns?)\b|\ba-?holes?\b|\ba\*\*(?:hats?|hol)"
        rf"|\b(?:dumb|dip|smart|fat|lard|lazy)-?{_ASS}(?:es)?\b|\bb{_I}[t*]?[c*]h(?:es|y|ing|ass)?\b"
        r"|\bc[uv*@#]nts?\b|\bwh[o0*]res?\b|\bsl[u*]ts?\b|\bbastards?\b|\bskanks?\b|\bprick\b"
        rf"|\b(?:dip|bull|horse|dumb|chicken)?{_SHIT}(?:heads?|bags?|stains?|holes?)\b"
        rf"|\bd{_I}ck(?:heads?|wads?)\b|\bdouche(?:s|y|bags?)?\b|\b(?:scum|dirt) ?bags?\b"
        r"|\b(?:sleaze|slime) ?(?:bags?|balls?)\b|\bwankers?\b|\btossers\b|\bmorons?\b"
        r"|\bimbeciles\b|\btwats?\b"
        rf"|\bpieces? of (?:{_SHIT}|s\*{{2,3}}t?|crap|trash|garbage|filth)\b|\bturds?\b|\bidiots\b"
        r"|\b(?:half|nit|dim|fuck)-?wits?\b|\bson of a b\w{0,4}|\bs\.o\.b\b"
        rf"|\b{_THEY}{_ARE}{_VERY} {_CONTEMPT}\b"
        r"|\b(?:is|are)(?: (?:an?|just|such|total|pure|complete|absolute)){1,3} (?:scum|trash"
        r"|losers?|idiot|disgrace|pervert|fool|clown|creep|maggot|pig|liar)\b"
        r"|\byou (?:stupid|dumb|pathetic|worthless|disgusting|fucking|filthy|ugly|lying|miserable"
        r"|useless) \w{1,12}"
        r"|\b(?:these|those|such|what an?|bunch of|fucking|complete|absolute|total|stupid|dumb|you"
        r"|utter|bumbling|lying|this) (?:idiots?|fools|jackass(?:es)?|maggots?|scum|losers?)\b"
        r"|#idiots?\b|\bshut the \S{1,8} up\b|\bgo to hell\b|\bscrew you\b|\bup yours\b"
        r"|\b(?:dumb|stupid|ugli|nasti)est (?:\w{1,10} )?(?:person|man|woman|people|human|family)\b"
        rf"|\beat {_SHIT}\b|\bnobody (?:likes|loves|wants) you\b|\bsick (?:fuck|pervert|mfr)"
    ),
    "profanity": (
        rf"\b(?:m[o*]ther|mutha|cluster|bum|butt|dumb|brain)?-?{_SWEAR}|\bmf(?:er|r|ers|rs)\b"
        rf"|\b(?:bull|horse|dog|chicken)?{_SHIT}+(?:s|ty|ting|show)?\b|\bs\*{{1,3}}t\b"
        rf"|\b(?:stfu|gtfo|wtf|foad)\b|\b(?:f|fu|eff) you\b|\b(?:your|my|his|her|their|up) {_ASS}\b"
        rf"|\b(?:kick|kiss|lick|shove|bet)\w{{0,3}} (?:\w{{1,5}} )?{_ASS}\b|\bd{_I}cks\b"
        r"|\bgod ?damn(?:ed|it)?\b|\bbollocks\b|\bbugger off\b|\bpiss off\b"
    ),
}
_CATEGORIES = {name: re.compile(f"(?i){pattern}") for name, pattern in _RULES.items()}


def toxicity_action(options: Cleaning) -> Action:
    """What the settings make of toxic language."""
    return options.toxicity.action


def find_toxicity(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`toxicity_<category>` where a user or assistant message is toxic.

    The categories, of which the first found is named: `self_harm`, `threat`, `slur`, `sexual`,
    `insult`, `profanity`, and `words` for the owner's own `toxicity.words`. Texts in which nobody
    is aimed at may be found (a novel, a question about a word): it is a flag, not a judgement.
    """
    is_suspect = _gate()
    own = _own_words(options.toxicity.words) if options.toxicity.words else None
    findings: list[Finding | None] = []
    for start, end in pairwise(conversations.bounds.tolist()):
        findings.append(None)
        for index in range(start, end):
            text = conversations.contents[index]
            if not text or conversations.roles[index] not in _SPEAKERS:
                continue
            category = toxic_category(text) if is_suspect(text) else None
            if category is None and own and own.search(text):
                category = "words"
            if category:
                findings[-1] = Finding(f"toxicity_{category}", f"message {index - start + 1}")
                break
    return findings


def toxic_category(text: str) -> str | None:
    """The category of the first rule that finds something in the text, None where none does."""
    return next((name for name, rule in _CATEGORIES.items() if rule.search(text)), None)


@cache
def _gate() -> Search:
    return gate_of(_RULES.values())


@cache
def _own_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
