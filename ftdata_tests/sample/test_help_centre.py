"""The help centre has a page of every kind, and a second snapshot that differs in two of them."""

import re

import pytest
from upath import UPath

from ftdata.documents.parsed import Heading, RejectedDocumentError
from ftdata.documents.readers import parse_document
from ftdata.ingest.inventory import scan_raw
from ftdata.sample.generate import sample_settings
from ftdata.sample.help_centre import SNAPSHOTS, SOURCE, make_pages
from ftdata.settings_documents import Documents
from ftdata.settings_file import load_settings
from ftdata_tests.sample.reading import LOGS, SHIPPED

FIRST, LATER = (
    {name.removeprefix(f"{SOURCE}/{date}/"): data for name, data in make_pages(date)}
    for date in ("2025-03-01", "2025-03-08")
)
EMPTY = "orders/gift-wrapping.md"
PAGES = sorted(LATER.keys() - {EMPTY})


def parsed(name):
    return parse_document(name, LATER[name], Documents())


def blocks(name):
    return [each for each in parsed(name).elements if not isinstance(each, Heading)]


def texts(name):
    return "\n".join(block.text for block in blocks(name))


def test_it_is_small_and_of_many_formats():
    endings = {name.rpartition(".")[2] for name in FIRST}
    assert endings == {"md", "html", "rst", "txt", "docx"}
    assert sum(name.endswith(".html") for name in FIRST) == 2
    assert len(FIRST) == 16
    assert sum(map(len, FIRST.values())) < 32_000


def test_the_later_snapshot_changes_one_page_and_adds_one():
    assert LATER.keys() - FIRST.keys() == {"rentals/avalanche-sets.md"}
    assert FIRST.keys() <= LATER.keys()
    changed = {name for name in FIRST if FIRST[name] != LATER[name]}
    assert changed == {"policies/refunds.md"}


def test_only_one_section_of_the_changed_page_is_another():
    before, after = (
        pages["policies/refunds.md"].decode().split("\n## ") for pages in (FIRST, LATER)
    )
    assert [place for place, text in enumerate(before) if after[place] != text] == [2]
    assert len(before) == len(after) == 6


def test_snapshots_are_of_days_that_have_logs():
    for date in SNAPSHOTS:
        assert all(list((SHIPPED / source).glob(f"{date}*")) for source in LOGS)


def test_no_other_date_has_a_snapshot():
    with pytest.raises(KeyError):
        list(make_pages("2025-03-02"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_but_the_empty_one_is_read(name):
    assert sum(isinstance(each, Heading) for each in parsed(name).elements) >= 3
    assert len(blocks(name)) >= 4


def test_the_empty_page_is_rejected():
    with pytest.raises(RejectedDocumentError) as raised:
        parsed(EMPTY)
    assert raised.value.reason == "empty_document"


def test_there_are_questions_with_answers():
    headings = [each.text for each in parsed("faq.md").elements if isinstance(each, Heading)]
    assert sum(text.endswith("?") for text in headings) >= 8


def test_there_are_procedures_and_one_is_interrupted_by_a_note_and_code():
    procedures = [
        (name, block) for name in PAGES for block in blocks(name) if block.kind == "steps"
    ]
    assert len({name for name, _ in procedures}) >= 7
    assert min(len(block.items) for _, block in procedures) >= 3
    install = blocks("partners/set-up-the-desk.rst")[1]
    assert len(install.items) == 5
    assert "Older versions cannot release deposits." in install.text
    assert install.text.count("```") == 4


def test_there_are_tables_code_and_definitions():
    kinds = {(name, block.kind) for name in PAGES for block in blocks(name)}
    with_table = {name for name, kind in kinds if kind == "table"}
    assert {"repairs/troubleshooting.md", "rentals/membership-plans.md"} <= with_table
    assert {"partners/rental-api.md", "policies/data-retention.html"} <= with_table
    assert ("partners/rental-api.md", "code") in kinds
    assert ("partners/set-up-the-desk.rst", "definition") in kinds


def test_front_matter_template_tags_and_navigation_do_not_show():
    page = parsed("rentals/book-equipment.md")
    assert page.title == "Book rental equipment"
    assert b"{{<" in FIRST["rentals/book-equipment.md"]
    shown = texts("rentals/book-equipment.md")
    assert not re.search(r"\{\{|\{%|season|weight:", shown)
    assert "Imprint" not in texts("orders/delivery.html")


def test_one_section_refers_to_another():
    assert "as described above" in texts("rentals/group-rentals.md")


def test_some_pages_hold_personal_data():
    found = "\n".join(map(texts, PAGES))
    assert len(re.findall(r"\b[\w.]+@[\w-]+\.net\b", found)) == 2
    assert len(re.findall(r"020 7946 0\d{3}|\+44 20 7946 0\d{3}", found)) == 2
    account = re.search(r"NL\d\d QLMR [\d ]{12}", found)[0].replace(" ", "")
    assert int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1


def test_the_shipped_folder_is_found_as_documents_without_settings(tmp_path):
    settings_file = tmp_path / "ftdata.yaml"
    settings_file.write_text(sample_settings(), encoding="utf-8")
    inventory = scan_raw(UPath(SHIPPED.parent), load_settings(settings_file))
    assert inventory.sources[SOURCE] == "documents"
    dates = [key.date for key in inventory.partitions if key.source == SOURCE]
    assert dates == sorted(SNAPSHOTS)
    assert inventory.problems == ()
