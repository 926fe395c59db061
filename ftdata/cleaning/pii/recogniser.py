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

    `find` is asked only where the text holds at least `digits` ASCII digits and RE2 finds `gate` in
    it, a pattern (none where it is empty). It must take time linear in the text, and must not find
    a placeholder such as `[EMAIL]` alone: redaction repeats until nothing is found. `is_reserved`
    tells of a text found that it is nobody's by a standard (example.com); such texts are kept
    unless `pii.keep_reserved` is off.
    """

    find: Callable[[str], Iterator[Place]]
    digits: int = 0
    gate: str = ""
    is_reserved: Callable[[str], bool] | None = None
