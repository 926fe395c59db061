"""Tells the languages of conversations: of all user texts together, of all replies together."""

from __future__ import annotations

from itertools import compress, pairwise
from operator import not_

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.language import ENGLISH_HEAD, HEAD, RAW_HEAD, Languages, guess_languages
from ftdata.settings_cleaning import Language

_MIN_COMMON = 3  # words of a prompt in its reply from which they are in one language
_COMMON_SHARE = 0.25  # of the reply's words: less is a quotation


def conversation_languages(conversations: Conversations, options: Language) -> Languages:
    """The languages of n conversations; those that are told already as they were told.

    A reply that uses several of the prompt's lower-case words is taken to be in its language.
    """
    if conversations.languages is not None:
        return conversations.languages
    said, replied = (_heads(conversations, role) for role in ("user", "assistant"))
    asked = guess_languages(said, options)
    is_shared = [
        guess.code is not None and _shares_words(one, other)
        for guess, one, other in zip(asked, said, replied, strict=True)
    ]
    others = iter(guess_languages(compress(replied, map(not_, is_shared)), options))
    answered = [
        guess if shared else next(others) for guess, shared in zip(asked, is_shared, strict=True)
    ]
    prompts = [one.code or other.code for one, other in zip(asked, answered, strict=True)]
    return Languages(prompts, asked, answered)


def _shares_words(prompt: str, reply: str) -> bool:
    """Whether enough of the reply's first words are lower-case words of the prompt, too."""
    words = [word for word in reply[:HEAD].split() if word.islower()]
    common = set(words).intersection(prompt[:HEAD].split())
    return len(common) >= _MIN_COMMON and len(common) >= _COMMON_SHARE * len(words)


def _heads(conversations: Conversations, role: str) -> list[str]:
    """For each conversation the beginning of what one side said."""
    heads = []
    bounds = conversations.bounds.tolist()
    roles, contents = conversations.roles, conversations.contents
    for start, end in pairwise(bounds):
        head = ""
        for index in range(start, end):
            if roles[index] == role and len(head) < ENGLISH_HEAD:
                head += (contents[index] or "")[:RAW_HEAD] + "\n"
        heads.append(head)
    return heads
