"""The registry of instruction kinds: one file each, tried in this order.

A kind looks at a section and makes drafts of it, or none. `out_of_scope` is made of a document as a
whole, in `generation/outside.py`.
"""

from collections.abc import Callable, Iterator

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

Kind = Callable[[View, Draw], Iterator[Draft]]

KINDS: dict[InstructionKind, Kind] = {
    "faq": faq,
    "how_to": how_to,
    "troubleshooting": troubleshooting,
    "policy": policy,
    "yes_no": yes_no,
    "code": code,
    "look_up": look_up,
    "comparison": comparison,
    "definition": definition,
    "summary": summary,
    "question": question,
}
