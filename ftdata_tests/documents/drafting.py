"""Documents for tests, of Markdown."""

from ftdata.documents.drafts import Draft
from ftdata.documents.markdown import parse_markdown
from ftdata.documents.outline import outline_of, title_of
from ftdata.documents.parsed import Parsed
from ftdata.documents.sections import sections_of
from ftdata.sections import Block, Section
from ftdata.settings_documents import Documents

NAME = "guide/reset-a-password.md"


def parsed(text: str) -> Parsed:
    return parse_markdown(text, Documents())


def drafts(text: str, max_chars: int = 6_000) -> list[Draft]:
    document = parsed(text)
    return outline_of(document, title_of(document, NAME), max_chars)[0]


def sections(text: str, **options: object) -> tuple[Section, ...]:
    return sections_of(parsed(text), "help", NAME, "en", Documents(**options))[0]


def reasons(text: str, **options: object) -> list[tuple[int, str]]:
    dropped = sections_of(parsed(text), "help", NAME, "en", Documents(**options))[1]
    return [(drop.line, drop.reason) for drop in dropped]


def hold(blocks: tuple[Block, ...] | list[Block], text: str) -> bool:
    """Whether every span of the blocks holds what stands at its place in the document."""
    return all(
        block.text[span.at : span.at + span.end - span.start] == text[span.start : span.end]
        for block in blocks
        for span in block.spans
    )
