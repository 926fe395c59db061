"""Asked of many texts at once, the model says what py3langid says of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ftdata.language_model import classify_texts, known_languages

CANDIDATES = ("de", "en", "es", "fr", "pt", "ru", "sr", "zh")
IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
IDENTIFIER.set_languages(CANDIDATES)
IDENTIFIER_OF_ALL = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
TEXTS = [
    "Wo finde ich die Rechnung vom letzten Monat?",
    "no puedo entrar en mi cuenta desde ayer",
    "Où puis-je changer mon mot de passe ?",
    "ГДЕ МОЙ ЗАКАЗ",
    "WHERE IS MY ORDER",
    "我的订单在哪里",
    "Где је моја поруџбина",
    "Gde je moja porudžbina",
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
    ((_, share),) = classify_texts(["\x00"], ("de", "en"))
    assert share == pytest.approx(1 / 2)


def test_the_languages_are_those_of_py3langid():
    assert set(known_languages()) == set(IDENTIFIER_OF_ALL.labels)
    assert len(known_languages()) == len(IDENTIFIER_OF_ALL.labels)
