"""Unsloth's rows: messages, to be rendered by `tokenizer.apply_chat_template`.

Live (2026-11). Unsloth drives TRL's trainer, so its rows are those of the target `trl`;
`train_on_responses_only` keeps the loss to the replies, all of them.
"""

from __future__ import annotations

from ftdata.release.exports.chat_template import read_template, template_problems
from ftdata.release.exports.exporter import EVERYTHING, Exporter
from ftdata.release.exports.trl import trl_rows

UNSLOTH = Exporter(
    name="unsloth",
    status="live",
    folder="exports/unsloth",
    loss="No weights: every reply is trained on.",
    rows=trl_rows,
    problems=template_problems,
    read=read_template,
    carries=EVERYTHING - {"weights"},
)
