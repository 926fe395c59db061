"""Truncation: answers that break off, and answers that end."""

import json
from pathlib import Path

import pytest

from ftdata.cleaning.filters.truncation import find_truncation
from ftdata_tests.cleaning.filters.asked import ask, reason

LONG = "Divers breathe out slowly as they rise. The air in their lungs grows all the while. " * 8
ITEMS = "".join(f"{n}. Breathe out slowly as you rise, and look up.\n" for n in range(1, 15))
XSTEST = Path(__file__).parents[4] / "shared" / "data" / "quality" / "refusal_xstest.jsonl"

BROKEN = {
    "in a sentence": LONG + "When they come up too fast, the gas in their blood",
    "in a word": LONG + "It is important that they compl",
    "on a comma": "You need a mask, fins, a suit,",
    "on an article": "The first thing that you need is a",
    "on a conjunction in Spanish": "Necesitas una máscara, unas aletas y",
    "on a bracket": "Call the office of the harbour (",
    "after a list mark": "You need:\n- a mask\n- fins\n-",
    "on the next number": ITEMS + "15",
    "in an item": ITEMS + "15. Take off the mask and",
    "on an item's heading": ITEMS + "15. **Check the gauge:**\n16. **Your buddy**:",
    "in a fence": "Here it is:\n```python\nprint(1)\n",
    "in JSON": '{"api": {"find": {"name": "Dune", "date":',
}
WHOLE = {
    "a word": "Sure",
    "a time": "Monday at 5",
    "a name": "It was made by the Wright brothers of Ohio",
    "a question": "Which of the two?",
    "a question without its mark": "where are you travelling from",
    "both genders": "Quizás te sientas quemado/a",
    "a face": "that is not so good for me :(",
    "a fence": "Here it is:\n```python\nprint(1)\n```",
    "JSON": '{"api": {"find": {"name": "Dune"}}}',
    "a list": LONG + "\n- a mask\n- fins\n- a suit of five millimetres",
    "a link": LONG + "Read more at https://example.com/diving/with/care/and/joy",
    "a bold end": LONG + "**Never hold your breath.**",
    "a number": LONG + "\n\nThe sum is\n42",
    "Chinese": "潜水员上升时要慢慢呼气，肺里的空气一直在膨胀，所以不要屏住呼吸" * 30,
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_breaks_off_is_found(how):
    assert reason(find_truncation, "Tell me.", BROKEN[how]) == "truncated"


@pytest.mark.parametrize("how", WHOLE)
def test_what_ends_is_let_be(how):
    assert reason(find_truncation, "Tell me.", WHOLE[how]) is None


def test_the_detail_says_how():
    assert ask(find_truncation, "q", BROKEN["in a fence"]).detail == "a code fence is open"


@pytest.mark.skipif(not XSTEST.exists(), reason="needs the shared data")
def test_completions_cut_at_the_token_limit_are_found():
    texts = [json.loads(line)["response"].strip() for line in XSTEST.read_text().splitlines()]
    cut = [text for text in texts if len(text) > 900 and text[-1].isalpha()]
    stopped = [text for text in texts if text.endswith((".", "!", "?")) and text[-2].isalpha()]
    found = sum(reason(find_truncation, "q", text) is not None for text in cut)
    assert len(cut) > 100
    assert found > 0.85 * len(cut)
    assert not any(reason(find_truncation, "q", text) for text in stopped[:300])
