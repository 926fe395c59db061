"""The tree of a Markdown document: nodes made of markdown-it's tokens, continued lists joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

_LISTS = ("ordered_list", "bullet_list")
_CODE = ("fence", "code_block")
_CODE_LIKE = frozenset({*_CODE, "html_block", "table", "blockquote", "admonition"})
_MARKED = re.compile(r"\s*(?:\d+[.)]|[-+*])(?:\s|$)")
_FOLDED = re.compile(r"\n[ \t]*(\d{1,9})([.)])[ \t]+(?=\S)")
_NESTED = 2  # columns further right, from which an item belongs to the one before it


@dataclass(frozen=True)
class Region:
    """Lines of an admonition, from 0, its marks included."""

    first: int
    last: int
    label: str
    title: tuple[int, int]  # a range of the document: its title, else the word of its kind


@dataclass
class Node:
    """A block: `kind` is markdown-it's name of it without `_open`, or `admonition`."""

    kind: str
    first: int  # line, from 0
    last: int  # line after the last
    content: str = ""
    info: str = ""  # of a fence, a list's item, an admonition's kind
    markup: str = ""
    tight: bool = False  # a paragraph without empty lines around it
    loose: bool = False  # a list that has empty lines between its items
    level: int = 0  # of a heading
    title: tuple[int, int] | None = None  # of an admonition: its range in the document
    children: list[Node] = field(default_factory=list)


def build_tree(
    tokens: Sequence[Token], shown: Sequence[str], regions: Sequence[Region]
) -> list[Node]:
    """The blocks that tokens of a parse of the lines `shown` without inline rules stand for."""
    return _settled(_nested(tokens), shown, regions)


def _settled(nodes: Sequence[Node], shown: Sequence[str], regions: Sequence[Region]) -> list[Node]:
    """Blocks whose admonitions are grouped and whose lists are joined, all the way down."""
    for node in nodes:
        if node.kind in _LISTS:
            node.loose = any(
                child.kind == "paragraph" and not child.tight
                for item in node.children
                for child in item.children
            )
            for item in node.children:
                if len(item.children) > 1 or (item.children and item.children[0].children):
                    item.children = _settled(item.children, shown, regions)
            _nest_items(node, shown)
        elif node.kind == "blockquote":
            node.children = _settled(node.children, shown, regions)
    return join_lists(group_regions(nodes, regions) if regions else nodes, shown)


def _nested(tokens: Sequence[Token]) -> list[Node]:
    root: list[Node] = []
    stack = [root]
    for token in tokens:
        if token.nesting == -1:
            stack.pop()
            continue
        if token.type == "inline":
            stack[-2][-1].content = token.content
            continue
        node = _node(token)
        stack[-1].append(node)
        if token.nesting == 1:
            stack.append(node.children)
    return root


def _node(token: Token) -> Node:
    first, last = token.map or (0, 0)
    return Node(
        token.type.removesuffix("_open"),
        first,
        last,
        token.content,
        token.info,
        token.markup,
        tight=token.hidden,
        level=int(token.tag[1]) if token.type == "heading_open" else 0,
    )


def _nest_items(node: Node, shown: Sequence[str]) -> None:
    """Items that stand further right than the first go into the one before them."""
    if len(node.children) == 1:
        return
    margin = _margin(node, shown)
    if margin is None:
        return
    items = node.children[:1]
    for item in node.children[1:]:
        if _indent(item, shown) < margin + _NESTED:
            items.append(item)
            continue
        outer = items[-1].children
        if not outer or outer[-1].kind != node.kind or outer[-1].markup != node.markup:
            outer.append(Node(node.kind, item.first, item.last, markup=node.markup))
            outer[-1].loose = node.loose
        outer[-1].children.append(item)
    node.children = items


def _margin(node: Node, shown: Sequence[str]) -> int | None:
    """The column of a list's marks; None where something else begins its line."""
    return _indent(node, shown) if _MARKED.match(shown[node.first]) else None


def _indent(node: Node, shown: Sequence[str]) -> int:
    line = shown[node.first].expandtabs(4)
    return len(line) - len(line.lstrip())


def numbers(node: Node) -> list[int]:
    """The numbers of an ordered list: its author's where they rise, else counted from the first."""
    written = [int(item.info) for item in node.children]
    if all(low < high for low, high in pairwise(written)):
        return written
    return list(range(written[0], written[0] + len(written)))


def join_lists(nodes: Sequence[Node], shown: Sequence[str]) -> list[Node]:
    """Blocks in which a list that its author goes on with after an interruption is one list.

    An ordered list goes on where the next one's first number follows its last, no heading between
    them; or where both count `1. 1. 1.` and only code and the like stands between. What stands
    between then belongs to the step before it. So does what directly follows a list further right
    than its marks, and code directly behind a step.
    """
    joined: list[Node] = []
    lists = _Lists()
    for node in _unfolded(nodes):
        if node.kind == "heading":
            lists = _Lists()
        if joined and _belongs(node, joined[-1], shown):
            joined[-1].children[-1].children.append(node)
            joined[-1].loose = True
            joined[-1].last = node.last
            continue
        if node.kind == "ordered_list":
            at = lists.take(node, len(joined))
            if at is not None:
                _join(joined[at], joined[at + 1 :], node)
                del joined[at + 1 :]
                continue
        elif node.kind not in _CODE_LIKE:
            lists.is_near = False
        joined.append(node)
    return joined


@dataclass
class _Lists:
    """The ordered lists since the last heading that may go on."""

    is_near: bool = False  # nothing but code and the like stands behind the last one
    open: list[_Open] = field(default_factory=list)
    waiting: dict[tuple[str, int], list[_Open]] = field(default_factory=dict)

    def take(self, node: Node, at: int) -> int | None:
        """Where the nearest list stands that `node` goes on with; None makes it one itself."""
        written = [int(item.info) for item in node.children]
        ones = all(number == 1 for number in written)
        length = numbers(node)[-1] - written[0] + 1
        before = self._waiting(node.markup, written[0], ones=ones)
        if before is None:
            before = _Open(at, node.markup, written[0] - 1, ones)
            self.open.append(before)
        else:
            while self.open[-1] is not before:
                self.open.pop().is_closed = True
            at = -1
        before.last += length
        before.ones = before.ones and ones
        self.waiting.setdefault((node.markup, before.last + 1), []).append(before)
        self.is_near = True
        return before.at if at < 0 else None

    def _waiting(self, markup: str, first: int, *, ones: bool) -> _Open | None:
        if ones:
            near = self.open[-1] if self.open and self.is_near else None
            return near if near and near.ones and near.markup == markup else None
        stack = self.waiting.get((markup, first), [])
        while stack:
            before = stack.pop()
            if not before.is_closed and before.last + 1 == first:
                return before
        return None


@dataclass
class _Open:
    at: int  # in the joined blocks
    markup: str
    last: int  # number
    ones: bool  # every item is numbered 1
    is_closed: bool = False


def group_regions(nodes: Sequence[Node], regions: Sequence[Region]) -> list[Node]:
    """Blocks in which those of a region are the children of an admonition.

    `regions` are in order and do not overlap.
    """
    grouped: list[Node] = []
    at = bisect_left(regions, nodes[0].first, key=lambda region: region.last) if nodes else 0
    opened = -1
    for node in nodes:
        while at < len(regions) and node.first > regions[at].last:
            at += 1
        if at == len(regions) or node.first < regions[at].first or node.kind == "heading":
            grouped.append(node)
            continue
        if opened != at:
            region, opened = regions[at], at
            admonition = Node("admonition", region.first, region.last + 1, info=region.label)
            admonition.title = region.title
            grouped.append(admonition)
        if grouped[-1].kind == "admonition":
            grouped[-1].children.append(node)
        else:
            grouped.append(node)
    return grouped


def _unfolded(nodes: Sequence[Node]) -> Iterator[Node]:
    """Blocks in which a step that CommonMark takes for the end of a paragraph is a step again.

    Only behind a list whose next number it has: a list that starts with 2 ends no paragraph there.
    """
    following: set[int] = set()
    for node in nodes:
        if node.kind == "heading":
            following.clear()
        if node.kind == "ordered_list":
            following.add(numbers(node)[-1] + 1)
        marks: list[re.Match[str]] = []
        if node.kind == "paragraph" and following:
            for mark in _FOLDED.finditer(node.content):
                if int(mark[1]) in ({int(marks[-1][1]) + 1} if marks else following):
                    marks.append(mark)
        if marks:
            following.add(int(marks[-1][1]) + 1)
            yield from _folded_out(node, marks)
        else:
            yield node


def _folded_out(paragraph: Node, marks: Sequence[re.Match[str]]) -> Iterator[Node]:
    """What of a paragraph stands before the marks of steps, and a list of each step."""
    content, line = paragraph.content, paragraph.first
    paragraph.content = content[: marks[0].start()].rstrip()
    yield paragraph
    ends = [mark.start() for mark in marks[1:]] + [len(content)]
    before = 0
    for mark, end in zip(marks, ends, strict=True):
        line += content.count("\n", before, mark.end())
        before = mark.end()
        body = Node("paragraph", line, paragraph.last, content[mark.end() : end].rstrip())
        item = Node("list_item", line, paragraph.last, info=mark[1], children=[body])
        yield Node("ordered_list", line, paragraph.last, markup=mark[2], children=[item])


def _belongs(node: Node, before: Node, shown: Sequence[str]) -> bool:
    if before.kind not in _LISTS or node.kind in ("heading", before.kind):
        return False
    if before.kind == "ordered_list" and node.kind in _CODE:
        return True
    margin = _margin(before, shown)
    return margin is not None and _indent(node, shown) > margin


def _join(before: Node, between: Sequence[Node], after: Node) -> None:
    before.children[-1].children += between
    before.children += after.children
    before.last = after.last
    before.loose = True
