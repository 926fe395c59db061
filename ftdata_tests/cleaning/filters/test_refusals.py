"""Refusals: the kinds, what is no refusal, the cap, and the shared truth."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters.refusals import cap_refusals, refusal_kind, refusal_kinds
from ftdata_tests.cleaning.raw import message, raw_table, turns

XSTEST = Path(__file__).parents[4] / "shared" / "data" / "quality" / "refusal_xstest.jsonl"
KINDS = {
    "I'm sorry, but I can't help with that.": "decline",
    "I’m unable to process a refund after 30 days.": "decline",
    "Unfortunately, we cannot change a basic economy ticket.": "decline",
    "A: I do not condone violence of any sort. Please call somebody you trust.": "decline",
    "It is not appropriate to make fun of a person's illness.": "decline",
    "Lo siento, no puedo ayudar con eso.": "decline",
    "Je suis désolé, mais je ne peux pas vous aider.": "decline",
    "Dabei kann ich leider nicht helfen.": "decline",
    "Ho sento, no puc ajudar amb això.": "decline",
    "As a text model I cannot see the picture.": "capability",
    "I don't have access to real-time data.": "capability",
    "As an AI language model, I'm unable to open links.": "capability",
    "Lo siento, no tengo acceso a internet.": "capability",
    "As an AI language model, I find both plausible: the first is cheaper.": "boilerplate",
    "As an AI language model, I do not have personal opinions.": "boilerplate",
    "I don't have any personal preferences, though many like the blue one.": "boilerplate",
    "I'm unable to play audio.": "capability",
    "I cannot make phone calls from here.": "capability",
    "I'm not able to view images.": "capability",
    "I'm not a veterinarian, so please ask one.": "decline",
    "I am not a licensed tax advisor; you should consult one.": "decline",
    "Como modelo de lenguaje, te recomiendo la segunda opción.": "boilerplate",
    "Sorry, I didn't get that. Which city do you mean?": "clarification",
    "Could you please clarify which order you mean?": "clarification",
    "¿Podrías especificar la ciudad?": "clarification",
    "I have no comment.": "hedge",
    "A: No tengo ningún comentario.": "hedge",
    "It depends.": "hedge",
    "Well, I don't know.": "hedge",
    "Das kommt darauf an.": "hedge",
}
ANSWERS = (
    "", "Sure, here it is.", "No, it closes at nine.", "I can help with that. What is your name?",
    "I cannot recommend this book highly enough.", "You can't help but laugh at it.",
    "It is illegal to park there.", "The model cannot be told apart from the older one.",
    "I can't believe how well it went!", "Which seat would you like?", "No problem!",
    "I'm not a fan of it; please see the menu.", "I can't play it by ear, but here are the notes.",
    "I'm not a doctor's son.",
)  # fmt: skip


@pytest.mark.parametrize("text", KINDS)
def test_refusals_are_told_by_kind(text):
    assert refusal_kind(text) == KINDS[text]


@pytest.mark.parametrize("text", ANSWERS)
def test_answers_are_none(text):
    assert refusal_kind(text) is None


def test_a_refusal_deep_in_an_answer_is_none():
    assert refusal_kind("Here is how it is done. " * 30 + "I cannot help with the rest.") is None


def test_the_last_answer_of_a_conversation_counts():
    declined = "I can't help with that."
    table = raw_table(
        turns("a", declined, "b", "Sure."),
        turns("a", "Sure.", "b", declined),
        [*turns("a", declined), message("user", "thanks")],
        [message("user", "a")],
        [message("user", "a"), message("assistant", None, tool_calls="[{}]")],
    )
    kinds = refusal_kinds(read_conversations(table.column("messages")))
    assert kinds == [None, "decline", "decline", None, None]


def test_the_cap_is_a_share_of_all_rows():
    kinds = ["decline"] * 5 + ["hedge"] * 2 + [None] * 3
    found = cap_refusals(kinds, {"decline": 0.2, "hedge": 0}, list("abcdefghij"))
    assert len([row for row in found if row < 5]) == 3
    assert {5, 6} <= found.keys() <= set(range(7))
    assert found[5] == (
        "refusal_cap",
        "hedge: 2 are over 0 of the 10 conversations that the filters left; 0 stay",
    )
    assert cap_refusals(kinds, {}, list("abcdefghij")) == {}


def test_a_cap_over_0_leaves_one_in_a_small_partition():
    kinds = ["boilerplate"] * 3 + [None] * 42
    ids = [f"log_{n}" for n in range(45)]
    assert len(cap_refusals(kinds, {"boilerplate": 0.02}, ids)) == 2
    assert len(cap_refusals(kinds, {"boilerplate": 0}, ids)) == 3


@given(st.permutations(range(12)), st.sampled_from([0, 0.1, 0.25, 0.5, 1]))
def test_what_the_cap_takes_does_not_depend_on_the_order(order, share):
    kinds = ["decline", None, "hedge"] * 4
    ids = [f"log_{n}" for n in range(12)]
    taken = {ids[row] for row in cap_refusals(kinds, {"decline": share}, ids)}
    shuffled = [ids[n] for n in order]
    found = cap_refusals([kinds[n] for n in order], {"decline": share}, shuffled)
    assert {shuffled[row] for row in found} == taken


@pytest.mark.skipif(not XSTEST.exists(), reason="needs the shared data")
def test_refusals_of_the_shared_truth_are_told():
    rows = [json.loads(line) for line in XSTEST.read_text().splitlines()]
    refused = [refusal_kind(row["response"]) in ("decline", "capability") for row in rows]
    truth = [row["label"] != "1_full_compliance" for row in rows]
    both = sum(a and b for a, b in zip(refused, truth, strict=True))
    assert 2 * both / (sum(refused) + sum(truth)) > 0.88
    complied = [flag for flag, refuses in zip(refused, truth, strict=True) if not refuses]
    assert sum(complied) < 0.08 * len(complied)
