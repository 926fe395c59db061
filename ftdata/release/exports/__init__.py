"""The registry of export targets: one file and one line here for each."""

from __future__ import annotations

from ftdata.release.exports.exporter import Exporter
from ftdata.release.exports.openai import OPENAI
from ftdata.release.exports.prompt_completion import PROMPT_COMPLETION

EXPORTERS: dict[str, Exporter] = {
    "openai": OPENAI,
    "prompt_completion": PROMPT_COMPLETION,
}
