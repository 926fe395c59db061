"""Which kinds a section is asked by, and the largest share of one kind in a partition.

A section's kinds are drawn from its id, the settings' weights and the seed alone, so that what is
made of it depends on no other section. The cap is settled afterwards over all candidates.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.kinds import KINDS
from ftdata.generation.quality import Fault, fault_of
from ftdata.generation.view import View
from ftdata.sections import Section
from ftdata.settings_documents import Generation, InstructionKind
from ftdata.text import hash64

# What a document itself puts in the form of a question or a procedure comes first, always.
FIRST: tuple[InstructionKind, ...] = ("faq", "how_to")
_LAST: tuple[InstructionKind, ...] = ("question",)
_FIXED = frozenset((*FIRST, *_LAST))
# Nearly every section has a heading to ask about: where it is asked otherwise, few are asked so.
_BESIDE_OTHERS = 0.05


def candidates(section: Section, options: Generation) -> Iterator[tuple[Draft, Fault | None]]:
    """Drafts of a section, until it has `max_per_section` good ones; with the fault of each.

    `question` comes last: always where no other kind has made a good draft.
    """
    view = View(section)
    good = 0
    seen: set[str] = set()
    for kind in _order(section.id, options):
        draw = Draw(f"{section.id}\0{kind}\0{options.seed}")
        if kind == "question" and good and not draw.chance(_BESIDE_OTHERS):
            return
        for draft in KINDS[kind](view, draw):
            if draft.prompt in seen or not _is_own(draft, section):
                continue
            seen.add(draft.prompt)
            fault = fault_of(draft, view.language, is_whole=draft.answer == view.text)
            yield draft, fault
            good += fault is None
            if good >= options.max_per_section:
                return


def _is_own(draft: Draft, section: Section) -> bool:
    """Whether any of the answer is the section's own, and not all of it joined in from another.

    An answer of joined-in blocks alone is an example of the section that they come from.
    """
    first, last = section.start, section.end
    return any(start < last and first < end for start, end, _ in draft.spans)


def _order(section_id: str, options: Generation) -> list[InstructionKind]:
    """The kinds in the order in which a section is asked: weighted, without replacement."""
    draw = Draw(f"{section_id}\0order\0{options.seed}")
    weights = options.kinds
    keys: dict[InstructionKind, float] = {}
    for kind in KINDS:
        unit = draw.unit()
        weight = weights.get(kind, 1.0)
        if weight and kind not in _FIXED:
            keys[kind] = unit if weight == 1 else unit ** (1 / weight)
    drawn = sorted(keys, key=keys.__getitem__, reverse=True)
    first, last = ([k for k in own if weights.get(k, 1.0)] for own in (FIRST, _LAST))
    return [*first, *drawn, *last]


def over_share(
    ids: Sequence[str], kinds: Sequence[str], sections: Sequence[str], share: float
) -> set[int]:
    """The rows to drop so that no kind has more than `share` of what is left.

    Taken in the order of the ids' hashes. A section keeps at least one example, and what the
    document itself asks or lays out in steps stays, so that a folder of nothing but questions and
    answers stays whole: there the share is over the limit, and shows.
    """
    by_kind, by_section = Counter(kinds), Counter(sections)
    capped = [k for k in sorted(by_kind) if k not in FIRST]
    order: list[int] | None = None
    dropped: set[int] = set()
    for kind in capped:
        # k - n <= share * (total - n)  ⇔  n >= (k - share * total) / (1 - share)
        total = len(ids) - len(dropped)
        if by_kind[kind] <= share * total:
            continue
        wanted = math.ceil((by_kind[kind] - share * total) / (1 - share))
        order = order or sorted(range(len(ids)), key=lambda row: (hash64(ids[row]), row))
        for row in order:
            if wanted <= 0:
                break
            if kinds[row] == kind and by_section[sections[row]] > 1:
                dropped.add(row)
                by_section[sections[row]] -= 1
                wanted -= 1
    return dropped
