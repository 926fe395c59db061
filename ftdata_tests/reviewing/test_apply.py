"""What rulings make of one partition's examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from ftdata.reviewing.apply import Reviewed, apply_rulings
from ftdata.reviewing.decide import Ruling
from ftdata.reviews import Edit, text_hash
from ftdata.tables import schema

COLUMNS = ("id", "parent_id", "messages", "tokens", "trained_tokens", "tags", "tag_origins")
MAX_TOKENS = 40


def message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content, "weight": 1 if role == "assistant" else None}


def example(name: str, parent: str | None = None) -> dict[str, Any]:
    return {
        "id": name, "parent_id": parent, "tokens": 1, "trained_tokens": 1,
        "messages": [message("user", f"Ask {name}"), message("assistant", f"Say {name}")],
        "tags": [("category", "a")], "tag_origins": [("category", "log")],
    }  # fmt: skip


# A variant of the first, one of that variant, and one that nothing derives from.
EXAMPLES = [example("one"), example("two", "one"), example("three", "two"), example("four")]
TABLE = pa.Table.from_pylist(
    EXAMPLES, schema=pa.schema([schema("augmented").field(name) for name in COLUMNS])
)


def rejected(name: str) -> Ruling:
    return Ruling(name, True, (), "", ("ada",))


def edited(name: str, text: str = "At ten", place: int = 1) -> Ruling:
    (row,) = (row for row in TABLE.to_pylist() if row["id"] == name)
    return Ruling(name, False, (Edit(place, text),), text_hash(row["messages"]), ("ada", "bob"))


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def apply(*rulings: Ruling) -> Reviewed:
    return apply_rulings(TABLE, rulings, count_words, str.upper, MAX_TOKENS)


def dropped(found: Reviewed) -> dict[str, str]:
    columns = (found.drops[name].to_pylist() for name in ("record_id", "reason"))
    return dict(zip(*columns, strict=True))


def test_what_derives_from_a_rejected_example_goes_with_it() -> None:
    found = apply(rejected("one"))
    assert found.table["id"].to_pylist() == ["four"]
    assert dropped(found) == {
        "one": "rejected_by_review", "two": "parent_rejected", "three": "parent_rejected",
    }  # fmt: skip
    assert found.facts["rejected_by_review"] == 1


def test_an_edit_of_what_derives_from_a_rejected_example_has_no_effect() -> None:
    found = apply(rejected("one"), edited("two"))
    assert found.table["id"].to_pylist() == ["four"]
    assert found.facts["edited_by_review"] == 0
    (told,) = found.facts["reviews_without_effect"]
    assert told.startswith("two: ")


def test_an_edited_example_has_the_new_text_and_its_variants_of_the_old_one_go() -> None:
    found = apply(edited("one"), edited("four", "No"))
    assert dropped(found) == {"two": "parent_edited", "three": "parent_edited"}
    one, four = found.table.to_pylist()
    assert [said["content"] for said in one["messages"]] == ["Ask one", "AT TEN"]
    assert (one["tokens"], one["trained_tokens"]) == (2 + 2 + 4 + 4 + 3, 2)
    assert ("edited_by", "ada,bob") in one["tags"]
    assert ("edited_by", "review") in one["tag_origins"]
    assert four["messages"][1]["content"] == "NO"


def test_an_edited_variant_stays_beside_its_edited_parent() -> None:
    found = apply(edited("one"), edited("two"))
    assert found.table["id"].to_pylist() == ["one", "two", "four"]
    assert dropped(found) == {"three": "parent_edited"}


@pytest.mark.parametrize(
    ("ruling", "told"),
    [
        (rejected("gone"), "gone: is not among the examples"),
        (edited("four", "so " * MAX_TOKENS), "four: the edited text has"),
        (edited("four", place=2), "four: has no text at message 2 to edit"),
        (Ruling("four", False, (Edit(1, "x"),), "0" * 16, ()), "four: its text has changed"),
    ],
)
def test_a_ruling_without_effect_is_told_and_changes_nothing(ruling: Ruling, told: str) -> None:
    found = apply(ruling)
    assert found.table.equals(TABLE)
    assert found.drops.num_rows == 0
    (sentence,) = found.facts["reviews_without_effect"]
    assert sentence.startswith(told)
