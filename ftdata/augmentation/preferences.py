"""Preference pairs: an example's last reply as the chosen one, beside a rejected one.

The rejected reply is one of the log's to the same prompt that was rated worse; where there is none,
the chosen one made worse by a rule, or a worse one that a model wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.preferences import PREFERENCES_BY_MODEL
from ftdata.augmentation.choosing import shuffle
from ftdata.augmentation.degrading import DEGRADATIONS, is_exemplary
from ftdata.settings_augmentation import Augmentation
from ftdata.text import hash64, same_key
from ftdata.token_count import Message


def pair_replies(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with a rejected reply; None where its last message is no text to train on.

    Where the log has a worse reply, that alone: the messages are the parent's, but for attempts at
    the same prompt that went before. Else, of an English example, the seed decides which rule is
    tried first. The tag `pair` is `log`, or the rule.
    """
    del options
    last = parent.messages[-1]
    if last["weight"] != 1 or last["tool_calls"] or not last["content"]:
        return None
    if parent.worse_reply is not None:
        return Variant(without_attempts(parent.messages), {"pair": "log"}, parent.worse_reply)
    if parent.language != "en":
        return None
    prompt = next((m["content"] for m in reversed(parent.messages) if m["role"] == "user"), "")
    return _degraded(list(parent.messages), prompt.strip(), last["content"].strip(), seed)


def without_attempts(messages: Sequence[Message]) -> list[Message]:
    """The messages without earlier replies to the last prompt, where it was sent several times.

    user "Open?", assistant "Eh?", user "open?", assistant "Yes." becomes user "open?", assistant
    "Yes.".
    """
    before, prompt_and_reply = list(messages[:-2]), list(messages[-2:])
    while len(before) > 1 and _is_attempt(before[-2:], prompt_and_reply[0]):
        before = before[:-2]
    return before + prompt_and_reply


def _is_attempt(turn: Sequence[Message], prompt: Message) -> bool:
    user, reply = turn
    return (
        (user["role"], reply["role"], prompt["role"]) == ("user", "assistant", "user")
        and not reply["tool_calls"]
        and same_key(user["content"]) == same_key(prompt["content"])
    )


def _degraded(messages: list[Message], prompt: str, reply: str, seed: int) -> Variant | None:
    if not is_exemplary(prompt, reply):
        return None
    for name in shuffle(DEGRADATIONS, seed):
        rejected = DEGRADATIONS[name](prompt, reply, hash64(f"{seed} {name} 1"))
        if rejected is not None and same_key(rejected) != same_key(reply):
            return Variant(messages, {"pair": name}, rejected)
    return None


PREFERENCES = Augmenter("preferences", by_rules=pair_replies, by_model=PREFERENCES_BY_MODEL)
