"""Inline markup of reStructuredText: what of a paragraph an answer shows, and what is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ftdata.documents.inline import Links, folded_label
from ftdata.documents.rst_lines import Range
from ftdata.documents.writer import Writer

Piece = Range | str

_TOKEN = re.compile(
    r"\\(?s:.)"
    r"|``(?P<literal>[^`]++(?:`(?!`)[^`]*+)*+)``"
    r"|(?<!`)`(?P<phrase>[^`\\]*+(?:\\(?s:.)[^`\\]*+)*+)`(?P<link>__?(?![\w`]))?"
    r"|\[(?P<note>[#*]?[\w.+-]{0,80})\]_(?!\w)"
    r"|\|(?P<name>[^\s|`][^|`\n]{0,99})\|_{0,2}"
    r"|(?<=\w)__?(?!\w)"
)
_MARKUP = re.compile(r"[\\`|]|\]_|\w_(?!\w)")
_ROLE_BEFORE = re.compile(r"(?<![\w:]):([A-Za-z][\w.+-]*+(?::[\w.+-]++)*+):$")
_ROLE_AFTER = re.compile(r":([A-Za-z][\w.+-]{0,40}+(?::[\w.+-]{1,40}+){0,3}+):")
_SIMPLE = re.compile(r"(?<![\w:.+-])[^\W_]\w*(?:[-.+:]\w+)*$")
_BREAK = re.compile(r"(?<![ \t\r\n])[ \t]*+(?:\r\n|\r|\n)\s*+|(?:\r\n|\r|\n)\s*+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:(?!:)|//")
_KEPT_ESCAPES = frozenset("*_`[]<>\\#")
_CODE_ROLES = frozenset(
    re.findall(
        r"\w+",
        "attr class cmd code command const data envvar exc file func literal makevar math meth "
        "mimetype mod obj opt option program regexp samp token var",
    )
)
_VERBATIM_ROLES = frozenset({"code", "file", "literal", "math", "samp"})  # `<` means itself
_NUMBERED_ROLES = frozenset({"cve", "cwe", "pep", "rfc"})  # Sphinx shows `PEP 8` for 8


@dataclass(frozen=True)
class References:
    """What a document's markup may refer to: where targets and replacements stand in it.

    `targets` are by folded label; of `substitutions`, those of images have no range.
    """

    links: Links = "absolute"
    targets: Mapping[str, Range] = field(default_factory=dict)
    substitutions: Mapping[str, Range | None] = field(default_factory=dict)


def write_inline(
    writer: Writer, start: int, end: int, references: References, glue: str = ""
) -> None:
    """Write a range of the document without its inline markup; `glue` goes where a line ends.

    Without `glue`, lines stay lines. Emphasis is the same in Markdown, and so is text in single
    back-ticks; of literals one of the two back-ticks stays at each side.
    """
    for piece in inline_pieces(writer.source, start, end, references):
        if isinstance(piece, str):
            writer.glue(piece)
        else:
            _write_lines(writer, *piece, glue)


def plain_text(text: str, start: int, end: int, references: References) -> str:
    """The words of a range without any markup: a heading, the term of a definition."""
    without = References("text", references.targets, references.substitutions)
    pieces = inline_pieces(text, start, end, without)
    shown = "".join(piece if isinstance(piece, str) else text[slice(*piece)] for piece in pieces)
    return " ".join(_unmarked(shown).split())


def _unmarked(text: str) -> str:
    text = text.replace("`", "").replace("\\", "") if "\\" in text else text.replace("`", "")
    for mark in ("**", "*"):
        if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
            text = text[len(mark) : -len(mark)]
    return text


def _write_lines(writer: Writer, start: int, end: int, glue: str) -> None:
    source = writer.source
    if source.find("\n", start, end) >= 0 or source.find("\r", start, end) >= 0:
        for found in _BREAK.finditer(source, start, end):
            writer.put(start, found.start())
            if not glue:
                writer.line()
            elif not writer.begins_line:
                writer.glue(glue)
            start = found.end()
    if start < end and writer.begins_line and source[start] == " ":
        start += 1
    writer.put(start, end)


def inline_pieces(text: str, start: int, end: int, references: References) -> Iterator[Piece]:
    """The ranges that stay, in order, and the markup that goes between them."""
    if not _MARKUP.search(text, start, end):
        yield start, end
        return
    done = at = start
    while found := _TOKEN.search(text, at, end):
        cut = _cut(text, start, found, references)
        at = found.end()
        if cut is None:
            if found.lastgroup == "name":  # its last bar may be another's first
                at = found.start() + 1
            continue
        first, last, pieces = max(cut[0], done), cut[1], cut[2]
        if not pieces and text[first] != "\\":
            first, last = _with_space(text, (done, end), first, last)
        if done < first:
            yield done, first
        yield from pieces
        done, at = last, max(last, at)
    if done < end:
        yield done, end


def _with_space(text: str, limits: Range, first: int, last: int) -> Range:
    """A range that goes without trace: of the spaces around it one stays, none at a line's end."""
    if last == limits[1] or text[last] in "\r\n.,;:!?)":
        while first > limits[0] and text[first - 1] in " \t":
            first -= 1
    elif text[last] == " " and (first == limits[0] or text[first - 1].isspace()):
        last += 1
    return first, last


Cut = tuple[int, int, list[Piece]]  # from, to, what stands there instead


def _cut(text: str, start: int, found: re.Match[str], references: References) -> Cut | None:
    """What a token is replaced with; None where it stays."""
    first, end = found.span()
    kind = found.lastgroup
    if kind == "literal":
        return None if "`" in found["literal"] else (first, end, [(first + 1, end - 1)])
    if kind in {"phrase", "link"}:
        return _phrase(text, start, found, references)
    if kind == "note":
        named = found["note"].lstrip("#*")
        inside = (found.end("note") - len(named), found.end("note"))
        return first, end, ["[^", inside, "]"] if named else []
    if kind == "name":
        label = folded_label(found["name"])
        replacement = references.substitutions.get(label)
        kept: list[Piece] = [replacement] if replacement else []
        return (first, end, kept) if label in references.substitutions else None
    if text[first] == "\\":
        return _escape(text, first, end)
    return _simple_reference(text, start, found, references)


def _escape(text: str, first: int, end: int) -> Cut | None:
    """A back-slash: Markdown needs some of them, too."""
    escaped = text[first + 1]
    if escaped in _KEPT_ESCAPES:
        return None
    return first, end if escaped.isspace() else first + 1, []


def _simple_reference(
    text: str, start: int, found: re.Match[str], references: References
) -> Cut | None:
    """`name_`, where there is such a target."""
    if not references.targets:
        return None
    low = max(start, found.start() - 100)
    name = _SIMPLE.search(text[low : found.start()])
    if name is None or folded_label(name.group()) not in references.targets:
        return None
    first = low + name.start()
    pieces = _link(text, (first, found.start()), name.group(), references)
    return first, found.end(), pieces


def _phrase(text: str, start: int, found: re.Match[str], references: References) -> Cut | None:
    """Text in single back-ticks: of a role, a link, an inline target, or by itself."""
    first, end = found.span()
    inside = found.span("phrase")
    if found["link"]:
        return first, end, _hyperlink(text, inside, references)
    before = _ROLE_BEFORE.search(text[max(start, first - 80) : first])
    if before:
        return first - len(before.group()), end, _role(text, before[1], inside)
    after = _ROLE_AFTER.match(text, end)
    if after:
        return first, after.end(), _role(text, after[1], inside)
    if (
        first > start
        and text[first - 1] == "_"
        and (first - 1 == start or _is_gap(text[first - 2]))
    ):
        return first - 1, end, [inside]
    return None


def _is_gap(character: str) -> bool:
    return character.isspace() or character in "'\"([{<-/:"


def _role(text: str, role: str, inside: Range) -> list[Piece]:
    start, end = inside
    content = text[start:end]
    name = role.lower().rpartition(":")[2]
    target = None if name in _VERBATIM_ROLES else _target(text, inside)
    if target and content[: target[0] - 1 - start].strip():
        return [(start, start + len(content[: target[0] - 1 - start].rstrip()))]
    if target:
        start, end = target
    elif content.startswith("!"):
        start += 1
    elif content.startswith("~"):
        start += max(content.rfind("."), 0) + 1
    if name in _NUMBERED_ROLES:
        place = text.rfind(role, 0, inside[0])
        return [(place, place + len(role)), " ", (start, end)] if place >= 0 else [(start, end)]
    return ["`", (start, end), "`"] if name in _CODE_ROLES and start < end else [(start, end)]


def _target(text: str, inside: Range) -> Range | None:
    """Where the target in `text <target>` stands."""
    start, end = inside
    opened = text.rfind("<", start, end)
    if text[end - 1] != ">" or opened < 0 or opened + 2 >= end:
        return None
    if opened > start and not text[opened - 1].isspace():
        return None
    return opened + 1, end - 1


def _hyperlink(text: str, inside: Range, references: References) -> list[Piece]:
    """`text <target>`_ or `text`_: a Markdown link where its target stays, else its text."""
    start = inside[0]
    content = text[slice(*inside)]
    target = _target(text, inside)
    if target is None:
        return _link(text, inside, content, references)
    shown = (start, start + len(text[start : target[0] - 1].rstrip()))
    if shown[0] == shown[1]:
        return [target]
    address = text[slice(*target)]
    if address.endswith("_") and not _ABSOLUTE.match(address):
        return _link(text, shown, address[:-1], references)
    return _linked(text, shown, target, references.links)


def _link(text: str, shown: Range, name: str, references: References) -> list[Piece]:
    target = references.targets.get(folded_label(name))
    return _linked(text, shown, target, references.links) if target else [shown]


def _linked(text: str, shown: Range, target: Range, links: Links) -> list[Piece]:
    address = text[slice(*target)]
    if links == "text" or (links == "absolute" and not _ABSOLUTE.match(address)):
        return [shown]
    parts: list[Piece] = []
    at = target[0]
    for found in re.finditer(r"\s++", address):  # a long address may be wrapped
        parts.append((at, target[0] + found.start()))
        at = target[0] + found.end()
    parts.append((at, target[1]))
    bracketed = "(" in address or ")" in address
    return ["[", shown, "](<" if bracketed else "](", *parts, ">)" if bracketed else ")"]
