"""What is wrong with a draft: the instruction, the answer, or that they do not belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ftdata.dangling import dangling_phrase
from ftdata.generation.drafts import Draft
from ftdata.generation.kinds import KINDS
from ftdata.stop_words import content_words

_LONGEST_PROMPT = 400
_SHORTEST_ANSWER = 15  # characters
_UNDONE_WORDS = ("TODO", "TBD", "FIXME", "XXX", "lorem ipsum", "coming soon", "under construction")
_UNDONE = re.compile(rf"\b(?:{'|'.join(_UNDONE_WORDS)})\b")
_FENCE = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*```[^\n`]*$", re.MULTILINE)
_MARKUP = re.compile(r"[\[{<]{2}|[>}\]]{2}|\]\(|<[a-z/][^>\n]{0,40}>")
_MARKS = re.compile(r"[\[\]{}<>]")  # one is in all markup: quicker to look for
_OPEN_END = re.compile(
    r"(?:[:,(]|\b(?:and|or|the|a|an|of|to|for|with|in|on|by|from|that|which|because|see"
    r"|run))[\s*_]*\Z"
)
_ANNOUNCES = re.compile(
    r"(?:In )?[Tt]his (?:part|section|chapter|page|document|guide|tutorial|article)\b"
    r"[^.\n]{0,80}\b(?:explains?|describes?|covers?|focuses|discusses|lists?|details|outlines?)\b"
)
# What every English phrase that points has in it: most prompts need no closer look.
_POINTS = (
    "above", "below", "previous", "preceding", "earlier", "later", "next", "following", "mentioned",
)  # fmt: skip
_CODE_SPAN = re.compile(r"`[^`\n]*`")


class Fault(NamedTuple):
    """Why a draft is dropped; `quarantined` where a model did not write it in the form asked."""

    reason: str
    detail: str
    quarantined: bool = False


def fault_of(draft: Draft, language: str, *, is_whole: bool) -> Fault | None:
    """The first fault of a draft; None where it is good.

    `is_whole`: the answer is a whole section, or no part of one. A section refers to nothing that
    it does not hold: the stage `documents` has seen to that.
    """
    telling = content_words(draft.prompt, language)
    return (
        _prompt_fault(draft, language, telling)
        or _answer_fault(draft)
        or _pair_fault(draft, telling)
        or (None if is_whole else _reference_fault(draft))
    )


def _prompt_fault(draft: Draft, language: str, telling: Sequence[str]) -> Fault | None:
    prompt = draft.prompt
    if len(prompt) > _LONGEST_PROMPT:
        return Fault("unclear_instruction", "too long")
    if _MARKS.search(prompt) and _MARKUP.search(_CODE_SPAN.sub("", prompt)):
        return Fault("unclear_instruction", "markup in it")
    if prompt.count("`") % 2:
        return Fault("unclear_instruction", "code cut off")
    if not telling:
        return Fault("unclear_instruction", "no word that names a subject")
    lowered = prompt.lower()
    points = language != "en" or any(word in lowered for word in _POINTS)
    phrase = dangling_phrase(prompt) if points else None
    return Fault("unclear_instruction", f"refers to something: {phrase}") if phrase else None


def _answer_fault(draft: Draft) -> Fault | None:
    answer = draft.answer
    if len(answer.strip()) < _SHORTEST_ANSWER:
        return Fault("incomplete_answer", "too short")
    if "```" in answer and not all(map(str.strip, _FENCE.split(answer)[1::2])):
        return Fault("incomplete_answer", "empty code")
    undone = any(word in answer for word in _UNDONE_WORDS) and _UNDONE.search(answer)
    if undone:
        return Fault("incomplete_answer", f"says {undone[0]}")
    if len(answer) < 200 and _ANNOUNCES.match(answer):
        return Fault("incomplete_answer", "only says what it is about")
    if _OPEN_END.search(answer[-40:]):
        return Fault("incomplete_answer", "ends in the middle")
    return None


def _reference_fault(draft: Draft) -> Fault | None:
    phrase = dangling_phrase(draft.answer)
    return Fault("dangling_reference", phrase) if phrase else None


def _pair_fault(draft: Draft, telling: Sequence[str]) -> Fault | None:
    if draft.kind == "out_of_scope" or KINDS[draft.kind].by_structure:
        return None
    answer = draft.answer.lower()
    if any(word in answer for word in telling):
        return None
    return Fault("unrelated_answer", "no word of the prompt stands in the answer")
