"""How many tokens a request will cost, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ftdata.chat import Asked, ChatRequest, Usage
from ftdata.jsonl import canonical
from ftdata.token_count import PER_EXAMPLE, PER_MESSAGE, CountTexts

_UNKNOWN_ANSWER = 128  # tokens, where the request does not say what its answer is like
_AROUND = 12  # tokens of the JSON around an answer
_LEARNED = 20  # requests of a prompt from which their tokens are known better than expected


def expected_usages(
    requests: Sequence[ChatRequest], count: CountTexts, ratios: Mapping[str, tuple[float, float]]
) -> list[Usage]:
    """Tokens of each request: its messages and form, and an answer like the one it names.

    `ratios` corrects both by what earlier requests of a prompt have really cost.
    """
    return corrected(requests, uncorrected_usages(requests, count), ratios)


def uncorrected_usages(requests: Sequence[ChatRequest], count: CountTexts) -> list[Usage]:
    """The same by the texts alone: what the ratios are learned from, whatever is known by then."""
    texts: dict[str, int] = {}
    for request in requests:
        for text in (request.system, request.user, _form(request.form), request.answer_like):
            texts[text] = 0
    known = dict(zip(texts, count(list(texts)), strict=True))
    usages = []
    for request in requests:
        prompt = sum(known[text] for text in (request.system, request.user, _form(request.form)))
        answer = known[request.answer_like] + _AROUND if request.answer_like else _UNKNOWN_ANSWER
        usages.append(Usage(prompt + 2 * PER_MESSAGE + PER_EXAMPLE, 0, answer, 0))
    return usages


def corrected(
    requests: Sequence[ChatRequest],
    usages: Sequence[Usage],
    ratios: Mapping[str, tuple[float, float]],
) -> list[Usage]:
    """Uncorrected tokens of requests, each times the ratios of its prompt."""
    found = []
    for request, usage in zip(requests, usages, strict=True):
        asked, said = ratios.get(request.prompt_version, (1.0, 1.0))
        found.append(Usage(round(usage.prompt * asked), 0, round(usage.completion * said), 0))
    return found


def learned(
    found: Sequence[tuple[str, int, float, float]],
) -> dict[str, tuple[float, float]]:
    """Ratios of prompts that were asked often enough to tell."""
    return {
        prompt: (asked, said) for prompt, requests, asked, said in found if requests >= _LEARNED
    }


def rough_count(texts: Sequence[str]) -> list[int]:
    """Tokens at four characters each, where nothing better counts them."""
    return [(len(text) + 3) // 4 for text in texts]


@cache
def _form(form: type[Asked]) -> str:
    return canonical(form.model_json_schema()).decode()
