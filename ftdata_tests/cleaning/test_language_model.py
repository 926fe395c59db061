"""Asked of many texts at once, the model says what py3langid says of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ftdata.cleaning.language_model import classify_texts

CANDIDATES = ("de", "en", "es", "fr", "pt", "ru", "zh")
IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
IDENTIFIER.set_languages(CANDIDATES)
TEXTS = [
    "Wo finde ich die Rechnung vom letzten Monat?",
    "no puedo entrar en mi cuenta desde ayer",
    "Où puis-je changer mon mot de passe ?",
    "ГДЕ МОЙ ЗАКАЗ",
    "WHERE IS MY ORDER",
    "我的订单在哪里",
]
WORDS = st.lists(st.sampled_from(" ".join(TEXTS).split()), min_size=1, max_size=12).map(" ".join)


@given(st.lists(st.one_of(WORDS, st.sampled_from(TEXTS)), max_size=8))
def test_it_says_what_py3langid_says(texts):
    told = classify_texts(texts, CANDIDATES)
    assert [code for code, _ in told] == [IDENTIFIER.classify(text)[0] for text in texts]
    for (_, share), text in zip(told, texts, strict=True):
        assert share == pytest.approx(IDENTIFIER.classify(text)[1], abs=1e-4)


@given(st.permutations(TEXTS))
def test_a_text_is_told_by_itself(texts):
    alone = {text: classify_texts([text], CANDIDATES)[0] for text in texts}
    assert dict(zip(texts, classify_texts(texts, CANDIDATES), strict=True)) == alone


def test_a_text_without_any_feature_is_as_likely_in_each():
    ((_, share),) = classify_texts(["\x00"], CANDIDATES)
    assert share == pytest.approx(1 / len(CANDIDATES))
