"""Fields that are personal by their names, however these are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.log_fields import FieldReader
from ftdata.settings_pii import Pii


@pytest.mark.parametrize(
    ("path", "entity"),
    [
        (("user_id",), "USER"),
        (("UserID",), "USER"),
        (("a", "user", "id"), "USER"),
        (("customer", "full-name"), "PERSON"),
        (("customer", "name"), "PERSON"),
        (("id",), None),
        (("user", "id", "kind"), None),
        (("superuser_id",), None),
        (("user_ids",), None),
        ((), None),
    ],
)
def test_a_field_is_a_key_or_the_last_keys_joined(path, entity):
    assert FieldReader(Pii()).entity_of("x1", path) == entity


@pytest.mark.parametrize(
    ("text", "path", "entity"),
    [
        ("zq_4711", ("user_id",), "USER"),
        ("Log in here", ("login",), None),
        ("Blue pencil", ("name",), None),
        (" ", ("user_id",), None),
    ],
)
def test_in_what_was_said_ids_of_users_alone_are_known(text, path, entity):
    assert FieldReader(Pii()).entity_of(text, path, said=True) == entity


@pytest.mark.parametrize(
    ("user_id", "known"),
    [
        ("zq_4711", [("USER", "zq_4711")]),
        ('{"id":"zq_4711","name":"Jo Quix","plan":"gold"}',
         [("USER", "zq_4711"), ("PERSON", "Jo Quix")]),
        ('["zq_4711", 7]', [("USER", "zq_4711"), ("USER", "7")]),
        ("{zq", [("USER", "{zq")]),
    ],
)  # fmt: skip
def test_the_id_of_a_user_may_be_json(user_id, known):
    assert FieldReader(Pii()).read_log(None, user_id) == known


def test_the_user_stands_before_the_metadata_and_the_owner_says_what_is_read():
    reader = FieldReader(Pii(fields={"ADDRESS": ("ship.to",)}, allow={"ADDRESS": ("Dock 4",)}))
    metadata = '{"ship":{"to":"Box 9"},"orders":[{"ship_to":"Dock 4"},{"shipTo":"Elm"}],"to":"x"}'
    assert reader.read_log(metadata, "zq_4711") == [
        ("USER", "zq_4711"), ("ADDRESS", "Box 9"), ("ADDRESS", "Elm"),
    ]  # fmt: skip
    assert FieldReader(Pii(fields={"USER": ()})).read_log(metadata, "zq_4711") == []


@given(st.sampled_from(["", "_", "-", ".", " "]), st.lists(st.booleans(), min_size=6, max_size=6))
def test_separators_and_case_do_not_count(separator, upper):
    letters = zip("user" + "id", upper, strict=True)
    name = "".join(letter.upper() if is_upper else letter for letter, is_upper in letters)
    path = (f"{name[:4]}{separator}{name[4:]}",)
    assert FieldReader(Pii()).entity_of("x1", path) == "USER"
