"""The lines of batch files: requests on their way out, and what came of each on their way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ftdata.chat import Answer, ChatRequest, Refused
from ftdata.jsonl import dumps
from ftdata.llm.chat_client import Malformed, messages_of, parameters_of, read_body, refused_by
from ftdata.llm.provider import code_of
from ftdata.settings_llm import Llm

URL: Final = "/v1/chat/completions"
# Of one file, by the provider's documentation of its Batch API.
MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000

_PASSING_STATUS = frozenset({408, 409, 429})


@dataclass(frozen=True)
class Unanswered:
    """A line without an answer; where it `may_pass` it is worth submitting again."""

    code: str
    may_pass: bool


Came = Answer | Refused | Malformed | Unanswered


def line_of(key: bytes, request: ChatRequest, options: Llm) -> bytes:
    """A request as a line, its end included."""
    body = {"messages": messages_of(request), **parameters_of(request, options)}
    line = {"custom_id": key.hex(), "method": "POST", "url": URL, "body": body}
    return dumps(line) + b"\n"


def shards(
    requests: Mapping[bytes, ChatRequest],
    options: Llm,
    max_requests: int = MAX_REQUESTS,
    max_bytes: int = MAX_BYTES,
) -> Iterator[dict[bytes, bytes]]:
    """The lines by their keys, in files under both limits; their order stays."""
    shard: dict[bytes, bytes] = {}
    size = 0
    for key, request in requests.items():
        line = line_of(key, request, options)
        if shard and (len(shard) == max_requests or size + len(line) > max_bytes):
            yield shard
            shard, size = {}, 0
        shard[key] = line
        size += len(line)
    if shard:
        yield shard


def read_results(
    lines: Iterable[bytes], requests: Mapping[bytes, ChatRequest], options: Llm
) -> dict[bytes, Came]:
    """What came of each of the requests, by its key; a request without a line came to nothing.

    `lines` are those of the output file and of the error file, in any order: an answer counts
    before a failure. Lines of other requests are passed over.
    """
    found: dict[bytes, Came] = {key: Unanswered("no_line", may_pass=True) for key in requests}
    for line in lines:
        result = _parsed(line)
        key = _key(result)
        if key is None or key not in requests or not isinstance(found[key], Unanswered):
            continue
        found[key] = _came(result, requests[key], options)
    return found


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        return _object(json.loads(line))
    except (ValueError, RecursionError):
        return {}  # cut off: its request is as one without a line


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _key(result: Mapping[str, Any]) -> bytes | None:
    try:
        return bytes.fromhex(result["custom_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _came(result: Mapping[str, Any], request: ChatRequest, options: Llm) -> Came:
    response = _object(result.get("response"))
    status, body = response.get("status_code"), _object(response.get("body"))
    if status == 200:
        read = read_body(request, options, body)
        return read if read is not None else Unanswered("no_chat_completion", may_pass=True)
    code = code_of(
        _object(body.get("error")).get("code") or _object(result.get("error")).get("code")
    )
    refused = refused_by(status, code)
    if refused is not None:
        return refused
    return Unanswered(code or str(status or "no_code"), _may_pass(status, code))


def _may_pass(status: object, code: str) -> bool:
    if not isinstance(status, int):
        return True  # the batch expired or was cancelled before it came to this request
    return (status in _PASSING_STATUS or status >= 500) and code != "insufficient_quota"


def codes(unanswered: Sequence[str]) -> str:
    """How often each code came, for a message."""
    return ", ".join(f"{unanswered.count(code)} {code}" for code in sorted(set(unanswered)))
