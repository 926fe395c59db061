"""The rules that leave the bare request of an English prompt: no courtesy, no preamble."""

from __future__ import annotations

import re

from ftdata.augmentation.rephrasing import FINAL_PLEASE, GREETED, GREETING, capitalise

_SENTENCES = re.compile(r"(?<=[.!?]) +")
_COURTESY = re.compile(
    r"(?:many |ok(?:ay)?,? |great,? )?(?:thanks|thank you)"
    r"(?: (?:so|very) much| a lot| in advance| for (?:your|the) (?:help|time)| again)?[.!]*"
    rf"|{GREETED}[.!]*"
    r"|i (?:have|'ve got|got) (?:a|one) (?:quick |simple )?question(?: for you)?[.!]*"
    r"|(?:i )?hope you(?: are|'re)? (?:can help(?: me)?|(?:doing )?well)[.!]*"
    r"|i(?: need|'d like| would like) (?:some|your) (?:help|assistance|advice)[.!]*"
    r"|(?:can|could) you (?:please )?help me(?: out)?(?: with (?:this|something))?[.!?]*"
    r"|(?:i )?(?:would )?appreciate (?:it|your help)[.!]*|please help(?: me)?[.!]*",
    re.IGNORECASE,
)
_VERB = (
    r"(?:(?:tell|show|give|find|get|send|recommend|book) (?:me|us)\b(?! (?:out|up)\b)"
    r"|(?:explain|describe|suggest|recommend|summari[sz]e|list|provide|compare|identify|generate"
    r"|design|look up|create|calculate)\b"
    r"|(?:check|find out) (?:if|whether|what|when|where|how)\b"
    r"|(?:write|make|find|create|draft|book|reserve|search for|look for|name|add|cancel|schedule)"
    r" (?:a|an|the|some|any|my|two|three|four|five)\b)"
)
_FRAMES = re.compile(
    r"(?:(?:can|could|would|will) you (?:please |kindly |possibly |maybe |just )?"
    r"|do you think you (?:can|could) |is it possible for you to "
    r"|i (?:was|am|'m) wondering if you (?:can|could) "
    r"|i(?: want|'d like| would like| need) you to (?:please )?"
    r"|(?:please|kindly),? |help me (?:to )?)"
    rf"(?P<rest>{_VERB}[^?]*?)(?:,? please)?[?.!]*",
    re.IGNORECASE,
)
_QUESTION_PLEASE = re.compile(r"\b(?P<modal>can|could|would|will) (?P<who>you|i|we) please\b", re.I)
_KNOW = re.compile(
    r"i(?: want| need|'d like| would like) to know (?P<rest>(?:what|when|where|who|why|how|which"
    r"|if|whether)\b[^?]*?)(?:,? please)?[?.!]*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:so|well|ok|okay|um|hmm|oh|basically|now),? (?=[a-z])", re.IGNORECASE)
_ASKS = re.compile(
    rf"(?:{_VERB}|(?:what|what's|when|where|where's|who|who's|why|how|which|is|are|do|does|did|can"
    r"|could|will|would|should)\b)",
    re.IGNORECASE,
)
_MIN_WORDS = 3


def simplify_request(text: str) -> str | None:
    """The request alone, or None where nothing stands around it or it is not surely a request.

    `text` has its protected spans masked. "Hi! Could you please tell me when you open? Thanks."
    becomes "Tell me when you open.".
    """
    sentences = _SENTENCES.split(text.strip())
    kept = [_bare(sentence) for sentence in sentences if not _COURTESY.fullmatch(sentence)]
    if not kept or kept == sentences:
        return None
    changed = capitalise(" ".join(kept))
    if not _ASKS.match(kept[-1]) or len(changed.split()) < _MIN_WORDS:
        return None
    return changed


def _bare(sentence: str) -> str:
    """One sentence without greeting, filler and frame."""
    greeting = GREETING.match(sentence)
    text = sentence[greeting.end() :] if greeting else sentence
    filler = _OPENING.match(text)
    if filler and _ASKS.match(text, filler.end()):
        text = text[filler.end() :]
    framed = _FRAMES.fullmatch(text)
    if framed:
        return capitalise(framed["rest"].rstrip(" ,")) + "."
    known = _KNOW.fullmatch(text)
    if known:
        return f"Tell me {known['rest'].rstrip()}."
    text = _QUESTION_PLEASE.sub(lambda match: f"{match['modal']} {match['who']}", text)
    text = FINAL_PLEASE.sub("", text)
    return text if text == sentence else capitalise(text)
