"""Examples to be judged, and a judge that says what a test wants."""

from __future__ import annotations

from ftdata import tables
from ftdata.chat import Refused
from ftdata.judging.asking import Preference, rating_form
from ftdata_tests.fake_model import FakeModel

ALL = ("clarity", "completeness", "coherence", "correctness", "style")


def example(name, reply, *, parent=None, rejected=None, prompt="When do you open?", scores=None):
    said = [("user", prompt, None), ("assistant", reply, 1)]
    messages = [
        {"role": role, "content": text, "weight": weight, "tool_calls": None}
        for role, text, weight in said
    ]
    return {
        "id": name, "source": "web", "date": "2025-03-01", "position": 0,
        "conversation_id": name, "record_ids": [name], "origins": ["raw/web/2025-03-01.jsonl:1"],
        "variant": 0 if parent is None else 1, "parent_id": parent,
        "provenance": "log" if parent is None else "preferences/rules", "messages": messages,
        "tools": None, "tokens": 9, "trained_tokens": 4, "tokenizer": "estimate",
        "tags": {"category": "times"}, "tag_origins": {"category": "log"},
        "scores": scores, "rejected": rejected,
    }  # fmt: skip


def augmented(*examples):
    return tables.from_rows("augmented", list(examples))


def judge(marks, better=None, criteria=ALL, why="Short, and right."):
    """Marks an example by a word of its reply; of a pair prefers the reply that holds `better`."""

    def reply(request):
        if request.form is Preference:
            return _preference(request.user, better)
        mark = next(mark for word, mark in marks.items() if word in request.user)
        if isinstance(mark, Refused):
            return mark
        return rating_form(criteria)(rationale=why, **dict.fromkeys(criteria, mark))

    return FakeModel(reply, name="judge-1")


def _preference(asked, better):
    first, second = asked.split("<first>")[1].split("<second>")
    places = {"first": better and better in first, "second": better and better in second}
    found = next((place for place, is_there in places.items() if is_there), "same")
    return Preference(rationale="It answers.", better=found)
