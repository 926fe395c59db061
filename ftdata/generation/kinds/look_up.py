"""look_up: one row of a table, one option, one entry of a list of named things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from ftdata.generation.drafts import Draft, Part, draft, range_part
from ftdata.generation.draw import Draw
from ftdata.generation.headings import is_plural
from ftdata.generation.view import View, without_markup
from ftdata.generation.wording import Wordings, choose, in_context
from ftdata.sections import Block, join_parts

_OPTION = re.compile(
    r"^[ \t]{0,12}(?:(?P<short>-\w), )?(?P<flag>--[a-z][\w-]{1,40})(?P<value>(?:["
    r" =\[<][^\s]{1,40})?)"
    r"[ \t]{2,40}(?P<text>\S[^\n]{15,400})$",
    re.MULTILINE,
)
_ENTRY = re.compile(
    r"(?:[-*+]|\d+[.)])[ \t]+(?P<name>\*\*[^*\n]{2,50}\*\*|`[^`\n]{2,50}`"
    r"|\[[^\]\n]{2,50}\]\([^)\s]{1,200}\))"
    r"(?:[ \t]*(?::|-|–|—)|(?<=:\*\*))[ \t]+(?P<text>\S.{25,})",
    re.DOTALL,
)
_MOST = 2  # of one section
_FLAG = re.compile(r"`?--?\w|`?/\w")

OPTION: Wordings = {
    "direct": ("What does {x} do{in_}?", "What is {x} for{in_}?", "When would I use {x}{in_}?"),
    "short": ("Meaning of {x}{in_}?", "{x}{in_}?"),
    "formal": ("Could you please explain the option {x}{in_}?",),
    "casual": ("what's {x} good for{in_}?", "saw {x}{in_}, what does that do?"),
    "implicit": ("I came across {x}{in_} in a script.", "I'm not sure whether I need {x}{in_}."),
    "long": ("I'm reviewing a script that passes {x}{in_}. What effect does that have?",),
}
ENTRY: Wordings = {
    "direct": (
        "What {be} {x}?",
        "What does the documentation say about {x}?",
        "What {be} {x} about?",
    ),
    "short": ("{x}: what {be} that?", "Meaning of {x}?"),
    "formal": ("Could you please tell me what {x} {be}?",),
    "casual": ("what {be} {x} for?", "{x} - what's that?"),
    "implicit": ("I stumbled over {x} and can't place it.",),
    "long": ("I'm going through the docs and don't understand {x}. What's meant by that?",),
}
ROW: Wordings = {
    "direct": (
        "What {be} the {c} {of} {x}?",
        "Which {c} applies to {x}?",
        "Can you tell me the {c} {of} {x}?",
    ),
    "short": ("{c} {of} {x}?", "{x}: {c}?"),
    "formal": ("Could you please look up the {c} {of} {x}?",),
    "casual": ("what {be} the {c} for {x}?", "need the {c} {of} {x}"),
    "implicit": ("I need to know the {c} {of} {x}.",),
    "long": ("I'm filling in a form and can't remember the {c} {of} {x}. Could you look it up?",),
}
LINE: Wordings = {  # the head of the column is no noun: "What to do", "Required?"
    "direct": ("What does the table say about {x}?", "What do I find in the table under {x}?"),
    "short": ("{x}: what's in the table?",),
    "formal": ("Could you please look up {x} in the table?",),
    "casual": ("what's listed for {x}?",),
    "implicit": ("I can't find the line on {x} in the table.",),
}
_NO_NOUN = re.compile(
    r"(?:what|how|when|where|who|whom|why|which|can|do|does|is|are|may|must|should|if|to|in|on|at|for"
    r"|from|with|by|after|before|then|afterwards?|not|use|used|see|applies|required|allowed|included"
    r"|enabled|supported|available|optional|yes|no|we|you|it|\d\S*)\b",
    re.IGNORECASE,
)
_TAKES_OF = frozenset(
    {"meaning", "type", "default", "name", "description", "value", "purpose", "size", "length"}
)


class _Found(NamedTuple):
    """Something that can be looked up."""

    name: str
    wordings: Wordings
    column: str
    part: Callable[[], Part]  # made for those that are drawn


def look_up(view: View, draw: Draw) -> Iterator[Draft]:
    """Some of the things that the section lists, drawn."""
    if view.language != "en":
        return
    found = [one for block in view.blocks for one in _all(block)]
    if not found:
        return
    for _ in range(min(_MOST, len(found))):
        yield _asked(view, draw, found.pop(int(draw.unit() * len(found))))


def _asked(view: View, draw: Draw, one: _Found) -> Draft:
    subject = view.subject
    wordings = one.wordings
    if wordings is OPTION:
        is_command = subject is not None and subject.form in {"command", "topic", "alert"}
        inside = f" in {subject.phrase}" if subject and is_command else ""
        wording = choose(draw, wordings, x=one.name, in_=inside)
        return draft("look_up", wording, one.part())
    be = "are" if is_plural(one.name) else "is"
    of = "of" if one.column in _TAKES_OF else "for"
    if wordings is ROW:
        be = "are" if is_plural(one.column) else "is"
        wordings = LINE if _NO_NOUN.match(one.column) or one.column.endswith("?") else ROW
    x = view.inside(one.name)
    style, prompt = choose(draw, wordings, x=x, c=one.column, be=be, of=of)
    return draft("look_up", (style, in_context(prompt, subject, draw)), one.part())


def _all(block: Block) -> Iterator[_Found]:
    if block.kind == "code" and "--" in block.text:
        yield from _options(block)
    elif block.kind == "list":
        yield from _entries(block)
    elif block.kind == "table":
        yield from _rows(block)
    elif block.kind == "definition" and _FLAG.match(block.label) and len(block.label) < 70:
        name = block.label if block.label[:1] == "`" else f"`{block.label}`"
        yield _Found(name, OPTION, "", partial(range_part, block, 0, len(block.text)))


def _options(block: Block) -> Iterator[_Found]:
    for found in _OPTION.finditer(block.text):
        yield _Found(f"`{found['flag']}`", OPTION, "", partial(_glued, block, found))


def _glued(block: Block, found: re.Match[str]) -> Part:
    """`flag`: text."""
    flag = range_part(block, *found.span("flag"))
    text = range_part(block, *found.span("text"))
    head = join_parts([("`", ()), flag], "")
    return join_parts([head, text], "`: ")


def _entries(block: Block) -> Iterator[_Found]:
    for start, end in block.items:
        found = _ENTRY.match(block.text, start, end)
        if found and "\n\n" not in found["text"].strip():
            name = without_markup(found["name"]).rstrip(":").strip()
            wordings = OPTION if _FLAG.match(name) else ENTRY
            answer = partial(range_part, block, found.start("name"), end)
            yield _Found(name, wordings, "", answer)


def _rows(block: Block) -> Iterator[_Found]:
    """Rows, asked for by their first cell and the head of another column."""
    if not block.items:
        return
    head_text = block.text[: block.items[0][0]]
    heads = _cells(head_text.split("\n", 1)[0])
    if len(heads) < 2 or not all(heads):
        return
    for number, (start, end) in enumerate(block.items):
        cells = _cells(block.text[start:end])
        if (
            len(cells) != len(heads)
            or not 1 < len(cells[0]) < 60
            or not re.search(r"[^\W\d_]", cells[0])
        ):
            continue
        filled = [n for n in range(1, len(heads)) if re.search(r"\w", cells[n])]
        if filled:
            column = heads[filled[number % len(filled)]]
            column = column.lower() if column.istitle() or column[1:].islower() else column
            yield _Found(cells[0], ROW, column, partial(_row, block, start, end))


def _row(block: Block, start: int, end: int) -> Part:
    """A row below the head of its table."""
    head = range_part(block, 0, block.items[0][0])
    return join_parts([head, range_part(block, start, end)], "\n")


def _cells(row: str) -> list[str]:
    return [without_markup(cell) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
