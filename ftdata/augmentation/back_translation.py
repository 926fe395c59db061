"""Back-translation: a prompt goes through another language and comes back in other words.

Both ways are one request. Only a model can do it: without one there are no such variants.
"""

from __future__ import annotations

from pydantic import field_validator

from ftdata.augmentation.augmenter import Augmenter, ByModel, NotKept, Parent, Variant
from ftdata.augmentation.by_model.rewriting import message_to_rewrite, rewritten
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.language_model import classify_texts, known_languages
from ftdata.prompt_files import read_prompt
from ftdata.settings_augmentation import Augmentation
from ftdata.text import same_key

_SURE = 0.9


class BackTranslation(Asked):
    """A message in another language, and that translated back."""

    translation: str
    back_translation: str

    _not_blank = field_validator("translation", "back_translation")(stripped)


def _request(parent: Parent, seed: int, options: Augmentation) -> ChatRequest | None:
    message, pivot = message_to_rewrite(parent), _pivot(parent, seed, options)
    if message is None or pivot is None:
        return None
    return read_prompt("augmentation", "back_translation").request(
        BackTranslation,
        f"{message}\n{message}",
        pivot=pivot,
        language=parent.language,
        message=message,
    )


def _read(parent: Parent, seed: int, options: Augmentation, text: str) -> Variant | NotKept:
    form, pivot = BackTranslation.model_validate_json(text), _pivot(parent, seed, options)
    old = message_to_rewrite(parent)
    assert old is not None
    assert pivot is not None
    if same_key(form.translation) == same_key(old):
        return NotKept("not_a_variant", "nothing was translated")
    if _is_in(form.back_translation, pivot, parent.language) and not _is_in(
        old, pivot, parent.language
    ):
        return NotKept("not_a_variant", f"still in {pivot}")
    return rewritten(parent, form.back_translation, {"pivot": pivot})


def _pivot(parent: Parent, seed: int, options: Augmentation) -> str | None:
    """The pivot that the seed chooses; None where all are the parent's own language."""
    pivots = [language for language in options.pivots if language != parent.language]
    return pivots[seed % len(pivots)] if pivots else None


def _is_in(text: str, language: str, other: str) -> bool:
    """Whether a text is surely in the first of two languages."""
    if not {language, other} <= set(known_languages()):
        return False
    ((code, share),) = classify_texts([text], tuple(sorted((language, other))))
    return code == language and share >= _SURE


BACK_TRANSLATION = Augmenter("back_translation", by_model=ByModel(_request, _read))
