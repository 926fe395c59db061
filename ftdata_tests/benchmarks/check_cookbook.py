"""The usual checker of a fine-tuning file: a loop over its rows, errors in a dictionary, tiktoken.

    python -m ftdata_tests.benchmarks.check_cookbook FILE

In the manner of OpenAI's cookbook ("Data preparation and analysis for chat model fine-tuning"): the
file is read whole, each row's format is judged, its tokens are counted, and the distributions are
told. It knows no line numbers, no duplicates and no personal data.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from ftdata.formatting.tokens import load_tokenizer

_KEYS = ("role", "content", "name", "function_call", "weight", "tool_calls", "tool_call_id")


def check_format(rows: list[Any]) -> dict[str, int]:
    """Errors by kind."""
    errors: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if not isinstance(row, dict):
            errors["data_type"] += 1
            continue
        messages = row.get("messages")
        if not messages:
            errors["missing_messages_list"] += 1
            continue
        for message in messages:
            if any(key not in _KEYS for key in message):
                errors["message_unrecognized_key"] += 1
            if message.get("role") not in ("system", "user", "assistant", "tool"):
                errors["unrecognized_role"] += 1
            content = message.get("content")
            if not (content or message.get("tool_calls")) or not isinstance(content or "", str):
                errors["missing_content"] += 1
        if not any(message.get("role") == "assistant" for message in messages):
            errors["example_missing_assistant_message"] += 1
    return dict(errors)


def tokens_of(row: dict[str, Any]) -> int:
    """Tokens of a row, counted text by text."""
    count = load_tokenizer("o200k").count
    texts = [value for one in row["messages"] for value in one.values() if isinstance(value, str)]
    return 3 + 3 * len(row["messages"]) + sum(count(texts))


def main() -> None:
    """Check the file named."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    print(len(rows), check_format(rows))
    lengths = [tokens_of(row) for row in rows]
    for name, value in (
        ("mean", np.mean(lengths)), ("median", np.median(lengths)),
        ("p95", np.quantile(lengths, 0.95)), ("max", max(lengths)),
    ):  # fmt: skip
        print(name, float(value))


if __name__ == "__main__":
    main()
