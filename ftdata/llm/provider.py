"""The provider behind the `openai` client: its address, the client, what is said when it fails."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ftdata.errors import ProviderError

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI, OpenAIError

_PASSING = frozenset({408, 409, 429})
_CODE = re.compile(r"[a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Use:
    """What the provider is used for, in the words of its error messages."""

    stage: str  # who asks: "embeddings"
    model: str
    setting: str  # that names the model
    wanted: str  # what a request needs the model to be
    kept: str  # what of the work is not lost, and how to go on


def server() -> str:
    """The address of the provider, from OPENAI_BASE_URL."""
    named = os.environ.get("OPENAI_BASE_URL", "").strip()
    return (named or "https://api.openai.com/v1").rstrip("/")


def open_client(
    stage: str, retries: int, timeout_s: float, *, is_answer_timed: bool = False
) -> OpenAI:
    """The client, as the environment says; where `is_answer_timed` whole answers keep the time-out.

    Raises ProviderError where no key or server is named.
    """
    from openai import DefaultHttpxClient, OpenAI, OpenAIError

    from ftdata.llm.deadline import ends_within

    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not _is_address(server()):  # not shown: it may hold a password
        raise ProviderError(
            f"{stage}: OPENAI_BASE_URL is no address of a server: write it like"
            " http://localhost:8000/v1"
        )
    if not key.isascii() or not key.isprintable():
        raise ProviderError(
            f"{stage}: OPENAI_API_KEY holds a character that no key has: copy the key again"
        )
    try:
        # What is sent is meant for the server that the user has named, and for no other.
        hooks = {"response": [ends_within(timeout_s)]} if is_answer_timed else {}
        http = DefaultHttpxClient(follow_redirects=False, event_hooks=hooks)
        return OpenAI(
            api_key=key or None,
            base_url=server(),
            max_retries=retries,
            timeout=timeout_s,
            http_client=http,
        )
    except OpenAIError as error:
        raise ProviderError(
            f"{stage}: the openai client has no key: set OPENAI_API_KEY (any word where the"
            " server at OPENAI_BASE_URL asks for none)"
        ) from error


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def provider_error(
    error: OpenAIError, client: OpenAI, use: Use, tries: int | None = None
) -> ProviderError:
    """What went wrong and what to do; `tries` are those made, where it is not the client's to try.

    The provider's words are left out: they may show the key."""
    import openai

    host, model, kept = client.base_url.host, use.model, use.kept
    tries = tries or client.max_retries + 1
    advice = f"{host} failed ({type(error).__name__}) {tries} times. {kept}"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        advice = f"{host} refused the key: check OPENAI_API_KEY, and that it may use {model}"
    elif isinstance(error, openai.NotFoundError):
        advice = (
            f"{host} does not know the model {model}: name one of its models in {use.setting},"
            " and check OPENAI_BASE_URL"
        )
    elif isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        code = code_of(error.code) or error.status_code
        advice = f"{host} refused a request for {model} ({code}): {use.wanted}"
    elif isinstance(error, openai.APIStatusError) and lacks_credit(error):
        advice = f"the account at {host} has no credit left: add some. {kept}"
    elif isinstance(error, openai.RateLimitError):
        advice = f"{host} holds requests back (429) after {tries} tries. {kept} later"
    elif isinstance(error, openai.APITimeoutError):
        advice = f"{host} gave no answer in time, {tries} times. {kept}"
    elif isinstance(error, openai.APIConnectionError):
        advice = f"{host} is out of reach: check the network and OPENAI_BASE_URL. {kept}"
    elif isinstance(error, openai.APIStatusError) and error.status_code < 400:
        advice = (
            f"{host} sends requests on to another address ({error.status_code}): nothing is sent"
            " there; where it is the right one, write it in OPENAI_BASE_URL"
        )
    elif isinstance(error, openai.APIStatusError) and not may_pass(error):
        advice = (
            f"{host} refused a request for {model} ({code_of(error.code) or error.status_code}):"
            f" see what it says of that code, and check OPENAI_BASE_URL. {kept}"
        )
    return ProviderError(f"{use.stage}: {advice}")


def may_pass(error: APIStatusError) -> bool:
    """Whether a later try may do better: the provider is busy or failing, and credit is left."""
    status = error.status_code
    return (status in _PASSING or status >= 500) and not lacks_credit(error)


def lacks_credit(error: APIStatusError) -> bool:
    """Whether the account is to be topped up first."""
    return error.status_code == 402 or error.code == "insufficient_quota"


def code_of(told: object) -> str:
    """A code of the provider that can be shown, else ""; its other words may hold anything."""
    return told if isinstance(told, str) and _CODE.fullmatch(told) else ""
