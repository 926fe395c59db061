"""NeMo's rows: messages as its `ChatDataset` and NeMo Customizer read them.

Live (2026-11). The file of the train split is `training.jsonl`, as NeMo's loaders look for. NeMo
Automodel splits files with `str.splitlines` and writes "None" for a missing `content`: neither
meets a row of ours, where such line ends are escaped and every message has a content. Its loss
covers the replies where the chat template marks them, all of them.
"""

from __future__ import annotations

from ftdata.release.exports.chat_template import read_template, template_problems
from ftdata.release.exports.exporter import EVERYTHING, Exporter
from ftdata.release.exports.trl import trl_rows

NEMO = Exporter(
    name="nemo",
    status="live",
    folder="exports/nemo",
    loss="No weights: every reply is trained on.",
    rows=trl_rows,
    problems=template_problems,
    read=read_template,
    carries=EVERYTHING - {"weights"},
    names={"train": "training"},
)
