"""Prompts that may ask for harm: more examples of a reply that complies are not wanted."""

from __future__ import annotations

import re

from ftdata.augmentation.augmenter import Parent

HARM = (
    r"kill(?:s|ed|ers?|ings?)?|murder\w*|stab(?:s|bed|bing)?|bomb(?:s|ed|ers?|ings?)?|explosives?"
    r"|weapons?|guns?|poison\w*|arson|massacre\w*|slaughter(?:s|ed|ing)?|rob|robb(?:ing|ery|eries)"
    r"|steal\w*|suicid\w*|overdos\w*|sever|strangl\w*|tortur\w*|gut a|punch(?:es|ed|ing)?"
    r"|smash(?:es|ed|ing)?|shatter(?:s|ed|ing)?|hack into|lsd|meth|cocaine|heroin"
    r"|launder(?:s|ed|ing)?|terminate my|assassinat\w*|exterminat\w*|annihilat\w*|blow(?:ing)? up"
    r"|chop up|take to die|(?:eliminate|eradicate) (?:\w+ )?(?:people|some\w+|him|her|them)"
    r"|ethnic cleansing|genocid\w*|rap(?:es?|ed|ing|ists?)|terroris\w*|self.harm"
)
"""Whole words, without regard to case; what is wrong for other reasons is for who asks to add."""
_HARM = re.compile(rf"\b(?:{HARM})\b", re.IGNORECASE)


def may_comply_with_harm(parent: Parent) -> bool:
    """Whether a prompt may ask for harm and no tag says that its reply declines.

    The tag `refusal` tells it of the last reply alone, so that an earlier prompt is enough.
    """
    prompts = [one["content"] or "" for one in parent.messages if one["role"] == "user"]
    harmful = [_HARM.search(prompt) is not None for prompt in prompts]
    return any(harmful[:-1]) or (any(harmful) and parent.tags.get("refusal") != "decline")
