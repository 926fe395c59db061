"""What is read of PDF files: headings, paragraphs, lists, columns, and what is refused."""

from __future__ import annotations

import io
import logging

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.pdf import pdf_markdown, read_pdf
from ftdata.settings_documents import Documents
from ftdata_tests.documents.office_files import pdf, scanned_pdf

Page = list[tuple[str, float, float, float]]


def lines(*texts: str, x: float = 50, y: float = 700, size: float = 10) -> Page:
    """Lines of one text, below each other."""
    return [(text, x, y - 12 * place, size) for place, text in enumerate(texts)]


def markdown(*pages: Page) -> str:
    return pdf_markdown(pdf(*pages))[0].strip()


def test_headings_are_larger_or_bold_and_alone() -> None:
    page = [
        ("Guide", 50, 760, 20),
        ("**Setup", 50, 730, 14),
        *lines("Some text that goes on", "in a second line.", y=700),
        ("**Next steps", 50, 660, 10),
        *lines("More of the text.", y=640),
        ("**Bold end of a sentence.", 50, 600, 10),
    ]
    assert markdown(page) == (
        "# Guide\n\n## Setup\n\nSome text that goes on in a second line.\n\n### Next steps\n\n"
        "More of the text.\n\nBold end of a sentence."
    )


def test_paragraphs_are_apart_or_indented() -> None:
    page = [
        *lines("One text of two", "lines and more.", y=700),
        *lines("Another text.", y=660),
        *lines("Indented first line", x=70, y=648),
        *lines("and its second.", y=636),
    ]
    assert markdown(page) == (
        "One text of two lines and more.\n\nAnother text.\n\nIndented first line and its second."
    )


def test_words_cut_at_the_end_of_a_line_are_made_whole() -> None:
    page = lines("It is self-made. They confi-", "gure it and are self-", "made or ex-", "X ray.")
    assert markdown(page) == "It is self-made. They configure it and are self-made or ex- X ray."


def test_lists_by_their_marks_and_levels() -> None:
    page = [
        *lines("Do this:", y=712),
        *lines("1. First step that is", y=700),
        *lines("long enough.", x=62, y=688),
        *lines("- a", "- b", x=70, y=676),
        *lines("2. Second step", y=652),
        *lines("Afterwards.", y=620, x=40),
    ]
    assert markdown(page) == (
        "Do this:\n\n1. First step that is long enough.\n   - a\n   - b\n2. Second step\n\n"
        "Afterwards."
    )


def page_of(number: int) -> Page:
    text = lines(f"Text number {'abcdef'[number]} of", "this document.", y=600)
    return [("My manual", 50, 780, 8), *text, (f"Page {number + 1} of 6", 280, 20, 8)]


def test_what_every_page_repeats_and_its_number_are_left_out() -> None:
    made = markdown(*[page_of(number) for number in range(4)])
    assert made.split("\n\n") == [f"Text number {letter} of this document." for letter in "abcd"]


def test_a_text_that_is_repeated_below_its_own_heading_stays() -> None:
    first = [("One", 50, 780, 14), *lines("The same text.", y=600)]
    second = [("Two", 50, 780, 14), *lines("The same text.", y=600)]
    assert markdown(first, second) == "# One\n\nThe same text.\n\n# Two\n\nThe same text."


def test_a_sentence_goes_on_over_pages() -> None:
    assert markdown(lines("It begins here and"), lines("goes on there.")) == (
        "It begins here and goes on there."
    )


def test_columns_set_row_by_row_are_read_one_after_the_other() -> None:
    left = [f"left column line number {number}" for number in "abcdef"]
    right = [f"right column line number {number}" for number in "abcdef"]
    rows = [
        cell
        for place in range(6)
        for cell in (
            (left[place], 50.0, 700.0 - 12 * place, 10.0),
            (right[place], 330.0, 700.0 - 12 * place, 10.0),
        )
    ]
    made = markdown(rows).replace("\n\n", " ")
    assert made == " ".join([*left, *right])


def test_the_title_is_the_files_own() -> None:
    assert read_pdf(pdf(lines("Some text."), title="My title"), Documents()).title == "My title"
    assert read_pdf(pdf(lines("Some text.")), Documents()).title is None


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines("Secret text.")))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_an_empty_password_opens_a_file() -> None:
    assert pdf_markdown(encrypted(""))[0] == "Secret text.\n"


def reason(data: bytes) -> tuple[str, str]:
    with pytest.raises(RejectedDocumentError) as raised:
        read_pdf(data, Documents())
    return raised.value.reason, raised.value.detail


def test_what_cannot_be_read_is_refused_by_name() -> None:
    whole = pdf(lines("Some text."))
    assert reason(b"")[0] == "empty_document"
    assert reason(pdf([]))[0] == "empty_document"
    assert reason(scanned_pdf()) == ("scanned", "1 page of pictures without text; run OCR on it")
    assert reason(encrypted("pass"))[0] == "encrypted"
    assert reason(b"%PDF-1.4\nnothing else")[0] == "unreadable"
    assert "docx" in reason(b"PK\x03\x04")[1]
    assert "HTML" in reason(b"<html><p>x")[1]
    assert reason(whole.replace(b"/Pages 2 0", b"/Pages 9 0"))[0] == "unreadable"


def mapped(data: bytes, code: str, to: str) -> bytes:
    """A PDF whose font says which character a code stands for, both in hexadecimal digits."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        stream = StreamObject()
        stream.set_data(f"1 beginbfchar\n<{code}> <{to}>\nendbfchar".encode())
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(("to", "shown"), [("D83DDE00", "\U0001f600"), ("D83D", "\ufffd")])
def test_halves_of_characters_are_joined_or_replaced(to: str, shown: str) -> None:
    text = pdf_markdown(mapped(pdf(lines("A text of some words.")), "41", to))[0]
    assert text == f"{shown} text of some words.\n"


def test_remarks_of_the_library_stay_within(caplog: pytest.LogCaptureFixture) -> None:
    damaged = pdf(lines("Some text.")).replace(b"0000000000 65535 f", b"0000000099 65535 f")
    with caplog.at_level(logging.DEBUG):
        assert pdf_markdown(damaged)[0] == "Some text.\n"
    assert not caplog.records
    assert logging.getLogger("pypdf").level == logging.NOTSET
