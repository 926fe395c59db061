"""A model adds a turn that is declined: out of scope, unanswerable, or an injection attempt."""

from __future__ import annotations

from pydantic import field_validator

from ftdata.augmentation.augmenter import ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.material import smuggled, tell_conversation
from ftdata.augmentation.by_model.rewriting import CAPITALISES_NOUNS
from ftdata.augmentation.declining import REFUSALS, Negative, negative_tags
from ftdata.augmentation.facts import added_facts
from ftdata.augmentation.messages import new_turn, said
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

_KINDS = tuple(REFUSALS)
# Of a message and a reply, beside the sentence of the settings, as each prompt asks for them.
_USUAL_TOKENS: dict[Negative, int] = {"out_of_scope": 55, "unanswerable": 80, "injection": 95}


class Declined(Asked):
    """A message of the user's, and the reply that declines it."""

    message: str
    reply: str

    _not_blank = field_validator("message", "reply")(stripped)


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    conversation = tell_conversation(parent.messages)
    if conversation is None:
        return None
    kind = _kind(seed)
    values = {} if kind == "unanswerable" else {"decline": options.decline}
    like = f"{values.get('decline', '')}{' word' * _USUAL_TOKENS[kind]}"
    return read_prompt("augmentation", f"negatives_{kind}").request(
        Declined, like, conversation=conversation, **values
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    form, kind = Declined.model_validate_json(text), _kind(seed)
    fault = _fault(parent, form, kind, options.decline)
    if fault is not None:
        return fault
    return smuggled(parent, form.message, form.reply) or Variant(
        [*parent.messages, *new_turn(form.message, form.reply)], negative_tags(kind)
    )


def _kind(seed: int) -> Negative:
    return _KINDS[seed % len(_KINDS)]


def _fault(parent: Parent, form: Declined, kind: Negative, decline: str) -> NotKept | None:
    """A reply that declines says nothing that was not said, and as the settings word it.

    The sentence of the settings is English as a rule, so that it is looked for there alone.
    """
    if same_key(form.message) in {same_key(one["content"]) for one in parent.messages}:
        return NotKept("unchanged", "the message was sent before")
    opens = same_key(form.reply).startswith(same_key(decline))
    if kind != "unanswerable" and parent.language == "en" and not opens:
        return NotKept("not_a_variant", "does not begin with augmentation.decline")
    material = f"{said(parent.messages)}\n{form.message}\n{decline}"
    for name in added_facts(material, form.reply):
        if name != "names" or parent.language not in CAPITALISES_NOUNS:
            return NotKept("not_a_variant", f"the reply invents {name}")
    return None


NEGATIVES_BY_MODEL = ByModel(_request, _read)
