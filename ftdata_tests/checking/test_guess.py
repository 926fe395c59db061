"""The format of a file is guessed from its rows."""

import pytest

from ftdata.checking.guess import GUESSED_ROWS, guess_format
from ftdata.release.examples import Example, Message
from ftdata.release.exports import EXPORTERS
from ftdata_tests.checking.rows import row

ASKED = Message("user", "Where is my order?", None, None, None, None)
SAID = Message("assistant", "It left this morning.", 1, None, None, None)
PLAIN = Example("e", "train", [ASKED, SAID], None)
PAIR = PLAIN._replace(rejected="No idea.")


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "custom"])
def test_what_a_target_writes_fits_it(name):
    exporter = EXPORTERS[name]
    rows = list(exporter.rows(PAIR if exporter.holds == "pairs" else PLAIN))
    guess = guess_format(rows, EXPORTERS)
    assert name in (guess.name, *guess.others)
    assert guess.fitting == guess.rows == len(rows)


def test_of_targets_that_fit_alike_the_first_is_taken():
    assert guess_format([row("Hi", "Hello.")], EXPORTERS).name == next(iter(EXPORTERS))


def test_some_wrong_rows_do_not_mislead():
    rows = [row("Hi", "Hello.")] * 3 + [{"prompt": "Hi", "completion": "Hello."}]
    assert guess_format(rows, EXPORTERS)[:3] == ("openai", 4, 3)


def test_rows_that_are_all_wrong_are_known_by_their_keys():
    rows = [{"prompt": 1, "completion": ""}] * 2
    guess = guess_format(
        rows, {"openai": EXPORTERS["openai"], "pc": EXPORTERS["prompt_completion"]}
    )
    assert guess[:3] == ("pc", 2, 0)


@pytest.mark.parametrize("rows", [[], [1, None, "text", []], [{"": 1}]])
def test_rows_that_are_nothing_known(rows):
    assert guess_format(rows, EXPORTERS).name is None


def test_only_the_first_rows_are_looked_at():
    rows = [row("Hi", "Hello.")] * GUESSED_ROWS + [{}] * 1_000
    assert guess_format(rows, EXPORTERS).fitting == GUESSED_ROWS
