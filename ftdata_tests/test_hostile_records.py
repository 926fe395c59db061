"""Records that attack: terminals, Markdown, paths, memory, parsers. None stops a build."""

import json

import pyarrow.parquet as pq
import pytest

from ftdata_tests.command_line import ftdata, lines, make_project, raw_file
from ftdata_tests.defs.conftest import log_records

LIMIT = 1_100_000  # bytes of a line: room for the longest that is taken
DEEP = '{"a":' * 100_000 + "1" + "}" * 100_000
NAMED = '{{"id":"{0}","conversation_id":"{0}","prompt":"{1}","response":"{2}"}}'
TAKEN = {
    "ansi": {"prompt": "\x1b[31mred\x1b[0m \x1b]0;title\x07 is what I see on my screen"},
    "markup": {"prompt": "[red]Why[/red] is [bold]this[/nope] shown [link=http://x]so[/link]?"},
    "long": {"prompt": "where is my very long parcel now " * 30_000},
    "one-word": {"prompt": "x" * 1_000_000},
    "nul": {"prompt": "What is the \x00 inside this text of mine?"},
    "rtl": {"prompt": "Is \u202egnitirw\u2066 backwards \u200f a fault?"},
    "separators": {"prompt": "first\u2028second\u0085third\u2029fourth line of it"},
    "../../etc/passwd": {"prompt": "Which file does my own id name on disk?"},
    "long-conversation": {"conversation_id": "c" * 1_000_000, "prompt": "Is this id too long?"},
    "table": {"category": "a|b <script>alert(1)</script>\n\n# head\r\n| x | y |"},
    "ansi-category": {"category": "\x1b[31mred"},
    "long-category": {"category": "y" * 100_000},
    "odd-call": {
        "messages": [
            {"role": "user", "content": "What is the weather of the day in Oslo?"},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"index": 0, "id": 7, "function": {"name": "look_up", "arguments": {"a": 1}}}
                ],
            },
            {"role": "tool", "tool_call_id": "7", "name": "look_up", "content": "18 C"},
            {"role": "assistant", "content": "It has 18 degrees."},
        ]
    },
}
REFUSED = {
    "deep": ("bad_json", DEEP),
    "brackets": ("bad_json", "[" * 100_000),
    "surrogate": ("bad_json", NAMED.format("s", r"lone \ud800 surrogate", "r")),
    "nan": ("bad_json", '{"id":"n","prompt":"p","response":"r","user_rating":NaN}'),
    "date": ("bad_time", '{"id":"d","prompt":"p","response":"r","timestamp":"2025-02-30"}'),
    "huge-number": ("bad_time", '{"id":"h","prompt":"p","response":"r","timestamp":1e300}'),
    "rating": ("wrong_type", '{"id":"r","prompt":"p","response":"r","user_rating":"many"}'),
    "id": ("wrong_type", '{"id":{},"prompt":"p","response":"r"}'),
    "list": ("not_an_object", '["prompt"]'),
    "nothing": ("missing_field", "{}"),
    "too-long": ("line_too_long", NAMED.format("l", "x" * 64_000_000, "r")),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project, and the answers of `build`, for a person, and of `status`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DAGSTER_HOME", raising=False)
        folder = tmp_path_factory.mktemp("hostile") / "project"
        settings = make_project(folder, days=[1])
        settings.write_text(
            f"extraction: {{max_quarantine_share: 1, max_line_bytes: {LIMIT},"
            " max_prompt_chars: 2000000}\ncleaning: {max_chars: 2000000}\n"
            "formatting: {max_tokens: 2000000}\n"
        )
        base = log_records(2, len(TAKEN))
        records = [
            {**record, "user_rating": 5, "id": name, "conversation_id": name, **fields}
            for record, (name, fields) in zip(base, TAKEN.items(), strict=True)
        ]
        refused = "".join(f"{line}\n" for _, line in REFUSED.values()).encode()
        raw_file(settings, "web/2025-03-02.jsonl", lines(*records) + refused)
        return settings, ftdata("build", "--settings", settings)


def version(settings):
    datasets = settings.parent / "data" / "datasets"
    return datasets / (datasets / "latest").read_text().strip()


def test_the_build_goes_through_and_its_words_are_plain(built):
    settings, ran = built
    assert ran.code == 0
    status = ftdata("status", "--settings", settings)
    for text in (ran.out, ran.err, status.out, status.err):
        assert "\x1b" not in text
        assert max(map(len, text.splitlines() or [""])) < 300


def test_every_record_is_an_example(built):
    settings, _ = built
    table = pq.read_table(version(settings) / "examples.parquet").to_pylist()
    originals = [row for row in table if row["parent_id"] is None and row["date"] == "2025-03-02"]
    assert len(originals) == len(TAKEN)


def test_what_is_refused_has_its_reason_and_its_line(built):
    settings, _ = built
    drops = pq.read_table(version(settings) / "drops.parquet").to_pylist()
    found = {row["line"]: row["reason"] for row in drops if row["stage"] == "raw_logs"}
    wanted = [reason for reason, _ in REFUSED.values()]
    assert found == dict(enumerate(wanted, start=len(TAKEN) + 1))


def test_every_line_of_the_split_files_is_json(built):
    settings, _ = built
    for name in ("train", "validation", "test"):
        for line in (version(settings) / f"{name}.jsonl").read_bytes().splitlines():
            assert json.loads(line)["messages"]


def test_the_card_and_the_report_hold_no_markup_of_a_record(built):
    settings, _ = built
    for name in ("README.md", "report.md"):
        text = (version(settings) / name).read_text("utf-8")
        assert "<script" not in text
        assert "\x1b" not in text
        assert not [line for line in text.splitlines() if line.startswith(("# head", "| x | y |"))]
    (row,) = [
        line
        for line in (version(settings) / "README.md").read_text("utf-8").splitlines()
        if "alert" in line
    ]
    assert row.replace(r"\|", "").count("|") == 5


def test_no_id_becomes_a_path(built):
    settings, _ = built
    assert {path.name for path in settings.parent.parent.iterdir()} == {"project"}
    assert not list(settings.parent.rglob("passwd"))
