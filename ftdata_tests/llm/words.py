"""A form of one word, requests for it, and a run that asks for many: also as a process.

    python -m ftdata_tests.llm.words FOLDER COUNT [OPTIONS [RUN]]

prints the outcomes, a line each; OPTIONS are those of the section `llm` that differ, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from pydantic import field_validator
from upath import UPath

from ftdata.chat import Answer, Asked, ChatRequest
from ftdata.llm.chat import CachedChat, open_chat
from ftdata.llm.ledger import Spender
from ftdata.settings_llm import Llm

OPTIONS = Llm(model="writer-1", retries=3, timeout_s=10, concurrency=4)


class Word(Asked):
    """One word."""

    word: str

    @field_validator("word")
    @classmethod
    def _one_word(cls, text: str) -> str:
        if len(text.split()) != 1:
            raise ValueError("write a single word")
        return text


def request(user: str, version: str = "word 1") -> ChatRequest:
    return ChatRequest("You answer with one word.", user, Word, version)


def numbers(count: int) -> list[ChatRequest]:
    return [request(f"n {number}") for number in range(count)]


def chat(folder: Path, options: Llm = OPTIONS, run: str = "") -> CachedChat:
    asks, instead = "generation.writer: model", "or write `rules`"
    return open_chat(options, UPath(folder), asks, instead, Spender(run))


def changed(**values: object) -> Llm:
    """The options, with other values."""
    return Llm(**{**OPTIONS.model_dump(), **values})


def asking(folder: Path, count: int, run: str = "", **values: object) -> subprocess.Popen[str]:
    """The same requests in a process of their own."""
    command = [sys.executable, "-m", __name__, str(folder), str(count), json.dumps(values), run]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=dict(os.environ))


def main(folder: str, count: str, values: str = "{}", run: str = "") -> None:
    model = chat(Path(folder), changed(**json.loads(values)), run)
    made = model.complete(numbers(int(count)))
    while model.settle():
        made = model.complete(numbers(int(count)))
    print("\n".join(one.text if isinstance(one, Answer) else one.reason for one in made))


if __name__ == "__main__":
    # Where a shell started the tests in the background, its children ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(*sys.argv[1:])
