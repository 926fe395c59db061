"""Each kind of document has its reader; faults of files and of ours are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.document_formats import DOCUMENT_ENDINGS, format_of, is_document
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.documents.readers import parse_document
from ftdata.settings_documents import Documents
from ftdata_tests.documents.office_files import docx, p, pdf

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


PDF = pdf([("A text.", 50, 700, 10), ("Another one.", 50, 600, 10)])
GUIDE = b"---\ntitle: A\n---\n# A\n\n- b\n  1. c\n\n> d\n\n| e | f |\n|---|---|\n| g | h |\n"
WHOLE = {
    "a.md": GUIDE,
    "a.mdx": b"import x from 'y'\n\n" + GUIDE,
    "a.txt": GUIDE,
    "a.rst": b"A\n=\n\n.. note:: b\n\n   1. c\n\n== ==\nd  e\n== ==\n",
    "a.html": b"<meta charset='latin-1'><h1>A</h1><ol start=3><li>b<table><tr><td>c</table></ol>",
    "a.docx": docx(p("A", "H1") + p("b", number=(3, 1)) + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
    "a.pdf": PDF,
}


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_damaged_file_is_read_or_rejected(name, data):
    damaged = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        damaged = damaged or bytearray(b" ")
    try:
        found = parse_document(name, bytes(damaged), OPTIONS)
    except RejectedDocumentError:
        return
    assert found.text.strip()


DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", f"# A &#{DIGITS};\n\nA text.\n".encode()),
        ("a.md", b"---\ntitle: !!timestamp x\n---\nA text.\n"),
        ("a.md", b"---\ntitle: !!int x\n---\nA text.\n"),
        ("a.html", b"<meta charset='idna'><p>A text.\xff"),
        ("a.html", b"<meta charset='raw_unicode_escape'><p>A text.\\ud800"),
        ("a.docx", docx(f'<w:p><w:pPr><w:outlineLvl w:val="{DIGITS}"/></w:pPr></w:p>' + p("b"))),
    ],
)
def test_awkward_values_cost_nothing(name, data):
    assert parse_document(name, data, OPTIONS).elements


@pytest.mark.parametrize(
    ("place", "name", "says"),
    [
        ("markdown_it.MarkdownIt.parse", "a.md", "markdown-it-py failed (IndexError)"),
        ("markdown_it.MarkdownIt.parse", "a.txt", "markdown-it-py failed (IndexError)"),
        ("pypdf.PageObject.extract_text", "a.pdf", "page 1 is damaged"),
        ("zipfile.ZipFile.open", "a.docx", "damaged zip file"),
    ],
)
def test_where_a_library_fails_the_file_is_damaged(monkeypatch, place, name, says):
    def fail(*args, **options):
        raise IndexError

    monkeypatch.setattr(place, fail)
    error = rejection(name, WHOLE[name])
    assert error.reason == "unreadable"
    assert says in error.detail


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("markdown.build_tree", "a.md"), ("pdf.page_lines", "a.pdf"), ("docx.Styles", "a.docx"),
        ("html.page_markdown", "a.html"),
    ],
)  # fmt: skip
def test_where_our_code_fails_the_file_is_not_damaged(monkeypatch, place, name):
    def fail(*args, **options):
        raise IndexError

    monkeypatch.setattr(f"ftdata.documents.{place}", fail)
    with pytest.raises(IndexError):
        parse_document(name, WHOLE[name], OPTIONS)
