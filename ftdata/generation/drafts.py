"""A draft: a prompt, and an answer made of pieces of the section with glue between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ftdata.generation.view import Sentence, View
from ftdata.sections import Block, Span, cut, join_parts, joined, moved_spans
from ftdata.settings_documents import InstructionKind

RULES = "rules"
_FITTING = 2_500

Part = tuple[str, tuple[Span, ...]]


@dataclass(frozen=True)
class Draft:
    """What a kind makes of a section; `spans` say where in the document the answer stands.

    An answer that a model wrote has none. `generator` is `rules` or the model's name.
    """

    kind: InstructionKind
    style: str
    prompt: str
    answer: str
    spans: tuple[Span, ...]
    generator: str = RULES


def draft(kind: InstructionKind, wording: tuple[str, str], answer: Part) -> Draft:
    """A draft of a wording (style and prompt) and an answer."""
    style, prompt = wording
    return Draft(kind, style, prompt, *answer)


def whole(view: View) -> Part:
    """The whole section as the answer."""
    return joined(view.blocks)


def blocks_part(blocks: Sequence[Block]) -> Part:
    """Some blocks as the answer."""
    return joined(blocks)


def fitting(view: View) -> Part:
    """The section from its beginning, up to about `_FITTING` characters: blocks stay whole."""
    size = 0
    for number, block in enumerate(view.blocks, start=1):
        size += len(block.text)
        if size >= _FITTING and not block.text.endswith(":"):
            return joined(view.blocks[:number])
    return whole(view)


def range_part(block: Block, start: int, end: int) -> Part:
    """A range of a block, without the white space around it."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    return cut(block.text, block.spans, start, start + len(text.strip()))


def sentence_part(view: View, first: Sentence, *, rest: bool) -> Part:
    """A sentence; with `rest` its paragraph from there on, and what its last colon announces."""
    block = view.blocks[first.block]
    if not rest:
        return range_part(block, first.start, first.end)
    part = range_part(block, first.start, len(block.text))
    following = view.blocks[first.block + 1 : first.block + 2]
    if part[0].endswith(":") and following:
        return join_parts([part, (following[0].text, following[0].spans)], "\n\n")
    return part


def led(part: Part, lead: str) -> Part:
    """An answer with a word before it, such as `Yes. `."""
    text, spans = part
    return lead + text, tuple(moved_spans(spans, len(lead)))


def sentences_part(view: View, chosen: Sequence[Sentence]) -> Part:
    """Sentences from several places, a space between them."""
    return join_parts([sentence_part(view, one, rest=False) for one in chosen], " ")
