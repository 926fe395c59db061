"""Chat by the `openai` client: OpenAI's or a server of that interface. One try at one request.

The text of an answer is checked here and not by the client, so that what was paid for is counted
whatever came back.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ftdata.chat import Answer, Asked, ChatRequest, RefusalReason, Refused, Usage
from ftdata.errors import ProviderError
from ftdata.llm.provider import Use, may_pass, open_client, provider_error
from ftdata.settings_llm import Llm

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError
    from openai.types.chat import ChatCompletion

Messages = list[dict[str, str]]

_REPAIR = """\
That is not the JSON that was asked for: {faults}.
Write the whole answer again as one JSON object of that form, and nothing besides."""
_MOST_TOKENS = 10**9  # that one answer is taken to have cost: more is no count
_FAULTS = 3  # of a malformed answer that are named
_BAD, _TOO_LARGE = 400, 413  # HTTP's
_TOO_LONG = frozenset({"context_length_exceeded", "string_above_max_length"})
_FILTERED = frozenset({"content_filter", "content_policy_violation"})


def messages_of(request: ChatRequest) -> Messages:
    """The messages that a request begins with."""
    return [
        {"role": "system", "content": request.system},
        {"role": "user", "content": request.user},
    ]


@cache
def schema_of(form: type[Asked]) -> dict[str, Any]:
    """The schema of a form; not to be changed."""
    return form.model_json_schema()


def parameters_of(request: ChatRequest, options: Llm) -> dict[str, Any]:
    """What is sent beside the messages and decides the answer."""
    parameters: dict[str, Any] = {
        "model": options.model,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": request.form.__name__,
                "strict": True,
                "schema": schema_of(request.form),
            },
        },
    }
    if options.max_completion_tokens is not None:
        parameters["max_completion_tokens"] = options.max_completion_tokens
    if options.temperature is not None:
        parameters["temperature"] = options.temperature
    return parameters


@dataclass(frozen=True)
class Malformed:
    """A text that does not fill the form."""

    text: str
    faults: str  # by the form's own words
    usage: Usage | None


@dataclass(frozen=True)
class Held:
    """Not taken, or failed, in a way that may pass; `after_s` is None where nobody says when."""

    error: ProviderError  # to raise where nothing more is tried
    after_s: float | None


Sent = Answer | Refused | Malformed | Held


class OpenAIChat:
    """Sends one request after another; several threads may do so at once."""

    def __init__(self, client: OpenAI, options: Llm) -> None:
        """From a client that knows key and address, and tries nothing twice by itself."""
        self._client = client
        self._options = options

    @classmethod
    def open(cls, options: Llm) -> OpenAIChat:
        """As the environment says. Raises ProviderError where it names no key."""
        return cls(open_client("chat", 0, options.timeout_s, is_answer_timed=True), options)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def send(self, request: ChatRequest, messages: Messages) -> tuple[Sent, Mapping[str, str]]:
        """What came of one try, and the headers of the answer.

        Raises ProviderError where the provider refuses for good, or answers amiss.
        """
        from httpx2 import Response  # the client's own
        from openai import APIConnectionError, APIStatusError, OpenAIError

        body = {"messages": messages, **parameters_of(request, self._options)}
        try:
            # `completions.create` takes twice as long: it looks for types in what it is given.
            response = self._client.post("/chat/completions", cast_to=Response, body=body)
        except APIStatusError as error:
            refused = refused_by(error.status_code, error.code)
            if refused is not None:
                return refused, error.response.headers
            if not may_pass(error):
                raise self._told(error) from None
            return Held(self._told(error), wait_of(error.response.headers)), error.response.headers
        except APIConnectionError as error:
            return Held(self._told(error), None), {}
        except OpenAIError as error:
            raise self._told(error) from None
        return self._read(request, response.content), response.headers

    def _told(self, error: OpenAIError) -> ProviderError:
        # To be raised from None: a traceback of the client's error shows the provider's words.
        return provider_error(error, self._client, self._use, self._options.retries + 1)

    def _read(self, request: ChatRequest, content: bytes) -> Sent:
        try:
            read = read_body(request, self._options, json.loads(content))
        except (ValueError, RecursionError):
            read = None
        if read is None:
            raise ProviderError(
                f"chat: the answer of {self._client.base_url.host} is no chat completion: check"
                " OPENAI_BASE_URL, and that the server offers /chat/completions"
            )
        return read

    @property
    def _use(self) -> Use:
        return Use(
            stage="chat",
            model=self._options.model or "",
            setting="llm.model",
            wanted="the model must take response_format json_schema; where it takes no temperature"
            " or max_completion_tokens set llm.temperature or llm.max_completion_tokens to null",
            kept="What was answered before is in the cache: build again to go on",
        )


def read_body(
    request: ChatRequest, options: Llm, body: Mapping[str, Any]
) -> Answer | Refused | Malformed | None:
    """What the JSON of a completion comes to; None where it is none."""
    from openai.types.chat import ChatCompletion

    try:
        return _read(request, options, ChatCompletion.construct(**body))
    except (AttributeError, IndexError, TypeError, ValueError):
        return None


def _read(
    request: ChatRequest, options: Llm, completion: ChatCompletion
) -> Answer | Refused | Malformed:
    usage = _usage(completion)
    choice = completion.choices[0]
    message = choice.message
    return judged(request, options, choice.finish_reason, message.content, message.refusal, usage)


def judged(
    request: ChatRequest,
    options: Llm,
    finish_reason: str | None,
    content: str | None,
    refusal: str | None,
    usage: Usage | None,
) -> Answer | Refused | Malformed:
    """What a completion comes to: the form filled, a refusal, or what is wrong with its text."""
    if finish_reason == "length":
        most = options.max_completion_tokens
        limit = "the provider's limit" if most is None else f"llm.max_completion_tokens {most:,}"
        return Refused("truncated_answer", f"cut off at {limit}", usage)
    if finish_reason == "content_filter":
        return _refusal("the provider's filter stopped it", usage)
    if refusal:
        return _refusal("the model declined", usage)
    text = _without_fence(content or "")
    try:
        return Answer(request.form.model_validate_json(text).model_dump_json(), usage)
    except ValidationError as error:
        return Malformed(text, _faults(error, request.form), usage)


def refused_by(status: object, code: str | None) -> Refused | None:
    """A request that is refused for its own text and not for how it is made."""
    reason: RefusalReason
    if status == _TOO_LARGE or (status == _BAD and code in _TOO_LONG):
        reason, detail = "request_too_long", "more than the model takes"
    elif status == _BAD and code in _FILTERED:
        reason, detail = "model_refused", "the provider's filter stopped it"
    else:
        return None
    return Refused(reason, detail, None)


def repair_of(request: ChatRequest, malformed: Malformed) -> Messages:
    """The messages that ask once more, with what was wrong."""
    said = {"role": "assistant", "content": malformed.text}
    return [
        *messages_of(request),
        said,
        {"role": "user", "content": _REPAIR.format(faults=malformed.faults)},
    ]


def after_repair(first: Malformed, second: Answer | Refused | Malformed) -> Answer | Refused:
    """What the second answer comes to, with the tokens of both."""
    usage = _sum(first.usage, second.usage)
    if isinstance(second, Malformed):
        return Refused("malformed_answer", f"asked twice: {second.faults}", usage)
    return replace(second, usage=usage)


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds of `Retry-After` (a number, or a date of HTTP); None where it says nothing."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name, "")
        try:
            return max(0.0, float(text) * unit)
        except ValueError:
            continue
    try:
        at = parsedate_to_datetime(headers.get("retry-after", "")).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(0.0, at - time.time())


def _refusal(detail: str, usage: Usage | None) -> Refused:
    return Refused("model_refused", detail, usage)


def _without_fence(text: str) -> str:
    """JSON without the code fence that some models put around it."""
    bare = text.encode(errors="replace").decode().strip()  # half a surrogate pair is no text
    if bare.startswith("```") and bare.endswith("```") and "\n" in bare:
        return bare[bare.index("\n") : -3].strip()
    return bare


def _faults(error: ValidationError, form: type[Asked]) -> str:
    """What is wrong with an answer: by the form's own field names, never by the answer's words."""
    known = _names(schema_of(form))
    found = error.errors(include_url=False, include_context=False, include_input=False)
    told = []
    for fault in found[:_FAULTS]:
        place = [str(step) for step in fault["loc"] if isinstance(step, int) or step in known]
        is_ours = fault["type"] != "json_invalid"
        told.append(f"{'.'.join(place) or 'it'}: {fault['msg'] if is_ours else 'no valid JSON'}")
    return "; ".join(told)


def _names(schema: Mapping[str, Any]) -> frozenset[str]:
    """The names of the fields of a form and of the forms within it."""
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for part in parts for name in part.get("properties", {}))


def _usage(completion: ChatCompletion) -> Usage | None:
    """None where the provider counts nothing; a completion is as the server wrote it, unchecked."""
    counted = completion.usage
    prompt, completed = _count(counted, "prompt_tokens"), _count(counted, "completion_tokens")
    if prompt is None or completed is None:
        return None
    cached = _count(getattr(counted, "prompt_tokens_details", None), "cached_tokens")
    reasoning = _count(getattr(counted, "completion_tokens_details", None), "reasoning_tokens")
    return Usage(prompt, min(cached or 0, prompt), completed, min(reasoning or 0, completed))


def _count(counts: object, name: str) -> int | None:
    count = getattr(counts, name, None)
    if not isinstance(count, int) or isinstance(count, bool):
        return None
    return count if 0 <= count <= _MOST_TOKENS else None


def _sum(first: Usage | None, second: Usage | None) -> Usage | None:
    """The tokens of both; unknown where either is."""
    return first + second if first is not None and second is not None else None
