"""Negatives by rules: what the user should not get is added, and politely declined.

What was asked and answered before stays, so that declining is learned beside answering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ftdata.augmentation.attacks import ATTACKS, Attack
from ftdata.augmentation.augmenter import Augmenter, Parent, Variant
from ftdata.augmentation.by_model.negatives import NEGATIVES_BY_MODEL
from ftdata.augmentation.choosing import first_of, pick
from ftdata.augmentation.declining import negative_tags
from ftdata.augmentation.messages import new_turn, said, with_turn
from ftdata.augmentation.off_topic import OFF_TOPIC, is_service
from ftdata.augmentation.protected import Masked, mask_protected
from ftdata.augmentation.turns import (
    MAX_NEW_TURN_WORDS,
    Turn,
    as_sentence,
    find_last_turn,
    find_turns,
    followed_by,
    has_form,
    has_role,
    is_answer,
    is_minor,
    is_request,
)
from ftdata.augmentation.unanswerable import UNANSWERABLE
from ftdata.settings_augmentation import Augmentation
from ftdata.text import fold, words
from ftdata.token_count import Message

_ALSO = ("Also, ", "By the way, ", "One more thing: ", "And a different question: ")
_BUT_HERE = ("but I can help with the rest.", "but I'm glad to help with the rest.")
_BUT_ELSE = ("but I'm happy to help with something else.", "but I'm glad to keep helping you.")

_WITHIN = re.compile(r"(?<=[a-z]{3}[.!?]) (?=[A-Z])")


@dataclass(frozen=True)
class _Spot:
    """The turn that something is added to, or with `is_behind` the last one, a turn after it."""

    turn: Turn
    is_behind: bool


def derive_negative(parent: Parent, seed: int, options: Augmentation) -> Variant | None:
    """The example with something that is declined added to one of its trained turns or at its end.

    Tags as `negative_tags` has them. None where no reply is an answer that a further sentence fits.
    """
    spot = _spot(parent, seed)
    return None if spot is None else first_of(_KINDS, seed, parent, spot, seed, options)


def _decline_off_topic(
    parent: Parent, spot: _Spot, seed: int, options: Augmentation
) -> Variant | None:
    """An everyday question beside one to a service for something else; `options.decline` meets it.

    "When do you open?" becomes "When do you open? Also, why do cats purr?", and its reply "At
    nine. As for the purring: I'm sorry, but I can't help with that here.".
    """
    question, topic = pick(OFF_TOPIC, seed, "question")
    if not is_service(parent.tags.get("category", "")) or _mentions(parent, topic):
        return None
    answer = options.decline if spot.is_behind else f"As for {topic}: {options.decline}"
    messages = _with_question(parent, spot, seed, question, answer)
    return None if messages is None else Variant(messages, negative_tags("out_of_scope"))


def _decline_unanswerable(
    parent: Parent, spot: _Spot, seed: int, options: Augmentation
) -> Variant | None:
    """A request that cannot be met from the conversation, and the reason why not."""
    del options
    request, reason = pick(UNANSWERABLE, seed, "request")
    if _mentions(parent, request) or has_role(spot.turn.prompt):
        return None
    answer = reason if spot.is_behind else f"As for your other question: {reason}"
    messages = _with_question(parent, spot, seed, request, answer)
    return None if messages is None else Variant(messages, negative_tags("unanswerable"))


def _refuse_injection(
    parent: Parent, spot: _Spot, seed: int, options: Augmentation
) -> Variant | None:
    """An attempt at prompt injection before, within, after or behind the prompt, not obeyed."""
    del options
    is_role = has_role(spot.turn.prompt)
    attacks = [
        attack
        for attack in ATTACKS
        if is_minor(parent, attack.text)
        and not (is_role and attack.family == "persona")
        and (not spot.is_behind or len(words(attack.text)) <= MAX_NEW_TURN_WORDS)
    ]
    if not attacks:
        return None
    attack = pick(attacks, seed, "attack")
    but = pick(_BUT_ELSE if spot.is_behind else _BUT_HERE, seed, "but")
    refusal = f"{pick(attack.refusals, seed, 'refusal')}, {but}"
    if spot.is_behind:
        messages = [*parent.messages, *new_turn(attack.text, refusal)]
    else:
        prompt = _with_attack(spot.turn, attack, seed)
        if prompt is None:
            return None
        reply = f"{refusal}\n\n{spot.turn.reply.lstrip()}"
        messages = with_turn(parent.messages, spot.turn.place, prompt, reply)
    return Variant(messages, negative_tags("injection"))


def _with_attack(turn: Turn, attack: Attack, seed: int) -> str | None:
    sentence, masked = as_sentence(turn.prompt), mask_protected(turn.prompt)
    if sentence is None or masked is None:
        return None
    if attack.family == "hidden":
        return f"{sentence}\n\n{attack.text}"
    around = [f"{sentence} {attack.text}"]
    if attack.family != "encoded":  # that has no end which another sentence could follow
        around += [f"{attack.text} {sentence}"] if turn.is_first and sentence[0].isupper() else []
        gaps = [match.end() for match in _WITHIN.finditer(masked.text)]
        within = gaps and _inserted(masked, pick(gaps, seed, "gap"), attack.text)
        around += [within] if within else []
    return pick(around, seed, "place")


def _inserted(masked: Masked, place: int, text: str) -> str | None:
    return masked.restore(f"{masked.text[:place]}{text} {masked.text[place:]}")


def _with_question(
    parent: Parent, spot: _Spot, seed: int, question: str, answer: str
) -> list[Message] | None:
    if not is_minor(parent, question):
        return None
    if spot.is_behind:
        return [*parent.messages, *new_turn(question, answer)]
    sentence = as_sentence(spot.turn.prompt)
    if sentence is None:
        return None
    prompt = f"{sentence} {pick(_ALSO, seed, 'also')}{question[0].lower()}{question[1:]}"
    reply = followed_by(spot.turn.reply, answer)
    return with_turn(parent.messages, spot.turn.place, prompt, reply)


def _spot(parent: Parent, seed: int) -> _Spot | None:
    last = find_last_turn(parent)
    if last and last.is_last and pick((True, False), seed, "behind") and _is_extensible(last):
        return _Spot(last, is_behind=True)
    turn = next(filter(_is_extensible, find_turns(parent, seed)), None)
    return None if turn is None else _Spot(turn, is_behind=False)


def _is_extensible(turn: Turn) -> bool:
    return is_answer(turn.reply) and is_request(turn.prompt) and not has_form(turn.prompt)


def _mentions(parent: Parent, topic: str) -> bool:
    """Whether the example speaks of what is asked, by any word of five letters or more."""
    known = fold(said(parent.messages))
    return any(word in known for word in words(topic) if len(word) >= 5)


_KINDS = {
    "out_of_scope": _decline_off_topic,
    "unanswerable": _decline_unanswerable,
    "injection": _refuse_injection,
}
NEGATIVES = Augmenter("negatives", by_rules=derive_negative, by_model=NEGATIVES_BY_MODEL)
