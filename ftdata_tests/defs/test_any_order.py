"""The laws of duplicates over partitions: neither order nor repetition of building matters."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.defs.duplicate_index import index_state, open_index, rebuild_index
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.settling import settle
from ftdata.defs.steps import build_stage
from ftdata.ingest.evals import read_evaluations
from ftdata.keys import PartitionKey
from ftdata.project import Project, open_project
from ftdata.tables import CHAINS

KEYS = [PartitionKey("2025-03-01", "app"), PartitionKey("2025-03-01", "web"),
        PartitionKey("2025-03-02", "web")]  # fmt: skip
WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(9)]), min_size=5, max_size=8)
DAYS = st.lists(st.lists(WORDS.map(" ".join), min_size=1, max_size=5), min_size=3, max_size=3)


def build_in_order(folder: Path, days: list[list[str]], order: list[int]) -> Project:
    """Build each partition as often as `order` names it, in that order."""
    (folder / "ftdata.yaml").write_text("cleaning: {dedup: {threshold: 0.6}}\n")
    for key, prompts in zip(KEYS, days, strict=True):
        path = folder / "data" / "raw" / key.source / f"{key.date}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        records = (
            {"id": f"{key.source}-{key.date}-{n}", "prompt": prompt, "response": f"Yes, {n}."}
            for n, prompt in enumerate(prompts)
        )
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    project = open_project(folder / "ftdata.yaml")
    files = look_at_raw(project).partitions
    for at in order:
        for stage in CHAINS["logs"]:
            build_stage(project, stage, KEYS[at], files[KEYS[at]])
    return project


def outcome(project: Project) -> tuple[object, ...]:
    """What stays, on which side, what is dropped and why, and the files of the index."""
    settled = settle(project, KEYS, {}, read_evaluations(project.store.data, 1_000))
    stays = [
        (part.keep.tolist(), list(part.split), list(part.group_id)) for part in settled.selections
    ]
    state = index_state(project, thorough=True)
    assert (state.partitions, state.behind, state.damage) == (3, (), ())
    rebuild_index(project)
    folder = open_index(project).root
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}
    return stays, settled.drops.to_pylist(), files


@settings(max_examples=8, deadline=None)
@given(DAYS, st.permutations([0, 0, 1, 1, 2, 2]))
def test_order_and_repetition_of_building_are_of_no_account(days, order):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        straight = outcome(build_in_order(Path(one), days, [0, 1, 2]))
        assert outcome(build_in_order(Path(other), days, order)) == straight
