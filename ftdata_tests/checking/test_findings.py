"""Findings are all counted, and the first of each rule kept."""

from ftdata.checking.findings import Finding, Tally
from ftdata.release.exports.exporter import Problem


def found(line, rule="blank_line", level="warning"):
    return Finding(line, rule, level, "", "is blank")


def tally(listed, *findings):
    made = Tally(listed)
    made.join_all(findings)
    return made


def test_of_each_rule_the_first_are_kept_and_all_counted():
    made = tally(2, found(1), found(2), found(3), found(9, "crlf"))
    assert [(one.line, one.rule) for one in made.findings()] == [
        (1, "blank_line"), (2, "blank_line"), (9, "crlf"),
    ]  # fmt: skip
    assert made.counts["blank_line", "warning"] == 3


def test_parts_in_their_order_make_the_same_as_the_whole():
    whole = tally(3, *map(found, range(1, 9)))
    joined = tally(3)
    joined.join(tally(3, found(1), found(2)), 0)
    joined.join(tally(3, *map(found, range(1, 7))), 2)
    assert joined == whole


def test_a_finding_about_the_file_stays_one():
    joined = tally(3)
    joined.join(tally(3, found(0, "no_rows", "error")), 100)
    assert [one.line for one in joined.findings()] == [0]


def test_errors_and_warnings_are_told_apart_within_one_rule():
    made = tally(3, found(1, "nul"), found(2, "nul", "error"))
    made.add_problem(3, Problem("nul", "messages[0]", "holds NUL"))
    assert (made.number("error"), made.number("warning")) == (2, 1)
