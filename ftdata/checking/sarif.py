"""Findings as SARIF 2.1.0, which code hosts show beside the lines they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ftdata.checking.check import Checked
from ftdata.checking.findings import Finding
from ftdata.checking.rules import help_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_log(files: Sequence[Checked], version: str) -> dict[str, Any]:
    """One run with every finding that was kept, as JSON (OASIS SARIF 2.1.0).

    `version` is that of the tool. A result of it::

        {"ruleId": "unknown_role", "ruleIndex": 0, "level": "error",
         "message": {"text": "messages[0].role is 'human': write one of …"},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": "train.jsonl"},
                                             "region": {"startLine": 5}}}]}
    """
    found = [(checked, finding) for checked in files for finding in checked.tally.findings()]
    names = sorted({finding.rule for _, finding in found})
    findings = [finding for _, finding in found]
    driver = {
        "name": "ftdata",
        "version": version,
        "rules": [_rule(name, findings) for name in names],
    }
    places = {name: index for index, name in enumerate(names)}
    results = [_result(checked.path, finding, places[finding.rule]) for checked, finding in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    level = next(finding.level for finding in findings if finding.rule == name)
    text = help_of(name, findings)
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("_")),
        "shortDescription": {"text": text},
        "help": {"text": text},
        "defaultConfiguration": {"level": level},
    }


def _result(path: str, finding: Finding, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
        if finding.column is not None:
            place["region"]["startColumn"] = finding.column
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": f"{finding.where} {finding.message}".strip()},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """A reference relative to where the command was run, unless the path itself is absolute."""
    if path == "-":
        return "stdin"
    return Path(path).as_uri() if Path(path).is_absolute() else quote(Path(path).as_posix())
