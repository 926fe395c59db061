"""Openings by which a user says too little, and how the assistant asks for what it needs."""

from __future__ import annotations

import re
from typing import NamedTuple


class Opening(NamedTuple):
    """What the user says first, of which a request of any kind may follow, and what is asked."""

    text: str
    asks: tuple[str, ...]


# What a prompt to a service speaks of, and how an opening calls one and many of it.
_SERVICES: tuple[tuple[str, str, str], ...] = (
    (r"flights?", "a flight", "flights"),
    (r"hotels?", "a hotel", "hotels"),
    (r"bus(?:es)?", "a bus ticket", "buses"),
    (r"movies?|films?", "a movie", "movies"),
    (r"restaurants?", "a restaurant", "restaurants"),
    (r"refunds?", "a refund", "refunds"),
    (r"orders?", "an order", "an order"),
    (r"appointments?", "an appointment", "appointments"),
    (r"rental cars?|rent a car|(?:find|need) (?:me )?a car", "a rental car", "rental cars"),
    (r"apartments?", "an apartment", "apartments"),
    (r"concerts?", "a concert", "concerts"),
    (r"printer", "my printer", "my printer"),
    (r"computer|laptop", "my computer", "my computer"),
    (r"password", "my password", "my password"),
    (r"subscription", "my subscription", "my subscription"),
    (r"invoices?|bills?", "an invoice", "an invoice"),
    (r"deliver\w*|packages?|parcels?", "a delivery", "a delivery"),
)
# What a prompt to any assistant asks to be made.
_WORKS: tuple[tuple[str, str], ...] = (
    (r"python", "some Python code"),
    (r"javascript", "some JavaScript code"),
    (r"typescript", "some TypeScript code"),
    (r"sql", "an SQL query"),
    (r"recipe", "a recipe"),
    (r"poem", "a poem"),
    (r"essay", "an essay"),
    (r"workout", "a workout plan"),
    (r"lesson plan", "a lesson plan"),
)
_MAKES = r"\b(?:write|make|create|generate|give me|draft|design)\b.*"
_QUESTION = re.compile(
    r"(?:what|what's|where|when|who|why|how|which|is|are|do|does|did|was|were|in which|has|have"
    r"|can(?! (?:you|i|we)))\b",
    re.IGNORECASE,
)
_ASKS = (
    "Of course. What exactly do you need?",
    "Sure, happy to help. Could you tell me more?",
    "Certainly. What can I do for you?",
    "Sure. What do you need help with?",
)
_ASKS_TASK = (
    "Of course. What exactly do you need?",
    "Sure, happy to help. Could you give me the details?",
    "Certainly. What would you like me to do?",
    "I'd be glad to help. Could you tell me more?",
)
_ASKS_QUESTION = (
    "Of course. What would you like to know?",
    "Sure, what is your question?",
    "Sure, go ahead. What is it?",
    "Happy to help. What do you want to know?",
)
_GENERAL = ("Can you help me with something?", "I need some help.", "I could use your help.")
_QUESTIONS = (
    "I have a question.",
    "Can I ask you something?",
    "There is something I want to know.",
)


def find_openings(prompt: str, is_service: bool) -> list[Opening]:
    """Openings that the prompt can follow: of its topic where that is known, else general ones."""
    is_question = _QUESTION.match(prompt) is not None
    for pattern, thing, things in _SERVICES if is_service else ():
        if re.search(rf"\b(?:{pattern})\b", prompt, re.IGNORECASE):
            if is_question:
                return [Opening(f"I have a question about {things}.", _ASKS_QUESTION)]
            return [Opening(f"I need help with {thing}.", _ASKS_TASK)]
    for pattern, work in _WORKS:
        if re.search(rf"{_MAKES}\b(?:{pattern})\b", prompt, re.IGNORECASE):
            return [Opening(f"I need help with {work}.", _ASKS_TASK)]
    if is_question:
        return [Opening(text, _ASKS_QUESTION) for text in _QUESTIONS]
    return [Opening(text, _ASKS) for text in _GENERAL]
