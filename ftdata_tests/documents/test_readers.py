"""Each kind of document has its reader, and what a reader may do to a file."""

import pytest

from ftdata.document_formats import DOCUMENT_ENDINGS, format_of, is_document
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.readers import parse_document
from ftdata.settings_documents import Documents

OPTIONS = Documents()


def rejection(name, data):
    with pytest.raises(RejectedDocumentError) as caught:
        parse_document(name, data, OPTIONS)
    return caught.value


@pytest.mark.parametrize("ending", DOCUMENT_ENDINGS)
def test_each_ending_has_its_reader(ending):
    assert is_document(f"A{ending.upper()}")
    assert rejection(f"A{ending.upper()}", b" ").reason == "empty_document"


def test_formats_are_known_by_the_ending():
    names = ("a.md", "a.markdown", "a.mdx", "a.htm", "a.html", "a.rst", "a.txt", "a.docx", "a.pdf")
    assert [format_of(name).name for name in names] == [
        "md", "md", "mdx", "html", "html", "rst", "txt", "docx", "pdf",
    ]  # fmt: skip
    assert format_of("a.md.png") is None
    assert not is_document("markdown")


def test_another_ending_is_told_what_is_read():
    error = rejection("a.png", b"x")
    assert error.reason == "unreadable"
    assert ".docx" in error.detail
