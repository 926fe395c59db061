"""What the report tells of documents."""

from __future__ import annotations

import pytest

from ftdata.release.documents import documents_sections

NOTHING = {"rows_out": 0, "reasons": {}}
ORDERS = {
    "file": "raw/help/2025-03-01/orders.md",
    "newest": "2025-04-01",
    "is_rejected": False,
    "examples": 1,
}


def told(earlier):
    content = {"stages": {"totals": {"documents": NOTHING}}, "earlier_documents": earlier}
    headings = documents_sections(content, {}, [])
    return headings[headings.index("## Kept from earlier snapshots") + 1]


def test_a_document_that_is_kept_is_counted_with_its_examples():
    text = told([ORDERS])
    assert "1 document, not in the newest, with 1 example." in text
    assert "| raw/help/2025-03-01/orders.md | missing | 2025-04-01 | 1 |" in text


@pytest.mark.parametrize(("count", "is_cut"), [(40, False), (41, True)])
def test_many_are_cut_and_the_rest_is_where_the_report_says(count, is_cut):
    text = told([ORDERS] * count)
    assert f"{count} documents, not in the newest, with {count} examples." in text
    assert text.count("orders.md") == 40
    assert ("manifest.json" in text) == is_cut


def test_without_documents_nothing_is_told():
    content = {"stages": {"totals": {"raw_logs": NOTHING}}, "earlier_documents": []}
    assert documents_sections(content, {}, []) == []
