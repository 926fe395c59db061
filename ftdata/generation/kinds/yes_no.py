"""yes_no: what can or cannot be done, is or is not so: yes or no, and the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, draft, led, sentence_part
from ftdata.generation.draw import Draw
from ftdata.generation.view import Sentence, View, without_markup
from ftdata.generation.wording import Wordings, choose, in_context, in_first_person

_YOU_CAN = re.compile(
    r"(?:You|Users|We) (?P<can>can(?:not|'t|’t)?|could|are able to|aren't able to) (?:also "
    r"|only |now |then |even |easily )?"
    r"(?P<done>[a-z][\w-]* (?:[^.;:!?]|[.:](?=\S)){6,160})(?=[.;:!?](?:\s|$)|$)"
)
_IT_IS = re.compile(
    r"(?P<name>(?:(?:The|A|An|All|Each|Every) )?(?:[\w`*.'/+-]+ ){1,6}?)"
    r"(?P<verb>is|are|can|can't|cannot|isn't|aren't|does not|doesn't|do not|don't|will|will not"
    r"|won't|has|must)"
    r" (?P<said>(?:not |also |currently |always |never |only |no longer |not yet |by default )*"
    r"[a-z][\w-]*(?: (?:[^.;:!?]|[.:](?=\S)){3,140})?)(?=[.;:!?](?:\s|$)|$)"
)
_STATE = re.compile(
    r"(?:not |also |currently |always |never |only |no longer |not yet |by default )*"
    r"(?:supported|required|available|enabled|disabled|allowed|permitted|possible|deprecated"
    r"|optional"
    r"|needed|necessary|mandatory|encrypted|included|cached|stored|shared|case.sensitive|compatible"
    r"|recommended|responsible|backed up|deleted|removed|installed|used|written|created|run|able to"
    r"|affected|safe|ignored|visible|public|private|synced|checked|published|hosted|managed)\b"
)
_LEANS = re.compile(
    r"\b(?:this|these|that|those|it|they|them|following|above|below|here|then|there|such|which"
    r"|what|who|if|when|you|we|others?|same|latter|former|one|example|note|only|also)\b",
    re.I,
)
_ADVERB = re.compile(
    r"(?:sometimes|usually|often|typically|currently|normally|generally|occasionally|once"
    r"|however|while"
    r"|because|since|by|in|on|for|as|with|to|where|how|at|from|and|but|or|so|also|not|no|some|most"
    r"|rendering|see|please|why)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",? (?:but|because|since|so|which|unless|and then|although|while|however|and you|and it|if"
    r"|when)"
    r"\b.*|,? and (?:[\w-]+ ){1,4}(?:is|are|can|will|has)\b.*"
    r"|, (?:and (?:is|are|can|will|has|should|must)|(?:and )?(?:the|this|it|you|we|they))\b.*",
    re.DOTALL,
)
_BY = re.compile(r"\b(?:by|using|with) [a-z]+ing\b.*|\bby \w+ing\b.*", re.DOTALL)

CAN: Wordings = {
    "direct": ("Can I {x}?", "Is it possible to {x}?", "Is there a way to {x}?"),
    "short": ("Possible to {x}?",),
    "formal": ("Would it be possible to {x}?", "Could you tell me whether one can {x}?"),
    "casual": ("can i {x}?", "is there any way to {x}?"),
    "implicit": ("I'd like to {x}, if that's possible.", "I'm wondering if I can {x}."),
    "long": ("I couldn't find a clear answer to this anywhere: can I {x}, yes or no?",),
}
STATE: Wordings = {
    "direct": ("{Q}?",),
    "formal": ("Could you please confirm: {q}?", "May I ask: {q}?"),
    "casual": ("quick check: {q}?", "{q}, yes or no?"),
    "implicit": ("I'm not sure about this one: {q}?", "We were discussing this today: {q}?"),
}


def yes_no(view: View, draw: Draw) -> Iterator[Draft]:
    """The section's first sentence that says yes or no to something it names."""
    if view.language != "en":
        return
    for sentence in view.prose:
        found = _asked(view, sentence, draw)
        if found:
            (style, prompt), is_so = found
            answer = led(
                sentence_part(view, sentence, rest=sentence.text.endswith(":")),
                "Yes. " if is_so else "No. ",
            )
            yield draft("yes_no", (style, in_context(prompt, view.subject, draw)), answer)
            return


def _asked(view: View, sentence: Sentence, draw: Draw) -> tuple[tuple[str, str], bool] | None:
    """A question that the sentence answers, and whether with yes."""
    can = _YOU_CAN.match(sentence.text)
    if can:
        done = _plain(_BY.sub("", can["done"]))
        is_so = can["can"] in {"can", "could", "are able to"}
        good = done and not _LEANS.search(done.replace("you", "")) and len(done.split()) > 2
        return (choose(draw, CAN, x=in_first_person(done)), is_so) if good else None
    found = _IT_IS.match(sentence.text)
    if not found or _LEANS.search(found["name"]) or _ADVERB.match(found["name"]):
        return None
    return _of_state(view, found, draw)


def _of_state(view: View, found: re.Match[str], draw: Draw) -> tuple[tuple[str, str], bool] | None:
    """ "Helm is not supported on X" → "is Helm supported on X?", no."""
    verb, said = found["verb"], _plain(found["said"])
    # What is denied of "a number which …" is not denied of "a number".
    denies = verb not in {"is", "are", "can", "will"} or _NEVER.match(found["said"])
    if denies and re.search(r"\w (?:which|because|unless)\b", found["said"]):
        return None
    said = _AND.sub("", said) if verb in _ASKING else said
    name = view.inside(without_markup(found["name"]))
    if not said or _LEANS.search(_NEVER.sub("", said, count=1)) or " not " in said:
        return None
    if verb in {"is", "are", "isn't", "aren't"} and not _STATE.match(said):
        return None
    if verb in {"has", "must", "will"} or not name:
        return None
    denied = bool(_NEVER.match(said)) or verb not in {"is", "are", "can", "will"}
    said = _NEVER.sub("", said, count=1)
    asked = f"{_ASKING.get(verb, verb)} {name} {said}"
    return choose(draw, STATE, q=asked, Q=asked[0].upper() + asked[1:]), not denied


_SHORT = 4  # words: what is left of a clause that was cut says too little
_AND = re.compile(r" and .*", re.DOTALL)
_NEVER = re.compile(r"(?:not yet|not|never|no longer)\s+")
_ASKING = {
    "isn't": "is", "aren't": "are", "can't": "can", "cannot": "can", "does not": "does",
    "doesn't": "does", "do not": "do", "don't": "do", "will not": "will", "won't": "will",
}  # fmt: skip


def _plain(text: str) -> str:
    """What is asked for, without what is said of it after; "" where a bracket is left open."""
    kept = _TAIL.sub("", text)
    if len(kept) < len(text) and len(kept.split()) < _SHORT:
        return ""
    plain = without_markup(kept).rstrip(" ,")
    is_whole = plain.count("(") == plain.count(")") and plain.count("`") % 2 == 0
    return plain if is_whole and len(plain.split()) < 22 else ""
