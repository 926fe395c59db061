"""The tie columns: prompt words, long turns, prefixes."""

import pyarrow as pa
import pytest
from hypothesis import given, settings

from ftdata.splitting.ties import tie_columns
from ftdata.tables import MESSAGE
from ftdata.text import hash64, same_key, words
from ftdata_tests.splitting.given import asked, chat, examples, steps


def columns(*given_examples):
    found = tie_columns([e.messages() for e in given_examples])
    return found.words.to_pylist(), found.turns.to_pylist(), found.prefixes.to_pylist()


def test_words_are_the_prompts_distinct_words_sorted():
    (found,), _, _ = columns(chat("a", "Hello, hello YOU", "Not mine", "you again"))
    assert found == sorted(hash64(word) for word in ("hello", "you", "again"))


def test_a_turn_counts_from_eight_words_on_and_once():
    seven, eight = "one two three four five six seven", "one two three four five six seven 8"
    _, (found,), _ = columns(
        chat("a", seven, "x", eight, "x", "One two three four five-six seven 8!")
    )
    assert found == [hash64(eight)]


def test_repeated_words_count_towards_the_eight():
    _, (found,), _ = columns(chat("a", "no no no no no no no no"))
    assert len(found) == 1


def test_system_messages_are_left_out():
    plain = chat("a", "hello", "Hi.")
    told = chat("b", "hello", "Hi.")
    told = type(told)(told.id, (("system", "Be brief.", None), *told.said))
    assert columns(plain) == columns(told)


@pytest.mark.parametrize(
    "other",
    [
        (("assistant", "hello", None),),
        (("user", "hello", '[{"id": 1}]'),),
        (("user", "hello you", None),),
        (("user", "…", None),),
    ],
)
def test_a_prefix_knows_role_content_and_tool_calls(other):
    plain = chat("a", "hello")
    _, _, (left, right) = columns(plain, type(plain)("b", other))
    assert left != right


def test_messages_do_not_run_into_one_another():
    _, _, (left, right) = columns(chat("a", "one two", "three"), chat("b", "one", "two three"))
    assert left[-1] != right[-1]


@settings(deadline=None)
@given(examples())
def test_columns_agree_with_the_text(drawn):
    word_rows, turn_rows, prefix_rows = columns(*drawn)
    for example, found, turns, prefixes in zip(
        drawn, word_rows, turn_rows, prefix_rows, strict=True
    ):
        assert found == sorted({hash64(word) for word in words("\n".join(asked(example)))})
        assert set(turns) == {hash64(same_key(t)) for t in asked(example) if len(words(t)) >= 8}
        assert len(prefixes) == len(steps(example))
    for a, left in zip(drawn, prefix_rows, strict=True):
        for b, right in zip(drawn, prefix_rows, strict=True):
            assert (left == right[: len(left)]) == (steps(a) == steps(b)[: len(steps(a))])


@settings(deadline=None)
@given(examples())
def test_arrow_chunks_and_lists_give_the_same(drawn):
    rows = [e.messages() for e in drawn]
    array = pa.array(rows, pa.list_(MESSAGE))
    chunked = pa.chunked_array([array[:3], array[3:]], pa.list_(MESSAGE))
    for given_as in (array, chunked):
        found = tie_columns(given_as)
        assert found.words.equals(tie_columns(rows).words)
        assert found.turns.equals(tie_columns(rows).turns)
        assert found.prefixes.equals(tie_columns(rows).prefixes)


def test_no_examples_give_empty_columns():
    found = tie_columns(pa.array([], pa.list_(MESSAGE)))
    assert found.words.type == found.turns.type == found.prefixes.type == pa.list_(pa.uint64())
    assert len(found.words) == len(found.turns) == len(found.prefixes) == 0


def test_texts_without_words_differ_by_what_they_are():
    _, _, (left, right, same) = columns(chat("a", "?!"), chat("b", "!?"), chat("c", " ?! "))
    assert left != right
    assert left == same


def test_answers_tie_where_they_were_taken_from_documents():
    answer = "The money is paid back to the card that was used for it."
    pair = [
        chat(name, prompt, answer).messages() for name, prompt in (("a", "Why?"), ("b", "How?"))
    ]
    logged, made = tie_columns(pair).turns, tie_columns(pair, [True, True]).turns
    assert logged.to_pylist() == [[], []]
    assert len(made[0]) == 1
    assert made[0] == made[1]
