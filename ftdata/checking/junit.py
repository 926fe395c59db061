"""Findings as JUnit's XML, which CI servers show: a suite for each file, a case for each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ftdata.checking.check import Checked
from ftdata.checking.findings import Finding

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = {code: "\ufffd" for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}


def junit_xml(files: Sequence[Checked], *, strict: bool) -> bytes:
    """One test suite for each file, with a failed case for each rule that found an error.

    Rules that found warnings alone are cases that passed and say so, unless `strict`.

        <testsuites><testsuite name="train.jsonl" tests="1" failures="1">
          <testcase classname="train.jsonl" name="unknown_role">
            <failure message="errors: 3, warnings: 0">line 5, messages[0].role: …</failure>
          </testcase></testsuite></testsuites>
    """
    root = ET.Element("testsuites")
    for checked in files:
        suite = ET.SubElement(root, "testsuite", name=_clean(checked.path))
        failures = _add_cases(suite, checked, strict=strict)
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(failures))
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add_cases(suite: ET.Element, checked: Checked, *, strict: bool) -> int:
    failures = 0
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in checked.tally.findings():
        by_rule[finding.rule].append(finding)
    path = _clean(checked.path)
    if not by_rule:
        ET.SubElement(suite, "testcase", classname=path, name="no problem")
    for rule in sorted(by_rule):
        case = ET.SubElement(suite, "testcase", classname=path, name=rule)
        errors = checked.tally.counts[rule, "error"]
        warnings = checked.tally.counts[rule, "warning"]
        text = _clean("\n".join(map(_line, by_rule[rule])))
        told = f"errors: {errors:,}, warnings: {warnings:,}"
        if errors or strict:
            failures += 1
            ET.SubElement(case, "failure", message=told).text = text
        else:
            ET.SubElement(case, "system-out").text = f"{told}\n{text}"
    return failures


def _line(finding: Finding) -> str:
    place = f"line {finding.line}" if finding.line else "file"
    at = ", ".join(part for part in (place, finding.where) if part)
    return f"{at}: {finding.message}"


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)
