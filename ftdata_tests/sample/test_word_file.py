"""The Word file holds what it was made of, and is one."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ftdata.documents.docx import read_docx
from ftdata.documents.parsed import Heading
from ftdata.sample.word_file import docx_bytes
from ftdata.settings_documents import Documents

PAGE = """# Wax a jacket

Wax keeps cotton dry & supple, below < 40 degrees.

## Steps

1. Brush it.
2. Warm the wax.

## Tools

- brush
- a "dryer"
"""
lines = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=40)


def read(text):
    return read_docx(docx_bytes(text), Documents()).elements


def test_headings_steps_and_items_are_read_back():
    found = [
        (each.level, each.text) if isinstance(each, Heading) else (each.kind, each.text)
        for each in read(PAGE)
    ]
    assert found == [
        (1, "Wax a jacket"),
        ("paragraph", "Wax keeps cotton dry & supple, below < 40 degrees."),
        (2, "Steps"),
        ("steps", "1. Brush it.\n2. Warm the wax."),
        (2, "Tools"),
        ("list", '- brush\n- a "dryer"'),
    ]


def test_the_package_tells_no_time_and_is_not_compressed():
    with zipfile.ZipFile(io.BytesIO(docx_bytes(PAGE))) as package:
        assert package.testzip() is None
        for entry in package.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.compress_type, entry.create_system) == (zipfile.ZIP_STORED, 3)


def test_every_part_has_a_type_and_every_relation_a_part():
    with zipfile.ZipFile(io.BytesIO(docx_bytes(PAGE))) as package:
        names = {f"/{name}" for name in package.namelist()}
        types = etree.fromstring(package.read("[Content_Types].xml"))
        typed = {each.get("PartName") for each in types} - {None}
        related = {
            f"{folder}{each.get('Target')}"
            for folder, part in (("/", "_rels/.rels"), ("/word/", "word/_rels/document.xml.rels"))
            for each in etree.fromstring(package.read(part))
        }
    assert (
        typed
        == related
        == {name for name in names if name.startswith("/word/")} - {"/word/_rels/document.xml.rels"}
    )


@given(st.lists(lines, max_size=5))
def test_any_text_makes_well_formed_parts(texts):
    with zipfile.ZipFile(io.BytesIO(docx_bytes("\n".join(texts)))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    written = [line for line in "\n".join(texts).splitlines() if line.strip()]
    assert len(body[0]) == len(written)
