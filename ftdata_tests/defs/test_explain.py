"""Every record leads to its fate, and every training row back to its records."""

import gzip
import json

import pyarrow.parquet as pq
import pytest

from ftdata.defs.explain import explain
from ftdata.defs.explanation import Erased
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.erasures import Tombstone, digest_of, keep_salt, write_request
from ftdata.errors import UsageError
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata.release.read import read_latest
from ftdata.tables import CHAINS
from ftdata_tests.defs.traced import (
    FIRST,
    PAGE,
    PERSON,
    PRIVATE,
    SECOND,
    build_all,
    built_project,
    first_day,
    write_raw_files,
)

LOGS = [*CHAINS["logs"], "dataset"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return built_project(tmp_path_factory.mktemp("traced"))


def only(project, asked, version=None):
    """The one trace of a name."""
    (trace,) = explain(project, asked, version).traces
    return trace


def told(trace):
    """Stage and outcome of each decision."""
    return [(decision.stage, decision.outcome) for decision in trace.decisions]


def examples(project):
    return pq.read_table(read_latest(project.store.data).folder / "examples.parquet").to_pylist()


def lines(project, split):
    folder = read_latest(project.store.data).folder
    return [json.loads(line) for line in (folder / f"{split}.jsonl").read_bytes().splitlines()]


def test_a_record_is_followed_through_every_stage(project):
    trace = only(project, "web-1-3")
    outcomes = ["read", "kept", "kept", "kept", "kept", "in"]
    assert told(trace) == list(zip(LOGS, outcomes, strict=True))
    assert trace.made_from == "record"
    (origin,) = trace.origins
    assert (origin.file, origin.line, origin.record_id) == (FIRST, 4, "web-1-3")
    last = trace.decisions[-1].facts
    row = lines(project, last["split"])[last["file_row"]]
    assert "number 1003" in row["messages"][-2]["content"]
    assert trace.fate == f"in {last['split']}, row {last['file_row']}"


def test_every_training_row_leads_to_the_line_that_holds_its_record(project):
    raw = gzip.decompress((project.store.data / FIRST).read_bytes()).split(b"\n")
    seen = 0
    for split in ("train", "validation", "test"):
        for number in range(len(lines(project, split))):
            trace = only(project, f"{split}:{number}")
            assert trace.decisions[-1].facts["file_row"] == number
            for origin in trace.origins:
                if origin.file == FIRST:
                    assert json.loads(raw[origin.line - 1])["id"] == origin.record_id
                    seen += 1
    assert seen >= 10


def test_every_line_of_a_raw_file_has_a_fate(project):
    for number, line in enumerate(first_day(), start=1):
        trace = only(project, f"{FIRST}:{number}")
        assert trace.decisions[-1].outcome in ("in", "dropped", "quarantined")
        assert number in [origin.line for origin in trace.origins]
        if isinstance(line, dict):
            same = only(project, line["id"])
            assert (same.id, same.decisions) == (trace.id, trace.decisions)


def test_what_was_read_and_not_taken_tells_why(project):
    failed, broken = only(project, "failed"), only(project, f"{FIRST}:18")
    assert told(failed) == [("raw_logs", "dropped")]
    assert (failed.decisions[0].reason, failed.decisions[0].setting) == ("error", None)
    assert told(broken) == [("raw_logs", "quarantined")]
    assert broken.decisions[0].reason == "bad_json"


def test_a_filter_that_dropped_it_is_named_with_its_setting(project):
    trace = only(project, "striped")
    assert told(trace) == [("raw_logs", "read"), ("cleaned", "dropped")]
    last = trace.decisions[-1]
    assert (last.reason, last.setting) == ("pattern", "cleaning.drop_patterns")
    assert trace.fate == "dropped by cleaned: pattern"


def test_a_duplicate_names_what_it_repeats_and_where_that_stands(project):
    last = only(project, "repeated").decisions[-1]
    assert (last.stage, last.reason) == ("cleaned", "exact_duplicate")
    assert last.refers_to == only(project, "kept").id
    assert [str(origin) for origin in last.refers_to_origins] == [f"{FIRST}:20"]


def test_a_duplicate_of_another_day_is_dropped_by_the_dataset(project):
    trace = only(project, "later")
    last = trace.decisions[-1]
    assert [stage for stage, _ in told(trace)] == LOGS
    assert (last.stage, last.reason) == ("dataset", "near_duplicate")
    assert last.setting == "cleaning.dedup.threshold (0.85)"
    assert [str(origin) for origin in last.refers_to_origins] == [f"{FIRST}:20"]


def test_a_conversation_tells_all_its_records(project):
    trace = only(project, "two-turns")
    assert [origin.record_id for origin in trace.origins] == ["first-turn", "second-turn"]
    assert [origin.line for origin in trace.origins] == [15, 16]
    assert only(project, "second-turn").id == trace.id
    assert trace.conversation_id == "two-turns"


def test_a_variant_leads_to_its_parent_and_the_parent_to_it(project):
    variants = [row for row in examples(project) if row["parent_id"]]
    assert variants
    for row in variants:
        trace, parent = only(project, row["id"]), only(project, row["parent_id"])
        assert trace.parents == (parent.id,)
        assert trace.origins == parent.origins
        (derived,) = [d for d in trace.decisions if d.outcome == "derived"]
        assert derived.facts == {"provenance": row["provenance"]}
        assert (row["id"], row["provenance"], trace.fate) in [
            (one.id, one.provenance, one.fate) for one in parent.variants
        ]


def test_variants_that_were_dropped_are_told(project):
    store, stage = project.store, "validated_splits"
    drops = [drop for key in store.keys(stage) for drop in store.read_drops(stage, key).to_pylist()]
    assert drops
    for drop in drops:
        trace = only(project, drop["record_id"])
        assert trace.fate == "dropped by validated_splits: derived_outside_train"
        assert trace.fate in [one.fate for one in only(project, trace.parents[0]).variants]


def test_a_document_tells_its_sections_examples_and_what_taught_nothing(project):
    found = explain(project, PAGE)
    made = [trace for trace in found.traces if trace.id and trace.origins[0].file == PAGE]
    assert len(made) > 3
    assert {trace.made_from for trace in found.traces} == {"section"}
    assert "dropped by generated_examples: no_example" in [t.fate for t in found.traces]
    assert explain(project, "guides/orders.md").traces == found.traces
    assert told(made[0])[:2] == [("documents", "read"), ("generated_examples", "made")]


def test_a_line_within_a_section_leads_to_its_examples(project):
    text = (project.store.data / PAGE).read_text().splitlines()
    heading = next(n for n, line in enumerate(text, 1) if line.startswith("## Changing"))
    found = explain(project, f"{PAGE}:{heading + 3}")
    assert {trace.origins[0].line for trace in found.traces} == {heading}
    section = found.traces[0].conversation_id
    assert explain(project, section).traces == found.traces


def test_a_document_that_could_not_be_read_is_told(project):
    trace = only(project, PAGE.replace("orders", "empty"))
    assert told(trace) == [("documents", "quarantined")]
    assert trace.decisions[0].reason == "empty_document"


def test_a_private_name_is_asked_for_and_never_told(project):
    by_file, by_id = only(project, f"{PRIVATE}:1"), only(project, PERSON)
    assert by_file == by_id
    (origin,) = by_file.origins
    assert origin.is_private
    assert origin.record_id.startswith("redacted-")
    assert only(project, str(origin)) == by_file
    assert only(project, origin.record_id) == by_file
    assert PERSON not in repr(by_file)


def test_excerpts_are_redacted(tmp_path):
    raw = tmp_path / "data" / "raw" / "web" / "2025-03-01.jsonl"
    raw.parent.mkdir(parents=True)
    raw.write_text(json.dumps({"id": "r", "prompt": f"I am {PERSON}, hello", "response": "Hi."}))
    (tmp_path / "ftdata.yaml").write_text("cleaning: {pii: {enabled: false}}\n")
    project = open_project(tmp_path / "ftdata.yaml")
    build_all(project)
    assert only(project, "r").excerpt == (("user", "I am [EMAIL], hello"), ("assistant", "Hi."))


def test_without_a_dataset_the_stages_are_told(tmp_path):
    write_raw_files(tmp_path / "data")
    project = open_project(tmp_path / "ftdata.yaml")
    build_all(project)
    kept, failed = only(project, "kept"), only(project, "failed")
    assert told(kept)[-1] == ("dataset", "unknown")
    assert "run `ftdata build`" in kept.decisions[-1].detail
    assert told(failed) == [("raw_logs", "dropped")]
    assert explain(project, "kept").version is None
    assert explain(project, "train:0").traces == ()


def test_a_partition_that_is_built_in_part_says_what_is_missing(tmp_path):
    write_raw_files(tmp_path / "data")
    project = open_project(tmp_path / "ftdata.yaml")
    key = PartitionKey(date="2025-03-02", source="web")
    build_stage(project, "raw_logs", key, look_at_raw(project).partitions[key])
    trace = only(project, f"{SECOND}:1")
    assert told(trace) == [("raw_logs", "read"), ("cleaned", "unknown")]
    assert only(project, f"{PRIVATE}:1").origins[0].is_private
    assert PERSON not in repr(only(project, f"{PRIVATE}:1"))


def test_what_is_erased_says_when_and_by_which_tombstone(tmp_path):
    write_raw_files(tmp_path / "data")
    project = open_project(tmp_path / "ftdata.yaml")
    data = project.store.data
    digest = digest_of(keep_salt(data), "record", "kept")
    tombstone = Tombstone("record", digest, None, "2025-04-01", ())
    write_request(data, [tombstone])
    build_all(project)
    found = explain(project, "kept")
    assert (found.traces, found.erased) == ((), (Erased("record", "2025-04-01", tombstone.name),))
    line = explain(project, f"{FIRST}:20")
    assert line.traces == ()
    assert line.searched[-1] == "1 of its partition's lines are erased"


def test_what_nobody_knows_is_looked_for_everywhere(project):
    found = explain(project, "nothing-of-that-name")
    assert (found.traces, found.erased) == ((), ())
    version = read_latest(project.store.data).version
    assert found.searched == (f"dataset {version}", "the ids of 3 built partitions")
    assert explain(project, "train:100000").traces == ()
    assert explain(project, "raw/web/2025-03-09.jsonl:1").traces == ()
    assert explain(project, "raw/web/no-date/x:1").traces == ()


def test_a_file_of_records_is_asked_for_with_a_line(project):
    with pytest.raises(UsageError, match=r"2025-03-01\.jsonl\.gz holds records: name a line"):
        explain(project, FIRST)


def test_a_version_is_asked_for_by_its_name(project):
    version = read_latest(project.store.data).version
    assert explain(project, "kept", version[:6]).version == version
    with pytest.raises(UsageError, match="no dataset version"):
        explain(project, "kept", "0000")


@pytest.mark.parametrize("root", ["data/", "./data/", ""])
def test_a_raw_file_is_known_by_the_path_that_leads_there(project, root):
    assert only(project, f"{root}{FIRST}:4").id == only(project, "web-1-3").id
    assert only(project, f"{project.store.data}/{FIRST}:4").id == only(project, "web-1-3").id
