"""The duplicate index of a project: kept up, looked into, found damaged, made again."""

import pytest

from ftdata.defs.duplicate_index import (
    forget_partition,
    index_state,
    mend_if_needed,
    open_index,
    rebuild_index,
)
from ftdata.defs.raw_files import look_at_raw
from ftdata.defs.steps import build_stage
from ftdata.keys import PartitionKey
from ftdata.project import open_project
from ftdata_tests.defs.conftest import log_records, write_raw

FIRST, SECOND = PartitionKey("2025-03-01", "web"), PartitionKey("2025-03-02", "web")


@pytest.fixture
def repeating(tmp_path):
    """Two days, the second of which repeats nine of the twelve prompts of the first."""
    data = tmp_path / "data"
    first = log_records(1, 12)
    again = [{**record, "id": f"again-{n}", "conversation_id": f"again-{n}"}
             for n, record in enumerate(first[:9])]  # fmt: skip
    again[0]["prompt"] = f"{again[0]['prompt']} please"
    write_raw(data, "web", 1, first)
    write_raw(data, "web", 2, again + log_records(2, 4)[1:])
    return open_project(tmp_path / "ftdata.yaml")


def clean(project, *keys):
    """Build the first two stages of each partition; the records of the second."""
    files = look_at_raw(project).partitions
    return {
        key: [build_stage(project, stage, key, files[key])[0] for stage in ("raw_logs", "cleaned")]
        for key in keys
    }


def repeats(built, key):
    return built[key][1].facts["repeats_of_earlier_partitions"]


def test_a_partition_is_told_what_it_repeats_of_earlier_ones(repeating):
    built = clean(repeating, FIRST, SECOND)
    assert repeats(built, FIRST) == 0
    assert repeats(built, SECOND) == 9
    assert built[SECOND][1].facts["repeated_partitions"] == {str(FIRST): 9}
    assert built[SECOND][1].rows_out == 12  # it is `dataset` that drops them
    assert index_state(repeating, thorough=True).partitions == 2


def test_what_is_built_does_not_depend_on_the_index(repeating):
    later = clean(repeating, SECOND)
    clean(repeating, FIRST)
    again = clean(repeating, SECOND)
    assert (repeats(later, SECOND), repeats(again, SECOND)) == (0, 9)
    assert later[SECOND][1].output == again[SECOND][1].output


@pytest.mark.parametrize("harm", ["cut", "flipped", "deleted"])
def test_damage_is_told_and_mended_and_no_partition_is_lost_by_it(repeating, harm):
    clean(repeating, FIRST)
    folder = open_index(repeating).root
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        if harm == "deleted":
            path.unlink()
        else:
            path.write_bytes(data[:-1] if harm == "cut" else data)
    built = clean(repeating, SECOND)[SECOND][1]
    if harm == "deleted":  # an index that is not there knows of nothing, and is behind
        assert index_state(repeating).behind == (FIRST,)
    else:
        assert "ftdata index" in built.facts["duplicate_index"]
        assert index_state(repeating, thorough=True).damage
    mend_if_needed(repeating)
    state = index_state(repeating, thorough=True)
    assert (state.partitions, state.behind, state.damage) == (2, (), ())
    assert repeats(clean(repeating, SECOND), SECOND) == 9


def test_a_partition_that_is_gone_or_built_with_other_settings_is_looked_up_no_more(repeating):
    clean(repeating, FIRST, SECOND)
    forget_partition(repeating, FIRST)
    assert repeats(clean(repeating, SECOND), SECOND) == 0
    mend_if_needed(repeating)
    assert repeats(clean(repeating, SECOND), SECOND) == 9
    repeating.store.delete(FIRST)
    assert repeats(clean(repeating, SECOND), SECOND) == 0


def test_an_index_made_anew_is_that_of_any_other_order_of_building(repeating):
    def contents():
        rebuild_index(repeating)
        files = sorted(open_index(repeating).root.iterdir())
        return {path.name: path.read_bytes() for path in files if path.name != ".lock"}

    clean(repeating, FIRST, SECOND)
    one = contents()
    clean(repeating, SECOND, FIRST, SECOND)
    assert contents() == one
