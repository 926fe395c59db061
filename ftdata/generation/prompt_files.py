"""The prompts below `prompts/`: files with a version, a system message and a user's message."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from ftdata.chat import Asked, ChatRequest

_SYSTEM, _USER = "\n=== system\n", "\n=== user\n"


@dataclass(frozen=True)
class Prompt:
    """One prompt; `version` names its file, its version and its content."""

    version: str
    system: str
    user: Template

    def request(self, form: type[Asked], **values: str) -> ChatRequest:
        """The request with its places filled. Raises KeyError for a place without a value."""
        return ChatRequest(self.system, self.user.substitute(values), form, self.version)


@cache
def read_prompt(name: str) -> Prompt:
    """The prompt of that name, such as `instruction`."""
    text = (files("ftdata.generation") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    head, _, rest = text.partition(_SYSTEM)
    system, _, user = rest.partition(_USER)
    digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    version = head.removeprefix("version: ")
    return Prompt(f"{name} {version} {digest}", system.strip(), Template(user.strip()))


def prompts_identity() -> str:
    """12 hex digits that change with the text of any prompt: part of what a stage is made with."""
    folder = files("ftdata.generation") / "prompts"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    versions = "\n".join(read_prompt(name.removesuffix(".md")).version for name in names)
    return hashlib.blake2b(versions.encode(), digest_size=6).hexdigest()
