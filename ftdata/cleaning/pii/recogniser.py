"""What a recogniser of one kind of personal data is, and the edges its patterns share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ftdata.settings_pii import Entity

Place = tuple[int, int]  # start and end (exclusive) in code points

# A number or name begins where no word goes on; `\n` inside serialised JSON ends a word, too.
EDGE = r"(?:(?<!\w)|(?<=\\[nrt]))"


class Found(NamedTuple):
    """A place in a text, `end` exclusive, in code points, and what stands there."""

    start: int
    end: int
    entity: Entity


class Recogniser(NamedTuple):
    """Finds one kind of personal data; its cheap gate first.

    `find` is asked only where the text holds at least `digits` ASCII digits and, lower-cased, one
    of `marks` (any text where there are none), and `gate`, a pattern for RE2, is found in it. It
    must take time linear in the text, and must not find a placeholder such as `[EMAIL]` alone:
    redaction repeats until nothing is found.
    `is_reserved` tells of a text found that it is nobody's by a standard (example.com); such texts
    are kept unless `pii.keep_reserved` is off.
    """

    find: Callable[[str], Iterator[Place]]
    digits: int = 0
    marks: tuple[str, ...] = ()
    is_reserved: Callable[[str], bool] | None = None
    gate: str = ""

    def has_mark(self, lowered: str) -> bool:
        """Whether a text in lower case holds one of the marks."""
        for mark in self.marks:  # noqa: SIM110 - asked of every text: twice as fast as any()
            if mark in lowered:
                return True
        return False
