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
    lists: list[int] = []  # where in `joined` ordered lists stand since the last heading
    for node in _unfolded(nodes):
        if node.kind == "heading":
            lists.clear()
        if joined and _belongs(node, joined[-1], shown):
            joined[-1].children[-1].children.append(node)
            joined[-1].loose = True
            joined[-1].last = node.last
            continue
        if node.kind == "ordered_list":
            at = _continued(joined, lists, node)
            if at is not None:
                _join(joined[at], joined[at + 1 :], node)
                del joined[at + 1 :]
                continue
            lists.append(len(joined))
        joined.append(node)
    return joined


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
        if node.kind == "paragraph" and following:
            folded = [f for f in _FOLDED.finditer(node.content) if int(f[1]) in following]
            if folded:
                step = _fold_out(node, folded[0])
                yield node
                yield from _unfolded_steps(step, following)
                continue
        if node.kind == "ordered_list":
            following.add(numbers(node)[-1] + 1)
        yield node


def _unfolded_steps(step: Node, following: set[int]) -> Iterator[Node]:
    """A step, and those that stand in its paragraph in turn."""
    while True:
        number = int(step.children[0].info)
        following.add(number + 1)
        body = step.children[0].children[0]
        more = next((f for f in _FOLDED.finditer(body.content) if int(f[1]) == number + 1), None)
        later = _fold_out(body, more) if more else None
        yield step
        if later is None:
            return
        step = later


def _fold_out(paragraph: Node, mark: re.Match[str]) -> Node:
    """Cut a paragraph before a step's mark; the list with this step alone."""
    first = paragraph.first + paragraph.content.count("\n", 0, mark.start()) + 1
    body = Node("paragraph", first, paragraph.last, paragraph.content[mark.end() :])
    paragraph.content = paragraph.content[: mark.start()].rstrip()
    paragraph.last = first
    item = Node("list_item", first, body.last, info=mark[1], children=[body])
    return Node("ordered_list", first, body.last, markup=mark[2], children=[item])


def _belongs(node: Node, before: Node, shown: Sequence[str]) -> bool:
    if before.kind not in _LISTS or node.kind in ("heading", before.kind):
        return False
    if before.kind == "ordered_list" and node.kind in _CODE:
        return True
    margin = _margin(before, shown)
    return margin is not None and _indent(node, shown) > margin


def _continued(joined: Sequence[Node], lists: list[int], node: Node) -> int | None:
    """The nearest list that `node` goes on with; lists behind it are none any more."""
    for rank in range(len(lists) - 1, -1, -1):
        at = lists[rank]
        if _goes_on(joined[at], joined[at + 1 :], node):
            del lists[rank + 1 :]
            return at
    return None


def _goes_on(before: Node, between: Sequence[Node], after: Node) -> bool:
    if before.markup != after.markup:
        return False
    first = int(after.children[0].info)
    if first > 1 and first == numbers(before)[-1] + 1:
        return True
    written = {item.info for item in (*before.children, *after.children)}
    return written == {"1"} and all(node.kind in _CODE_LIKE for node in between)


def _join(before: Node, between: Sequence[Node], after: Node) -> None:
    before.children[-1].children += between
    before.children += after.children
    before.last = after.last
    before.loose = True
