"""What an example asks for: its task type, by the first of the users' messages that tells one."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import islice

from ftdata.tagging.cues import Cues
from ftdata.tagging.said import PIECED, Said
from ftdata.tagging.task_phrases import (
    BRAINSTORMING,
    CLASSIFICATION,
    CODE,
    COMPARISON,
    DEFINITION,
    EXTRACTION,
    GREETING,
    OF_YOU,
    PROCEDURE,
    QUESTION_WORDS,
    REASONING,
    ROLE,
    TRANSACTION,
    TRANSLATION,
    TROUBLE,
)
from ftdata.tagging.task_verbs import ASKS, LEAD, MAKING, NAMES, OBJECTS, VERBS
from ftdata.tagging.task_words_abroad import (
    ASKING,
    GREETINGS,
    HOW_ARE_YOU,
    HOW_TO,
    PIECES,
    WHAT_IS,
    WORDS,
)
from ftdata.tagging.values import TaskType
from ftdata.text import WORD

_MESSAGES = 3  # after so many without a task it is a conversation
_START, _END = 600, 200  # characters at both ends of a message in which its task is looked for
_CLAUSES = 8
_CLAUSE = re.compile(r"[.!?:;\n,]\s*")
_CLAUSE_CHARS = 120
_AFTER = 10  # words after a verb in which its object is looked for
_IS_ROLE = 40  # characters of a message that gives a role; "you are a liar" gives none
_GREETS = 40  # characters of a message that only greets, at most
_GREETING_WORDS = 4
_ASKS_ONLY = 120  # characters of a question that holds no code
_ASKS_FACT = re.compile(r"\W*(?:what|who|when|where|why|which|is|are|does|do|did|was|were)\b")
_CHATTY = 60  # words of a message that says something and asks for nothing

_STRONG: tuple[tuple[Cues, TaskType], ...] = (
    (CLASSIFICATION, "classification"),
    (EXTRACTION, "information_extraction"),
    (COMPARISON, "comparison"),
    (BRAINSTORMING, "brainstorming"),
    (REASONING, "reasoning"),
)
_NEEDS: tuple[tuple[Cues, TaskType], ...] = (
    (OF_YOU, "conversation"),
    (TROUBLE, "troubleshooting"),
    (PROCEDURE, "procedure"),
    (TRANSACTION, "transaction"),
)
# One look at a message's words; each cue then looks at those alone that mean something to one.
_TRIGGERS = frozenset().union(
    *(cue.triggers for cue in (TRANSLATION, CODE, ROLE)),
    *(cue.triggers for cue, _ in (*_STRONG, *_NEEDS)),
)
_WEAK = frozenset({"question_answering", "transaction"})  # of a verb that cues may overrule
_STAYS = frozenset({"translation", "summarization", "classification", "information_extraction"})


def task_type_of(said: Said) -> TaskType:
    """The task type of an example.

    `tool_use` where the assistant calls a tool. Else the first of three messages that tells one: by
    the verb of a request and its object ("write a poem", "write a function"), by phrases ("how do
    I", "is not working"), or as a question. A short message that asks for nothing is
    `conversation`, a long one `other`.
    """
    if any(message["tool_calls"] for message in said.messages):
        return "tool_use"
    for text in said.folded[:_MESSAGES]:
        is_whole = len(said.folded) == 1 and len(text) <= _START + _END
        found = _of_message(text, said.language, said.spaced.split() if is_whole else None)
        if found is not None:
            return found
    size = said.size(said.folded[0]) if said.folded else 0
    return "conversation" if size < _CHATTY else "other"


def _of_message(text: str, language: str, known: list[str] | None) -> TaskType | None:
    """The task that a message tells; `known` are its words where they were found already."""
    ends = text if len(text) <= _START + _END else f"{text[:_START]}\n{text[-_END:]}"
    listed = WORD.findall(ends) if known is None else known
    words = frozenset(listed)
    if _is_greeting(ends, words):
        return None
    if language in PIECED:
        return next((task for task, piece in PIECES.items() if piece.search(ends)), None)
    if language == "en":
        return _in_english(ends, words)
    return _abroad(ends, listed) or (
        "coding" if "```" in text or CODE.are_in(words, ends) else None
    )


def _is_greeting(text: str, words: Set[str]) -> bool:
    """A message of a few words that greets, thanks or asks how it goes."""
    if len(text) > _GREETS:
        return False
    is_short = len(words) <= _GREETING_WORDS
    told = GREETING.are_in(words, text) or not GREETINGS.isdisjoint(words)
    return (is_short and told) or HOW_ARE_YOU.search(text) is not None


def _in_english(text: str, words: Set[str]) -> TaskType | None:
    hits = _TRIGGERS & words
    if TRANSLATION.are_in(hits, text):
        return "translation"
    asked = _asked(text)
    task = next((one for one in asked if one not in _WEAK), None)
    if task not in _STAYS and _is_about_code(text, hits):
        return "coding"
    if len(text) >= _IS_ROLE and ROLE.are_in(hits, text):
        return "roleplay"
    if task is None:
        task = next((kind for cue, kind in _STRONG if cue.are_in(hits, text)), None)
    return task or _by_need(text, hits, asked)


def _is_about_code(text: str, hits: Set[str]) -> bool:
    """A short question such as "Who invented SQL?" asks for no code."""
    if "```" in text:
        return True
    return CODE.are_in(hits, text) and not (len(text) < _ASKS_ONLY and _ASKS_FACT.match(text))


def _by_need(text: str, hits: Set[str], asked: list[TaskType]) -> TaskType | None:
    """What users need who say what they want, what they lack, or ask."""
    need = next((kind for cue, kind in _NEEDS if cue.are_in(hits, text)), None)
    if need is not None:
        return need
    if DEFINITION.search(text):
        return "definition"
    if asked:
        return asked[0]
    first = WORD.search(text)
    is_question = "?" in text or (first is not None and first[0] in QUESTION_WORDS)
    return "question_answering" if is_question else None


def _asked(text: str) -> list[TaskType]:
    """The tasks of the verbs with which clauses begin, in their order."""
    clauses = _CLAUSE.split(text, _CLAUSES)[:_CLAUSES]
    found = (_of_clause(WORD.findall(clause[:_CLAUSE_CHARS])) for clause in clauses)
    return [task for task in found if task is not None]


def _of_clause(listed: Sequence[str]) -> TaskType | None:
    words = iter(listed)
    verb = next((word for word in words if word not in LEAD), "")
    if verb not in MAKING:
        return VERBS.get(verb)
    return _object_of(list(islice(words, _AFTER))) or MAKING[verb] or VERBS.get(verb)


def _object_of(words: Sequence[str]) -> TaskType | None:
    """The task that what is made tells: `a list of ideas`, but `a recommendation letter`."""
    told: TaskType | None = None
    for word in words:
        if word in ASKS or (told is not None and word not in OBJECTS):
            break
        told = OBJECTS.get(word, told)
    return told


def _abroad(text: str, listed: list[str]) -> TaskType | None:
    words = frozenset(listed)
    for task, telling in WORDS:
        if not telling.isdisjoint(words):
            return task
    if HOW_TO.search(text):
        return "procedure"
    if WHAT_IS.search(text):
        return "definition"
    if "?" in text or "؟" in text or (listed and listed[0] in ASKING):
        return "question_answering"
    return None


def task_type_of_category(category: str) -> TaskType | None:
    """The task type that a log's category names: `creative_writing` is writing; None for no one."""
    return NAMES.get("_".join(WORD.findall(category.lower().replace("_", " "))))
