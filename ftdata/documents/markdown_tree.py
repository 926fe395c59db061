"""The tree of a Markdown document: nodes made of markdown-it's tokens, continued lists joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

_LISTS = ("ordered_list_close", "bullet_list_close")
_CODE_LIKE = frozenset({"fence", "code_block", "html_block", "table", "blockquote", "admonition"})


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
    children: list[Node] = field(default_factory=list)


def build_tree(tokens: Sequence[Token]) -> list[Node]:
    """The blocks that tokens of a parse without inline rules stand for."""
    root: list[Node] = []
    stack = [root]
    for token in tokens:
        if token.nesting == -1:
            children = stack.pop()
            if token.type in _LISTS:
                stack[-1][-1].loose = any(
                    child.kind == "paragraph" and not child.tight
                    for item in children
                    for child in item.children
                )
                for item in children:
                    item.children = join_lists(item.children)
            continue
        if token.type == "inline":
            parents = stack[-2]
            parents[-1].content = token.content
            continue
        node = _node(token)
        stack[-1].append(node)
        if token.nesting == 1:
            stack.append(node.children)
    return root


def _node(token: Token) -> Node:
    first, last = token.map or (0, 0)
    kind = token.type.removesuffix("_open")
    return Node(
        kind,
        first,
        last,
        token.content,
        token.info,
        token.markup,
        tight=token.hidden,
        level=int(token.tag[1]) if kind == "heading" else 0,
    )


def numbers(node: Node) -> list[int]:
    """The numbers of an ordered list: its author's where they rise, else counted from the first."""
    written = [int(item.info) for item in node.children]
    if all(low < high for low, high in pairwise(written)):
        return written
    return list(range(written[0], written[0] + len(written)))


def join_lists(nodes: list[Node]) -> list[Node]:
    """Blocks in which an ordered list that goes on after an interruption is one list again.

    A list goes on where the next one's first number follows its last, no heading between them; or
    where both count `1. 1. 1.` and only code and the like stands between. What stands between then
    belongs to the step before it.
    """
    joined: list[Node] = []
    lists: list[int] = []  # where in `joined` ordered lists stand since the last heading
    for node in nodes:
        if node.kind == "heading":
            lists.clear()
        if node.kind != "ordered_list":
            joined.append(node)
            continue
        at = next((i for i in reversed(lists) if _goes_on(joined[i], joined[i + 1 :], node)), None)
        if at is None:
            lists.append(len(joined))
            joined.append(node)
            continue
        _join(joined[at], joined[at + 1 :], node)
        del joined[at + 1 :]
        del lists[lists.index(at) + 1 :]
    return joined


def _goes_on(before: Node, between: list[Node], after: Node) -> bool:
    if before.markup != after.markup:
        return False
    first = int(after.children[0].info)
    if first > 1 and first == numbers(before)[-1] + 1:
        return True
    written = {item.info for item in before.children + after.children}
    return written == {"1"} and bool(between) and all(n.kind in _CODE_LIKE for n in between)


def _join(before: Node, between: list[Node], after: Node) -> None:
    before.children[-1].children += between
    before.children[-1].last = after.first
    before.children += after.children
    before.last = after.last
    before.loose = before.loose or after.loose or bool(between)
