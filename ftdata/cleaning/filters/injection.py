"""Finds prompt injection: texts that give the model orders over its owner's head.

The rules are narrow, each a known kind of attack: what they find is nearly always one, most attacks
in other words they do not find.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.gate import Search, gate_of
from ftdata.settings_cleaning import Action, Cleaning

_READ = ("user", "tool")
_ORDERS = (
    "(?:instructions?|prompts?|directions?|directives?|guidelines?|rules|orders|commands|training"
    "|programming|context|text)"
)
_EARLIER = "(?:previous|prior|preceding|earlier|above|initial|original|existing|foregoing|past)"
_FORGET = "(?:ignore|disregard|forget|override|bypass|overlook|neglect|skip)"
_MY_RULES = "(?:system|initial|original|hidden|secret|internal|developer)"

# In the order in which they are asked; without look-around, for RE2.
_RULES: dict[str, str] = {
    "ignore_instructions": (
        rf"\b{_FORGET}(?: all| any| every| each| both| of| the| your| these| those| my| our){{0,4}}"
        rf" {_EARLIER}(?:,? (?:and|or) \w{{1,12}})?(?: \w{{1,12}})? {_ORDERS}\b"
        rf"|\b{_FORGET}(?: all| any| of| the| everything){{1,4}} {_ORDERS} (?:above|before"
        r"|(?:that )?you(?:'ve| have| had| were| got| received)?(?: been)? (?:given|got|received"
        r"|told|before|were))"
        rf"|\b{_FORGET}(?: all| everything)(?: that)? (?:you (?:were|have been) told|(?:i|we)"
        rf" (?:said|"
        r"told you)|above|before this)\b"
        r"|\bignor(?:a|e|ez|ieren?|iere) (?:todas? )?(?:las?|toutes les|les|alle|die|sie alle)"
        r"(?: \w{1,14})? ?(?:instrucciones|instructions|anweisungen|instruções)"
        r" (?:anteriores|previas|précédentes|vorherigen|antérieures|de antes)"
        r"|\b(?:ignoriere?|vergiss)(?: sie)?(?: bitte)? (?:alle |die |deine ){1,2}"
        r"(?:vorherigen|bisherigen|vorigen|obigen) (?:anweisungen|instruktionen|befehle|regeln)"
        r"|\bolvida (?:todas )?(?:las|tus) instrucciones\b|\boublie[zr]? (?:toutes )?(?:les|tes"
        r"|vos) (?:instructions|consignes)\b"
    ),
    "jailbreak_persona": (
        r"\bdo anything now\b|\b(?:as|like|called|named|be|are|i'm) dan[,. ]{1,2}(?:which|who|an?"
        r" ai|and|would)\b|\[dan\]|\[.?jailbr(?:eak|oken)\]|\bdan (?:mode|\d{1,2}\.\d)\b"
        r"|\b(?:stan|dude|aim|betterdan|evilbot|developer) mode (?:enabled|output|is on)\b"
        r"|\byou are (?:now )?(?:free from|no longer bound by|not bound by) (?:all|any|the|your"
        r"|openai)"
        r"|\b(?:act|respond|behave|answer)(?: as| like)? (?:an? )?(?:unfiltered|uncensored|amoral"
        r"|unrestricted|jailbroken) (?:ai|chatbot|assistant|model|language model|bot)\b"
        r"|\b(?:has|have|with) no (?:filters?|ethical guidelines|moral guidelines|content"
        r" polic(?:y|ies))(?: or restrictions?)? (?:and|or|whatsoever|at all)\b"
        r"|\bbroken free of the typical confines of ai\b|\bstay a dan\b"
    ),
    "two_answers": (
        r"\b(?:answer|respond|reply|generate)\b[^.\n]{0,60} (?:in )?two (?:\w{1,12}"
        r" ){0,2}(?:ways|responses|answers|paragraphs)\b[^\n]{0,160}(?:\n{1,2}[^\n]{0,200})?"
        r"(?:\byou would normally\b|\bas (?:chatgpt|gpt)\b|\[(?:chat)?gpt\]|\bunfiltered\b|jailbr)"
    ),
    "reveal_prompt": (
        r"\b(?:reveal|show|print|output|repeat|tell|give|display|write|leak|share|copy|paste"
        r"|recite)"
        rf"(?: me| us| out| back| verbatim)?(?: the| your| all| exact| full| entire| whole){{1,4}}"
        rf" {_MY_RULES} (?:prompts?|instructions?|messages?|directives?|rules)\b"
        rf"|\bwhat (?:is|are|was|were) your (?:exact )?{_MY_RULES} (?:prompts?|instructions"
        rf"|message)\b"
        r"|\b(?:repeat|print|output|recite) (?:everything|all(?: of)? the text|the (?:text|words|"
        r"instructions)) (?:above|before this)\b"
        r"|\brepeat the (?:words|text) above starting (?:with|from)\b"
    ),
    "override": (
        r"\b(?:enable|enter|activate|switch to|turn on) (?:the )?(?:developer|god|debug|sudo|admin"
        r"|jailbreak|unrestricted|dan) mode\b[^.\n]{0,80}\b(?:chatgpt|gpt|you|ai|model|assistant"
        r"|responses?|filters?)\b"
        r"|\bfrom now on,? you (?:are going to|will|must|shall) (?:act|behave|pretend|roleplay"
        r"|simulate|have to answer|respond|answer)\b[^\n]{0,120}\b(?:no matter|without (?:any"
        r" )?(?:restrictions?"
        r"|filters?|limits?|limitations)|dan|unfiltered|uncensored|never refuse|different)\b"
        r"|\bnew (?:system )?(?:instructions?|prompt) ?: ?[^\n]{0,80}\b(?:ignore|instead|you"
        r" must)\b|\bstop everything\b[^\n]{0,20}\bjust (?:print|say|write|output)\b"
        r"|\bthe above (?:instructions|prompt|text) (?:was|were|is|are) (?:only |just )?(?:a test"
        r"|fake|wrong|void|no longer)\b"
        r"|\b(?:pretend|act as if|imagine) (?:that )?you (?:have|had) no (?:restrictions"
        r"|guidelines|rules|filters?|limitations|safety)\b"
    ),
    "encoded_order": (
        r"\b(?:decode|decrypt|decipher|interpret)\b[^.\n]{0,40}\b(?:base ?64|rot ?13|hex|morse)\b"
        r"[^\n]{0,60}\b(?:and|then) (?:then )?(?:follow|execute|obey|carry out|do what|respond to"
        r" it|comply)\b"
    ),
    "data_exfiltration": (
        r"!\[[^\]\n]{0,80}\]\(https?://[^)\s]{1,200}[?&][^)\s=]{1,40}="
        r"(?:\{|\[|<|%7b|\$)[^)\n]{0,80}\)"
        r"|\b(?:send|forward|post|upload|exfiltrate|e-?mail)\b[^.\n]{0,40}\b(?:conversation"
        r"|chat history|system prompt|api keys?|passwords?|credentials)\b[^.\n]{0,40}\bto (?:https?://"
        r"|\S{1,64}@)"
    ),
}
_KINDS = {name: re.compile(f"(?i){pattern}") for name, pattern in _RULES.items()}


def injection_action(options: Cleaning) -> Action:
    """What the settings make of prompt injection."""
    return options.injection.action


def find_injections(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """`injection_<rule>` where a user message or the result of a tool gives such orders.

    The rules, of which the first found is named: `ignore_instructions`, `jailbreak_persona`,
    `two_answers`, `reveal_prompt`, `override`, `encoded_order`, `data_exfiltration`. System
    messages are the owner's own, and answers obey or quote: neither is read.
    """
    del options
    is_suspect = _gate()
    findings: list[Finding | None] = []
    for start, end in pairwise(conversations.bounds.tolist()):
        findings.append(None)
        for index in range(start, end):
            text = conversations.contents[index]
            if not text or conversations.roles[index] not in _READ or not is_suspect(text):
                continue
            rule = injection_rule(text)
            if rule:
                findings[-1] = Finding(f"injection_{rule}", f"message {index - start + 1}")
                break
    return findings


def injection_rule(text: str) -> str | None:
    """The name of the first rule that finds something in the text, None where none does."""
    return next((name for name, kind in _KINDS.items() if kind.search(text)), None)


@cache
def _gate() -> Search:
    return gate_of(_RULES.values())
