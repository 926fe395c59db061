"""The registry of instruction kinds: one file each, tried in this order.

A kind looks at a section and makes drafts of it, or none. `out_of_scope` is made of a document as a
whole, in `generation/outside.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.kinds.code import code
from ftdata.generation.kinds.comparison import comparison
from ftdata.generation.kinds.definition import definition
from ftdata.generation.kinds.faq import faq
from ftdata.generation.kinds.how_to import how_to
from ftdata.generation.kinds.look_up import look_up
from ftdata.generation.kinds.policy import policy
from ftdata.generation.kinds.question import question
from ftdata.generation.kinds.summary import summary
from ftdata.generation.kinds.troubleshooting import troubleshooting
from ftdata.generation.kinds.yes_no import yes_no
from ftdata.generation.view import View
from ftdata.settings_documents import InstructionKind
from ftdata.tagging.values import TaskType


@dataclass(frozen=True)
class Kind:
    """How drafts of a kind are made, and what else is to be known of it.

    `make` gets a section, seen as a view, and a draw of its own; it gives drafts or none.
    `task_type` is the example's tag; `told` says to a model what kind of message it is to write.
    `by_structure`: prompt and answer belong together by how the document is laid out, whatever
    words they use; of other kinds they must share one.
    """

    make: Callable[[View, Draw], Iterator[Draft]]
    task_type: TaskType
    told: str
    by_structure: bool = False


KINDS: dict[InstructionKind, Kind] = {
    "faq": Kind(faq, "question_answering", "a question that many users ask", by_structure=True),
    "how_to": Kind(
        how_to, "procedure", "how to do something, asked by somebody who wants to do it",
        by_structure=True,
    ),
    "troubleshooting": Kind(
        troubleshooting, "troubleshooting", "a problem that the user reports as it shows to them",
        by_structure=True,
    ),
    "policy": Kind(policy, "policy", "a user's own situation, to which a rule applies"),
    "yes_no": Kind(
        yes_no, "question_answering", "a question that is answered with yes or no and a reason"
    ),
    "code": Kind(
        code, "coding",
        "a request for code, a command or a configuration, by what it shall do",
    ),
    "look_up": Kind(look_up, "information_extraction", "a single value that the user needs"),
    "comparison": Kind(
        comparison, "comparison", "how two or more things differ, or which to choose"
    ),
    "definition": Kind(definition, "definition", "what something is or means"),
    "summary": Kind(summary, "summarization", "a request for an overview", by_structure=True),
    "question": Kind(question, "question_answering", "a question", by_structure=True),
}  # fmt: skip
