from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.augmentation.facts import added_facts, keeps_facts
from ftdata_tests.linear import assert_linear


@pytest.mark.parametrize(
    ("parent", "variant", "violation"),
    [
        ("I want 2 tickets.", "I'd like 2 tickets.", None),
        ("I do not want it.", "I don’t want it.", None),
        ("You cannot go.", "You can't go.", None),
        ("Tell me about Rome.", "Can you tell me about Rome?", None),
        ("Hi! Is it open?", "Is it open?", None),
        ("Is it open?", "is it OPEN", "unchanged"),
        ("I want 2 tickets.", "I'd like 3 tickets.", "numbers"),
        ("I paid 1,200.50 in all.", "I have paid 1,200.05 in all.", "numbers"),
        ("I want two tickets.", "I'd like three tickets.", "number words"),
        ("I want two, not two more.", "I'd like two, not more.", "number words"),
        ("I do not want it.", "I want it.", "negations"),
        ("I have no time.", "I've time.", "negations"),
        ("Go to Rome.", "Please go.", "names"),
        ("Go there now.", "Please go to Rome now.", "names"),
        ("Go to Rome.", "Please go to rome.", "names"),
        ("Write to [EMAIL].", "Please write.", "placeholders"),
        ("See https://a.example/x now.", "See it now.", "addresses"),
        ("Mail a@b.example now.", "Mail now.", "addresses"),
        ("Run `I am` here.", "Run `I'm` here.", "code"),
        ('Does "I am" fit?', 'Does "I\'m" fit?', "quotes"),
    ],
)
def test_what_a_variant_changed_is_named(parent: str, variant: str, violation: str | None) -> None:
    assert keeps_facts(parent, variant) == violation


FACTS = st.sampled_from(["42", "7:30", "Rome", "not", "never", "[PHONE]", "`x = 1`", "two"])


@given(st.lists(FACTS, min_size=1, max_size=5, unique=True), st.data())
def test_no_fact_can_be_lost_or_added(facts: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(facts))
    fewer = [fact for fact in facts if fact != lost]
    parent = " ".join(["please go", *facts, "now"])
    variant = " ".join(["go", *fewer, "now"])
    assert keeps_facts(parent, variant) is not None
    assert keeps_facts(variant, parent) is not None
    assert keeps_facts(parent, " ".join(["go", *facts, "now"])) is None


MATERIAL = (
    "Ana's order 4711 is at https://a.example/x, says [NAME]; run `sync --all` first.\n"
    "```sh\nmake all\nmake test\n```"
)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("It is order 4711, which is Ana's.", ()),
        ("Steps:\n1. Run `sync --all`.\n2. Then\n```\nmake test\n```", ()),
        ("Look at https://a.example/x.", ()),
        ("Ask [NAME] for ANA.", ()),
        ("Look there (https://a.example/x), please.", ()),
        ("It is order 4712.", ("numbers",)),
        ("It is at https://a.example/y", ("addresses",)),
        ("Run `sync --none`.", ("code",)),
        ("Then\n```\nmake install\n```", ("code",)),
        ("Please ask Bob.", ("names",)),
        ("Call [phone] or [PHONE], 24 hours a day.", ("placeholders", "names", "numbers")),
        ("", ()),
    ],
)
def test_what_a_text_adds_to_its_material_is_named(text: str, added: tuple[str, ...]) -> None:
    assert added_facts(MATERIAL, text) == added


@given(st.lists(FACTS, max_size=5), st.lists(FACTS, max_size=5))
def test_a_part_of_the_material_adds_nothing(before: list[str], after: list[str]) -> None:
    part = " ".join(["go", *after])
    assert added_facts(" ".join([*before, part]), part) == ()


@pytest.mark.parametrize(
    "piece", ["\n", "`", "```\n", "1. ", "<|", "[A", '"', "a-", "1.", "x@", "“"]
)
def test_the_time_grows_with_the_length(piece: str) -> None:
    assert_linear(piece, lambda text: added_facts(MATERIAL, text), length=5_000)
