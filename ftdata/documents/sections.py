"""One parsed document as its sections: titled, self-contained, of a bounded length."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from ftdata.documents.cutting import cut_draft
from ftdata.documents.drafts import Draft, Dropped, size_of
from ftdata.documents.faq import split_questions
from ftdata.documents.furniture import is_navigation
from ftdata.documents.outline import outline_of, title_of
from ftdata.documents.parsed import Parsed
from ftdata.documents.references import resolve_references
from ftdata.sections import Section
from ftdata.settings_documents import Documents

_ID_BYTES = 16


def sections_of(
    parsed: Parsed, source: str, document: str, language: str | None, options: Documents
) -> tuple[tuple[Section, ...], tuple[Dropped, ...]]:
    """The sections of a document in order, and what was dropped of it, by line.

    One for each heading with blocks, one for each question with its answer, longer ones cut, with
    what they refer to joined. Reasons: `short_section`, `navigation`, `dangling_reference`.
    A section's id is a hash of source, document, heading path and text: it stays when others
    change, and in a newer snapshot.
    """
    title = title_of(parsed, document)
    outlined, dropped = outline_of(parsed, title, options.max_section_chars)
    drafts = [
        part
        for draft in outlined
        for pair in split_questions(draft, parsed.text)
        for part in cut_draft(pair, options.max_section_chars)
    ]
    kept = []
    resolved, unresolved = resolve_references(drafts, options)
    for draft in resolved:
        refusal = _refuse(draft, parsed.text, options)
        if refusal:
            dropped.append(refusal)
        else:
            kept.append(draft)
    dropped += unresolved
    sections = _sections(kept, source, document, title, language)
    return sections, tuple(sorted(dropped, key=lambda drop: (drop.line, drop.reason)))


def _refuse(draft: Draft, text: str, options: Documents) -> Dropped | None:
    """Why a section is not taken. The length of an answer counts with its question."""
    if is_navigation(draft, text):
        return Dropped(draft.line, "navigation", "only links to other places")
    size = size_of(draft.blocks)
    if draft.is_question:
        size += len(draft.path[-1])
    if size < options.min_section_chars:
        least = options.min_section_chars
        return Dropped(draft.line, "short_section", f"{size} characters; {least} are asked for")
    return None


def _sections(
    drafts: Sequence[Draft], source: str, document: str, title: str, language: str | None
) -> tuple[Section, ...]:
    seen: Counter[str] = Counter()
    sections = []
    for order, draft in enumerate(drafts):
        text = "\n\n".join(block.text for block in draft.blocks)
        digest = _digest(source, document, *draft.path, text)
        seen[digest] += 1
        again = seen[digest]
        sections.append(
            Section(
                id=digest if again == 1 else _digest(digest, str(again)),
                document=document,
                title=title,
                language=language,
                heading_path=draft.path,
                order=order,
                start=draft.start,
                end=draft.end,
                line=draft.line,
                blocks=draft.blocks,
            )
        )
    return tuple(sections)


def _digest(*parts: str) -> str:
    # Lengths keep ("a", "bc") apart from ("ab", "c").
    whole = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=_ID_BYTES).hexdigest()
