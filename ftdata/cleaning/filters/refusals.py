"""Tells how an answer refuses, by its first sentences, and caps refusals by kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import floor

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.filters.refusal_phrases import (
    BOILERPLATE,
    CAPABILITY,
    CLARIFIES,
    DECLINES,
    DECLINES_SUBJECT,
    HEDGES,
)
from ftdata.settings_cleaning import RefusalKind
from ftdata.text import hash64

_LEAD = 320  # characters in which an answer says that it refuses: two or three sentences
_OPENING = 160  # characters in which it says so of the subject, not of itself
_SHORT = 200  # characters that hold no answer beside a question or a hedge
_MEMO = 16_384
_LABEL = re.compile(r"(?:a|answer|assistant|bot|ai|r|respuesta|réponse|antwort|resposta) ?: {0,9}")

# Without one of these no phrase of its kind can be there, which is quicker told.
_NEGATIONS = ("not ", "n't", "cannot", "nable", " no ", " ne ", "n'ai", "nicht", "kein", " lack")
_DISAPPROVALS = (
    "declin", "refus", "against", "outside", "never", "urge", "discourag", "condemn", "oppos",
    "request", "illegal", "thical", "inappro", "immoral", "unacc", "violence", "promot", "perpet",
    "harmful",
)  # fmt: skip
_REQUESTS = ("?", "please", "need ", "underst", "sure")
_MODEL_NAMES = (
    " ai",
    "a.i",
    "model",
    "artificial",
    "bot",
    "llm",
    "program",
    " ia",
    " ki",
    "intel·",
    "personal",
)


def refusal_kinds(conversations: Conversations) -> list[RefusalKind | None]:
    """How the last assistant message of each of n conversations refuses; None where it does not."""
    kinds: list[RefusalKind | None] = []
    roles, contents = conversations.roles, conversations.contents
    for start, end in pairwise(conversations.bounds.tolist()):
        last = next((i for i in range(end - 1, start - 1, -1) if roles[i] == "assistant"), None)
        kinds.append(None if last is None else refusal_kind(contents[last] or ""))
    return kinds


def refusal_kind(answer: str) -> RefusalKind | None:
    """How one answer refuses, by its first sentences; None where it answers."""
    return _kind(answer[: 4 * _LEAD].strip()[: _LEAD + 1])


@lru_cache(maxsize=_MEMO)
def _kind(head: str) -> RefusalKind | None:
    lead = head.lower().replace("\n", " ").replace("*", "").replace("’", "'")
    label = _LABEL.match(lead)
    lead = lead[label.end() :] if label else lead
    negates = _holds(f" {lead}", _NEGATIONS)
    if negates and CAPABILITY.search(lead):
        return "capability"
    if HEDGES.match(lead):
        return "hedge"
    if (negates or _holds(lead, _DISAPPROVALS)) and (
        DECLINES.search(lead) or DECLINES_SUBJECT.search(lead[:_OPENING])
    ):
        return "decline"
    if len(head) <= _SHORT and _holds(lead, _REQUESTS) and CLARIFIES.search(lead):
        return "clarification"
    if _holds(lead, _MODEL_NAMES) and BOILERPLATE.search(lead):
        return "boilerplate"
    return None


def _holds(text: str, cues: tuple[str, ...]) -> bool:
    """Whether one of the cues is in the text: far cheaper than the pattern it stands before."""
    for cue in cues:  # noqa: SIM110 - the generator of any() costs more than what it looks for
        if cue in text:
            return True
    return False


def cap_refusals(
    kinds: Sequence[str | None], shares: Mapping[RefusalKind, float], ids: Sequence[str]
) -> dict[int, Finding]:
    """Rows (of n) that are over the cap of their kind, each a `refusal_cap`.

    A kind may have `floor(share × n)` rows, and one at least where its share is over 0. Those with
    the smallest hash of their id stay, so the choice does not depend on the order of the rows.
    """
    findings: dict[int, Finding] = {}
    for kind, share in sorted(shares.items()):
        rows = [row for row, found in enumerate(kinds) if found == kind]
        allowed = max(floor(Fraction(str(share)) * len(kinds)), int(share > 0))  # .29 of 100 is 29
        rows.sort(key=lambda row: (hash64(ids[row]), ids[row]))
        detail = (
            f"{kind}: {len(rows)} are over {share:g} of the {len(kinds)} conversations that the"
            f" filters left; {allowed} stay"
        )
        findings |= dict.fromkeys(rows[allowed:], Finding("refusal_cap", detail))
    return findings
