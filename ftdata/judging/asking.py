"""What a judge is asked about one example, and how its answers are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, create_model, field_validator

from ftdata import jsonl
from ftdata.chat import Asked, ChatRequest, stripped
from ftdata.prompt_files import read_prompt
from ftdata.settings_judge import Criterion

LOWEST, HIGHEST = 1, 5
MAX_CHARS = 24_000  # of what is shown: half an example cannot be judged, so a longer one is not

_LIKE = "A sentence or two of some thirty words that say what is wrong with it, or that nothing is."


def _on_the_scale(score: int) -> int:
    if not LOWEST <= score <= HIGHEST:
        raise ValueError(f"must be a whole number from {LOWEST} to {HIGHEST}")
    return score


_Score = Annotated[int, AfterValidator(_on_the_scale)]


class Reasoned(Asked):
    """Why, before what: a score that is written after its reason follows from it."""

    rationale: str

    _not_blank = field_validator("rationale")(stripped)


class Preference(Reasoned):
    """Which of two replies is better."""

    better: Literal["first", "second", "same"]


@cache
def rating_form(criteria: tuple[Criterion, ...]) -> type[Reasoned]:
    """The form with a score from 1 to 5 for each criterion."""
    fields: dict[str, Any] = dict.fromkeys(criteria, (_Score, ...))
    return create_model("Rating", __base__=Reasoned, **fields)


def rating_request(
    messages: Sequence[Mapping[str, Any]], criteria: tuple[Criterion, ...]
) -> ChatRequest | None:
    """The request for scores of an example; None where it is longer than MAX_CHARS."""
    told = tell(messages)
    if len(told) > MAX_CHARS:
        return None
    form = rating_form(criteria)
    like = f"{_LIKE} " + " ".join(f"{name}: 4," for name in criteria)
    return read_prompt("judging", "rubric").request(
        form, like, criteria=", ".join(criteria), conversation=told
    )


def pair_requests(
    messages: Sequence[Mapping[str, Any]], rejected: str
) -> tuple[ChatRequest, ChatRequest] | None:
    """The two requests about a pair: the chosen reply first, then second; None if too long.

    The last message is the chosen reply.
    """
    told = tell(messages[:-1])
    chosen, other = (_quoted(text) for text in (messages[-1]["content"] or "", rejected))
    if len(told) + len(chosen) + len(other) > MAX_CHARS:
        return None
    prompt = read_prompt("judging", "pair")
    return (
        prompt.request(Preference, _LIKE, conversation=told, first=chosen, second=other),
        prompt.request(Preference, _LIKE, conversation=told, first=other, second=chosen),
    )


def tell(messages: Sequence[Mapping[str, Any]]) -> str:
    """Each message as one line of JSON, so that no text can pass for another speaker's.

    `{"role":"user","content":"When?"}`; replies that are trained on have `"judged":true`.
    """
    return "\n".join(jsonl.dumps(_shown(message)).decode() for message in messages)


def _shown(message: Mapping[str, Any]) -> dict[str, Any]:
    shown = {"role": message["role"], "content": message["content"]}
    if message["tool_calls"]:
        shown["tool_calls"] = message["tool_calls"]
    is_trained = message["role"] == "assistant" and message["weight"] != 0
    return shown | ({"judged": True} if is_trained else {})


def _quoted(text: str) -> str:
    return jsonl.dumps(text).decode()
