from __future__ import annotations

import pytest

from ftdata.augmentation.recaps import find_recaps

CODE = "```python\nprint(7)\n```"
LIST = "- Rome\n- Bonn\n- Oslo"


@pytest.mark.parametrize(
    ("prompt", "reply", "parts"),
    [
        ("Print a number.", f"Here it is:\n\n{CODE}\n\nIt prints a number.", [CODE]),
        ("Print a number.", CODE, []),
        ("Print a number.", f"Either\n{CODE}\nor\n{CODE}\nwill do.", []),
        ("Name three towns.", f"Three towns are:\n\n{LIST}", [LIST, "Oslo"]),
        ("Name three towns.", LIST, ["Oslo"]),
        ("Name two towns.", "- Rome\n- Bonn", []),
        ("Name three towns.", "- Rome\n  - old\n- Bonn\n- Oslo", []),
        (
            "What is the capital of Norway?",
            "The capital of Norway is the town of Oslo. It lies on a fjord. It has an opera house.",
            ["The capital of Norway is the town of Oslo."],
        ),
        (
            "How is the capital of Norway?",
            "The capital of Norway is the town of Oslo. It lies on a fjord. It has an opera house.",
            [],
        ),
        ("What is the capital of Norway?", "The capital of Norway is the town of Oslo.", []),
    ],
)
def test_these_parts_can_be_asked_for_again(prompt: str, reply: str, parts: list[str]) -> None:
    recaps = find_recaps(prompt, reply)
    assert [recap.part for recap in recaps] == parts
    assert all(recap.part in reply for recap in recaps)


def test_an_item_is_called_what_it_is() -> None:
    def last(prompt: str, reply: str) -> str:
        return find_recaps(prompt, reply)[-1].asks[0]

    assert last("Name three towns.", LIST) == "What was the last one again?"
    assert last("Which sold best?", f"{LIST} - 117.2 million units") == (
        "What was the last one again?"
    )
    assert last("What helps?", f"{LIST}, where the days of early summer are long") == (
        "What was the last point again?"
    )
    steps = "Follow these steps:\n1. Rise.\n2. Walk.\n3. Rest."
    assert last("How do I wake up?", steps) == "What was the last step again?"
    steps = "Here's how to do it:\n1. Rise.\n2. Walk.\n3. Rest."
    assert last("How do I wake up?", steps) == "What was the last step again?"
