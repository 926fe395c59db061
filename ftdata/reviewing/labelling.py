"""Examples for other labelling tools, and what people said there: Label Studio and Argilla.

Label Studio imports a list of tasks with `data` and exports them with `annotations`, whose `result`
holds what was entered by `from_name` (its guide, "Label Studio JSON format"). Argilla's records
have `fields`, `questions` are answered under `responses`, and `metadata` travels along (its guide
on `rg.Dataset.from_json` and `to_json`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from ftdata.reviews import Review, ReviewError, parse_review

Tool = Literal["label-studio", "argilla"]
TOOLS: tuple[Tool, ...] = ("label-studio", "argilla")
_KEPT = ("id", "source", "date", "version", "base")
_REWRITTEN = "reply"

LABEL_STUDIO_CONFIG = """<View>
  <Paragraphs name="chat" value="$messages" layout="dialogue" nameKey="role" textKey="content"/>
  <Rating name="rating" toName="chat" maxRating="5"/>
  <Choices name="decision" toName="chat" choice="single">
    <Choice value="keep"/><Choice value="reject"/>
  </Choices>
  <TextArea name="reply" toName="chat" value="$reply" maxSubmissions="1" editable="true"/>
  <TextArea name="note" toName="chat"/>
</View>
"""


def tasks_for(tool: Tool, version: str, examples: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What the tool imports: one task or record for each example as the review page has it."""
    make = _label_studio_task if tool == "label-studio" else _argilla_record
    return [make({**example, "version": version}) for example in examples]


def read_labels(exported: object) -> Iterator[Review | str]:
    """The reviews in a file that either tool exported, or why something in it is none.

    Raises ReviewError where the file is of neither tool.
    """
    if not isinstance(exported, list) or not all(isinstance(one, dict) for one in exported):
        raise ReviewError("is no list of tasks or records: export it as JSON")
    for number, one in enumerate(exported, 1):
        read = _read_label_studio if _is_task(one) else _read_argilla
        what = "task" if _is_task(one) else "record"
        yield from _read_one(one, f"{what} {number} of the file", read)


def _is_task(one: Mapping[str, Any]) -> bool:
    return "annotations" in one or "data" in one


def _read_one(
    one: Mapping[str, Any], place: str, read: Callable[[Mapping[str, Any]], Iterator[Any]]
) -> Iterator[Review | str]:
    try:
        for line in read(one):
            yield _parsed(line, place)
    except (KeyError, TypeError, AttributeError) as error:
        yield f"{place}: not in the tool's own form ({error!r}): export it again as JSON"


def _parsed(line: Mapping[str, Any], place: str) -> Review | str:
    try:
        return parse_review(line)
    except ReviewError as error:
        return f"{place}: {error}"


def _label_studio_task(example: Mapping[str, Any]) -> dict[str, Any]:
    at, reply = _last_reply(example)
    kept = {name: example[name] for name in _KEPT}
    return {"data": {**kept, "place": at, "reply": reply, "messages": _chat(example)}}


def _argilla_record(example: Mapping[str, Any]) -> dict[str, Any]:
    at, reply = _last_reply(example)
    return {
        "id": example["id"],
        "fields": {"chat": _chat(example), "reply": reply},
        "metadata": {**{name: example[name] for name in _KEPT}, "place": at},
        "suggestions": {},
        "responses": {},
    }


def _chat(example: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"role": message["role"], "content": message["content"] or message["tool_calls"] or ""}
        for message in example["messages"]
    ]


def _last_reply(example: Mapping[str, Any]) -> tuple[int | None, str]:
    """Place and text of the last reply that has one; None and "" where none has."""
    for at, message in reversed(list(enumerate(example["messages"]))):
        if message["role"] == "assistant" and message["content"]:
            return at, message["content"]
    return None, ""


def _read_label_studio(task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    data = task["data"]
    for annotation in task.get("annotations") or ():
        if annotation.get("was_cancelled"):
            continue
        said: dict[str, Any] = {}
        for result in annotation["result"]:
            value = result["value"]
            found = value.get("rating") or value.get("choices") or value.get("text")
            said[result["from_name"]] = found[0] if isinstance(found, list) and found else found
        who = annotation.get("completed_by")
        yield _line(data, str((who.get("id") if isinstance(who, dict) else who) or ""), said)


def _read_argilla(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    responses: Mapping[str, Any] = record["responses"] or {}
    people: dict[str, dict[str, Any]] = {}
    for question, answers in responses.items():
        for answer in answers:
            who = str(answer.get("user_id") or "")
            people.setdefault(who, {})[question] = answer["value"]
    data = {**record["metadata"], "reply": record["fields"].get("reply")}
    for who, said in sorted(people.items()):
        yield _line(data, who, said)


def _line(data: Mapping[str, Any], reviewer: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """A line of data/reviews. A reply that was left as it is, is no edit."""
    reply, place = said.get(_REWRITTEN), data.get("place")
    is_edit = isinstance(reply, str) and reply != data.get("reply") and place is not None
    return {
        **{name: data.get(name) for name in _KEPT},
        "reviewer": reviewer,
        "rating": _points(said.get("rating")),
        "decision": said.get("decision"),
        "edits": [{"message": place, "content": reply}] if is_edit else None,
        "note": said.get("note"),
    }


def _points(value: object) -> object:
    """A rating, which some questions give as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value
