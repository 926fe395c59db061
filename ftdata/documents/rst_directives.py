"""Directives of docutils and Sphinx: which have something to read, and what it is.

What a reader of the made page does not see, or sees as a picture or a list of links, is left out. A
directive that is not known keeps its title and its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ftdata.documents.rst_lines import Lines, Node, Range
from ftdata.documents.rst_tables import csv_rows, list_rows, table_node

Inside = Callable[[int, int], list[Node]]

_DIRECTIVE = re.compile(r"([A-Za-z][\w.+-]{0,60}(?::[\w.+-]{1,60}){0,3})[ ]?::(?=[ \t]|$)")
_OPTION = re.compile(r":([\w-]{1,60}):(?=[ \t]|$)")


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_LEFT_OUT = _names(
    "aafig actdiag autoclass autoexception autofunction automethod automodule autosummary "
    "blockdiag codeauthor contents currentmodule date default-domain default-role digraph footer "
    "graph graphviz header highlight highlightlang image include index inheritance-diagram "
    "literalinclude mermaid meta moduleauthor nwdiag plantuml program raw role sectionauthor "
    "sectnum section-numbering seqdiag tabularcolumns target-notes title toctree todo todolist "
    "uml unicode youtube"
)
_ADMONITIONS = _names("attention caution danger error hint important note seealso tip warning")
_TITLED = _names("admonition sidebar topic")
_VERSIONS = _names("deprecated versionadded versionchanged versionremoved")
_CODE = _names(
    "code code-block doctest ipython math parsed-literal productionlist prompt sourcecode "
    "testcode testoutput"
)
_WITH_LANGUAGE = _names("code code-block sourcecode")
_WITHOUT_TITLE = _names(
    "class-doc compound container figure glossary hlist ifconfig only rst-class"
)
_OBJECTS = _names(
    "attribute class classmethod cmdoption confval data decorator describe envvar exception "
    "function macro member method module object opcode option property setting staticmethod type "
    "var"
)
_QUOTES = _names("epigraph highlights pull-quote")


@dataclass
class Directive:
    """A directive's parts: `first` to `last` are the lines of its content."""

    name: str
    line: int
    place: Range  # of the name
    argument: Range
    first: int
    last: int
    more: list[Range] = field(default_factory=list)  # further lines of the argument
    options: dict[str, Range] = field(default_factory=dict)


def read_directive(lines: Lines, line: int, end: int, start: int) -> Directive | None:
    """The directive that begins at `start` and takes the lines up to `end`; None for a comment."""
    stop = lines.stops[line]
    found = _DIRECTIVE.match(lines.text, start, stop)
    if found is None:
        return None
    after = found.end()
    while after < stop and lines.text[after] in " \t":
        after += 1
    name = found[1].lower()
    directive = Directive(name, line, found.span(1), (after, stop), line + 1, end)
    if _is_object(name):
        while directive.first < end and not _is_option(lines, directive.first):
            if lines.indents[directive.first] < 0:
                break
            directive.more.append(lines.range(directive.first))
            directive.first += 1
    _take_options(lines, directive)
    return directive


def _is_object(name: str) -> bool:
    return ":" in name or name in _OBJECTS


def _is_option(lines: Lines, line: int) -> re.Match[str] | None:
    return _OPTION.match(lines.text, *lines.range(line))


def _take_options(lines: Lines, directive: Directive) -> None:
    at, end = directive.first, directive.last
    while at < end and lines.indents[at] >= 0:
        found = _is_option(lines, at)
        if found is None:
            break
        directive.options[found[1]] = (found.end(), lines.stops[at])
        indent = lines.indents[at]
        at += 1
        while at < end and lines.indents[at] > indent:
            at += 1
    for line in range(directive.first, at):
        lines.indents[line] = -1
    directive.first = at


def directive_nodes(lines: Lines, directive: Directive, inside: Inside) -> list[Node]:
    """The elements that a directive stands for; `inside` reads the elements in a range of lines."""
    name = directive.name
    if name in _LEFT_OUT:
        return []
    for names, read in _READERS:
        if name in names:
            return read(lines, directive, inside)
    if _is_object(name):
        return _object(lines, directive, inside)
    content = inside(directive.first, directive.last)
    if not content or name in _WITHOUT_TITLE:
        return content
    return [*_title(directive), *content]


def _title(directive: Directive) -> list[Node]:
    start, stop = directive.argument
    return [Node("strong", directive.line, [(start, stop)])] if start < stop else []


def _admonition(lines: Lines, directive: Directive, inside: Inside) -> list[Node]:
    node = Node("admonition", directive.line, name=directive.name)
    node.items = [_content(lines, directive, directive.argument[0], inside)]
    return [node]


def _content(lines: Lines, directive: Directive, start: int, inside: Inside) -> list[Node]:
    """Content that may begin on the directive's own line, at `start`."""
    line = directive.line
    column = lines.column(directive.first, directive.last)
    lines.begin(line, start, column if column >= 0 else lines.indents[line] + 3)
    return inside(line, directive.last)


def _titled(_: Lines, directive: Directive, inside: Inside) -> list[Node]:
    content = inside(directive.first, directive.last)
    node = Node("admonition", directive.line, name=directive.name)
    node.items = [[*_title(directive), *content]]
    return [node]


def _version(lines: Lines, directive: Directive, inside: Inside) -> list[Node]:
    """`versionadded:: 1.2` says what its text does not: name and version go before it."""
    start, stop = directive.argument
    version = lines.text[start:stop].split(maxsplit=1)
    end = start + len(version[0]) if version else start
    node = Node("admonition", directive.line, name=directive.name)
    node.ranges = [directive.place, (start, end)]
    while end < stop and lines.text[end] in " \t":
        end += 1
    node.items = [_content(lines, directive, end, inside)]
    return [node]


def _code(lines: Lines, directive: Directive, _: Inside) -> list[Node]:
    ranges = lines.verbatim(directive.first, directive.last)
    if not ranges:
        return []
    node = Node("code", directive.line, ranges)
    start, stop = directive.argument
    language = lines.text[start:stop].split(maxsplit=1)
    if language and directive.name in _WITH_LANGUAGE and language[0].lower() != "none":
        node.label = (start, start + len(language[0]))
        node.name = language[0].lower()
    return [node]


def _object(_: Lines, directive: Directive, inside: Inside) -> list[Node]:
    """An option, a function or whatever else is described: a definition of its signatures."""
    start, stop = directive.argument
    content = inside(directive.first, directive.last)
    if start == stop:
        return content
    node = Node("definition", directive.line, [(start, stop), *directive.more], name="option")
    node.items = [content]
    return [node]


def _quote(_: Lines, directive: Directive, inside: Inside) -> list[Node]:
    return [Node("quote", directive.line, items=[inside(directive.first, directive.last)])]


def _strong(_: Lines, directive: Directive, __: Inside) -> list[Node]:
    return _title(directive)


def _table(lines: Lines, directive: Directive, inside: Inside) -> list[Node]:
    if directive.name == "table":
        return [*_title(directive), *inside(directive.first, directive.last)]
    heads = _number(lines, directive.options.get("header-rows"))
    if directive.name == "list-table":
        rows = list_rows(inside(directive.first, directive.last))
    else:
        rows, heads = _csv(lines, directive, heads)
    node = table_node(directive.line, rows, heads)
    return [*_title(directive), node] if node else []


def _csv(lines: Lines, directive: Directive, heads: int) -> tuple[list[list[list[Range]]], int]:
    given = directive.options.get("delim")
    comma = lines.text[slice(*given)].strip() if given else ","
    comma = {"tab": "\t", "space": " "}.get(comma, comma[:1] or ",")
    rows = []
    header = directive.options.get("header")
    if header:
        rows += csv_rows(lines.text, *header, comma)
        heads = len(rows)
    first, last = directive.first, directive.last
    if first < last and lines.column(first, last) >= 0:
        rows += csv_rows(lines.text, lines.firsts[first], lines.stops[last - 1], comma)
    return rows, heads


def _number(lines: Lines, given: Range | None) -> int:
    said = lines.text[slice(*given)].strip() if given else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0


_READERS: tuple[tuple[frozenset[str], Callable[[Lines, Directive, Inside], list[Node]]], ...] = (
    (_ADMONITIONS, _admonition),
    (_TITLED, _titled),
    (_VERSIONS, _version),
    (_CODE, _code),
    (_QUOTES, _quote),
    (_names("rubric centered"), _strong),
    (_names("table list-table csv-table"), _table),
)
