from __future__ import annotations

import pytest

from ftdata.augmentation.by_model.difficulty import DIFFICULTY_BY_MODEL
from ftdata_tests.augmentation.by_model.given import (
    CONVERSATION,
    OPTIONS,
    PLACE_REPLY,
    PROMPT,
    REPLY,
    contents,
    kept,
    refused,
    request_of,
    saying,
    seed_that_asks,
)
from ftdata_tests.augmentation.formatted import message

SIMPLER, COMPLEX, AMBIGUOUS, MULTI_INTENT = (
    seed_that_asks(DIFFICULTY_BY_MODEL, f"difficulty_{kind} ")
    for kind in ("simpler", "complex", "ambiguous", "multi_intent")
)
PLAIN = "I am at [ADDRESS]. How do I go to the Odeon? By bus 12, not by train."
DEMANDING = PROMPT.replace("Tell me", "Tell me, so that a stranger to the town understands it,")
OPENING, QUESTION = "I need help with a way.", "Gladly: where do you start, and where do you go?"
JOINED = (
    "Where do I find the Odeon, and how do I get there from [ADDRESS] to the Odeon by bus 12 and"
    " not by train?"
)


@pytest.mark.parametrize(
    ("seed", "kind", "text"),
    [(SIMPLER, "simpler", PLAIN), (COMPLEX, "complex", DEMANDING)],
)
def test_the_prompt_changes_and_the_reply_stays(seed: int, kind: str, text: str) -> None:
    variant = kept(DIFFICULTY_BY_MODEL, seed, {"message": text})
    assert variant.tags == {"difficulty": kind}
    assert variant.messages == [
        *CONVERSATION[:3],
        {**CONVERSATION[3], "content": text},
        CONVERSATION[4],
    ]


def test_a_demand_is_made_with_the_reply_before_the_eyes() -> None:
    assert REPLY in request_of(DIFFICULTY_BY_MODEL, COMPLEX).user
    assert REPLY not in request_of(DIFFICULTY_BY_MODEL, SIMPLER).user


@pytest.mark.parametrize(
    ("seed", "text", "outcome"),
    [
        (SIMPLER, PLAIN.replace("12", "twelve"), ("fact_lost", "numbers")),
        (COMPLEX, f"{DEMANDING} Use 3 steps.", ("fact_lost", "numbers")),
        (COMPLEX, PLAIN[:30], ("not_a_variant", "demands no more than its parent")),
    ],
)
def test_a_request_for_something_else_is_refused(
    seed: int, text: str, outcome: tuple[str, str]
) -> None:
    assert refused(DIFFICULTY_BY_MODEL, seed, {"message": text}) == outcome


def test_what_was_vague_is_asked_for_and_then_told() -> None:
    told = {"opening": OPENING, "question": QUESTION}
    variant = kept(DIFFICULTY_BY_MODEL, AMBIGUOUS, told)
    assert variant.tags == {"difficulty": "ambiguous"}
    assert variant.messages == [
        *CONVERSATION[:3],
        message("user", OPENING),
        message("assistant", QUESTION, 1),
        *CONVERSATION[3:],
    ]


@pytest.mark.parametrize(
    ("opening", "question", "outcome"),
    [
        (PROMPT, QUESTION, ("unchanged", "the opening is the prompt")),
        (
            f"{PROMPT} Or so.",
            QUESTION,
            ("not_a_variant", "the opening is no shorter than the prompt"),
        ),
        (OPENING, "Take the bus.", ("not_a_variant", "asks no question")),
        (OPENING, "Are you at [HOME]?", ("not_a_variant", "invents placeholders")),
        (OPENING, "Is it a@b.example?", ("not_a_variant", "invents addresses")),
    ],
)  # fmt: skip
def test_an_opening_that_leaves_nothing_open_is_refused(
    opening: str, question: str, outcome: tuple[str, str]
) -> None:
    told = {"opening": opening, "question": question}
    assert refused(DIFFICULTY_BY_MODEL, AMBIGUOUS, told) == outcome


def test_two_requests_of_the_conversation_are_made_at_once() -> None:
    variant = kept(DIFFICULTY_BY_MODEL, MULTI_INTENT, {"is_possible": True, "message": JOINED})
    assert variant.tags == {"difficulty": "multi_intent"}
    assert variant.messages == [
        CONVERSATION[0],
        message("user", JOINED),
        message("assistant", f"{PLACE_REPLY}\n\n{REPLY}", 1),
    ]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (
            {"is_possible": False, "message": ""},
            ("not_a_variant", "the requests cannot be made at once"),
        ),
        (
            {"is_possible": True, "message": " "},
            ("not_a_variant", "the requests cannot be made at once"),
        ),
        ({"is_possible": True, "message": PLAIN}, ("fact_lost", "names")),
    ],
)
def test_requests_that_do_not_go_together_are_refused(
    told: dict[str, object], outcome: tuple[str, str]
) -> None:
    assert refused(DIFFICULTY_BY_MODEL, MULTI_INTENT, told) == outcome


def test_one_turn_is_never_joined_and_german_only_made_vague() -> None:
    def kinds(prompt: str, language: str) -> set[str]:
        parent = saying(prompt, language=language)
        requests = [request_of(DIFFICULTY_BY_MODEL, seed, parent) for seed in range(12)]
        return {request.prompt_version.split()[0] for request in requests}

    every = {"difficulty_simpler", "difficulty_complex", "difficulty_ambiguous"}
    assert kinds(PROMPT, "en") == every
    german = "Wie komme ich vom Markt mit dem Bus zum Kino in der Altstadt?"
    assert kinds(german, "de") == {"difficulty_ambiguous"}
    assert DIFFICULTY_BY_MODEL.request(saying("Und nun?", language="de"), 0, OPTIONS) is None


def test_contents_stay_in_order() -> None:
    variant = kept(DIFFICULTY_BY_MODEL, SIMPLER, {"message": PLAIN})
    assert contents(variant)[-1] == REPLY
