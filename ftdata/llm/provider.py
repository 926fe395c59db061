"""The provider behind the `openai` client: its address, the client, what is said when it fails."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ftdata.errors import ProviderError

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError


@dataclass(frozen=True)
class Use:
    """What the provider is used for, in the words of its error messages."""

    stage: str  # who asks: "embeddings"
    model: str
    setting: str  # that names the model
    wanted: str  # what a request needs the model to be
    kept: str  # what of the work is not lost, and how to go on


def server() -> str:
    """The address of the provider, as the client reads it from OPENAI_BASE_URL."""
    return (os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1").rstrip("/")


def open_client(stage: str, retries: int, timeout_s: float) -> OpenAI:
    """The client, as the environment says. Raises ProviderError where it names no key."""
    from openai import OpenAI, OpenAIError

    try:
        return OpenAI(max_retries=retries, timeout=timeout_s)
    except OpenAIError as error:
        raise ProviderError(
            f"{stage}: the openai client has no key: set OPENAI_API_KEY (any word where the"
            " server at OPENAI_BASE_URL asks for none)"
        ) from error


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
        code = error.code or error.status_code
        advice = f"{host} refused a request for {model} ({code}): {use.wanted}"
    elif isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota":
        advice = f"the account at {host} has no credit left: add some. {kept}"
    elif isinstance(error, openai.RateLimitError):
        advice = f"{host} holds requests back (429) after {tries} tries. {kept} later"
    elif isinstance(error, openai.APITimeoutError):
        advice = f"{host} gave no answer in time, {tries} times. {kept}"
    elif isinstance(error, openai.APIConnectionError):
        advice = f"{host} is out of reach: check the network and OPENAI_BASE_URL. {kept}"
    return ProviderError(f"{use.stage}: {advice}")
