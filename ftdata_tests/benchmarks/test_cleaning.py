"""The table on cleaning: it comes out whole of whatever files there are."""

import gzip
import json

import pytest

from ftdata_tests.benchmarks.cleaning import PARTS, measure
from ftdata_tests.benchmarks.cleaning_baselines import find_naively
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent, as_json, as_lines
from ftdata_tests.benchmarks.cleaning_leaks import is_kept, is_person, survives
from ftdata_tests.benchmarks.cleaning_pii import per_thousand
from ftdata_tests.benchmarks.cleaning_quality import macro_f1

QUICK = [part for part in PARTS if part != "speed"]
NAME, PHONE = "Maria Lindqvist", "(415) 867-5309"


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def test_a_folder_without_files_gives_a_line_for_each_that_is_absent(tmp_path):
    figures = measure(tmp_path, list(PARTS))
    assert len(figures) >= 14
    assert all(figure.ours is None and "is absent" in figure.note for figure in figures)


def test_files_without_records_are_absent_too(tmp_path):
    for name in ("quality/refusal_x.jsonl", "quality/human_truthful_informative_fr.jsonl",
                 "quality/langid_x.jsonl", "pii/echr_fr.jsonl.gz", "pii/presidio_synth_v2.jsonl",
                 "quality/gsm8k_solutions_correct.jsonl.gz", "logs/truth.jsonl.gz"):  # fmt: skip
        write(tmp_path / name, [])
    assert [figure for figure in measure(tmp_path, QUICK) if figure.ours is not None] == []


def test_logs_alone(tmp_path):
    said = f"My name is {NAME}, call {PHONE}."
    record = {"id": "a", "conversation_id": "c", "timestamp": "2025-03-01T10:00:00Z",
              "prompt": said, "response": "Thanks, I shall call you."}  # fmt: skip
    places = [("PERSON", NAME), ("PHONE_NUMBER", PHONE)]
    pii = [["prompt", said.index(text), said.index(text) + len(text), kind]
           for kind, text in places]  # fmt: skip
    write(tmp_path / "logs/shop/2025-03-01.jsonl", [record])
    write(tmp_path / "logs/truth.jsonl.gz", [{"id": "a", "dataset": "tau-retail-fewshot",
                                              "pii": pii}])  # fmt: skip
    values = {figure.name: figure.ours for figure in measure(tmp_path, ["logs", "leaks"])}
    assert values["PHONE, CARD, SSN false hits, 1 retail-agent turns"] == 0
    assert values["labelled PERSON left in cleaned logs (1)"] == 0
    assert values["labelled PHONE left in cleaned logs (1)"] == 0
    assert values["PERSON, labelled names gone, with log fields (1)"] == 1
    assert values["ADDRESS F1 on dialogue"] is None


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("Ann", "Dear Ann,", True),
        ("Ann", "Annual", False),
        ("Ann", "Dear [PERSON]", False),
        ("+44 20", "at +44 20.", True),
    ],
)
def test_a_value_survives_as_words_of_its_own(value, text, expected):
    assert survives(value, text) is expected


def test_what_is_nobodys_is_kept_by_default():
    assert is_kept("EMAIL", "a@example.com")
    assert not is_kept("EMAIL", "a@corp.org")
    assert not is_kept("USER_ID", "a_1")
    assert is_kept("PERSON", "Bay Dental Care")
    assert is_person("Ana Labarre")


def test_a_target_is_missed_on_the_wrong_side_of_it_alone():
    assert Figure("F1", 0.8, target=0.9).is_missed
    assert not Figure("F1", 0.9, target=0.9).is_missed
    assert Figure("hits", 1, target=0, at_most=True).is_missed
    assert not Figure("hits", 0, target=0, at_most=True).is_missed
    assert not Figure("F1", 0.8).is_missed
    assert not Figure("F1", None, target=0.9).is_missed


def test_the_table_has_a_line_and_json_an_object_for_each_figure():
    figures = [Figure("F1", 0.5, naive=0.25, target=0.9), Figure("texts/s", 12345.6),
               absent("PII", "pii/")]  # fmt: skip
    head, missed, speed, gone = (line.split() for line in as_lines(figures))
    assert head == ["metric", "target", "ftdata", "naive", "presidio"]
    assert missed == ["F1", ">=", "0.900", "0.500", "0.250", "-", "MISSED"]
    assert speed == ["texts/s", "12,346", "-", "-"]
    assert gone == ["PII", "-", "-", "-", "pii/", "is", "absent"]
    assert [row["missed"] for row in as_json(figures)] == [True, False, False]
    assert json.loads(json.dumps(as_json(figures)))[0]["naive"] == 0.25


def test_macro_f1_is_the_mean_over_the_languages_of_the_truth():
    # German: one found, one taken for Dutch, none wrong; Dutch: found, and one too many.
    assert macro_f1(["de", "de", "nl"], ["de", "nl", "nl"]) == pytest.approx(2 / 3)
    assert macro_f1(["de"], [None]) == 0


def test_hits_per_thousand_texts_are_of_numbers():
    def find(text):
        return [(0, 1, "PHONE"), (1, 2, "EMAIL")] if text == "x" else []

    assert per_thousand(["x", "y", "y", "y"], find) == 250
    assert per_thousand([], find) == 0


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("call 555-123-4567 or mail a@b.org", ["EMAIL", "PHONE"]),
        ('"item_id": "6469567736"', ["PHONE"]),  # its known faults
        ("(555) 123-4567", []),
        ("tracking 1234567812345678", ["CREDIT_CARD"]),
    ],
)
def test_the_naive_way_finds_what_it_is_known_to_find(text, entities):
    assert [entity for _, _, entity in find_naively(text)] == entities
