"""What the users of an example say, read once for all rules that tag it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ftdata.text import WORD, fold
from ftdata.token_count import Message

MAX_CHARS = 4_000  # of all prompts together: what follows tells no tag, and costs time
# Their texts hold no spaces between words: a character says about half as much as a word.
UNSPACED = frozenset({"ja", "th", "zh"})
PIECED = frozenset({"ja", "ko", "zh"})  # where words are looked for as pieces of a text


class Said(NamedTuple):
    """The users' messages, cut after MAX_CHARS: as they are, folded, and as words."""

    messages: Sequence[Message]  # all of the example
    prompts: tuple[str, ...]
    folded: tuple[str, ...]
    text: str  # the folded ones, a line each
    words: frozenset[str]
    spaced: str  # all words in their order, a space around each
    language: str  # ISO 639-1; English where nobody says otherwise

    def size(self, text: str) -> int:
        """About how many words a text of this language has."""
        return len(text) // 2 if self.language in UNSPACED else text.count(" ") + 1


def read_said(messages: Sequence[Message], language: str | None) -> Said:
    """What the users of an example say; `messages` are in their canonical form."""
    prompts, left = [], MAX_CHARS
    for message in messages:
        if message["role"] == "user" and left > 0:
            prompts.append((message["content"] or "")[:left])
            left -= len(prompts[-1])
    folded = tuple(map(fold, prompts))
    text = "\n".join(folded)
    found = WORD.findall(text)
    spaced = f" {' '.join(found)} "
    return Said(messages, tuple(prompts), folded, text, frozenset(found), spaced, language or "en")
