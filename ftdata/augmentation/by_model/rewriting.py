"""The part that all share who rewrite a prompt and keep its reply: what is sent, what is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import field_validator

from ftdata.augmentation.augmenter import NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import MAX_CHARS, count_words, folded, smuggled
from ftdata.augmentation.facts import keeps_facts
from ftdata.augmentation.messages import last_trained_prompt, with_content
from ftdata.chat import Asked, stripped

MIN_WORDS = 4  # a name or an "ok" has no other wording
# There every noun is capitalised, so that each would have to stay as if it were a name.
CAPITALISES_NOUNS = frozenset({"de", "lb"})

_MATTER = re.compile(r":\s+(.+)", re.DOTALL)


class Message(Asked):
    """The user's message, rewritten."""

    message: str

    _not_blank = field_validator("message")(stripped)


def message_to_rewrite(parent: Parent) -> str | None:
    """The last trained prompt; None where a model is not to rewrite it."""
    place = last_trained_prompt(parent.messages)
    if place is None or parent.language in CAPITALISES_NOUNS:
        return None
    text: str = parent.messages[place]["content"] or ""
    return text if count_words(text) >= MIN_WORDS and len(text) <= MAX_CHARS else None


def rewritten(parent: Parent, message: str, tags: Mapping[str, str]) -> Variant | NotKept:
    """The example with its last trained prompt as a model wrote it, where that says the same.

    All facts stay, none comes in, and what follows a colon stays letter for letter: it is what the
    request is about.
    """
    place = last_trained_prompt(parent.messages)
    assert place is not None
    old = parent.messages[place]["content"]
    changed = keeps_facts(old, message)
    if changed == "unchanged":
        return NotKept("unchanged", "the words of the message it was to rewrite")
    if changed is not None:
        return NotKept("fact_lost", changed)
    matter = _MATTER.search(old)
    if matter and folded(matter[1]) not in folded(message):
        return NotKept("fact_lost", "what follows the colon")
    return smuggled(parent, message) or Variant(with_content(parent.messages, place, message), tags)
