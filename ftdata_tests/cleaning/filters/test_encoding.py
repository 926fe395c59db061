"""Encoding: characters that nobody wrote."""

import pytest

from ftdata.cleaning.filters.encoding import find_encoding_damage
from ftdata_tests.cleaning.filters.asked import ask, reason


@pytest.mark.parametrize(
    "text",
    [
        "na\ufffdve",
        "tab\u2409here",
        "\ue001 bullet",
        "caf??s and fa??ades",
        "CinÃ©polis",
        "Pok√©mon",
    ],
)
def test_damage_is_found(text):
    assert reason(find_encoding_damage, "q", text) == "encoding_damage"
    assert reason(find_encoding_damage, text, "a") == "encoding_damage"


@pytest.mark.parametrize(
    "text",
    ["What??", "really?? yes", "a ?? b : c", "Ça va, naïve “quotes” … – 25 €", "Ещё раз", "日本語",
     "می\u200cخواد", "√2 ≈ 1.41", "ÀÉÎ", "👩‍🚀 ™"],
)  # fmt: skip
def test_what_somebody_wrote_is_let_be(text):
    assert reason(find_encoding_damage, text, "a") is None


def test_the_detail_quotes_nothing():
    assert (
        ask(find_encoding_damage, "q", "caf??s of par??s").detail == "question marks inside words"
    )
