"""The language of a document, by its prose."""

import pytest

from ftdata.documents.language import language_of
from ftdata_tests.documents.drafting import parsed

TEXTS = {
    "en": "You can reset the password of your account, and it is sent to you by mail.",
    "de": "Sie können das Kennwort Ihres Kontos jederzeit zurücksetzen, es kommt dann per Post.",
    "es": "Puede restablecer la contraseña de su cuenta cuando quiera; se la enviamos por correo.",
    "fr": "Vous pouvez réinitialiser le mot de passe de votre compte à tout moment, par courrier.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_the_language_is_told(code, text):
    assert language_of(parsed(f"# T\n\n{text}\n").elements[1:]) == code


def test_code_and_tables_do_not_count():
    text = "```\nfor the of and to is in that\n```\n\n" + TEXTS["de"]
    assert language_of(parsed(text).elements) == "de"


@pytest.mark.parametrize("text", ["```\nls\n```", "42", "OK."])
def test_too_little_tells_nothing(text):
    assert language_of(parsed(text).elements) is None
