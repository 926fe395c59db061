"""YAML with reasons."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from ftdata.release.recipes.recipe import MODEL, Entry, model_entry, yaml_file
from ftdata_tests.release.recipes.given import fit

VALUES = st.one_of(st.text(), st.booleans(), st.integers(), st.floats(0, 1), st.none())


def test_the_reason_stands_above_its_setting() -> None:
    made = yaml_file("Head.", [Entry("a", 1, "Because."), Entry("b", [True])])
    assert made.decode() == "# Head.\n\n# Because.\na: 1\nb:\n- true\n"


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES))
def test_values_come_back(values: dict[str, object]) -> None:
    made = yaml_file(
        "Head.", [Entry(*item, "A reason that is " + "long " * 40) for item in values.items()]
    )
    assert (yaml.safe_load(made) or {}) == values
    assert all(len(line) <= 98 for line in made.decode().splitlines() if line.startswith("#"))


def test_a_model_is_asked_for_where_none_is_set() -> None:
    assert model_entry("model", fit("trl")).value == MODEL
    named = model_entry("model", fit("trl", model="org/base"))
    assert (named.value, named.why) == ("org/base", "dataset.recipe.base_model.")
