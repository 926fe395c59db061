"""code: a block of code asked for by the prose that specifies it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdata.generation.drafts import Draft, blocks_part, draft
from ftdata.generation.draw import Draw
from ftdata.generation.verbs import VERBS, base_of
from ftdata.generation.view import View, sentences_of, without_markup
from ftdata.generation.wording import Wordings, choose, framed, in_first_person
from ftdata.sections import Block

_TO = re.compile(
    r"(?:^|[,;.] |\b(?:command|script|code|snippet|query|following|this|it|run|use) )(?:to|To) "
                 r"(?P<verb>[a-z][\w-]*)(?P<rest>[^.,;:!?]{4,110})")  # fmt: skip
_BY = re.compile(
    r"\bYou can (?:also )?(?P<verb>[a-z][\w-]*)(?P<rest>[^.,;:!?]{4,90}?) (?:by|using|with)\b"
)
_ORDER = re.compile(
    r"(?:Then |Next,? |First,? |Now,? "
    r"|Finally,? )?(?P<verb>[A-Z]?[a-z][\w-]*)(?P<rest> [^.,;:!?]{6,90})[:.]?$"
)
_LEANS = re.compile(
    r"\b(?:this|these|that|those|it|they|them|following|above|below|here|so|same|like)\b", re.I
)
_EXAMPLE = re.compile(r"\b(?:for example|example|e\.g\.|such as|looks? like|sample)\b", re.I)
_SHELL = frozenset(
    {"sh", "bash", "shell", "console", "shell-session", "zsh", "shellsession", "powershell"}
)
_HOW = re.compile(r" by (?:running|using|calling|executing|typing|adding|setting)\b.*")
_COMMANDS = re.compile(
    r"```\w*\n\s*(?:\$ |(?:sudo|helm|git|kubectl|docker|npm|yarn|pip|curl|ssh|bundle|rake|gh|aws"
    r"|terraform|make|brew|apt|apt-get|systemctl|psql|mysql|cd|ls|export) )"
)
_NO_TASK = frozenset({"be", "have", "run", "execute", "do", "use", "note", "see", "make"})
_NAMES = {
    "yaml": "YAML", "yml": "YAML", "json": "JSON", "go": "Go code", "ruby": "Ruby code",
    "python": "Python code", "rb": "Ruby code", "js": "JavaScript code",
    "javascript": "JavaScript code", "sql": "SQL", "xml": "XML", "html": "HTML", "toml": "TOML",
    "promql": "PromQL", "py": "Python code", "css": "CSS", "ts": "TypeScript code",
    "java": "Java code", "rust": "Rust code", "php": "PHP code", "ini": "INI", "hcl": "HCL",
    "dockerfile": "Dockerfile", "graphql": "GraphQL",
}  # fmt: skip

COMMAND: Wordings = {
    "direct": (
        "What command do I run to {x}?", "Which command lets me {x}?",
        "How do I {x} from the command line?",
    ),
    "short": ("Command to {x}?", "Shell command to {x}, please."),
    "long": ("I'm at a terminal and have to {x}. Give me the exact command, please.",),
    "formal": ("Could you please provide the command to {x}?",),
    "casual": ("what do i type to {x}?", "one-liner to {x}?"),
    "implicit": ("I have a shell open and want to {x}.",),
}  # fmt: skip
SNIPPET: Wordings = {
    "direct": ("Write the {l} to {x}.", "What does the {l} to {x} look like?"),
    "short": ("{l} to {x}?", "Give me {l} to {x}."),
    "long": ("I'm writing this for the first time: I need {l} to {x}. What should I put there?",),
    "formal": ("Could you please write the {l} needed to {x}?",),
    "casual": ("got some {l} to {x}?", "how would the {l} look to {x}?"),
    "implicit": ("I'm trying to {x} and need the {l} for it.",),
}
SHOWN: Wordings = {
    "direct": ("Can you show me an example of {x}?", "What would {x} look like in practice?"),
    "short": ("Example of {x}?", "{X}: an example, please."),
    "formal": ("Could you please give an example of {x} in code?",),
    "casual": ("show me some code for {x}", "got a snippet for {x}?"),
    "implicit": ("I'd understand {x} better with some code in front of me.",),
    "long": ("I've read the description of {x} and still can't picture it. Can you show me?",),
}


def code(view: View, draw: Draw) -> Iterator[Draft]:
    """The section's code blocks whose task the paragraph before them states; else an example."""
    if "code" not in view.kinds or view.language != "en":
        return
    for number in range(1, len(view.blocks)):
        before, block = view.blocks[number - 1], view.blocks[number]
        if block.kind != "code" or before.kind != "paragraph" or block.label in {"output", "text"}:
            continue
        wording = _wording(view, draw, before.text, _language(block))
        if wording:
            yield draft("code", wording, blocks_part([before, block]))
            return


def _wording(view: View, draw: Draw, lead: str, language: str) -> tuple[str, str] | None:
    *_, last = sentences_of(0, lead)
    task = _task(last.text)
    if task:
        is_shell = language in _SHELL
        wordings = COMMAND if is_shell else SNIPPET
        wording = choose(draw, wordings, x=in_first_person(task), l=_NAMES.get(language, "code"))
        return framed(wording, view, draw, 0.5)
    subject = view.subject
    if subject is None or subject.form in {"condition", "question"} or not lead.endswith(":"):
        return None
    if subject.form == "action":
        wordings = COMMAND if language in _SHELL else SNIPPET
        name = _NAMES.get(language, "code")
        return framed(
            choose(draw, wordings, x=in_first_person(subject.action), l=name), view, draw, 0.5
        )
    if not _EXAMPLE.search(last.text):
        return None
    x = in_first_person(subject.phrase)
    return framed(choose(draw, SHOWN, x=x, X=x[:1].upper() + x[1:]), view, draw, 0.5)


def _language(block: Block) -> str:
    """The label of the code, "sh" for commands without one."""
    label = block.label.lower().split(" ")[0]
    return label or ("sh" if _COMMANDS.match(block.text) else "")


def _task(sentence: str) -> str:
    """What the code is for, as a verb phrase: "To restart it, run:" → ""; "… to list pods:"."""
    for pattern in (_TO, _BY, _ORDER):
        found = pattern.search(sentence) if pattern is not _ORDER else pattern.match(sentence)
        if not found:
            continue
        verb, rest = found["verb"].lower(), found["rest"]
        verb = base_of(verb, "the") or verb
        if verb in _NO_TASK or verb not in VERBS or _LEANS.search(rest):
            continue
        plain = _HOW.sub("", without_markup(f"{verb}{rest}")).rstrip()
        if plain.count("`") % 2 == 0 and plain.count("(") == plain.count(")"):
            return plain
    return ""
