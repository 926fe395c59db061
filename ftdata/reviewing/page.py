"""`review.html`: one file that needs no network, runs one script, and shows examples as text.

What examples hold goes into a block of JSON, in which `<`, `>` and `&` are escaped, and from there
into text nodes alone. A policy in the page lets no other script run, loads nothing and sends
nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

import orjson

_ESCAPES = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}
_SEPARATORS = {"\u2028".encode(): b"\\u2028", "\u2029".encode(): b"\\u2029"}
DATA_START = b'<script type="application/json" id="data">'
DATA_END = b"</script>"


def review_page(
    name: str, version: str, examples: Sequence[Mapping[str, Any]], about: Mapping[str, Any]
) -> bytes:
    """The page of a version's examples.

    Each example is JSON with id, source, date, split, stratum, base, tags, scores, provenance,
    parent, origins, messages, tools and rejected; `about` is told at the top of the page.
    """
    script, style = _asset("review.js"), _asset("review.css")
    data = {"name": name, "version": version, "about": about, "examples": list(examples)}
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    parts = [
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'.encode(),
        b'<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>Review: {escape(name)}</title>\n<style>".encode(),
        style,
        b"</style>\n</head>\n<body>\n",
        _asset("review.html"),
        DATA_START,
        embedded_json(data),
        DATA_END,
        b"\n<script>",
        script,
        b"</script>\n</body>\n</html>\n",
    ]
    return b"".join(parts)


def embedded_json(value: object) -> bytes:
    """JSON that can stand in a page: no character in it ends a script or begins a tag."""
    encoded = orjson.dumps(value)
    for raw, escaped in (_ESCAPES | _SEPARATORS).items():
        encoded = encoded.replace(raw, escaped)
    return encoded


def read_embedded(page: bytes) -> Any:  # noqa: ANN401  (JSON of any shape)
    """What `review_page` put into a page. Raises ValueError where it is not there whole."""
    return orjson.loads(page.partition(DATA_START)[2].partition(DATA_END)[0])


def _asset(name: str) -> bytes:
    return (files("ftdata.reviewing") / name).read_bytes()


def _hash(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
