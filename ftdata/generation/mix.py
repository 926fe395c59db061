"""Which kinds a section is asked by, and the largest share of one kind in a partition.

A section's kinds are drawn from its id, the settings' weights and the seed alone, so that what is
made of it depends on no other section. The cap is settled afterwards over all candidates.
"""

from __future__ import annotations

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
_DECLINE: InstructionKind = "out_of_scope"  # teaches nothing of its section
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
        for draft in KINDS[kind].make(view, draw):
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

    Taken in the order of the ids' hashes, kind by kind, and again while what one kind lost puts
    another over its share. A section keeps at least one example besides a decline, and what the
    document itself asks or lays out in steps stays, so that a folder of nothing but questions and
    answers stays whole: there the share is over the limit, and shows.
    """
    left = Counter(kinds)
    taught = Counter(own for own, kind in zip(sections, kinds, strict=True) if kind != _DECLINE)
    untried = _untried(ids, kinds)
    dropped: set[int] = set()

    def is_over(kind: str) -> bool:
        # A row that was a section's last stays so: none needs to be tried twice.
        return bool(untried[kind]) and left[kind] > share * (len(ids) - len(dropped))

    while over := [kind for kind in untried if is_over(kind)]:
        for kind in over:
            while is_over(kind):
                row = untried[kind].pop()
                own = sections[row]
                if kind == _DECLINE or taught[own] > 1:
                    dropped.add(row)
                    left[kind] -= 1
                    taught[own] -= kind != _DECLINE
    return dropped


def _untried(ids: Sequence[str], kinds: Sequence[str]) -> dict[str, list[int]]:
    """The rows of each kind that has a cap, in the kinds' order, the first to drop last."""
    rows: dict[str, list[int]] = {kind: [] for kind in sorted({*kinds} - {*FIRST})}
    for row in sorted(range(len(ids)), key=lambda row: (hash64(ids[row]), row), reverse=True):
        if kinds[row] in rows:
            rows[kinds[row]].append(row)
    return rows
