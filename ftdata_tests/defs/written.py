"""Projects whose examples a model writes, and a provider that writes them."""

from __future__ import annotations

import json

from ftdata.project import open_project
from ftdata_tests.defs.workshop import TOPICS
from ftdata_tests.llm.chat_server import Reply

MAIL = "ana.ruiz@corp.com"
WAYS = ("What is there to know of", "Who keeps", "Where do I see", "Can you explain", "What about")
MODEL = "llm: {model: writer-1, retries: 0}\nchecks: {min_examples: 1}\n"


def answer(sent):
    """One answer for every form, another for every request."""
    form = sent["response_format"]["json_schema"]["name"]
    number = sum(map(ord, sent["messages"][1]["content"]))
    asked = f"How is case {number} of the orders desk handled?"
    names = [name for name in (*TOPICS, "refunds") if name in sent["messages"][1]["content"]]
    made = {
        "Instruction": {"instruction": f"{WAYS[number % 5]} {' and '.join(names)}?"},
        "Pairs": {
            "examples": [
                {"prompt": f"{asked} Part {part}.", "completion": f"Answer {number} to {part}."}
                for part in range(5)
            ]
        },
    }
    return Reply(json.dumps(made[form]))


def project_of(root, settings, files):
    for name, text in files.items():
        path = root / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "ftdata.yaml").write_text(settings)
    return open_project(root / "ftdata.yaml")


SYNTHETIC = MODEL + "sources: {made: {kind: synthetic, synthetic: {count: 10}}}\n"
TASK = {"made/2025-03-01/task.md": f"Answer what customers ask about orders. Mail {MAIL}."}
