"""Answers of chat models, by the hash of all that decides them.

One SQLite file for all models. Only answers that fill their form are kept, each committed as it
arrives; the first answer to a request stays, so that two processes go on with the same one. It
holds hashes, answers and counts of tokens: no request, no address, no key.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from ftdata import jsonl
from ftdata.chat import Answer, ChatRequest, Usage
from ftdata.llm.cache_file import opened
from ftdata.llm.chat_client import messages_of, parameters_of
from ftdata.llm.provider import server
from ftdata.settings_llm import Llm

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer TEXT NOT NULL, usage TEXT)"
)
_LOSS = "what it held is asked, and paid for, anew"


def request_key(request: ChatRequest, options: Llm) -> bytes:
    """32 bytes that name server, model, messages, form, parameters and the prompt's version."""
    asked = {
        "server": server(),
        "messages": messages_of(request),
        "parameters": parameters_of(request, options),
        "prompt": request.prompt_version,
    }
    return hashlib.blake2b(jsonl.canonical(asked), digest_size=32).digest()


class ChatCache:
    """The answers below one cache folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before `read` or `write`."""
        self.path = folder / "chat" / "answers.sqlite"

    def read(self, key: bytes) -> Answer | None:
        """The answer that is there. Raises StorageError where the file cannot be read."""
        with opened(self.path, _SCHEMA, _LOSS) as db:
            return _read(db, key)

    def write(self, answers: Mapping[bytes, Answer]) -> dict[bytes, Answer]:
        """Keep answers, all or none; returns those that are kept: of whoever came first."""
        kept = {}
        with opened(self.path, _SCHEMA, _LOSS) as db:
            for key, answer in answers.items():
                usage = None if answer.usage is None else json.dumps(asdict(answer.usage))
                db.execute(
                    "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", (key, answer.text, usage)
                )
                kept[key] = _read(db, key) or answer
        return kept


def _read(db: sqlite3.Connection, key: bytes) -> Answer | None:
    row = db.execute("SELECT answer, usage FROM answers WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    text, usage = row
    return Answer(text, None if usage is None else Usage(**json.loads(usage)))
