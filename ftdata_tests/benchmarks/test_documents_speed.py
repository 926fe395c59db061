"""The measure of speed: every figure is told, in the process and beside it."""

import pytest

from ftdata_tests.benchmarks.documents import measure

PAGE = "# Lamps\n\n## Change a lamp\n\n1. Switch the power off.\n2. Unscrew the lamp.\n"


def test_the_speed_of_a_folder_is_told(tmp_path):
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "docs" / name).write_text(PAGE)
    figures = {figure.name: figure for figure in measure(tmp_path, ["speed"])}
    bare, ours = (
        figures[name].value
        for name in ("bare parse of Markdown, MB/s", "Markdown to examples, MB/s")
    )
    assert figures["Markdown to examples, share of bare"].value == pytest.approx(ours / bare)
    assert figures["sections and examples, seconds of one core"].value > 0
    assert figures["peak memory of a process that does that alone, MB"].value > 10


def test_a_folder_without_markdown_has_no_speed_of_it(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Lamps last for five years or more.\n")
    figures = {figure.name: figure.value for figure in measure(tmp_path, ["speed"])}
    assert figures["Markdown to examples, MB/s"] is None
    assert "Markdown to examples, share of bare" not in figures
