"""What is read of Word files: structure, numbers, tables, code, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.docx import docx_markdown, read_docx
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.settings_documents import Documents
from ftdata_tests.documents.office_files import STRICT, docx, p, zipped

MONO = '<w:rFonts w:ascii="Consolas"/>'
IGNORED = {
    "deleted": "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
    "moved away": "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>",
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>",
    "a field's code": "<w:r><w:instrText>gone</w:instrText></w:r>",
    "the same again": "<Fallback><w:r><w:t>gone</w:t></w:r></Fallback>",
}
SHOWN = {
    "inserted": "<w:ins><w:r><w:t>kept</w:t></w:r></w:ins>",
    "a content control": "<w:sdt><w:sdtContent><w:r><w:t>kept</w:t></w:r></w:sdtContent></w:sdt>",
    "a field": "<w:fldSimple><w:r><w:t>kept</w:t></w:r></w:fldSimple>",
    "a box": "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>kept</w:t></w:r></w:p>"
    "</w:txbxContent></w:drawing></w:r>",
}


def markdown(body: str) -> str:
    return docx_markdown(docx(body))[0].strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("A", "H1") + p("B", "Mine") + p("c"), "# A\n\n## B\n\nc"),
        (p("A", "T") + p("B", "H1"), "# A\n\n## B"),
        (p("b", run="<w:b/>") + p("i", run='<w:i w:val="0"/>'), "**b**\n\ni"),
        (p("1.1 Contents", "Toc") + p("a"), "a"),
        (p("<div> {{ x }}"), "`<div>` `{{ x }}`"),
        (p("x = 1;", run=MONO) + p("  end", run=MONO), "```\nx = 1;\n  end\n```"),
        (p("only words here.", run=MONO), "only words here."),
        (p("a", "C") + p("", "C") + p("b", "C"), "```\na\n\nb\n```"),
        (p("A", "H1", (1, 0)) + p("B", "H2", (1, 1)), "# 1. A\n\n## 1.1. B"),
    ],
)
def test_paragraphs_become_markdown(body: str, expected: str) -> None:
    assert markdown(body) == expected


def test_numbers_go_on_as_word_shows_them() -> None:
    body = p("a", number=(1, 0)) + p("x", number=(1, 1)) + p("y", number=(1, 1))
    body += p("b", number=(1, 0)) + p("Head", "H1") + p("c", number=(1, 0)) + p("d", number=(4, 0))
    assert markdown(body) == ("1. a\n   - 1.1. x\n   - 1.2. y\n2. b\n\n# Head\n\n3. c\n\n1) d")


def test_other_formats_of_numbers() -> None:
    body = p("a", number=(3, 0)) + p("b", number=(3, 1)) + p("c", number=(3, 1))
    assert markdown(body) == "4. a\n   - IV-c b\n   - IV-d c"


def test_what_stands_between_two_steps_belongs_to_the_first() -> None:
    body = p("one", number=(1, 0)) + p("ls -l;", run=MONO) + p("more")
    body += p("x", number=(2, 0)) + p("y", number=(2, 0)) + p("two", number=(1, 0)) + p("after")
    assert markdown(body) == (
        "1. one\n\n   ```\n   ls -l;\n   ```\n\n   more\n   - x\n   - y\n2. two\n\nafter"
    )


def test_a_list_without_a_definition_is_one_of_bullets() -> None:
    assert markdown(p("a", number=(99, 0)) + p("b", number=(99, 0))) == "- a\n- b"
    assert markdown(p("a", number=(0, 0))) == "a"


def test_links_and_words_of_code() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="link">'
        "<w:r><w:t>the page</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> on </w:t>"
        f"</w:r><w:r><w:rPr>{MONO}</w:rPr><w:t>ls</w:t></w:r><w:r><w:br/><w:t>now</w:t></w:r></w:p>"
    )
    assert markdown(body) == "See [the page](https://example.com/a) on `ls`\nnow"


@pytest.mark.parametrize("inner", IGNORED.values(), ids=IGNORED.keys())
def test_what_does_not_show_is_left_out(inner: str) -> None:
    assert markdown(f"<w:p>{inner}<w:r><w:t>text</w:t></w:r></w:p>") == "text"


@pytest.mark.parametrize("inner", SHOWN.values(), ids=SHOWN.keys())
def test_what_shows_is_kept(inner: str) -> None:
    assert markdown(f"<w:p>{inner}</w:p>") == "kept"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"


def test_merged_cells_stand_in_each_place() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    tall = '<w:vMerge w:val="restart"/>'
    body = (
        f"<w:tbl><w:tr>{cell(p('A'))}{cell(p('B'), wide)}</w:tr>"
        f"<w:tr>{cell(p('x'), tall)}{cell(p('1'))}{cell(p('2'))}</w:tr>"
        f"<w:tr>{cell(p(''), '<w:vMerge/>')}{cell(p('i', number=(1, 0)) + p('j', number=(1, 0)))}"
        f"</w:tr><w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell(p('late'))}</w:tr></w:tbl>"
    )
    assert markdown(body).splitlines() == [
        "| A | B | B |",
        "| --- | --- | --- |",
        "| x | 1 | 2 |",
        "| x | 1. i 2. j |  |",
        "|  |  | late |",
    ]


def test_a_box_of_one_cell_is_no_table() -> None:
    assert markdown(f"<w:tbl><w:tr>{cell(p('A', 'H1') + p('b'))}</w:tr></w:tbl>") == "# A\n\nb"


def test_a_table_in_a_table_is_its_words() -> None:
    inner = f"<w:tbl><w:tr>{cell(p('x'))}{cell(p('y'))}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{cell(p('A'))}{cell(p('B'))}</w:tr><w:tr>{cell(inner)}</w:tr></w:tbl>"
    assert markdown(body).endswith("| x y |  |")


def m(name: str, *inner: str) -> str:
    return f"<m:{name}>{''.join(inner)}</m:{name}>"


def t(text: str) -> str:
    return m("r", m("t", text))


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        (m("f", m("num", t("x")), m("den", t("2"))), r"\frac{x}{2}"),
        (m("sSubSup", m("e", t("x")), m("sub", t("i")), m("sup", t("2"))), "x_{i}^{2}"),
        (m("rad", m("deg", t("3")), m("e", t("x"))), r"\sqrt[3]{x}"),
        (m("d", m("e", t("x")), m("e", t("y"))), r"\left(x, y\right)"),
        (m("nary", m("sub", t("0")), m("e", t("x"))), r"\int_{0} x"),
        (m("func", m("fName", t("sin")), m("e", t("x"))), r"\sin x"),
        (m("limLow", m("e", t("lim")), m("lim", t("n→∞"))), r"lim_{n \to \infty}"),
        (m("acc", m("e", t("x"))), r"\hat{x}"),
        (m("m", m("mr", m("e", t("1")), m("e", t("2"))), m("mr", m("e", t("3")))),
         r"\begin{matrix}1 & 2 \\ 3\end{matrix}"),
        (m("eqArr", m("e", t("a")), m("e", t("b"))), r"\begin{aligned}a \\ b\end{aligned}"),
        (t("100%"), r"100\%"),
    ],
)  # fmt: skip
def test_equations_become_latex(equation: str, expected: str) -> None:
    assert markdown(f"<w:p>{m('oMath', equation)}</w:p>") == f"${expected}$"


def test_the_strict_namespaces_read_alike() -> None:
    body = p("A", "H1") + p("b", number=(1, 0))
    assert docx_markdown(docx(body, namespace=STRICT)) == docx_markdown(docx(body))


@pytest.mark.parametrize(
    ("body", "title"), [(p("My  title", "T") + p("a"), "My title"), (p("a"), "Of the file")]
)
def test_the_title_is_the_one_shown_or_the_files(body: str, title: str) -> None:
    core = {"docProps/core.xml": "<c><title>Of the\n file</title></c>"}
    assert read_docx(docx(body, **core), Documents()).title == title


def reason(data: bytes) -> tuple[str, str]:
    with pytest.raises(RejectedDocumentError) as raised:
        read_docx(data, Documents())
    return raised.value.reason, raised.value.detail


def test_what_cannot_be_read_is_refused_by_name() -> None:
    whole = docx(p("a"))
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    assert reason(b"")[0] == "empty_document"
    assert reason(docx(p(" ")))[0] == "empty_document"
    assert reason(whole[: len(whole) // 2])[0] == "unreadable"
    assert "Excel" in reason(zipped({"xl/workbook.xml": "<a/>"}))[1]
    assert reason(ole + "EncryptedPackage".encode("utf-16-le"))[0] == "encrypted"
    assert "old Word file" in reason(ole)[1]
    assert "HTML" in reason(b"<!DOCTYPE html><p>x")[1]
    assert "PDF" in reason(b"%PDF-1.7")[1]
    assert "well-formed" in reason(docx("<w:p>"))[1]


def test_bombs_are_refused_without_unpacking_them() -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    assert "entities" in reason(zipped({"word/document.xml": entities}))[1]
    deep = "<w:tbl><w:tr><w:tc>" * 50_000
    assert reason(docx(deep))[0] == "unreadable"
    assert reason(docx(" " * 70_000_000))[0] == "too_large"


def test_a_part_with_a_password_is_encrypted() -> None:
    data = bytearray(docx(p("a")))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    data[6] |= 1
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert reason(bytes(data))[0] == "encrypted"


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 1), st.booleans()), min_size=1, max_size=30
    )
)
def test_no_paragraph_is_lost_whatever_the_lists(paragraphs: list[tuple[int, int, bool]]) -> None:
    body = "".join(
        p(f"w{place}", number=(key, level) if is_item else None)
        for place, (key, level, is_item) in enumerate(paragraphs)
    )
    words = [word for word in markdown(body).split() if word.startswith("w")]
    assert words == [f"w{place}" for place in range(len(paragraphs))]
