"""What is shown: terminals are never obeyed by what they show, progress is one line a stage."""

import contextlib
import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ftdata.console import ConsoleProgress, plain, print_json, print_table, say


@given(st.text())
def test_plain_text_holds_nothing_a_terminal_obeys(text):
    shown = plain(text)
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"]
    assert plain(shown) == shown


def test_words_of_any_language_are_left_alone():
    assert plain("Größe | 東京 | [red] | שלום\n") == "Größe | 東京 | [red] | שלום\n"
    assert plain("\x1b[31m\r\u202e") == r"\x1b[31m\r\u202e"


def test_markup_is_shown_and_numbers_stand_to_the_right(capsys):
    print_table(("name", "rows"), [("[red]a", 1_000), ("b\x1b", 20)])
    say("[bold]as it is[/nope]")
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "name     rows",
        "[red]a  1,000",
        r"b\x1b      20",
        "[bold]as it is[/nope]",
    ]


@given(st.recursive(st.none() | st.integers() | st.text(), lambda v: st.lists(v) | st.tuples(v)))
def test_json_can_be_written_anywhere(value):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with contextlib.redirect_stdout(out):
        print_json({"value": [value, "\ud800"]})
    out.seek(0)
    assert json.loads(out.read())["value"][1] == "\ud800"


def test_progress_is_a_line_a_stage_where_there_is_no_terminal(capsys):
    checks = []
    with ConsoleProgress(lambda: checks.append(1)) as progress:
        for stage in ("raw_logs", "cleaned"):
            progress.start(stage, 2)
            progress.advance(stage, "2025-03-01|web")
            progress.finish(stage)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.split("\n") == [
        "raw_logs          1 of 2 partitions",
        "cleaned           1 of 2 partitions",
        "",
    ]
    assert len(checks) == 4
