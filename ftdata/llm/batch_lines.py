"""The lines of batch files: requests on their way out, and what came of each on their way back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ftdata.chat import Answer, ChatRequest, Refused
from ftdata.jsonl import dumps
from ftdata.llm.chat_client import Malformed, messages_of, parameters_of, read_body, refused_by
from ftdata.settings_llm import Llm

URL: Final = "/v1/chat/completions"
# Of one file, by the provider's documentation of its Batch API.
MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000

_CODE = re.compile(r"[a-z0-9_]{1,40}")
_PASSING_CODES = frozenset({"batch_expired", "batch_cancelled", "rate_limit_exceeded"})
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
        result = json.loads(line)
    except ValueError:
        return {}  # cut off: its request is as one without a line
    return result if isinstance(result, dict) else {}


def _key(result: Mapping[str, Any]) -> bytes | None:
    try:
        return bytes.fromhex(result["custom_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _came(result: Mapping[str, Any], request: ChatRequest, options: Llm) -> Came:
    response = result.get("response") or {}
    status, body = response.get("status_code"), response.get("body") or {}
    if status == 200:
        read = read_body(request, options, body)
        return read if read is not None else Unanswered("no_chat_completion", may_pass=True)
    code = code_of((body.get("error") or {}).get("code") or (result.get("error") or {}).get("code"))
    refused = refused_by(code)
    if status == 400 and refused is not None:
        return refused
    return Unanswered(code or str(status), _may_pass(status, code))


def _may_pass(status: object, code: str) -> bool:
    if code in _PASSING_CODES:
        return True
    is_busy = isinstance(status, int) and (status in _PASSING_STATUS or status >= 500)
    return is_busy and code != "insufficient_quota"


def code_of(told: object) -> str:
    """A code of the provider that can be shown, else ""; its other words may hold anything."""
    return told if isinstance(told, str) and _CODE.fullmatch(told) else ""


def codes(unanswered: Sequence[str]) -> str:
    """How often each code came, for a message."""
    return ", ".join(f"{unanswered.count(code)} {code}" for code in sorted(set(unanswered)))
