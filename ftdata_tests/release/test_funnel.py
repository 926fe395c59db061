"""The picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ftdata.release.dataset import write_dataset
from ftdata.release.funnel import funnel
from ftdata.storage import PartitionStore
from ftdata_tests.release.given import HELP_1, WEB_1, chat, context, put, row, select_all

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture(tmp_path: Path) -> str:
    store = PartitionStore(str(tmp_path))
    rows = [row(WEB_1, i, chat("q", "a"), split="train" if i else "test") for i in range(4)]
    put(store, WEB_1, rows, [("cleaned", "short")] * 4)
    release = write_dataset(store, select_all(store), context(store))
    return (release.folder / "funnel.svg").read_text()


def bars(picture: str) -> dict[str, float]:
    root = ET.fromstring(picture)
    labels = [text.text or "" for text in root.findall(f"{SVG}text")[1::2]]
    widths = [float(rect.attrib["width"]) for rect in root.findall(f"{SVG}rect")[1:]]
    return dict(zip(labels, widths, strict=True))


def test_bars_are_as_wide_as_their_counts(picture: str) -> None:
    widths = bars(picture)
    assert list(widths) == [
        "read", "raw_logs", "joined", "cleaned", "formatted", "augmented", "validated_splits",
        "dataset", "train", "validation", "test",
    ]  # fmt: skip
    assert widths["joined"] == 2 * widths["cleaned"]
    assert widths["cleaned"] == pytest.approx(4 * widths["test"], abs=0.3)
    assert widths["validation"] == 0


def test_it_loads_nothing_and_has_a_dark_side(picture: str) -> None:
    assert "prefers-color-scheme: dark" in picture
    assert "4 dropped" in picture
    assert not any(word in picture for word in ("href", "url(", "<script", "<image", "@import"))


def test_sections_without_an_example_are_no_examples_dropped(tmp_path: Path) -> None:
    store = PartitionStore(str(tmp_path))
    lost = [("generated_examples", reason) for reason in ("no_example", "no_example", "kind_share")]
    put(store, HELP_1, [row(HELP_1, 0, chat("q", "a"))], lost, chain="documents")
    release = write_dataset(store, select_all(store), context(store))
    picture = (release.folder / "funnel.svg").read_text()
    assert "generated_examples: 1 examples, 1 dropped, 2 sections have none" in picture


def test_names_are_escaped() -> None:
    counts = {"rows_in": 1, "rows_out": 1, "rows_dropped": 0, "rows_quarantined": 0, "reasons": {}}
    splits = {name: {"examples": 0, "pairs": 0} for name in ("train", "validation", "test")}
    content = {
        "stages": {"totals": {"<b>&": counts}},
        "dataset": {**counts, "splits": splits},
    }
    assert "<b>&" in bars(funnel(content))
