"""The benchmark of augmentation: what its second opinion sees, and a run over a few records."""

import json

import pytest

from ftdata_tests.benchmarks.augmentation import measure
from ftdata_tests.benchmarks.augmentation_material import Derived, formatted_logs
from ftdata_tests.benchmarks.augmentation_opinion import faults_of
from ftdata_tests.benchmarks.augmentation_show import shown

PROMPT = "Please tell [NAME] that Odeon seats 12 and 14 aren't at https://odeon.example, see `id`."
REPLY = "The two seats were booked yesterday. They are near the door."


def row(prompt, reply=REPLY, rejected=None, roles=("user", "assistant")):
    messages = [
        {"role": role, "content": text, "tool_calls": None}
        for role, text in zip(roles, (prompt, reply), strict=True)
    ]
    tags = [("negative", "injection")] if rejected is None else [("pair", "filler")]
    return {"messages": messages, "rejected": rejected, "tags": tags, "provenance": "x/rules"}


def faults(variant):
    return faults_of(Derived(row(PROMPT) | {"tags": []}, variant))


def test_a_variant_that_says_the_same_in_other_words_has_no_fault():
    kept = PROMPT.replace("Please tell", "Let").replace("aren't", "are not") + " Thanks"
    assert faults(row(kept)) == []
    assert Derived(row(PROMPT) | {"tags": []}, row(kept)).kind == "x negative=injection"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("12", "13", "user: lost the number '12'"),
        ("https://odeon.example", "there", "user: lost the address 'https://odeon.example'"),
        ("`id`", "id", "user: lost the code '`id`'"),
        ("[NAME]", "her", "user: lost the placeholder '[NAME]'"),
        ("aren't", "are", "user: lost the negation 'not'"),
        ("Odeon", "cinema", "user: lost the name 'Odeon'"),
    ],
)
def test_a_fact_that_is_lost_is_told(old, new, fault):
    assert faults(row(PROMPT.replace(old, new))) == [fault]


def test_a_copy_and_a_wrong_order_of_roles_are_faults():
    assert faults(row(PROMPT.upper(), REPLY))[0] == "says the same as its parent"
    turned = row(PROMPT + " Please.", roles=("assistant", "user"))
    assert faults(turned)[0] == "roles do not alternate: assistant user"


def test_a_pair_keeps_its_parents_messages_and_rejects_another_reply():
    assert faults(row(PROMPT, rejected="No idea.")) == []
    assert faults(row(PROMPT, rejected=REPLY)) == ["the rejected reply is empty, or the chosen one"]
    assert len(faults(row("Another prompt.", REPLY + " Yes.", rejected="No idea."))) == 2


@pytest.fixture
def data(tmp_path):
    """A folder with one day of logs."""
    folder = tmp_path / "data" / "logs" / "web"
    folder.mkdir(parents=True)
    things = (
        "a torn tent", "two kayaks", "warm sleeping bags", "an old stove", "the blue heater",
        "spare pegs", "that green jacket", "some ropes", "a broken lamp", "one map of the coast",
        "our folding table", "walking boots",
    )  # fmt: skip
    lines = [
        json.dumps(
            {
                "id": f"r{n}",
                "prompt": f"Hello, could you please tell me how I can return {things[n % 12]} that"
                f" I bought from shop {n * 37} last week?",
                "response": f"You can bring {things[n % 12]} to any of our shops. Keep the receipt"
                f" {n * 91} until the money is back on your card.",
                "category": "returns" if n % 3 else "rental",
            }
        )
        for n in range(24)
    ]
    (folder / "2025-03-01.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path / "data"


def test_a_folder_is_measured(data):
    figures = {figure.name: figure for figure in measure(data, ["variants"])}
    assert figures["parents"].value == 12
    assert figures["paraphrase: variants"].value > 5
    assert figures["defaults: faults"].value == 0
    assert 0 < figures["defaults: largest share derived"].value <= 0.1


def test_variants_are_shown_beside_their_parents(data, tmp_path):
    lines = list(shown(formatted_logs(data / "logs", tmp_path), 2))
    assert any(line.startswith("user: Hello, could you please") and " | " in line for line in lines)
    assert sum(line.startswith("=") for line in lines) > 5


def test_what_is_expected_is_held_against_what_is_paid(data):
    (data / "docs" / "lamps").mkdir(parents=True)
    (data / "docs" / "lamps" / "a.md").write_text(
        "# Lamps\n\n## Change a lamp\n\n1. Switch the power off.\n2. Unscrew the lamp.\n"
    )
    figures = {figure.name: figure for figure in measure(data, ["costs"])}
    for told in ("augmentation", "generation, spans", "generation, model", "synthesis"):
        assert figures[f"{told}, first: requests"].value > 0
        assert figures[f"{told}, first: requests off"].value == 0
        assert 0 < figures[f"{told}, first: prompt tokens off"].value < 0.2
