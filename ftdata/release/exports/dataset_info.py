"""`dataset_info.json`, which tells LLaMA-Factory how to read the files beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ftdata import jsonl
from ftdata.release.exports.exporter import Beside
from ftdata.release.exports.sharegpt_turns import Form


def dataset_key(name: str, split: str) -> str:
    """The name of a split in `dataset_info.json`: "Help, 2025" and train are `help_2025_train`."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "dataset"
    return f"{plain}_{split}"


def dataset_info(entry: dict[str, Any]) -> Callable[[Beside], dict[str, bytes]]:
    """What writes the file: `entry` for every split that has rows, with its file's name."""

    def write(beside: Beside) -> dict[str, bytes]:
        entries = {
            dataset_key(beside.name, split): {"file_name": f"{split}.jsonl", **entry}
            for split in beside.files
        }
        return {"dataset_info.json": jsonl.pretty(entries)}

    return write


def tags(form: Form) -> dict[str, str]:
    """All of LLaMA-Factory's tags: one that is not set would be null, and match nothing."""
    return {
        "role_tag": form.role,
        "content_tag": form.content,
        "user_tag": form.user,
        "assistant_tag": form.reply,
        "observation_tag": form.result,
        "function_tag": form.call,
        "system_tag": form.system,
    }
