"""Question and answer pairs that stand inside of a section become sections of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ftdata.documents.drafts import Draft, with_blocks
from ftdata.documents.outline import is_question
from ftdata.sections import Block, cut

_MAX_QUESTION = 300  # characters
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n*]{1,300}?)\1[:.]?(?:\n|$)")
_ASKED = re.compile(r"(?:\*\*|__)?(?:Q|Question|Frage|Pregunta)\s?\d{0,3}\s?[:.)](?:\*\*|__)?\s+")
_ANSWERED = re.compile(
    r"(?:\*\*|__)?(?:A|Answer|Antwort|Respuesta|Réponse)\s?\d{0,3}\s?[:.)](?:\*\*|__)?\s+",
    re.MULTILINE,
)
_SUMMARY = "<summary"
_TAG = 60  # characters that a tag before a question may take


class _Question(NamedTuple):
    """A question, what of its answer stands in the same block, and whether `A:` has to follow."""

    text: str
    rest: Block | None
    is_marked: bool


def split_questions(draft: Draft, text: str) -> list[Draft]:
    """The draft up to its first question, then one draft for each question of it with its answer.

    A question is a paragraph of bold text that ends in `?`, one that begins with `Q:` where `A:`
    follows, a term that ends in `?` with its definition, or the summary of `<details>` (seen in
    the document `text`). Its answer is all up to the next question of the same section.
    """
    found = _questions(draft.blocks, text)
    if not found:
        return [draft]
    drafts = []
    first = found[0][0]
    if first:
        blocks = draft.blocks[:first]
        drafts.append(replace(draft, blocks=blocks, end=with_blocks(draft, blocks).end))
    ends = [at for at, _ in found[1:]] + [len(draft.blocks)]
    for (at, question), end in zip(found, ends, strict=True):
        answer = _answer(question, draft.blocks[at + 1 : end])
        made = with_blocks(draft, draft.blocks[at:end])
        path = (*draft.path, question.text)
        drafts.append(replace(made, path=path, blocks=tuple(answer), is_question=True))
    return drafts


def _questions(blocks: Sequence[Block], text: str) -> list[tuple[int, _Question]]:
    """The questions that are answered, each with the index of its block."""
    found = []
    for at, block in enumerate(blocks):
        question = _question(block, text)
        if question is None:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        is_last = following is None or _question(following, text) is not None
        if question.rest is None and (is_last or (question.is_marked and not _answers(following))):
            continue
        found.append((at, question))
    return found


def _answers(block: Block | None) -> bool:
    return block is not None and _ANSWERED.match(block.text) is not None


def _question(block: Block, text: str) -> _Question | None:
    if block.kind == "definition":
        return _asked_term(block)
    if block.kind != "paragraph":
        return None
    marked = _ASKED.match(block.text)
    if marked:
        return _asked_by_mark(block, marked.end())
    if block.text.startswith(("**", "__")):
        return _asked_in_bold(block)
    return _asked_in_summary(block, text)


def _asked_in_bold(block: Block) -> _Question | None:
    bold = _BOLD.match(block.text)
    if bold is None or not is_question(bold[2]):
        return None
    rest = _part(block, bold.end(), len(block.text))
    return _Question(" ".join(bold[2].split()), rest, is_marked=False)


def _asked_in_summary(block: Block, text: str) -> _Question | None:
    """The summary of `<details>`, whose tags the reader left out."""
    if len(block.text) > _MAX_QUESTION or not is_question(block.text) or not block.spans:
        return None
    start = block.spans[0].start
    tag = text.rfind(_SUMMARY, max(start - _TAG, 0), start)
    if tag < 0 or "</" in text[tag:start]:
        return None
    return _Question(" ".join(block.text.split()), None, is_marked=False)


def _asked_term(block: Block) -> _Question | None:
    if not block.items or not is_question(block.label):
        return None
    return _Question(block.label, _part(block, block.items[0][0], block.items[-1][1]), False)


def _asked_by_mark(block: Block, start: int) -> _Question | None:
    """`Q: …`, with `A: …` in the same block or not."""
    answered = _ANSWERED.search(block.text, start)
    if answered:
        rest = _part(block, answered.end(), len(block.text))
        asked = block.text[start : answered.start()]
    else:
        rest, asked = None, block.text[start:]
    asked = " ".join(asked.strip("*_ \n").split())
    if not asked or len(asked) > _MAX_QUESTION:
        return None
    return _Question(asked, rest, is_marked=rest is None)


def _answer(question: _Question, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of an answer, without the mark `A:`."""
    answer = [question.rest] if question.rest else []
    for index, block in enumerate(blocks):
        mark = _ANSWERED.match(block.text) if question.is_marked and index == 0 else None
        kept = _part(block, mark.end(), len(block.text)) if mark else block
        answer += [kept] if kept else []
    return answer


def _part(block: Block, start: int, end: int) -> Block | None:
    """A part of a block as a paragraph; None for white space."""
    while start < end and block.text[start].isspace():
        start += 1
    while end > start and block.text[end - 1].isspace():
        end -= 1
    text, spans = cut(block.text, block.spans, start, end)
    return Block("paragraph", text, spans, block.line) if spans else None
