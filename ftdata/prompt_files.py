"""The prompts that packages keep below `prompts/`: a version, a system and a user's message."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from ftdata.chat import Asked, ChatRequest

_CLOSING = re.compile(r"</(\w+)>")
_SYSTEM, _USER = "\n=== system\n", "\n=== user\n"


@dataclass(frozen=True)
class Prompt:
    """One prompt; `version` names its file, its version and its content."""

    version: str
    system: str
    user: Template

    def request(self, form: type[Asked], answer_like: str = "", **values: str) -> ChatRequest:
        """The request with its places filled. Raises KeyError for a place without a value.

        A value cannot end the tags that the prompt puts around it: `</message>` in it becomes
        `< /message>`.
        """
        user = self.user.substitute({name: self._inside(value) for name, value in values.items()})
        return ChatRequest(self.system, user, form, self.version, answer_like)

    def _inside(self, value: str) -> str:
        tags = "|".join(sorted(set(_CLOSING.findall(self.user.template))))
        return re.sub(rf"<(?=/(?:{tags})\s*>)", "< ", value, flags=re.IGNORECASE) if tags else value


@cache
def read_prompt(package: str, name: str) -> Prompt:
    """The prompt of that name in a package of ftdata: `read_prompt("generation", "exchange")`."""
    text = (files(f"ftdata.{package}") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    head, _, rest = text.partition(_SYSTEM)
    system, _, user = rest.partition(_USER)
    digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    version = head.removeprefix("version: ")
    return Prompt(f"{name} {version} {digest}", system.strip(), Template(user.strip()))


def prompt_versions(package: str) -> list[str]:
    """Name, version and hash of every prompt of a package, in the order of their names."""
    folder = files(f"ftdata.{package}") / "prompts"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    return [read_prompt(package, name.removesuffix(".md")).version for name in names]


def prompts_identity(package: str) -> str:
    """12 hex digits that change with the text of any prompt of a package."""
    versions = "\n".join(prompt_versions(package))
    return hashlib.blake2b(versions.encode(), digest_size=6).hexdigest()
