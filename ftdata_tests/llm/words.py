"""A form of one word, requests for it, and a run that asks for many: also as a process."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import field_validator

from ftdata.chat import Asked, ChatRequest
from ftdata.llm.chat import CachedChat, open_chat
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


def chat(folder: Path, options: Llm = OPTIONS) -> CachedChat:
    return open_chat(options, _upath(folder), "generation.writer: model", "or write `rules`")


def _upath(folder: Path):
    from upath import UPath

    return UPath(folder)


if __name__ == "__main__":
    made = chat(Path(sys.argv[1])).complete([request(f"n {n}") for n in range(int(sys.argv[2]))])
    print("\n".join(answer.text for answer in made))
