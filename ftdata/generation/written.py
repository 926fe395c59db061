"""The model as writer: instructions for answers that rules took from a section, or answers, too.

What is sent is redacted before. What comes back passes the same tests as what rules make, and may
say no number, address or code that its section lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pydantic import field_validator

from ftdata.chat import Answer, Asked, ChatModel, ChatRequest, Refused, stripped
from ftdata.generation.drafts import Draft
from ftdata.generation.grounding import coverage, invented
from ftdata.generation.kinds import KINDS
from ftdata.generation.quality import Fault, fault_of
from ftdata.generation.rows import Place
from ftdata.prompt_files import read_prompt
from ftdata.sections import Section
from ftdata.settings_documents import Generation
from ftdata.text import same_key

Candidate = tuple[Place, Section, Draft, Fault | None]

_CHUNK = 512  # candidates held at one time
_SHOWN = 60  # characters of what was invented, in a drop's detail
_TOKEN = re.compile(r"\S+")
_EDGES = "*_`|:;,.()[]"  # of a token: what may stand elsewise in a part than in the whole
_GLUE = {"Yes", "No", ""}  # what rules put before or between pieces of a section
_STYLES = {
    "direct": "a direct question or request",
    "implicit": "says what the situation is or what is wanted, with no question",
    "short": "as few words as a user types in a hurry",
    "long": "two or three sentences, with the user's situation first",
    "formal": "formal and polite",
    "casual": "casual, as in a chat with a colleague",
}
_LANGUAGES = {"en": "English", "es": "Spanish", "de": "German", "fr": "French"}


class Instruction(Asked):
    """A user's message."""

    instruction: str

    _not_blank = field_validator("instruction")(stripped)


class Exchange(Asked):
    """A user's message and the answer to it."""

    instruction: str
    answer: str

    _not_blank = field_validator("instruction", "answer")(stripped)


@dataclass(frozen=True)
class Writer:
    """Who writes; `redact` takes out of a text what may not leave this machine."""

    model: ChatModel
    redact: Callable[[str], str]


def write_examples(
    found: Iterable[Candidate], writer: Writer, options: Generation
) -> Iterator[Candidate]:
    """The candidates that rules found, in their order, as the model writes them.

    A good draft keeps its kind and style. With `answers: spans` it keeps its answer, and the model
    writes the instruction; with `answers: model` the model writes both from the section, and there
    are no spans. What fails a test has its fault; what the model does not write in the form asked
    for keeps the rules' draft and is quarantined. Faulty and out-of-scope drafts pass as they are.

    Raises ProviderError or StorageError as `ChatModel.complete` does.
    """
    seen: set[tuple[str, str]] = set()
    left = iter(found)
    while chunk := list(islice(left, _CHUNK)):
        asked = [number for number, one in enumerate(chunk) if _is_to_be_written(one)]
        materials = {number: _material(chunk[number][1], writer) for number in asked}
        requests = [_request(chunk[n][1], chunk[n][2], materials[n], options) for n in asked]
        outcomes = dict(zip(asked, writer.model.complete(requests), strict=True))
        for number, one in enumerate(chunk):
            if number not in outcomes:
                yield one
                continue
            place, section, old, _ = one
            draft, fault = _written(old, outcomes[number], options, writer.model.name)
            fault = fault or _fault(draft, section, materials[number], options)
            key = (section.id, same_key(draft.prompt))
            if fault is None and key in seen:
                fault = Fault("repeated_instruction", "another example of the section asks it")
            if fault is None:
                seen.add(key)
            yield place, section, draft, fault


def _is_to_be_written(one: Candidate) -> bool:
    _, _, draft, fault = one
    return fault is None and draft.kind != "out_of_scope"


def _material(section: Section, writer: Writer) -> str:
    """Title, headings and text of a section, redacted as one text."""
    headings = " > ".join(section.heading_path)
    return writer.redact("\n\n".join(part for part in (section.title, headings, section.text)))


def _request(section: Section, draft: Draft, material: str, options: Generation) -> ChatRequest:
    language = section.language or "en"
    values = {
        "kind": KINDS[draft.kind].told,
        "style": _STYLES.get(draft.style, draft.style),
        "language": _LANGUAGES.get(language, f"that of the section ({language})"),
        "section": material,
    }
    if options.answers == "model":
        return read_prompt("generation", "exchange").request(
            Exchange, f"{draft.prompt} {draft.answer}", **values
        )
    answer = _as_redacted(draft.answer, material)
    return read_prompt("generation", "instruction").request(
        Instruction, draft.prompt, **values, answer=answer
    )


def _as_redacted(answer: str, material: str) -> str:
    """A part of a section, without what redaction took out of the whole.

    A part read by itself may lack the words by which a name or a number is known to be private.
    """
    known = {token.strip(_EDGES) for token in material.split()} | _GLUE
    return _TOKEN.sub(lambda found: found[0] if found[0].strip(_EDGES) in known else "[…]", answer)


def _written(
    old: Draft, outcome: Answer | Refused, options: Generation, name: str
) -> tuple[Draft, Fault | None]:
    """The draft as the model wrote it, or the old one with why it did not."""
    if isinstance(outcome, Refused):
        if outcome.reason == "not_asked":  # an estimate goes on with what stands for the answer
            return old, None
        return old, Fault(outcome.reason, outcome.detail, quarantined=True)
    if options.answers == "model":
        both = Exchange.model_validate_json(outcome.text)
        made = replace(old, prompt=both.instruction, answer=both.answer, spans=())
    else:
        made = replace(old, prompt=Instruction.model_validate_json(outcome.text).instruction)
    return replace(made, generator=name), None


def _fault(draft: Draft, section: Section, material: str, options: Generation) -> Fault | None:
    language = section.language or "en"
    return (
        _instruction_fault(draft.prompt, material, language)
        or (_answer_fault(draft.answer, material, language, options) if not draft.spans else None)
        or fault_of(draft, language, is_whole=bool(draft.spans))
    )


def _instruction_fault(prompt: str, material: str, language: str) -> Fault | None:
    """What an instruction asks for must be in the section, in part at least by name."""
    made_up = invented(prompt, material)
    if made_up:
        return Fault("not_grounded", f"the instruction says {made_up[0][:_SHOWN]}")
    if not coverage(prompt, material, language):
        return Fault("not_grounded", "no word of the instruction stands in the section")
    return None


def _answer_fault(answer: str, material: str, language: str, options: Generation) -> Fault | None:
    made_up = invented(answer, material)
    if made_up:
        return Fault("not_grounded", f"the answer says {made_up[0][:_SHOWN]}")
    share = coverage(answer, material, language)
    if share < options.min_coverage:
        return Fault("not_grounded", f"{share:.2f} of the answer's words stand in the section")
    return None
