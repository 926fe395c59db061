"""Answers to every form, about as long as a model's, made of the words that the request shows."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Callable
from typing import Any

from ftdata.formatting.tokens import load_tokenizer

Draw = random.Random

_PER_MESSAGE, _PER_REQUEST = 3, 3  # tokens beside the texts
_LAST_TURN = re.compile(r"(?s).*^User: (.*?)^Assistant: (.*)", re.MULTILINE)
# What words of other languages cost: a translation is as many words of these.
_ABROAD = {
    "de": "Könnten Sie mir bitte sagen, wie ich die Bestellung der vergangenen Woche ändern oder"
    " stornieren kann und wann das Geld zurückerstattet wird",
    "fr": "Pourriez-vous me dire comment je peux modifier ou annuler la commande de la semaine"
    " dernière et quand le remboursement sera effectué",
    "es": "¿Podría decirme cómo puedo cambiar o cancelar el pedido de la semana pasada y cuándo se"
    " devolverá el dinero?",
}


def answer_of(request: dict[str, Any]) -> str:
    """JSON that fills the form asked for: the same request gets the same answer."""
    system, user = (message["content"] for message in request["messages"][:2])
    draw = random.Random(zlib.crc32(user.encode()))
    text = f"{system}\n{user}"
    form = request["response_format"]["json_schema"]["name"]
    return json.dumps(_FORMS[form](text, draw), ensure_ascii=False)


def counted(request: dict[str, Any], answer: str) -> tuple[int, int]:
    """Tokens of a request, its form included, and of its answer, by o200k where that is here."""
    schema = json.dumps(request["response_format"]["json_schema"]["schema"])
    texts = [message["content"] for message in request["messages"]]
    *asked, said = load_tokenizer("auto").count([*texts, schema, answer])
    return sum(asked) + _PER_MESSAGE * len(texts) + _PER_REQUEST, said


def _between(text: str, tag: str) -> str:
    found = re.search(rf"(?s)<{tag}>\n(.*?)\n</{tag}>", text)
    return found[1] if found else ""


def _after(text: str, label: str) -> str:
    found = re.search(rf"(?m)^{label}: (.*)", text)
    return found[1] if found else ""


def _last_turn(text: str) -> tuple[str, str]:
    """The last prompt and reply that a conversation shows."""
    told = _between(text, "conversation")
    found = _LAST_TURN.match(told)
    return (found[1].strip(), found[2].strip()) if found else (told, told)


def _scaled(text: str, low: float, high: float, draw: Draw) -> str:
    """The words of a text, fewer of them or some twice."""
    words, share = text.split(" "), draw.uniform(low, high)
    wanted = max(1, round(share * len(words)))
    return " ".join((words * (1 + wanted // len(words)))[:wanted])


def _some(text: str, low: int, high: int, draw: Draw) -> str:
    """So many words in a row from somewhere in a text, over and over where it has fewer."""
    words, wanted = text.split() or ["well"], draw.randint(low, high)
    start = draw.randrange(len(words))
    return " ".join(words[(start + at) % len(words)] for at in range(wanted))


def _message(text: str, draw: Draw) -> dict[str, Any]:
    manner, message = _after(text, "Manner"), _between(text, "message")
    if "<reply>" in text:  # one or two demands more
        return {"message": f"{message} {_some(_between(text, 'reply'), 6, 24, draw)}"}
    lengths = {"shorter": (0.5, 0.9), "longer": (1.2, 1.7)}
    low, high = lengths.get(manner.partition(":")[0], (0.8, 1.2))
    return {"message": _scaled(message, low, high, draw)}


def _back_translation(text: str, draw: Draw) -> dict[str, Any]:
    message = _between(text, "message")
    stock = _ABROAD[_after(text, r"Pivot language \(ISO 639-1\)")]
    there = len(_scaled(message, 0.9, 1.2, draw).split())
    translation = _some(stock, there, there, draw)
    return {"translation": translation, "back_translation": _scaled(message, 0.8, 1.2, draw)}


def _ambiguity(text: str, draw: Draw) -> dict[str, Any]:
    prompt, _ = _last_turn(text)
    question = f"{_some(prompt, 6, 18, draw)}?"
    return {"opening": _some(prompt, 3, 10, draw), "question": question}


def _joined(text: str, draw: Draw) -> dict[str, Any]:
    if draw.random() < 0.4:
        return {"is_possible": False, "message": ""}
    told = re.findall(r"(?ms)^User: (.*?)(?=^Assistant: |\Z)", _between(text, "conversation"))
    return {"is_possible": True, "message": _scaled(" ".join(told[-2:]), 0.85, 1.1, draw)}


def _follow_up(text: str, draw: Draw) -> dict[str, Any]:
    _, reply = _last_turn(text)
    sentences = re.split(r"(?<=[.!?])\s+", reply)
    start = draw.randrange(len(sentences))
    passage = " ".join(sentences[start : start + draw.randint(1, 3)])
    question = f"{_some(reply, 7, 20, draw)}?"
    return {
        "question": question,
        "passage": passage,
        "answer": _scaled(passage, 0.7, 1.2, draw),
    }


def _declined(text: str, draw: Draw) -> dict[str, Any]:
    prompt, reply = _last_turn(text)
    decline = _after(text, "The reply begins with")
    more = _some(reply, 10, 25, draw) if decline else _some(reply, 20, 55, draw)
    low, high = (30, 80) if "take the assistant over" in text else (10, 40)
    return {"message": _some(prompt, low, high, draw), "reply": f"{decline} {more}".strip()}


def _worse_reply(text: str, draw: Draw) -> dict[str, Any]:
    _, reply = _last_turn(text)
    told = _after(text, "What is worse")
    low, high = (1.3, 2.0) if "padding" in told else (0.5, 0.8) if "leaves" in told else (0.8, 1.1)
    return {"what_is_worse": _some(told, 6, 15, draw), "reply": _scaled(reply, low, high, draw)}


def _reasoning(text: str, draw: Draw) -> dict[str, Any]:
    if draw.random() < 0.25:
        return {"follows": False, "steps": []}
    told = _between(text, "conversation")
    return {
        "follows": True,
        "steps": [_some(told, 12, 32, draw) for _ in range(draw.randint(2, 6))],
    }


def _instruction(text: str, draw: Draw) -> dict[str, Any]:
    section, manner = _between(text, "section"), _after(text, "Manner")
    low, high = (3, 8) if "few words" in manner else (25, 50) if "sentences" in manner else (8, 20)
    return {"instruction": f"{_some(section, low, high, draw)}?"}


def _exchange(text: str, draw: Draw) -> dict[str, Any]:
    section = _between(text, "section")
    return {**_instruction(text, draw), "answer": _some(section, 20, 80, draw)}


def _pairs(text: str, draw: Draw) -> dict[str, Any]:
    material = f"{_between(text, 'task')} {_between(text, 'notes')}"
    count = int(re.findall(r"Write (\d+) examples", text)[-1])
    made = [
        {"prompt": _some(material, 10, 40, draw), "completion": _some(material, 20, 80, draw)}
        for _ in range(count)
    ]
    return {"examples": made}


_FORMS: dict[str, Callable[[str, Draw], dict[str, Any]]] = {
    "Message": _message,
    "BackTranslation": _back_translation,
    "Ambiguity": _ambiguity,
    "Joined": _joined,
    "FollowUp": _follow_up,
    "Declined": _declined,
    "WorseReply": _worse_reply,
    "Reasoning": _reasoning,
    "Instruction": _instruction,
    "Exchange": _exchange,
    "Pairs": _pairs,
}
