"""Marks around Markdown that its block rules do not know: admonitions, tabs, imports, components.

They are taken out of the lines before those are parsed, so that what they enclose is Markdown like
the rest; where an admonition stood is kept as a region of lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ftdata.documents.markdown_lines import Lines
from ftdata.documents.markdown_tree import Region

LABELS = frozenset(
    re.findall(
        r"\w+",
        "abstract alert attention callout caution danger error example hint important info note "
        "notice question quote seealso success summary tip todo warning",
    )
)

_MARK = re.compile(
    r"^[ \t]*(?:(?P<fence>`{3,}+(?=[^`\n]*+$)|~{3,}+)|(?P<colons>:{3,}+)"
    r"|(?P<indented>!!!|\?\?\?\+?)[ ]|(?P<tab>===[!+]?[ ](?=\"))|(?P<shortcode>\{\{[<%]|\{%)"
    r"|(?P<module>import|export)[ ]|(?P<component></?[A-Z])|(?P<comment>\{/\*)"
    r"|(?P<call>\$[A-Z]{1,3}[ \t\r]*$))",
    re.MULTILINE,
)
_ANY = re.compile(
    r"^[ \t]*(?::::|!!! |\?\?\?|=== |\{\{[<%]|\{[%/]|(?:import|export) |</?[A-Z]|\$[A-Z])",
    re.MULTILINE,
)
_COLONS = re.compile(r":+\s*\{?([A-Za-z]\w*)?\}?\s*(?:\[([^\]\n]*)\]|(.*))$")
_INDENTED = re.compile(r"\S+\s+(\w+)[^\"\n]*(?:\"([^\"\n]*)\")?")
_QUOTED = re.compile(r"\"([^\"\n]*)\"")
_SHORTCODE = re.compile(r"\{[{%][<%]?-?\s*(/?)\s*(\w*)(.*?)-?[>%]?[%}]\}\s*$")
_COMPONENT = re.compile(r"(</?)([A-Z][\w.]*+)((?:\s[^<>]*+)?)>[ \t\r]*$", re.MULTILINE)
_NAMED = re.compile(r"\b(?:label|title|name)\s*=\s*[\"']([^\"'\n]*)[\"']")
_MODULE = re.compile(
    r"import\s+(?:[\"']|.*\sfrom\s+[\"'])|export\s+(?:default|const|let|var|function|class|\{|\*)"
)
_QUOTE_LABEL = re.compile(r"(?:\[!(\w+)\][-+]?\s*|(?:\*\*|__)(\w+):?(?:\*\*|__):?)", re.ASCII)
_INDENT = 4


@dataclass
class _Marks:
    """What was found so far, and the marks that are still open."""

    lines: Lines
    mdx: bool
    regions: list[Region] = field(default_factory=list)
    open: list[tuple[str, int, str, tuple[int, int]]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # of the marks that are open
    fence: str = ""
    done: int = -1  # the last line of a mark of several lines

    def begin(self, mark: str, line: int, label: str, title: tuple[int, int]) -> None:
        self.open.append((mark, line, label, title))
        self.counts[mark] += 1

    def close(self, mark: str, line: int) -> None:
        """The nearest open mark of this kind ends here; those inside of it end with it."""
        while self.counts[mark]:
            found, first, label, title = self.open.pop()
            self.counts[found] -= 1
            if found == mark:
                if label:
                    self.regions.append(Region(first, line, label, title))
                return


def take_marks(lines: Lines, *, mdx: bool) -> list[Region]:
    """Hide marks in the lines; the outermost of the admonitions that they make, in order."""
    if not _ANY.search(lines.text):
        return []
    marks = _Marks(lines, mdx)
    for found in _MARK.finditer(lines.text):
        line = bisect_right(lines.starts, found.start()) - 1
        kind = found.lastgroup or ""
        if kind == "fence":
            _follow_fence(marks, line, found[kind])
        elif not marks.fence and line > marks.done and lines.shown[line].strip():
            _TAKERS[kind](marks, line, found.start(kind))
    return _outermost(marks.regions)


def _follow_fence(marks: _Marks, line: int, mark: str) -> None:
    if not marks.fence:
        marks.fence = mark
    elif mark.startswith(marks.fence) and not marks.lines.shown[line].strip(" \t`~"):
        marks.fence = ""


def _outermost(regions: list[Region]) -> list[Region]:
    kept: list[Region] = []
    for region in sorted(regions, key=lambda region: (region.first, -region.last)):
        if not kept or region.first > kept[-1].last:
            kept.append(region)
    return kept


def _take_colons(marks: _Marks, line: int, start: int) -> None:
    """`:::note Title` to `:::`, of Docusaurus and Pandoc."""
    lines = marks.lines
    found = _COLONS.match(lines.text, start, lines.stops[line])
    colons = lines.text[start : lines.stops[line]]
    mark = ":" * (len(colons) - len(colons.lstrip(":")))
    lines.blank(line)
    if found is None or not found[1]:
        marks.close(mark, line)
        return
    at = 2 if found[2] else 3
    titled = bool((found[at] or "").strip()) and found[at][0] != "{"
    label = found[1].lower()
    known = label if titled or label in LABELS else ""
    marks.begin(mark, line, known, found.span(at if titled else 1))


def _take_indented(marks: _Marks, line: int, start: int) -> None:
    """`!!! note "Title"` and what is indented below it, of Python-Markdown."""
    lines = marks.lines
    found = _INDENTED.match(lines.text, start, lines.stops[line])
    if found is None:
        return
    margin = start - lines.starts[line]
    lines.blank(line)
    last = _dedent(lines, line + 1, margin)
    marks.regions.append(Region(line, last, found[1].lower(), found.span(2 if found[2] else 1)))


def _take_tab(marks: _Marks, line: int, start: int) -> None:
    """`=== "Linux"` and what is indented below it: the label becomes a paragraph."""
    lines = marks.lines
    found = _QUOTED.search(lines.text, start, lines.stops[line])
    if found is None:
        return
    shift = lines.ends[line] - len(lines.shown[line])
    lines.keep(line, found.start(1) - shift, found.end(1) - shift)
    _dedent(lines, line + 1, start - lines.starts[line])


def _dedent(lines: Lines, first: int, margin: int) -> int:
    """Take four columns off the lines below a mark; the last of them."""
    last = first - 1
    for line in range(first, len(lines.shown)):
        shown = lines.shown[line]
        if not shown.strip():
            continue
        tab = shown.startswith("\t")
        if not tab and shown[: margin + _INDENT].strip(" "):
            break
        lines.keep(line, 1 if tab else _INDENT, len(shown))
        last = line
    return last


def _take_shortcode(marks: _Marks, line: int, start: int) -> None:
    """`{{% note %}}` and `{% raw %}` on lines of their own, of Hugo, Jekyll and Docsy."""
    lines = marks.lines
    found = _SHORTCODE.match(lines.text, start, lines.stops[line])
    if found is None:
        return
    closing, name, rest = found[1], found[2].lower(), found[3]
    label = name if name in LABELS else ""
    if name == "hint" and rest.split() and rest.split()[0] in LABELS:
        label = rest.split()[0]
    named = _NAMED.search(lines.text, *found.span(3)) or _QUOTED.search(lines.text, *found.span(3))
    if name == "tab" and named is not None:
        shift = lines.ends[line] - len(lines.shown[line])
        lines.keep(line, named.start(1) - shift, named.end(1) - shift)
        return
    lines.blank(line)
    if closing or name.startswith("end"):
        marks.close("{" + name.removeprefix("end"), line)
    elif label:
        marks.begin("{" + name, line, label, named.span(1) if named else found.span(2))


def _take_module(marks: _Marks, line: int, start: int) -> None:
    """`import … from '…'` and `export …` up to an empty line, of MDX."""
    lines = marks.lines
    if not _MODULE.match(lines.text, start, lines.stops[line]):
        return
    quoted = "'" in lines.shown[line] or '"' in lines.shown[line]
    if not marks.mdx and not (quoted and lines.shown[line].rstrip().endswith(("'", '"', ";"))):
        return
    while line < len(lines.shown) and lines.shown[line].strip():
        lines.blank(line)
        marks.done = line
        line += 1
        if not marks.mdx:
            return


def _take_component(marks: _Marks, line: int, start: int) -> None:
    """`<TabItem label="Linux">` alone on its line, of MDX: its label becomes a paragraph."""
    lines = marks.lines
    found = _COMPONENT.match(lines.text, start)
    if found is None:
        return
    last = bisect_right(lines.starts, found.end()) - 1
    named = _NAMED.search(lines.text, *found.span(3))
    kept = None
    if named is not None and "tab" in found[2].lower():
        kept = bisect_right(lines.starts, named.start(1)) - 1
    for hidden in range(line, last + 1):
        if hidden == kept and named is not None:
            shift = lines.ends[hidden] - len(lines.shown[hidden])
            lines.keep(hidden, named.start(1) - shift, named.end(1) - shift)
        else:
            lines.blank(hidden)
    marks.done = last
    label = found[2].lower()
    if found[1] == "</":
        marks.close("<" + label, last)
    elif label in LABELS and not found[3].endswith("/"):
        marks.begin("<" + label, line, label, named.span(1) if named else found.span(2))


def _take_comment(marks: _Marks, line: int, start: int) -> None:
    """`{/* … */}`, of MDX."""
    lines = marks.lines
    end = lines.text.find("*/}", start) if marks.mdx else -1
    if end < 0 or lines.text[end + 3 : lines.text.find("\n", end)].strip():
        return
    marks.done = bisect_right(lines.starts, end) - 1
    for hidden in range(line, marks.done + 1):
        lines.blank(hidden)


def _take_call(marks: _Marks, line: int, start: int) -> None:
    """`$CTA`, `$E` and the like alone on their line, of Govspeak."""
    if marks.lines.starts[line] == start:
        marks.lines.blank(line)


_TAKERS: dict[str, Callable[[_Marks, int, int], None]] = {
    "colons": _take_colons,
    "indented": _take_indented,
    "tab": _take_tab,
    "shortcode": _take_shortcode,
    "module": _take_module,
    "component": _take_component,
    "comment": _take_comment,
    "call": _take_call,
}


def quote_label(content: str) -> tuple[str, int] | None:
    """What a quote that starts with `[!NOTE]` or `**Note:**` is, and where its words begin."""
    found = _QUOTE_LABEL.match(content)
    label = (found[1] or found[2]).lower() if found else ""
    return (label, found.end()) if found and label in LABELS else None
