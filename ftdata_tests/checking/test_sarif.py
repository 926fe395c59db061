"""SARIF 2.1.0: the main points of its JSON schema, and what code hosts need."""

from dataclasses import replace

import jsonschema

from ftdata.checking.sarif import sarif_log
from ftdata_tests.checking.rows import checked, encoded, row

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {
            "type": "object",
            "required": ["uri"],
            "properties": {"uri": {"type": "string", "format": "uri-reference"}},
        },
        "region": REGION,
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {
            "type": "array",
            "items": {"type": "object", "properties": {"physicalLocation": PLACE}},
        },
    },
    "additionalProperties": False,
}
RULE = {
    "type": "object",
    "required": ["id", "help"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"},
        "shortDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}},
    },
    "additionalProperties": False,
}
DRIVER = {
    "type": "object",
    "required": ["name", "version"],
    "properties": {"rules": {"type": "array", "items": RULE, "uniqueItems": True}},
}
SCHEMA = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {"properties": {"driver": DRIVER}},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
                "additionalProperties": False,
            },
        },
    },
}
WRONG = encoded([row("Hi")]) + b'{bad\n\n{"messages": []}\n'


def test_the_log_holds_what_the_schema_asks_for(tmp_path):
    log = sarif_log([checked(tmp_path, WRONG)], "1.2.3")
    jsonschema.validate(log, SCHEMA)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]


def test_a_result_says_what_is_wrong_and_where(tmp_path):
    found = replace(checked(tmp_path, WRONG), path="my data/train.jsonl")
    (run,) = sarif_log([found], "1")["runs"]
    wrong = next(one for one in run["results"] if one["ruleId"] == "invalid_json")
    assert wrong["level"] == "error"
    assert wrong["message"]["text"].startswith("is no JSON")
    assert wrong["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20data/train.jsonl"},
        "region": {"startLine": 2, "startColumn": 2},
    }


def test_what_is_about_the_file_has_no_line(tmp_path):
    (run,) = sarif_log([checked(tmp_path, WRONG)], "1")["runs"]
    about_file = next(one for one in run["results"] if one["ruleId"] == "too_few_rows")
    assert list(about_file["locations"][0]["physicalLocation"]) == ["artifactLocation"]


def test_nothing_found_is_an_empty_run(tmp_path):
    log = sarif_log([], "1")
    jsonschema.validate(log, SCHEMA)
    assert log["runs"][0]["results"] == []
