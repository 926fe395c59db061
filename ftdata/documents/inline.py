"""What an answer does not show of a paragraph: tags, comments, template tags, link targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Links = Literal["absolute", "keep", "text"]

_JUNK = re.compile(r"[<\[{]")
_TOKEN = re.compile(r"\\.|`++|<|!?\[|\]|\{[{%:#]", re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z][\w.:-]*+)(?:[\s/][^<>]*+)?>")
_TARGET = re.compile(
    r"\(\s*+(<[^<>\n]*+>|\{\{[^{}]*+\}\}[^\s()]*+|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_ABSOLUTE = re.compile(r"<?(?:[A-Za-z][A-Za-z0-9+.-]*+:|//)")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*+\}|\{#[\w.:-]++\}")
_NESTED = 8  # brackets that may stand in one another; more are no links
_CLOSERS = {"{{": "}}", "{%": "%}"}

HTML_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr address article aside audio b base bdi bdo big blockquote body br button "
        "caption center cite code col colgroup dd del details dfn dialog div dl dt em embed "
        "fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr "
        "html i iframe img input ins kbd label legend li link main map mark menu meta nav "
        "noscript object ol optgroup option p param picture pre q s samp script section select "
        "small source span strike strong style sub summary sup svg table tbody td template "
        "textarea tfoot th thead title tr track tt u ul var video wbr",
    )
)
_BREAKING = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br dd details div dl dt figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot "
        "thead tr ul",
    )
)


class Cut(NamedTuple):
    """A range that is left out; `put` stands in its place, then `target` in parentheses."""

    start: int
    end: int
    put: Literal["", "\n", " "] = ""
    target: tuple[int, int] | None = None  # a range of the document


def inline_cuts(
    text: str,
    links: Links = "absolute",
    targets: Mapping[str, tuple[int, int]] | None = None,
    tags: bool = False,
) -> list[Cut]:
    """What is to be left out of the Markdown of one paragraph, in order.

    Ranges count in `text`. `targets` holds where in the document the target of a reference stands,
    by folded label. With `tags`, every tag goes; else those of HTML, as `<name>` is a placeholder.
    Code spans stay as they are. Images go whole: an answer in words cannot show them. Runs in time
    linear in the length of the text.
    """
    if not _JUNK.search(text):
        return []
    scan = _Scan(text, links, targets or {}, tags)
    position = 0
    while found := _TOKEN.search(text, position):
        position = scan.step(found)
    return _spaced(text, sorted(scan.cuts))


class _Scan:
    """The state of one pass over a text."""

    def __init__(
        self, text: str, links: Links, targets: Mapping[str, tuple[int, int]], tags: bool
    ) -> None:
        self.text = text
        self.links = links
        self.targets = targets
        self.tags = tags
        self.cuts: list[Cut] = []
        self.open: list[tuple[int, int]] = []  # a bracket: where it starts, cuts before it
        self.ends: dict[str, int] = {}
        self.runs: dict[int, list[int]] | None = None

    def step(self, found: re.Match[str]) -> int:
        """Treat one token; where to go on."""
        token, start = found.group(), found.start()
        first = token[0]
        if first == "`":
            return self._code(start, len(token))
        if first == "<":
            return self._tag(start)
        if first == "{":
            return self._template(start, token)
        if first == "]":
            return self._bracket(start)
        if first != "\\":
            self.open = [*self.open[1 - _NESTED :], (start, len(self.cuts))]
        return found.end()

    def _find(self, what: str, start: int) -> int:
        """Where `what` comes next, or -1; a search that found nothing is not made again."""
        known = self.ends.get(what, -2)
        if known == -1 or known >= start:
            return known
        self.ends[what] = self.text.find(what, start)
        return self.ends[what]

    def _code(self, start: int, length: int) -> int:
        """Behind a code span; behind its mark, where nothing closes it."""
        if self.runs is None:
            self.runs = {}
            for run in re.finditer("`++", self.text):
                self.runs.setdefault(run.end() - run.start(), []).append(run.start())
            for found in self.runs.values():
                found.reverse()
        later = self.runs.get(length, [])
        while later and later[-1] <= start:
            later.pop()
        return (later[-1] if later else start) + length

    def _tag(self, start: int) -> int:
        if self.text.startswith("<!--", start):
            end = self._find("-->", start + 4)
            if end < 0:
                return start + 4
            self.cuts.append(Cut(start, end + 3))
            return end + 3
        tag = _TAG.match(self.text, start)
        if tag is None:
            return start + 1
        name = tag[1].lower()
        if name not in HTML_TAGS and not (self.tags and _is_component(tag)):
            return tag.end()
        self.cuts.append(Cut(start, tag.end(), _put(name)))
        return tag.end()

    def _template(self, start: int, token: str) -> int:
        closer = _CLOSERS.get(token)
        if closer is None:
            attributes = _ATTRIBUTES.match(self.text, start)
            if attributes is None:
                return start + 2
            self.cuts.append(Cut(start, attributes.end()))
            return attributes.end()
        end = self._find(closer, start + 2)
        if end < 0:
            return start + 2
        self.cuts.append(Cut(start, end + 2))
        return end + 2

    def _bracket(self, start: int) -> int:
        """A closing bracket: a link, an image, a footnote's mark, or nothing of the kind."""
        if not self.open:
            return start + 1
        opened, cuts_before = self.open.pop()
        if self.text.startswith("[^", opened):
            return self._leave_out(opened, start + 1, cuts_before)
        inline = _TARGET.match(self.text, start + 1)
        if inline is not None:
            kept = None if self._keeps(inline[1]) else (0, 0)
            return self._link((opened, start, inline.end()), kept, cuts_before)
        label = _LABEL.match(self.text, start + 1)
        named = label[1] if label and label[1] else self._between(opened, start)
        target = self.targets.get(folded_label(named)) if named else None
        if target is None:
            return start + 1
        end = label.end() if label else start + 1
        return self._link((opened, start, end), target, cuts_before)

    def _between(self, opened: int, start: int) -> str:
        first = opened + (2 if self.text[opened] == "!" else 1)
        return self.text[first:start] if start - first < 1_000 else ""

    def _keeps(self, target: str) -> bool:
        return self.links == "keep" or (
            self.links == "absolute" and _ABSOLUTE.match(target) is not None
        )

    def _link(
        self, place: tuple[int, int, int], target: tuple[int, int] | None, cuts_before: int
    ) -> int:
        """A link from its bracket to its end; `target` None stays as it is, (0, 0) goes."""
        opened, closed, end = place
        if self.text[opened] == "!" or self._is_blank(opened + 1, closed, cuts_before):
            return self._leave_out(opened, end, cuts_before)
        if target == (0, 0):
            self.cuts += [Cut(opened, opened + 1), Cut(closed, end)]
        elif target is not None:
            self.cuts.append(Cut(closed + 1, end, target=target))
        return end

    def _is_blank(self, start: int, end: int, cuts_before: int) -> bool:
        position = start
        for cut in sorted(self.cuts[cuts_before:]):
            if self.text[position : cut.start].strip():
                return False
            position = max(position, cut.end)
        return not self.text[position:end].strip()

    def _leave_out(self, start: int, end: int, cuts_before: int) -> int:
        del self.cuts[cuts_before:]
        self.cuts.append(Cut(start, end))
        return end


def folded_label(label: str) -> str:
    """A reference's label as labels are compared: CommonMark 0.31, section 4.7."""
    return " ".join(label.split()).casefold()


def _is_component(tag: re.Match[str]) -> bool:
    """A component such as `<Tabs>`; a lone `<command>` is a placeholder."""
    return tag[1][0].isupper() or "-" in tag[1] or "=" in tag[0] or tag[0].endswith("/>")


def _put(name: str) -> Literal["", "\n", " "]:
    if name in _BREAKING:
        return "\n"
    return " " if name in {"td", "th"} else ""


def _spaced(text: str, cuts: list[Cut]) -> list[Cut]:
    """Cuts that take a space along where two would meet, or one would end a line."""
    spaced: list[Cut] = []
    for cut in cuts:
        start, end = cut.start, cut.end
        if spaced and start < spaced[-1].end:
            if end <= spaced[-1].end:
                continue
            start = spaced[-1].end
        if cut.put or cut.target:
            spaced.append(Cut(start, end, cut.put, cut.target))
            continue
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        if after == " " and before in " \n":
            end += 1
        elif after == "\n" and before == " " and (not spaced or spaced[-1].end < start):
            start -= 1
        spaced.append(Cut(start, end))
    return spaced
