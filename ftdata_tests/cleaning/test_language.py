"""Which language a text is in: by script, by words, by py3langid, and when it cannot be told."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ftdata.cleaning.conversation_language import conversation_languages
from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.language import detect_languages, guess_languages
from ftdata.settings_cleaning import LANGUAGES, Language
from ftdata_tests.cleaning.raw import raw_table, turns

SENTENCES = Path(__file__).parents[3] / "shared/data/quality/langid_sentences.jsonl.gz"


def detect(text, **options):
    return detect_languages([text], Language(**options))[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Where can I see what I ordered last week?", "en"),
        ("¿Dónde puedo ver lo que pedí la semana pasada?", "es"),
        ("Wo kann ich meine letzte Bestellung sehen?", "de"),
        ("Où puis-je voir ma dernière commande ?", "fr"),
        ("Где я могу посмотреть свой заказ?", "ru"),
        ("注文はどこで確認できますか", "ja"),
        ("我在哪里可以看到我的订单", "zh"),
        ("주문은 어디에서 확인하나요", "ko"),
        ("ฉันจะดูคำสั่งซื้อได้ที่ไหน", "th"),
        ("Πού μπορώ να δω την παραγγελία μου;", "el"),
        ("איפה אפשר לראות את ההזמנה שלי", "he"),
        ("PLEASE TELL ME WHERE THE ORDER IS", "en"),
        ("How do I say 你好 to the people who live there?", "en"),
        ("Ejecuta esto, por favor:\n```\nthe = that and which\n```", "es"),
    ],
)
def test_the_language_is_told(text, code):
    assert detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "12 + 34 = 46",
        "#!? ...",
        "```\nprint the value of this\n```",
        "https://example.com/where/is/the/order",
        "for (i = 0; i < n; i++) { a[i] = f(i); }",
        "x^2 + y^2 = z^2",
    ],
)
def test_what_is_no_prose_has_no_language(text):
    assert detect(text) is None


def test_the_shortest_text_is_a_setting():
    assert detect("buenos días a todos", min_chars=8) == "es"
    assert detect("buenos días a todos", min_chars=30) is None


def test_only_candidates_are_told():
    assert detect("Where can I see what I ordered last week?", candidates=("de", "fr")) != "en"
    assert detect("注文はどこで確認できますか", candidates=("en", "ko")) in {"en", "ko", None}


def test_a_short_name_is_no_sure_guess():
    name, sentence = guess_languages(
        ["Budweiser", "Wo kann ich meine letzte Bestellung denn nun endlich sehen?"], Language()
    )
    assert name.confidence < 0.5 < sentence.confidence


def test_a_conversation_has_the_language_of_its_prompts_or_else_of_its_reply():
    table = raw_table(
        turns("¿Dónde está mi pedido?", "It is on the way to you."),
        turns("ok?", "Your order is on its way, it should be with you soon."),
        turns("ok?", "1"),
    )
    told = conversation_languages(read_conversations(table.column("messages")), Language())
    assert told.prompts == ["es", "en", None]
    assert [guess.code for guess in told.asked] == ["es", None, None]
    assert [guess.code for guess in told.answered] == ["en", "en", None]


@given(st.lists(st.text(max_size=40), max_size=4))
def test_a_text_is_told_by_itself(texts):
    options = Language()
    assert detect_languages(texts, options) == [detect(text) for text in texts]
    assert set(detect_languages(texts, options)) <= {None, *options.candidates}


def test_the_known_codes_are_those_of_the_library():
    labels = LanguageIdentifier.from_model_file(MODEL_FILE).labels
    assert set(LANGUAGES) == set(labels) - {"zxx"}  # `zxx` is no language


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"candidates": ("en", "qq")}, "no language that is known: give some of ace af am"),
        ({"candidates": ("en", "de"), "keep": ("fr",)}, "keep names fr: add it to candidates"),
    ],
)
def test_codes_that_cannot_be_told_are_an_error(options, message):
    with pytest.raises(ValueError, match=message):
        Language(**options)


@pytest.mark.skipif(not SENTENCES.exists(), reason="the shared data is not here")
def test_ninety_nine_of_a_hundred_sentences_are_told():
    lines = gzip.decompress(SENTENCES.read_bytes()).splitlines()
    rows = [json.loads(line) for line in lines]
    told = detect_languages([row["text"] for row in rows], Language())
    right = sum(row["lang"] == code for row, code in zip(rows, told, strict=True))
    assert right / len(rows) >= 0.99
