"""The blocks of a docx file as Markdown: lists with what stands between their items."""

from __future__ import annotations

from dataclasses import dataclass, field

from ftdata.documents.docx_lists import Item
from ftdata.documents.markup import MarkdownWriter, fenced, paragraph, prose, squeezed, table


@dataclass(frozen=True)
class DocxBlock:
    """A paragraph, a heading, a line of code or a table; an empty paragraph has nothing at all."""

    text: str = ""
    heading: int | None = None  # 0 is the document's title
    item: Item | None = None
    code: str | None = None
    sure: bool = True  # that it is code, whatever stands beside it
    rows: list[list[str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """An empty paragraph."""
        return not self.text.strip() and not self.rows


def write_blocks(blocks: list[DocxBlock]) -> str:
    """The Markdown of a document's blocks.

    What stands between two items of one numbered list belongs to the first of them, so that a
    procedure stays whole. Where the document has a title, its headings stand one level below it.
    """
    shift = 1 if any(block.heading == 0 for block in blocks) else 0
    writer = MarkdownWriter()
    lists = _Lists(writer)
    owners = _owners(blocks)
    position = 0
    while position < len(blocks):
        block = blocks[position]
        lists.settle(block, owners[position])
        if block.code is not None:
            position = _write_code(writer, blocks, position)
            continue
        if block.heading is not None:
            writer.heading(max(block.heading + shift, 1), prose(squeezed(block.text)))
        elif block.rows:
            writer.block(table(block.rows))
        else:
            label = f"{block.item.label} " if block.item and block.item.label else ""
            writer.block(paragraph(label + block.text))
        position += 1
    return writer.text


def _write_code(writer: MarkdownWriter, blocks: list[DocxBlock], start: int) -> int:
    """Write the lines of code from `start` on as one block; where they end."""
    end = start
    while end < len(blocks) and (blocks[end].code is not None or blocks[end].is_empty):
        end += 1
    while blocks[end - 1].is_empty:
        end -= 1
    lines = blocks[start:end]
    if any(line.sure for line in lines if line.code is not None):
        writer.block(fenced("\n".join((line.code or "").replace("\xa0", " ") for line in lines)))
    else:
        for line in lines:
            writer.block(paragraph(line.text.replace("`", "")))
    return end


def _owners(blocks: list[DocxBlock]) -> list[str | None]:
    """The numbered list between two items of which each block stands."""
    following: dict[str, tuple[int, Item]] = {}
    until = [0] * len(blocks)
    for position in range(len(blocks) - 1, -1, -1):
        block = blocks[position]
        if block.heading is not None:
            following.clear()
        item = block.item
        if item is None:
            continue
        later = following.get(item.key)
        if later and later[1].ordered and _goes_on(item, later[1]):
            until[position] = later[0]
        following[item.key] = position, item
    owners: list[str | None] = []
    open_lists: list[tuple[int, str]] = []
    for position, block in enumerate(blocks):
        while open_lists and open_lists[-1][0] <= position:
            open_lists.pop()
        owners.append(open_lists[-1][1] if open_lists else None)
        if block.item is not None and until[position] > position:
            open_lists.append((until[position], block.item.key))
    return owners


def _goes_on(item: Item, later: Item) -> bool:
    """Whether a later item of the same list continues it."""
    if later.level == item.level:
        return later.number == item.number + 1
    return later.level > item.level or later.number > 1


class _Lists:
    """The lists that are open in a writer, outermost first."""

    def __init__(self, writer: MarkdownWriter) -> None:
        self.writer = writer
        self.open: list[Item] = []

    def settle(self, block: DocxBlock, owner: str | None) -> None:
        """Close and open lists, so that the block can be written."""
        if block.is_empty and block.code is None:
            return
        if block.item is not None:
            self._open_item(block.item, owner)
            return
        while self.open and self.open[-1].key != owner:
            self._close()

    def _open_item(self, item: Item, owner: str | None) -> None:
        same = any(each.key == item.key for each in self.open)
        while self.open and not self._holds(item, owner, same=same):
            self._close()
        ordered = item.ordered and not item.label
        if self.open and self.open[-1].key == item.key and self.open[-1].level == item.level:
            self.writer.close()
            self.open.pop()
        else:
            self.writer.open_list(ordered=ordered, number=item.number)
        self.writer.open_item(item.number)
        self.open.append(item)

    def _holds(self, item: Item, owner: str | None, *, same: bool) -> bool:
        """Whether the innermost open item is the one before or above the new one."""
        inner = self.open[-1]
        if same:
            if inner.key != item.key or inner.level > item.level:
                return False
            return inner.level < item.level or _goes_on_with(inner, item)
        return inner.key == owner or (owner is None and inner.level < item.level)

    def _close(self) -> None:
        self.open.pop()
        self.writer.close()
        self.writer.close_list()


def _goes_on_with(before: Item, item: Item) -> bool:
    if before.ordered != item.ordered:
        return False
    return not item.ordered or item.number > before.number
