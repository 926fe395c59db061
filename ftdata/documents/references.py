"""Makes sections self-contained: what "as described above" means is joined, or the phrase goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ftdata.dangling import Reference, references_in
from ftdata.dangling_rules import Direction, Referent
from ftdata.documents.drafts import Draft, Dropped, size_of
from ftdata.documents.sentences import phrase_range, sentence_range, without
from ftdata.sections import Block, BlockKind
from ftdata.settings_documents import Documents

REASON = "dangling_reference"
_NEAR = 3  # sections in which steps, code or a table are looked for
_PASSES = 8  # sentences taken out of a section before it is given up
_KINDS: dict[Referent, tuple[BlockKind, ...]] = {
    "steps": ("steps", "list"), "code": ("code",), "table": ("table",),
}  # fmt: skip


class _Cut(NamedTuple):
    """Blocks without a phrase, or without the sentence that it stands in."""

    blocks: list[Block]
    line: int
    is_sentence: bool


def resolve_references(
    drafts: Sequence[Draft], options: Documents
) -> tuple[list[Draft], list[Dropped]]:
    """The sections of a document with what they refer to, and what was dropped for it.

    A reference to steps, code or a table gets the nearest such block, one to what stands above the
    section before it, in front; at most one section's text is joined to each, and no more than
    `options.max_section_chars` has room for. Where nothing can be joined, the phrase goes where it
    stands in parentheses, else its sentence, else the section; sentences and sections are dropped
    with the phrase as detail.
    """
    kept: list[Draft] = []
    dropped: list[Dropped] = []
    for index, draft in enumerate(drafts):
        dangling = _dangling(draft.blocks, set())
        if not dangling:
            kept.append(draft)
            continue
        resolved, lost = _resolve(drafts, index, dangling[0], options)
        kept += [resolved] if resolved else []
        dropped += lost
    return kept, dropped


def _resolve(
    drafts: Sequence[Draft], index: int, first: Reference, options: Documents
) -> tuple[Draft | None, list[Dropped]]:
    draft = drafts[index]
    lost = [Dropped(draft.line, REASON, first.phrase)]
    if options.references == "drop":
        return None, lost
    blocks, met = _joined(drafts, index, _without_asides(draft.blocks), options.max_section_chars)
    dropped: list[Dropped] = []
    for _ in range(_PASSES):
        dangling = _dangling(blocks, met)
        if not dangling:
            return replace(draft, blocks=tuple(blocks)), dropped
        cut = _cut_out(blocks, dangling[0])
        if cut is None and not met:
            # A step that sends the reader on cannot go: where it sends to comes behind.
            met = {dangling[0].direction}
            neighbour = _neighbour(drafts, index, dangling[0])
            blocks = _with_donated(blocks, neighbour, dangling[0], options.max_section_chars)
        elif cut is None or not cut.blocks:
            break
        else:
            if cut.is_sentence:
                dropped.append(Dropped(cut.line, REASON, f"a sentence: {dangling[0].phrase}"))
            blocks = cut.blocks
    return None, lost


def _dangling(blocks: Sequence[Block], met: set[Direction]) -> list[Reference]:
    """What the blocks refer to and do not hold.

    Another section is held only where it was joined in that direction (`met`).
    """
    return [
        found
        for found in references_in("\n\n".join(block.text for block in blocks))
        if not found.is_held or (found.referent == "section" and found.direction not in met)
    ]


def _without_asides(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without what only refers in passing: "(see above)", ", as noted before,"."""
    kept = list(blocks)
    for _ in range(_PASSES):
        # A section with more than these is given up, whatever else stands in it.
        asides = (_aside(kept, reference) for reference in _dangling(kept, set())[:_PASSES])
        found = next((aside for aside in asides if aside), None)
        if found is None:
            break
        index, start, end = found
        rest = without(kept[index], start, end)
        kept[index : index + 1] = [rest] if rest else []
    return kept


def _aside(blocks: Sequence[Block], reference: Reference) -> tuple[int, int, int] | None:
    """The block, and the range of its text, that goes with a phrase said in passing."""
    index, at = _block_at(blocks, reference.start)
    start, end = reference.start - at, reference.end - at
    is_remark = reference.referent == "remark"
    place = phrase_range(blocks[index], start, end, is_remark=is_remark)
    return (index, *place) if place else None


def _joined(
    drafts: Sequence[Draft], index: int, own: list[Block], max_chars: int
) -> tuple[list[Block], set[Direction]]:
    """A section's blocks with those that its first reference of use means, and on which side."""
    for reference in _dangling(own, set()):
        for donated in _donations(drafts, index, reference):
            blocks = _with_donated(own, donated, reference, max_chars)
            if len(blocks) > len(own):
                return blocks, {reference.direction}
    return own, set()


def _with_donated(
    own: list[Block], donated: Sequence[Block], reference: Reference, max_chars: int
) -> list[Block]:
    """Own blocks with the donated ones on their side, where there is room."""
    settled = _settled(donated)
    if not settled or size_of(settled) + 2 + size_of(own) > max_chars:
        return own
    return [*settled, *own] if reference.direction == "back" else [*own, *settled]


def _settled(donated: Sequence[Block]) -> list[Block]:
    """Donated blocks without what they refer to in their turn; none where that cannot go."""
    kept = list(donated)
    for _ in range(_PASSES):
        dangling = _dangling(kept, set())
        if not dangling:
            return kept
        cut = _cut_out(kept, dangling[0])
        if cut is None:
            break
        kept = cut.blocks
    return []


def _donations(
    drafts: Sequence[Draft], index: int, reference: Reference
) -> Iterator[Sequence[Block]]:
    """What of the other sections a reference may mean, the likeliest first."""
    if reference.referent in ("image", "remark"):
        return
    is_back = reference.direction == "back"
    before, behind = drafts[max(index - _NEAR, 0) : index], drafts[index + 1 : index + 1 + _NEAR]
    kinds = _KINDS.get(reference.referent, ())
    for draft in (before[::-1] if is_back else behind) if kinds else ():
        places = [at for at, block in enumerate(draft.blocks) if block.kind in kinds]
        if places:
            place = places[-1] if is_back else places[0]
            has_lead = place > 0 and draft.blocks[place - 1].kind == "paragraph"
            yield draft.blocks[place - has_lead : place + 1]
            break
    # A pointer onwards says nothing; what an answer needs from before, it cannot do without.
    if is_back:
        yield _neighbour(drafts, index, reference)


def _neighbour(drafts: Sequence[Draft], index: int, reference: Reference) -> Sequence[Block]:
    """The section before or behind this one."""
    place = index - 1 if reference.direction == "back" else index + 1
    return drafts[place].blocks if 0 <= place < len(drafts) else ()


def _cut_out(blocks: Sequence[Block], reference: Reference) -> _Cut | None:
    """The blocks without the sentence of a phrase, or without the phrase where it is an aside.

    None where the sentence is a whole item, or leads in what follows.
    """
    index, at = _block_at(blocks, reference.start)
    block = blocks[index]
    aside = _aside(blocks, reference)
    place = aside[1:] if aside else sentence_range(block, reference.start - at, reference.end - at)
    if place is None:
        return None
    leads_in = not aside and block.text[: place[1]].rstrip().endswith(":")
    if leads_in and index + 1 < len(blocks):
        return None
    rest = without(block, *place)
    kept = [*blocks[:index], *([rest] if rest else []), *blocks[index + 1 :]]
    return _Cut(kept, block.line, is_sentence=aside is None)


def _block_at(blocks: Sequence[Block], place: int) -> tuple[int, int]:
    """The block that holds a place of the joined text, and where in that text it begins."""
    at = 0
    for index, block in enumerate(blocks):
        if place < at + len(block.text):
            return index, at
        at += len(block.text) + 2
    raise IndexError(f"{place} is not in the text of {len(blocks)} blocks")
