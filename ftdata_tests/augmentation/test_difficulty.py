from __future__ import annotations

from ftdata.augmentation.augmenter import Parent, Variant
from ftdata.augmentation.difficulty import derive_difficulty
from ftdata.settings_augmentation import Augmentation
from ftdata.token_count import Message
from ftdata_tests.augmentation.formatted import message, turn


def variants(messages: list[Message], kind: str, category: str = "") -> list[Variant]:
    parent = Parent(messages, {"category": category})
    made = [derive_difficulty(parent, seed, Augmentation()) for seed in range(80)]
    return [one for one in made if one is not None and one.tags == {"difficulty": kind}]


def said(found: list[Variant]) -> set[tuple[str, ...]]:
    return {tuple(one["content"] for one in variant.messages) for variant in found}


def test_a_simpler_request_has_no_courtesy() -> None:
    messages = turn(
        "Hi! Could you please tell me when the shop opens? Thanks.", "At nine, as a rule."
    )
    assert said(variants(messages, "simpler")) == {
        ("Tell me when the shop opens.", "At nine, as a rule.")
    }


def test_a_more_complex_request_demands_what_the_reply_does() -> None:
    messages = turn(
        "Why is the sky blue at noon?", "Air scatters blue light more than red light is."
    )
    prompt = "Why is the sky blue at noon?"
    assert {prompts[0] for prompts in said(variants(messages, "complex"))} == {
        f"{prompt} Answer in one sentence.",
        f"{prompt} One sentence is enough.",
        f"{prompt} Use no more than 10 words.",
        f"{prompt} Answer in at most 10 words.",
        f"{prompt} Stay within 10 words.",
    }


def test_an_ambiguous_opening_makes_the_assistant_ask_first() -> None:
    messages = [message("system", "Be kind."), *turn("When is there a flight to Rome?", "At nine.")]
    found = variants(messages, "ambiguous", "flights")
    assert found
    for variant in found:
        system, opening, ask, *rest = variant.messages
        assert [system, *rest] == messages
        assert opening["content"] == "I have a question about flights."
        assert ask["content"].endswith("?")
        assert (opening["weight"], ask["weight"]) == (None, 1)


def test_an_opening_does_not_come_before_what_continues_a_talk() -> None:
    messages = turn("Yes, what is the price of the flight to Rome?", "It is 40 euros.")
    assert variants(messages, "ambiguous", "flights") == []


def test_two_turns_of_one_example_become_one() -> None:
    first = turn("Does the house in Bonn have a pool?", "Yes, a small pool.")
    second = turn("Does the house in Bonn allow pets?", "Dogs are welcome.")
    rest = turn("Thanks a lot for that.", "Bye!", 0)
    assert said(variants([*first, *second, *rest], "multi_intent")) == {
        (
            "Does the house in Bonn have a pool? Also, does the house in Bonn allow pets?",
            "Yes, a small pool. Dogs are welcome.",
            "Thanks a lot for that.",
            "Bye!",
        )
    }


def test_only_the_place_that_is_changed_is() -> None:
    before = turn("Where is the next shop in town?", "In Bonn.", 0)
    last = turn("Could you tell me when the shop opens?", "At nine, as a rule.")
    (variant, *_) = variants([*before, *last], "simpler")
    assert variant.messages[:2] == before
    assert variant.messages[3] == last[1]
