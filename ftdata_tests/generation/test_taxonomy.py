from dataclasses import replace

import pytest

from ftdata.generation.drafts import Draft
from ftdata.generation.taxonomy import category_of, complexity_of, tags_of
from ftdata_tests.generation.written import section_of_pieces

SECTION = section_of_pieces(("Billing", "Late payments"), "Pay soon.", title="Help centre")


def test_the_first_category_with_a_word_in_the_path():
    taxonomy = {
        "accounts": ("log-in",),
        "money": ("payments", "late payments"),
        "other": ("billing",),
    }
    assert category_of(SECTION, taxonomy) == "money"
    assert category_of(SECTION, {"other": ("help centre",)}) == "other"
    assert category_of(SECTION, {"part of a word": ("pay",)}) == "Billing"


def test_else_the_folder_then_the_first_heading_then_the_title():
    assert category_of(replace(SECTION, document="money/late.md"), {}) == "money"
    assert category_of(SECTION, {}) == "Billing"
    assert category_of(section_of_pieces((), "Text.", title="Help"), {}) == "Help"


@pytest.mark.parametrize(
    ("answer", "complexity"),
    [
        ("Short.", "simple"),
        ("1. a\n2. b\n3. c\n", "medium"),
        ("```sh\nls\n```", "medium"),
        ("".join(f"{n}. step\n" for n in range(9)), "hard"),
        ("word " * 400, "hard"),
    ],
)
def test_complexity(answer, complexity):
    assert complexity_of(answer) == complexity


def test_tags():
    draft = Draft("how_to", "casual", "how do i pay?", "Soon.", ())
    assert dict(tags_of(draft)) == {
        "complexity": "simple",
        "instruction_kind": "how_to",
        "style": "casual",
        "task_type": "procedure",
    }
