"""Body elements of reStructuredText: which lines make which, as docutils' manual has it.

More lenient than docutils where authors are: a list's lines may stand one column off, an item may
be followed by text without an empty line, steps go on after what stands between them.
"""

from __future__ import annotations

import re

from ftdata.documents.rst_directives import Directive, directive_nodes, read_directive
from ftdata.documents.rst_lines import Lines, Node
from ftdata.documents.rst_steps import ENUMERATOR, joined_steps, numbered
from ftdata.documents.rst_tables import grid_table, is_grid_border, is_simple_border, simple_table

_DEEPEST = 20  # elements inside one another; what is deeper is read as text
_BULLETS = frozenset("-*+•‣⁃")
_FIELD = re.compile(r":(?=[^\s:])([^:\n`]{1,100}):(?=[ \t]|$)")
_OPTIONS = re.compile(
    r"(?:-\w|--?[A-Za-z][\w-]{1,60}+|/[A-Z])(?:[ =]?<[^<>\n]{1,60}+>|[ =][A-Za-z][\w.-]{0,60}+)?+"
    r"(?:, (?:-\w|--?[A-Za-z][\w-]{1,60}+)(?:[ =]?<[^<>\n]{1,60}+>|[ =][A-Za-z][\w.-]{0,60}+)?+)*+"
    r"(?=  |$)"
)
_FOOTNOTE = re.compile(r"\[([#*]?[\w.+-]{0,80})\](?=[ \t]|$)")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*$")


class Scanner:
    """Reads lines once, from top to bottom; the state is what the lines have become."""

    def __init__(self, lines: Lines) -> None:
        """`lines` lose the marks that are read."""
        self.lines = lines
        self.text = lines.text
        self.depth = 0

    def document(self) -> list[Node]:
        """All elements, titles among them."""
        return self._scan(0, len(self.lines.indents), 0)

    def inside(self, first: int, last: int) -> list[Node]:
        """The elements that stand inside another."""
        column = self.lines.column(first, last)
        if column < 0:
            return []
        if self.depth >= _DEEPEST:
            ranges = [self.lines.range(at) for at in range(first, last) if self.lines.row(at)]
            return [Node("paragraph", first, ranges)]
        self.depth += 1
        nodes = self._scan(first, last, column)
        self.depth -= 1
        return nodes

    def _scan(self, line: int, last: int, column: int) -> list[Node]:
        nodes: list[Node] = []
        indents = self.lines.indents
        while line < last:
            if indents[line] < 0:
                line += 1
            elif indents[line] > column:
                line = self._quote(line, last, column, nodes)
            else:
                line = self._element(line, last, nodes)
        for node in nodes:
            node.is_tight = node.line > 0 and indents[node.line - 1] >= 0
        return joined_steps(nodes)

    def _quote(self, line: int, last: int, column: int, nodes: list[Node]) -> int:
        """Indented lines: a quote, if they are paragraphs; else what they are, less the indent."""
        end = self.lines.body_end(line, last, column)
        found = self.inside(line, end)
        if found and all(node.kind in {"paragraph", "quote"} for node in found):
            nodes.append(Node("quote", line, items=[found]))
        else:
            nodes.extend(found)
        return end

    def _element(self, line: int, last: int, nodes: list[Node]) -> int:
        """Read the element that begins at a line; the line behind it."""
        first, stop = self.lines.range(line)
        text = self.text
        character = text[first]
        spaced = first + 1 == stop or text[first + 1] in " \t"
        if character.isalnum() or character in "#(":
            found = ENUMERATOR.match(text, first, stop)
            if found and self._is_step(line, last):
                return self._steps(line, last, nodes)
        elif character in _BULLETS and spaced:
            return self._bullets(line, last, nodes)
        elif character == "|" and spaced:
            return self._line_block(line, last, nodes)
        elif character == "." and text.startswith("..", first):
            if first + 2 == stop or text[first + 2] in " \t":
                return self._explicit(line, last, nodes)
        elif character in "-/:>_+=":
            end = self._marked(line, last, nodes)
            if end:
                return end
        return self._text(line, last, nodes)

    def _marked(self, line: int, last: int, nodes: list[Node]) -> int:
        """Elements that a less usual mark begins; 0 where it is none of them."""
        first, stop = self.lines.range(line)
        text = self.text
        if text.startswith("__ ", first):
            return line + 1
        if text.startswith(">>> ", first):
            end = self.lines.paragraph_end(line, last)
            nodes.append(Node("code", line, self.lines.verbatim(line, end), name="python"))
            return end
        row = text[first:stop]
        if is_grid_border(row):
            return grid_table(self.lines, line, last, nodes)
        if is_simple_border(row):
            return simple_table(self.lines, line, last, nodes)
        found = (_FIELD if text[first] == ":" else _OPTIONS).match(text, first, stop)
        return self._described(line, last, found, nodes) if found else 0

    def _described(self, line: int, last: int, found: re.Match[str], nodes: list[Node]) -> int:
        """A field or an option, with its description."""
        end = self.lines.body_end(line, last, self.lines.indents[line])
        is_field = found.group()[0] == ":"
        if not is_field and found.end() == self.lines.stops[line] and end == line + 1:
            return 0
        node = Node("definition", line, [found.span(1) if is_field else found.span()])
        node.name = "field" if is_field else "option"
        node.items = [self._item(line, end, found.end())]
        nodes.append(node)
        return end

    def _item(self, line: int, end: int, after: int) -> list[Node]:
        """What stands behind a mark, and the lines that belong to it."""
        lines = self.lines
        stop = lines.stops[line]
        start = after
        while start < stop and self.text[start] in " \t":
            start += 1
        column = lines.column(line + 1, end)
        own = lines.indents[line] + start - lines.firsts[line]
        nearest = own if self.text.endswith("::", start, stop) else own + 1
        lines.begin(line, start, column if 0 <= column <= nearest else own)
        return self.inside(line, end)

    def _bullets(self, line: int, last: int, nodes: list[Node]) -> int:
        lines, text = self.lines, self.text
        node = Node("list", line)
        indent, mark = lines.indents[line], text[lines.firsts[line]]
        end = line
        while line < last and lines.indents[line] == indent:
            first = lines.firsts[line]
            if text[first] != mark or text[first + 1 : first + 2] not in {
                " ",
                "\t",
                "\n",
                "\r",
                "",
            }:
                break
            end = lines.body_end(line, last, indent)
            node.items.append(self._item(line, end, first + 1))
            line = self._next(end, last)
        nodes.append(node)
        return end

    def _next(self, line: int, last: int) -> int:
        """The next line that is not empty."""
        while line < last and self.lines.indents[line] < 0:
            line += 1
        return line

    def _is_step(self, line: int, last: int) -> bool:
        """A line such as `A. Smith` that goes on below is text, and so is a lone `A.`."""
        first, stop = self.lines.range(line)
        if stop - first < 4 and " " not in self.text[first:stop]:
            return self.lines.body_end(line, last, self.lines.indents[line]) > line + 1
        if line + 1 >= last or self.lines.indents[line + 1] != self.lines.indents[line]:
            return True
        return ENUMERATOR.match(self.text, *self.lines.range(line + 1)) is not None

    def _steps(self, line: int, last: int, nodes: list[Node]) -> int:
        lines = self.lines
        node = Node("steps", line)
        indent = lines.indents[line]
        end, number, style = line, 0, ""
        while line < last and lines.indents[line] == indent:
            found = ENUMERATOR.match(self.text, *lines.range(line))
            if not found or (style and found["end"] != style[-1]) or not self._is_step(line, last):
                break
            kind, value = numbered(found, number)
            if not style:
                style, node.number = kind + found["end"], value
            elif kind != "auto" and (kind != style[:-1] or value not in {number, number + 1}):
                break
            number = value if kind != "auto" or not node.items else number + 1
            end = lines.body_end(line, last, indent)
            node.marks.append(found.span())
            node.items.append(self._item(line, end, found.end()))
            line = self._next(end, last)
        node.name = style
        nodes.append(node)
        return end

    def _line_block(self, line: int, last: int, nodes: list[Node]) -> int:
        node = Node("lines", line)
        lines = self.lines
        while line < last and self.text.startswith("|", lines.firsts[line]) and lines.row(line):
            start, stop = lines.firsts[line] + 1, lines.stops[line]
            node.ranges.append((start + (start < stop), stop))
            line += 1
        nodes.append(node)
        return line

    def _explicit(self, line: int, last: int, nodes: list[Node]) -> int:
        """Directives and footnotes; comments, targets and substitutions are left out."""
        lines, text = self.lines, self.text
        first, stop = lines.range(line)
        end = lines.body_end(line, last, lines.indents[line])
        start = first + 2
        while start < stop and text[start] in " \t":
            start += 1
        if start == stop:  # an empty comment takes no lines that follow an empty one
            return line + 1 if line + 1 >= last or lines.indents[line + 1] < 0 else end
        note = _FOOTNOTE.match(text, start, stop)
        if note:
            node = Node("footnote", line)
            mark = note[1].lstrip("#*")
            node.label = (note.end(1) - len(mark), note.end(1))
            node.items = [self._item(line, end, note.end())]
            nodes.append(node)
            return end
        directive: Directive | None = read_directive(lines, line, end, start)
        if directive is not None:
            nodes.extend(directive_nodes(lines, directive, self.inside))
        return end

    def _text(self, line: int, last: int, nodes: list[Node]) -> int:
        """A title, a definition or a paragraph, with the literal block that it announces."""
        lines = self.lines
        title = self._title(line, last)
        if title is not None:
            if self.depth:  # of no section: titles stand at the left edge only
                title.kind = "strong"
            nodes.append(title)
            return line + len(title.marks)
        if _RULE.match(self.text, *lines.range(line)) and self._is_alone(line, last):
            return line + 1 if lines.row(line) != "::" else self._literal(line, last, nodes)
        indent, end = lines.indents[line], line + 1
        if end < last and lines.indents[end] >= indent + 2 and not lines.row(line).endswith("::"):
            return self._definition(line, last, nodes)
        while end < last and 0 <= lines.indents[end] < indent + 2:
            end += 1
        start, stop = lines.firsts[line], lines.stops[end - 1]
        while self.text[start].isspace():
            start += 1
        if not self.text.endswith("::", start, stop):
            nodes.append(Node("paragraph", line, [(start, stop)]))
            return end
        shown = self.text[start:stop].rstrip(":")
        stop = start + len(shown.rstrip()) + (shown == shown.rstrip())
        if shown:
            nodes.append(Node("paragraph", line, [(start, stop)]))
        return self._literal(end - 1, last, nodes)

    def _is_alone(self, line: int, last: int) -> bool:
        lines = self.lines
        return lines.row(line) == "::" or (
            lines.stops[line] - lines.firsts[line] > 3
            and (line + 1 >= last or lines.indents[line + 1] < 0)
        )

    def _literal(self, line: int, last: int, nodes: list[Node]) -> int:
        """The literal block announced by a line: indented, or each of its lines quoted."""
        lines = self.lines
        first = self._next(line + 1, last)
        if first >= last:
            return line + 1
        indent = lines.indents[line]
        end = lines.body_end(line, last, indent)
        if end == line + 1 and lines.indents[first] == indent:
            mark = self.text[lines.firsts[first]]
            end = first
            while (
                end < last and not mark.isalnum() and self.text.startswith(mark, lines.firsts[end])
            ):
                end += 1
        if end > first:
            nodes.append(Node("code", first, lines.verbatim(first, end)))
            return end
        return line + 1

    def _definition(self, line: int, last: int, nodes: list[Node]) -> int:
        end = self.lines.body_end(line, last, self.lines.indents[line])
        start, stop = self.lines.range(line)
        colon = self.text[stop - 1] == ":" and stop - start > 1  # the answer has one of its own
        node = Node("definition", line, [(start, stop - colon)])
        node.items = [self.inside(line + 1, end)]
        nodes.append(node)
        return end

    def _title(self, line: int, last: int) -> Node | None:
        """A title with its under- and overline; `marks` are its lines, `name` is their style."""
        lines = self.lines
        first, stop = lines.range(line)
        rule = _RULE.match(self.text, first, stop)
        if rule is None or (line + 2 >= last or lines.row(line) != lines.row(line + 2)):
            return self._underlined(line, last)
        if lines.indents[line + 1] < 0 or stop - first < min(4, len(lines.row(line + 1))):
            return None
        node = Node("title", line, [lines.range(line + 1)], name=rule[1] * 2)
        node.marks = [lines.range(at) for at in (line, line + 1, line + 2)]
        return node

    def _underlined(self, line: int, last: int) -> Node | None:
        lines = self.lines
        if line + 1 >= last or lines.indents[line + 1] != lines.indents[line]:
            return None
        first, stop = lines.range(line + 1)
        rule = _RULE.match(self.text, first, stop)
        if rule is None or stop - first < min(4, len(lines.row(line))):
            return None
        node = Node("title", line, [lines.range(line)], name=rule[1])
        node.marks = [lines.range(line), (first, stop)]
        return node
