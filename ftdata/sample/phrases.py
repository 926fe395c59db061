"""The phrases beside this module, and how their choices and slots are filled.

`<<one|other>>` is a choice: the n-th use of an exchange takes the n-th wording, in all of its
turns. `{{name}}` is a slot with one value per conversation; `{{name2}}` is another value.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from ftdata import jsonl
from ftdata.sample.draws import between, letters, pick
from ftdata.sample.personal import PERSONAL

_CHOICE = re.compile(r"<<(.*?)>>", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_SLOT = re.compile(r"\{\{([a-z_]+)([0-9]*)\}\}")


@dataclass(frozen=True)
class Exchange:
    """A conversation before its slots are filled. `turns` holds (prompt, response)."""

    source: str
    number: int
    category: str
    lang: str
    marks: tuple[str, ...]
    once: bool
    turns: tuple[tuple[str, str], ...]

    @property
    def wordings(self) -> int:
        """How often it can be used with another first prompt."""
        found = _CHOICE.search(self.turns[0][0])
        return 1 if self.once or not found else len(_BAR.split(found.group(1)))


def load_exchanges(source: str) -> list[Exchange]:
    """All exchanges of a source, in the order of its file."""
    return [
        Exchange(
            source=source,
            number=number,
            category=entry["category"],
            lang=entry.get("lang", "en"),
            marks=tuple(entry.get("marks", ())),
            once=entry.get("once", False),
            turns=_turns(entry),
        )
        for number, entry in enumerate(_load(f"{source}.yaml"))
    ]


def fill(text: str, use: int, name: str) -> str:
    """The text with its choices made and its slots filled.

    `use` tells which wording is taken, `name` is the conversation that fixes the slots.
    """
    chosen = _CHOICE.sub(lambda found: _choose(found.group(1), use), text)
    return _SLOT.sub(lambda slot: _value(slot.group(1), slot.group(2), name), chosen)


def personal_kinds(text: str, use: int) -> tuple[str, ...]:
    """Which kinds of personal data the text will hold, such as `email`, in alphabetical order."""
    chosen = _CHOICE.sub(lambda found: _choose(found.group(1), use), text)
    found = {slot.group(1) for slot in _SLOT.finditer(chosen)}
    return tuple(sorted(found & {"email", *PERSONAL}))


def _turns(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if "turns" in entry:
        lines = entry["turns"]
        return tuple(zip(lines[::2], lines[1::2], strict=True))
    answer = entry["answer"]
    if not isinstance(answer, str):
        answer = jsonl.dumps(answer).decode()
    return ((entry["question"], answer),)


def _choose(wordings: str, use: int) -> str:
    options = _BAR.split(wordings)
    return options[use % len(options)].replace(r"\|", "|")


def _value(slot: str, which: str, name: str) -> str:
    if slot == "email":
        return _email(which, name)
    if slot in PERSONAL:
        return PERSONAL[slot](f"{name}/{slot}{which}")
    if slot in _NUMBERS:
        return _number(slot, f"{name}/{slot}{which}")
    values = _slots()[slot]
    first = between(0, len(values) - 1, name, slot)
    return values[(first + int(which or 1) - 1) % len(values)]


def _email(which: str, name: str) -> str:
    first, last = _value("person", which, name).lower().split()
    local = pick((f"{first}.{last}", f"{first[0]}{last}", f"{last}+shop"), name, "email", which)
    return f"{local}@{_value('mail_domain', which, name)}"


_NUMBERS = ("order", "booking", "invoice", "case", "amount")


def _number(slot: str, name: str) -> str:
    number = between(10_000, 99_999, name)
    if slot == "booking":
        return "RB-" + letters("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5, name)
    if slot == "amount":
        return f"{number / 300:.2f} euros"
    prefixes = {"order": "QM-", "invoice": "INV-25-", "case": "C-"}
    return f"{prefixes[slot]}{number}"


@functools.cache
def _slots() -> dict[str, list[str]]:
    slots: dict[str, list[str]] = _load("slots.yaml")
    return slots


def _load(name: str) -> Any:  # noqa: ANN401 - whatever the YAML file holds
    text = files("ftdata.sample").joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)
